import * as vscode from 'vscode';
import type { Policy } from '../policy/Policy.js';
import type { FileRegions } from '../regions/Region.js';
import type { RegionTracker } from '../regions/RegionTracker.js';
import { DisposableStore } from './DisposableStore.js';
import type { FolderTerms } from './FolderTerms.js';
import type { Terms } from './Terms.js';

/** A document's regions, with what they were found by. */
export interface CoveredDocument {
  readonly document: vscode.TextDocument;
  readonly folder: FolderTerms;
  readonly policy: Policy;
  readonly path: string;
  readonly regions: FileRegions;
}

interface Followed {
  readonly folder: FolderTerms;
  readonly policy: Policy;
  readonly tracker: RegionTracker;
}

/** Schemes of documents that show no file's content: nothing there is covered. */
const NOT_CODE = new Set(['output', 'debug', 'vscode-settings', 'walkThrough', 'developer-terms-details']);

/** The protected regions of every open document, kept up to date edit by edit. */
export class DocumentRegions implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<vscode.TextDocument>());
  /** Fires after a document's regions may have changed: an edit in it, or other terms. */
  readonly onDidChange = this.changed.event;
  private readonly followed = new Map<string, Followed>();

  constructor(private readonly terms: Terms) {
    this.owned.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.contentChanges.length > 0) this.follow(event);
      }),
    );
    this.owned.add(
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.followed.delete(document.uri.toString());
      }),
    );
    this.owned.add(
      terms.onDidChange((folder) => {
        for (const document of vscode.workspace.textDocuments) {
          if (folder === undefined || terms.locate(document.uri)?.folder === folder) this.changed.fire(document);
        }
      }),
    );
  }

  /** What covers this document now; undefined when no policy governs it. Cheap when asked again. */
  of(document: vscode.TextDocument): CoveredDocument | undefined {
    if (NOT_CODE.has(document.uri.scheme)) return undefined;
    const key = document.uri.toString();
    const where = this.terms.locate(document.uri);
    const policy = where?.folder.policy;
    if (where === undefined || policy === undefined) {
      this.followed.delete(key);
      return undefined;
    }
    const { folder, path } = where;
    let followed = this.followed.get(key);
    if (followed?.policy !== policy || followed.folder !== folder) {
      followed = { folder, policy, tracker: folder.engine.track(policy, path, document.getText()) };
      this.followed.set(key, followed);
    }
    return { document, folder, policy, path, regions: followed.tracker.current };
  }

  private follow(event: vscode.TextDocumentChangeEvent): void {
    const { document } = event;
    const followed = this.followed.get(document.uri.toString());
    if (followed === undefined) return;
    const before = followed.tracker.current;
    followed.tracker.apply(
      event.contentChanges.map((change) => ({
        range: {
          start: { line: change.range.start.line + 1, column: change.range.start.character + 1 },
          end: { line: change.range.end.line + 1, column: change.range.end.character + 1 },
        },
        text: change.text,
      })),
      { lineCount: document.lineCount, lineAt: (line) => document.lineAt(line - 1).text },
    );
    if (followed.tracker.current !== before) this.changed.fire(document);
  }

  dispose(): void {
    this.followed.clear();
    this.owned.dispose();
  }
}
