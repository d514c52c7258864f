import * as vscode from 'vscode';
import type { Log } from '../../ports.js';
import { linesInWords } from '../../regions/linesInWords.js';
import { DisposableStore } from '../DisposableStore.js';
import type { CoveredDocument, DocumentRegions } from '../DocumentRegions.js';
import type { Terms } from '../Terms.js';
import type { ActRecorder } from './ActRecorder.js';
import { EditWarnings } from './EditWarnings.js';
import type { GuardHealth } from './GuardHealth.js';
import { fileText } from './fileText.js';
import { GuardedDocument, type Happened } from './GuardedDocument.js';
import type { Permissions } from './Permissions.js';
import { ReadOnlyEditors } from './ReadOnlyEditors.js';
import type { Telling } from './Telling.js';
import { isLetThrough } from './Verdict.js';

/** Changes of one kind that follow one another within this time (ms) are one act in the evidence. */
const BURST_MS = 2_000;
/** How long what was noticed stands in the status bar (ms). */
const STATUS_MS = 8_000;

/** What the guard works with. */
export interface EditGuardPorts {
  readonly permissions: Permissions;
  readonly telling: Telling;
  readonly recorder: ActRecorder;
  readonly health: GuardHealth;
  readonly log: Log;
}

/** Keeps covered lines from being changed by whoever may not change them, in every document of the window. */
export class EditGuard implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly guarded = new Map<string, GuardedDocument>();
  private readonly warnings: EditWarnings;
  private readonly readOnly: ReadOnlyEditors;
  /** When an act was last seen, by document, outcome, action and assets. */
  private readonly bursts = new Map<string, number>();

  constructor(
    private readonly terms: Terms,
    private readonly documents: DocumentRegions,
    private readonly ports: EditGuardPorts,
  ) {
    this.warnings = this.owned.add(
      new EditWarnings((document, lines) => {
        const covered = this.documents.of(document);
        if (covered === undefined) return undefined;
        const { folder, policy, regions } = covered;
        return this.ports.permissions.judge({ folder, policy, regions, action: 'edit', lines });
      }),
    );
    this.readOnly = this.owned.add(new ReadOnlyEditors((document) => this.of(document)?.isWhollyRefused ?? false));
    const { workspace } = vscode;
    this.owned.add(
      workspace.onDidOpenTextDocument((document) => {
        this.guardedly(document, () => {
          this.begin(document);
        });
      }),
    );
    this.owned.add(
      workspace.onDidChangeTextDocument((event) => {
        this.guardedly(event.document, () => {
          this.follow(event);
        });
      }),
    );
    this.owned.add(
      workspace.onWillSaveTextDocument((event) => {
        this.guardedly(event.document, () => {
          const edits = this.guarded.get(event.document.uri.toString())?.beforeSaving();
          if (edits !== undefined) event.waitUntil(edits);
        });
      }),
    );
    this.owned.add(
      workspace.onDidSaveTextDocument((document) => {
        this.guardedly(document, () => {
          this.of(document)?.hasBeenSaved();
        });
      }),
    );
    this.owned.add(
      workspace.onDidCloseTextDocument((document) => {
        this.forget(document.uri.toString());
      }),
    );
    this.owned.add(
      terms.onDidChange(() => {
        this.takeNewTerms();
      }),
    );
    for (const document of workspace.textDocuments)
      this.guardedly(document, () => {
        this.begin(document);
      });
  }

  private follow(event: vscode.TextDocumentChangeEvent): void {
    const { document } = event;
    const known = this.guarded.get(document.uri.toString());
    if (known !== undefined) known.follow(event);
    else if (event.contentChanges.length > 0) this.of(document, true);
  }

  /**
   * The guarded document, which begins to be guarded when something in it is covered. `isChanging` says that it has just changed:
   * the editor tells of that before it calls a document dirty.
   */
  private of(document: vscode.TextDocument, isChanging = false): GuardedDocument | undefined {
    const key = document.uri.toString();
    const known = this.guarded.get(key);
    if (known !== undefined) return known;
    const covered = this.documents.of(document);
    if (covered === undefined || !hasGuardedLines(covered)) return undefined;
    // It may hold something else than its file when it has been changed since it was opened, or before.
    return this.guard(covered, isChanging || document.isDirty || document.version > 1);
  }

  /** Begins to guard a document that has been there for a while, if something in it is covered, or was before it was changed. */
  private begin(document: vscode.TextDocument): void {
    if (this.of(document) === undefined && document.isDirty)
      this.beginByFile(document).catch((error: unknown) => {
        this.failed(document, error);
      });
  }

  /** Nothing in the document is covered: what has been taken out of its file, before this guard stood, may have been. */
  private async beginByFile(document: vscode.TextDocument): Promise<void> {
    if (this.documents.of(document) === undefined) return;
    const file = await fileText(document);
    const covered = this.documents.of(document);
    if (file === undefined || covered === undefined || document.isClosed || this.owned.isDisposed) return;
    if (this.guarded.has(document.uri.toString())) return;
    const { folder, policy, path } = covered;
    if (folder.engine.regionsOf(policy, path, file).regions.length > 0) this.guard(covered, true);
  }

  private guard(covered: CoveredDocument, isOtherThanFile: boolean): GuardedDocument {
    const { document } = covered;
    const begun = new GuardedDocument(document, covered, isOtherThanFile, {
      permissions: this.ports.permissions,
      regions: () => this.documents.of(document)?.regions ?? covered.regions,
      happened: (where, happened) => {
        this.happened(where, happened);
      },
      failed: (where, error) => {
        this.failed(where, error);
      },
      worked: () => {
        this.ports.health.works(GUARD);
      },
    });
    this.guarded.set(document.uri.toString(), begun);
    return begun;
  }

  private takeNewTerms(): void {
    for (const document of vscode.workspace.textDocuments) {
      this.guardedly(document, () => {
        const key = document.uri.toString();
        const known = this.guarded.get(key);
        const covered = this.documents.of(document);
        if (known === undefined) this.begin(document);
        else if (covered === undefined) this.forget(key);
        else {
          known.govern(covered);
          // What stands there says nothing: covered lines may just have been taken out, and are about to be put back.
          if (known.hasNothingToGuard) this.forget(key);
        }
        this.warnings.forget(document);
      });
    }
    this.readOnly.apply();
  }

  private forget(key: string): void {
    this.guarded.get(key)?.dispose();
    this.guarded.delete(key);
  }

  private happened(document: vscode.TextDocument, { verdict, outcome, lines, textBefore }: Happened): void {
    const { path } = verdict.question.regions;
    const where = `${path === '' ? 'this document' : path}, ${linesInWords(lines)}`;
    if (outcome === 'warned') this.warnings.note(document, textBefore);
    if (outcome === 'seen') {
      this.warnings.forget(document);
      if (!isLetThrough(verdict)) {
        const words = `Covered code changed on disk, not by an edit here: ${where}`;
        this.ports.log.info(words);
        vscode.window.setStatusBarMessage(`$(law) ${words}`, STATUS_MS);
      }
    }
    if (this.isNew(document, { verdict, outcome, lines, textBefore }))
      this.ports.recorder.record({ verdict, outcome, place: { path, lines } });
    if (outcome !== 'undone' && outcome !== 'cancelled') return;
    const isMarker = verdict.question.action === 'unmark';
    this.ports.telling.tell({
      verdict,
      deed: `${isMarker ? 'Marker restored' : 'Edit undone'} in ${where}`,
      where: () =>
        vscode.window.showTextDocument(document, {
          selection: new vscode.Range(lines.start - 1, 0, lines.start - 1, 0),
        }),
    });
    this.readOnly.apply(true);
  }

  /** True for the first of several changes that follow one another: together they are one act. */
  private isNew(document: vscode.TextDocument, { verdict, outcome }: Happened): boolean {
    const { question, decision } = verdict;
    const key = JSON.stringify([document.uri.toString(), outcome, question.action, decision.assets, decision.rules]);
    const now = performance.now();
    const last = this.bursts.get(key);
    this.bursts.set(key, now);
    return last === undefined || now - last > BURST_MS;
  }

  /** Does something for a document; whatever goes wrong is said, and the guard goes on. */
  private guardedly(document: vscode.TextDocument, act: () => unknown): void {
    try {
      act();
    } catch (error) {
      this.failed(document, error);
    }
  }

  private failed(document: vscode.TextDocument, error: unknown): void {
    const name = this.terms.locate(document.uri)?.path ?? 'a document';
    this.ports.health.fails(
      GUARD,
      `The edit guard failed in ${name}: changes of covered lines may stay there. The log says more.`,
      error,
    );
  }

  dispose(): void {
    for (const key of [...this.guarded.keys()]) this.forget(key);
    this.owned.dispose();
  }
}

const GUARD = 'edit';

function hasGuardedLines({ regions, policy }: CoveredDocument): boolean {
  return regions.regions.length > 0 || policy.defaults.unlisted !== 'allow';
}
