import * as vscode from 'vscode';
import { CompareWithOrigin } from './editor/CompareWithOrigin.js';
import { CopyDiagnostics } from './editor/CopyDiagnostics.js';
import { CopyQuickFixes } from './editor/CopyQuickFixes.js';
import { CopyIndexes } from './editor/CopyIndexes.js';
import { registerCommands } from './editor/commands.js';
import { DetailsDocument } from './editor/DetailsDocument.js';
import { DisposableStore } from './editor/DisposableStore.js';
import { DocumentRegions } from './editor/DocumentRegions.js';
import { Evidence, recordedExposures } from './editor/Evidence.js';
import { FileDecorations } from './editor/FileDecorations.js';
import { FileStatus } from './editor/FileStatus.js';
import { actRecorder } from './editor/guards/ActRecorder.js';
import { CopyGuards } from './editor/guards/CopyGuards.js';
import { EditGuard } from './editor/guards/EditGuard.js';
import { GuardHealth } from './editor/guards/GuardHealth.js';
import { FileGuard } from './editor/guards/FileGuard.js';
import { Notices } from './editor/guards/Notices.js';
import { Permissions } from './editor/guards/Permissions.js';
import { Telling } from './editor/guards/Telling.js';
import { UseGuard } from './editor/guards/UseGuard.js';
import { ViewGuard } from './editor/guards/ViewGuard.js';
import { MarkerDiagnostics } from './editor/MarkerDiagnostics.js';
import { PolicyCases } from './editor/PolicyCases.js';
import { PolicyDiagnostics } from './editor/PolicyDiagnostics.js';
import { RegionDecorations } from './editor/RegionDecorations.js';
import { RegionHover } from './editor/RegionHover.js';
import { Terms } from './editor/Terms.js';
import { WorkspaceStatus } from './editor/WorkspaceStatus.js';
import { ENGINE_VERSION } from './engine.js';
import { diskFiles } from './node/diskFiles.js';
import { evidenceFolder } from './node/evidenceFolder.js';
import { gitPerson } from './node/gitPerson.js';
import { copyLedgerIn } from './node/copyLedger.js';
import { sha256 } from './node/sha256.js';
import { workerChannel } from './node/workerChannel.js';
import type { Log } from './ports.js';
import { systemClock } from './node/systemClock.js';

/** How long the extension took, in ms from the start of `activate`; read by the benchmark. */
export interface Timings {
  activation: number;
  firstDecoration: number | undefined;
}

let evidence: Evidence | undefined;

export function activate(context: vscode.ExtensionContext): { readonly timings: Timings } {
  const started = performance.now();
  const timings: Timings = { activation: 0, firstDecoration: undefined };
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
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

  const store = evidenceFolder(vscode.Uri.joinPath(context.globalStorageUri, 'evidence').fsPath);
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
      exposures: (agreement) => recordedExposures({ store, hash: sha256, log: port }, agreement),
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
  const notices = owned.add(new Notices());
  const tools = {
    ...{ permissions: new Permissions(), notices, telling: new Telling(notices, details), log: port },
    recorder: actRecorder(evidence),
    health: owned.add(new GuardHealth(port)),
  };
  const storage = context.globalStorageUri;
  const copying = owned.add(
    new CopyGuards(
      terms,
      documents,
      indexes,
      {
        ...copyLedgerIn(storage.fsPath, (error) => {
          log.error('Copies are known in this window alone: the ledger’s key cannot be kept', error);
        }),
        ...{ storage, hash: sha256, log: port },
      },
      tools,
    ),
  );
  owned.add(new EditGuard(terms, documents, tools));
  const guarding = { terms, documents, ...tools };
  owned.add(new ViewGuard(guarding));
  owned.add(new UseGuard(guarding));
  owned.add(new FileGuard(guarding));
  const copies = owned.add(new CopyDiagnostics(indexes, documents, copying.wrongMatches, tools));
  const compare = owned.add(new CompareWithOrigin(copies, tools.permissions));
  const fixes = owned.add(new CopyQuickFixes(copies, terms, tools.permissions, copying.wrongMatches));
  owned.add(new WorkspaceStatus(terms, indexes, copying.sensor, tools.health, evidence));
  const cases = owned.add(new PolicyCases(sha256));
  owned.add(registerCommands(terms, documents, details, cases, compare, fixes, log));
  owned.add(
    decorations.onDidShow((editor) => {
      if ((documents.of(editor.document)?.regions.regions.length ?? 0) > 0) {
        timings.firstDecoration ??= performance.now() - started;
      }
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
