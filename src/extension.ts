import * as vscode from 'vscode';
import { CopyIndexes } from './editor/CopyIndexes.js';
import { registerCommands } from './editor/commands.js';
import { DetailsDocument } from './editor/DetailsDocument.js';
import { DisposableStore } from './editor/DisposableStore.js';
import { DocumentRegions } from './editor/DocumentRegions.js';
import { Evidence, recordedExposures } from './editor/Evidence.js';
import { FileDecorations } from './editor/FileDecorations.js';
import { FileStatus } from './editor/FileStatus.js';
import { Guards } from './editor/guards/Guards.js';
import { MarkerDiagnostics } from './editor/MarkerDiagnostics.js';
import { PolicyCases } from './editor/PolicyCases.js';
import { PolicyDiagnostics } from './editor/PolicyDiagnostics.js';
import { RegionDecorations } from './editor/RegionDecorations.js';
import { RegionHover } from './editor/RegionHover.js';
import { Terms } from './editor/Terms.js';
import { PastedBadges } from './editor/training/PastedBadges.js';
import { RecordAccess } from './editor/training/RecordAccess.js';
import { TrainingGate } from './editor/training/TrainingGate.js';
import { WorkspaceStatus } from './editor/WorkspaceStatus.js';
import { ENGINE_VERSION } from './engine.js';
import { diskFiles } from './node/diskFiles.js';
import { evidenceAtOnce, evidenceFolder } from './node/evidenceFolder.js';
import { gitPerson } from './node/gitPerson.js';
import { copyLedgerIn } from './node/copyLedger.js';
import { networkWith } from './node/nodeNetwork.js';
import { sha256 } from './node/sha256.js';
import { sshSign } from './node/sshSign.js';
import { workerChannel } from './node/workerChannel.js';
import type { Log, Network } from './ports.js';
import { systemClock } from './node/systemClock.js';
import { ENTRY_NAMESPACE } from './report/registerEntry.js';

/** Of so many changes the benchmark can read how long they took. */
const KEPT_CHANGES = 1_000;

/** How long the extension took, in ms from the start of `activate`; read by the benchmark. */
export interface Timings {
  activation: number;
  firstDecoration: number | undefined;
  /** What the last changes of documents took, each from our first listener to our last. */
  readonly changes: number[];
}

let evidence: Evidence | undefined;

export function activate(context: vscode.ExtensionContext): { readonly timings: Timings } {
  const started = performance.now();
  const timings: Timings = { activation: 0, firstDecoration: undefined, changes: [] };
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  let changed = 0;
  owned.add(
    vscode.workspace.onDidChangeTextDocument(() => {
      changed = performance.now();
    }),
  );
  const log = owned.add(vscode.window.createOutputChannel('Developer Terms', { log: true }));

  const port: Log = {
    info: (message) => {
      log.info(message);
    },
    warn: (message) => {
      log.warn(message);
    },
    error: (message, cause) => {
      log.error(message, cause);
    },
  };

  const recorded = vscode.Uri.joinPath(context.globalStorageUri, 'evidence').fsPath;
  const store = evidenceFolder(recorded);
  const access = owned.add(new RecordAccess(context.secrets, context.globalState));
  const inStorage = (name: string): vscode.Uri => vscode.Uri.joinPath(context.globalStorageUri, name);
  const badges = new PastedBadges(inStorage('badges'));
  const network = (root: vscode.Uri): Network | undefined =>
    vscode.workspace.isTrusted ? networkWith(access.of(root), inStorage('records').fsPath) : undefined;
  const terms = owned.add(
    new Terms({
      clock: systemClock,
      hash: sha256,
      // Policies and registers are small, and until they are read nothing is guarded.
      disk: (root) => diskFiles(root, true),
      log: port,
      person: async (root) =>
        vscode.workspace.isTrusted
          ? gitPerson(root.fsPath)
          : { address: undefined, source: 'nothing is run in Restricted Mode, git included' },
      network,
      badges: (issuers) => badges.of(issuers),
      exposures: (agreement) =>
        recordedExposures({ store: evidenceAtOnce(recorded), hash: sha256, log: port }, agreement),
      storage: context.storageUri,
      memory: context.workspaceState,
    }),
  );
  evidence = owned.add(
    new Evidence(terms, {
      ...{ store, clock: systemClock, hash: sha256, log: port },
      session: vscode.env.sessionId,
      product: ENGINE_VERSION,
    }),
  );
  const documents = owned.add(new DocumentRegions(terms));
  const decorations = owned.add(new RegionDecorations(documents, context.extensionUri));
  const fileStatus = owned.add(new FileStatus(documents));
  owned.add(RegionHover.register(documents));
  owned.add(new PolicyDiagnostics(terms));
  owned.add(new MarkerDiagnostics(documents));
  owned.add(new FileDecorations(terms, documents));
  const indexes = owned.add(
    new CopyIndexes(terms, {
      startWorker: () => workerChannel(new URL('./copyIndex.worker.js', import.meta.url)),
      storage: context.globalStorageUri,
      ...{ hash: sha256, log: port },
    }),
  );
  const details = owned.add(new DetailsDocument(documents));
  const guards = owned.add(
    new Guards(terms, documents, indexes, details, evidence, {
      ...copyLedgerIn(context.globalStorageUri.fsPath, (error) => {
        log.error('Copies are known in this window alone: the ledger’s key cannot be kept', error);
      }),
      ...{ storage: context.globalStorageUri, hash: sha256, log: port },
    }),
  );
  owned.add(new WorkspaceStatus(terms, indexes, guards.sensor, guards.health, evidence));
  const training = owned.add(
    new TrainingGate(terms, access, badges, {
      ...{ clock: systemClock, log: port, network, memory: context.globalState },
      storage: inStorage('lessons'),
      media: vscode.Uri.joinPath(context.extensionUri, 'media'),
      sign: (root, text) =>
        vscode.workspace.isTrusted ? sshSign(root.fsPath, text, ENTRY_NAMESPACE) : Promise.resolve(undefined),
    }),
  );
  const cases = owned.add(new PolicyCases(sha256));
  owned.add(registerCommands(terms, documents, details, cases, guards.compare, guards.fixes, training, log));
  owned.add(
    decorations.onDidShow((editor) => {
      if ((documents.of(editor.document)?.regions.regions.length ?? 0) > 0) {
        timings.firstDecoration ??= performance.now() - started;
      }
    }),
  );

  owned.add(
    vscode.workspace.onDidChangeTextDocument(() => {
      timings.changes.push(performance.now() - changed);
      if (timings.changes.length > KEPT_CHANGES) timings.changes.shift();
    }),
  );

  void terms.arrange().then(() => {
    decorations.showAll();
    fileStatus.show();
  });
  timings.activation = performance.now() - started;
  return { timings };
}

/** What has been recorded is on the disk before the window is gone. */
export function deactivate(): Promise<void> | undefined {
  return evidence?.close();
}
