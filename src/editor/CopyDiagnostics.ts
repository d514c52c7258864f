import * as vscode from 'vscode';
import type { IndexAnswers } from '../changes/copyIndexMessages.js';
import type { ExplainedCopy } from '../changes/RepositoryCopies.js';
import type { Effect } from '../policy/language.js';
import { copyInWords } from '../report/copyWords.js';
import type { CopyIndexes } from './CopyIndexes.js';
import type { CopyIndexHost } from './CopyIndexHost.js';
import { DisposableStore } from './DisposableStore.js';
import type { CoveredDocument, DocumentRegions } from './DocumentRegions.js';
import { DIAGNOSTIC_SOURCE } from './names.js';
import { originDecision } from './originDecision.js';

/** Copies are looked for when typing has paused for this long (ms). */
const PAUSE_MS = 400;
/** An insertion of so many lines is looked at as soon as it is there: nobody types it. */
const LARGE_INSERT = 5;
/** Above so many edits in a pause, the document is handed over anew. */
const MOST_EDITS = 16;
/** Longer documents (characters) are generated; following them costs more than it tells. */
const LONGEST = 4 << 20;

export const COPY_DIAGNOSTIC = 'copied-code';

const SEVERITY: Readonly<Record<Exclude<Effect, 'allow'>, vscode.DiagnosticSeverity>> = {
  warn: vscode.DiagnosticSeverity.Information,
  justify: vscode.DiagnosticSeverity.Warning,
  deny: vscode.DiagnosticSeverity.Warning,
};

/** A copy that is shown, and the document that holds it. */
export interface ShownCopy {
  readonly covered: CoveredDocument;
  readonly copy: ExplainedCopy;
}

interface Following {
  host: CopyIndexHost;
  edits: vscode.TextDocumentContentChangeEvent[][];
  timer: ReturnType<typeof setTimeout> | undefined;
  isFollowed: boolean;
  isBusy: boolean;
  copies: readonly ExplainedCopy[];
}

/** Lines of open documents that were copied from restricted code, as diagnostics, as far as the terms do not allow it. */
export class CopyDiagnostics implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly diagnostics = this.owned.add(vscode.languages.createDiagnosticCollection('developer-terms-copies'));
  private readonly following = new Map<string, Following>();

  constructor(
    private readonly indexes: CopyIndexes,
    private readonly documents: DocumentRegions,
  ) {
    this.owned.add(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.lookAnew(document);
      }),
    );
    this.owned.add(
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.leave(document);
      }),
    );
    this.owned.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.contentChanges.length > 0) this.changed(event);
      }),
    );
    this.owned.add(
      indexes.onDidChange((folder) => {
        for (const document of vscode.workspace.textDocuments)
          if (this.documents.of(document)?.folder === folder) this.lookAnew(document);
      }),
    );
    // Other terms, another person, another purpose: the copies are the same, what may be done with them is not.
    this.owned.add(
      documents.onDidChange((document) => {
        this.show(document);
      }),
    );
  }

  /** The copies that are shown on a line (1-based) of a document. */
  at(document: vscode.TextDocument, line: number): ShownCopy[] {
    const covered = this.documents.of(document);
    if (covered === undefined) return [];
    return (this.following.get(document.uri.toString())?.copies ?? [])
      .filter(({ lines }) => lines.start <= line && line <= lines.end)
      .map((copy) => ({ covered, copy }));
  }

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const following = this.following.get(document.uri.toString());
    if (following === undefined) {
      this.lookAnew(document);
      return;
    }
    following.edits.push([...contentChanges]);
    const isLarge = contentChanges.some(({ text }) => text.split('\n', LARGE_INSERT + 1).length > LARGE_INSERT);
    this.lookSoon(document, following, isLarge ? 0 : PAUSE_MS);
  }

  private lookSoon(document: vscode.TextDocument, following: Following, after: number): void {
    clearTimeout(following.timer);
    following.timer = setTimeout(() => void this.look(document, following), after);
  }

  /** Hands a document over from the start: it was opened, or the index has changed. */
  private lookAnew(document: vscode.TextDocument): void {
    const covered = this.documents.of(document);
    const host = covered && this.indexes.of(covered.folder);
    if (covered === undefined || host === undefined || !host.isReady || !isOwnText(covered)) {
      this.leave(document);
      return;
    }
    const key = document.uri.toString();
    const known = this.following.get(key);
    const following: Following = known ?? {
      ...{ host, edits: [], timer: undefined, isFollowed: false, isBusy: false, copies: [] },
    };
    following.host = host;
    following.isFollowed = false;
    this.following.set(key, following);
    this.lookSoon(document, following, 0);
  }

  private async look(document: vscode.TextDocument, following: Following): Promise<void> {
    if (following.isBusy) {
      this.lookSoon(document, following, PAUSE_MS);
      return;
    }
    const covered = this.documents.of(document);
    const key = document.uri.toString();
    if (covered === undefined || document.isClosed || this.following.get(key) !== following) return;
    following.isBusy = true;
    try {
      const { version } = document;
      const copies = await this.ask(key, covered, following);
      if (this.following.get(key) !== following) return;
      if (copies === undefined) {
        // The worker does not know it: the next look hands it over.
        following.isFollowed = false;
        return;
      }
      // Typing went on meanwhile; its own look is on the way, and these lines may have moved.
      if (document.version !== version) return;
      following.copies = copies;
      this.show(document);
    } finally {
      following.isBusy = false;
    }
  }

  private async ask(
    key: string,
    { document, path }: CoveredDocument,
    following: Following,
  ): Promise<readonly ExplainedCopy[] | undefined> {
    const edits = following.edits.splice(0);
    const { host } = following;
    const follow = (): Promise<readonly ExplainedCopy[] | undefined> => {
      following.isFollowed = true;
      const name = path === '' ? `untitled.${document.languageId}` : path;
      return host.ask({ kind: 'follow', key, document: { path: name, text: document.getText() } });
    };
    if (!following.isFollowed || edits.length > MOST_EDITS) return follow();
    let answer: Promise<IndexAnswers['change'] | undefined> = Promise.resolve(undefined);
    for (const changes of edits.length === 0 ? [[]] : edits) {
      answer = host.ask({
        kind: 'change',
        key,
        changes: changes.map(({ range, text }) => ({
          range: {
            start: { line: range.start.line + 1, column: range.start.character + 1 },
            end: { line: range.end.line + 1, column: range.end.character + 1 },
          },
          text,
        })),
      });
    }
    return (await answer) ?? follow();
  }

  private show(document: vscode.TextDocument): void {
    const copies = this.following.get(document.uri.toString())?.copies ?? [];
    const covered = this.documents.of(document);
    if (covered === undefined || copies.length === 0) {
      this.diagnostics.delete(document.uri);
      return;
    }
    this.diagnostics.set(
      document.uri,
      copies.flatMap((copy) => diagnosticOf(covered, copy) ?? []),
    );
  }

  private leave(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const following = this.following.get(key);
    if (following === undefined) return;
    clearTimeout(following.timer);
    this.following.delete(key);
    this.diagnostics.delete(document.uri);
    if (following.isFollowed) void following.host.ask({ kind: 'leave', key });
  }

  dispose(): void {
    for (const { timer } of this.following.values()) clearTimeout(timer);
    this.following.clear();
    this.owned.dispose();
  }
}

/** A file of the folder itself, or a text without a place; not the older side of a diff. */
function isOwnText({ document, folder }: CoveredDocument): boolean {
  const { scheme } = document.uri;
  const isOwn = scheme === folder.root.scheme || scheme === 'untitled' || scheme === 'vscode-notebook-cell';
  return isOwn && document.getText().length <= LONGEST;
}

function diagnosticOf(covered: CoveredDocument, copy: ExplainedCopy): vscode.Diagnostic | undefined {
  const { document, folder, policy, path } = covered;
  const decision = originDecision(folder, policy, copy, 'copy', path);
  if (decision.effect === 'allow') return undefined;
  const last = Math.min(copy.lines.end, document.lineCount) - 1;
  const first = Math.min(copy.lines.start - 1, last);
  const indent = document.lineAt(first).firstNonWhitespaceCharacterIndex;
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(first, indent, last, document.lineAt(last).text.length),
    copyInWords(copy, decision, policy),
    SEVERITY[decision.effect],
  );
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = COPY_DIAGNOSTIC;
  return diagnostic;
}
