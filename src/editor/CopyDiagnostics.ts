import * as vscode from 'vscode';
import type { IndexAnswers } from '../changes/copyIndexMessages.js';
import type { ExplainedCopy } from '../changes/RepositoryCopies.js';
import type { Policy } from '../policy/Policy.js';
import { copyInWords } from '../report/copyWords.js';
import { linesInWords } from '../regions/linesInWords.js';
import type { CopyIndexes } from './CopyIndexes.js';
import type { CopyIndexHost } from './CopyIndexHost.js';
import { DisposableStore } from './DisposableStore.js';
import type { CoveredDocument, DocumentRegions } from './DocumentRegions.js';
import type { FolderTerms } from './FolderTerms.js';
import { CopyDestination } from './guards/CopyDestination.js';
import type { GuardTools } from './guards/CopyGuards.js';
import { originOfCopy } from './guards/PasteJudge.js';
import { strictest } from './guards/strictest.js';
import type { Verdict } from './guards/Verdict.js';
import type { WrongMatches } from './guards/WrongMatches.js';
import { DIAGNOSTIC_SOURCE } from './names.js';

/** Copies are looked for when typing has paused for this long (ms). */
const PAUSE_MS = 400;
/** An insertion of so many lines is looked at as soon as it is there: nobody types it. */
const LARGE_INSERT = 5;
/** Above so many edits in a pause, the document is handed over anew. */
const MOST_EDITS = 16;
/** Longer documents (characters) are generated; following them costs more than it tells. */
const LONGEST = 4 << 20;

export const COPY_DIAGNOSTIC = 'copied-code';

/** A copy that is shown, where it stands and what the terms say of it. */
export interface ShownCopy {
  readonly document: vscode.TextDocument;
  /** The folder that the code was taken from. */
  readonly folder: FolderTerms;
  readonly policy: Policy;
  readonly copy: ExplainedCopy;
  readonly verdict: Verdict;
}

/** A document, as the index of one folder follows it. */
interface Following {
  readonly host: CopyIndexHost;
  edits: vscode.TextDocumentContentChangeEvent[][];
  timer: ReturnType<typeof setTimeout> | undefined;
  isFollowed: boolean;
  isBusy: boolean;
  copies: readonly ExplainedCopy[];
  /** True while nothing was changed since the document was handed over: what is found then was there before. */
  isUntouched: boolean;
  /** The origins that the person knows of. */
  readonly known: Set<string>;
}

/**
 * The guard of changes, whatever made them: lines of open documents that were copied from restricted code, in any folder of the
 * window or in none, as diagnostics as far as the terms do not allow it. A copy that came in while the document was open is told.
 */
export class CopyDiagnostics implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly diagnostics = this.owned.add(vscode.languages.createDiagnosticCollection('developer-terms-copies'));
  /** By document, then by the index that follows it. */
  private readonly following = new Map<string, Map<CopyIndexHost, Following>>();

  constructor(
    private readonly indexes: CopyIndexes,
    private readonly documents: DocumentRegions,
    private readonly wrongMatches: WrongMatches,
    private readonly tools: Pick<GuardTools, 'permissions' | 'telling' | 'recorder'>,
  ) {
    this.owned.add(
      vscode.workspace.onDidOpenTextDocument((document) => {
        for (const host of indexes.all) this.lookAnew(document, host);
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
        const host = indexes.of(folder);
        if (host !== undefined) for (const document of vscode.workspace.textDocuments) this.lookAnew(document, host);
      }),
    );
    // Other terms, another person, another purpose: the copies are the same, what may be done with them is not.
    this.owned.add(
      documents.onDidChange((document) => {
        this.show(document);
      }),
    );
    this.owned.add(
      wrongMatches.onDidChange(() => {
        this.showAll();
      }),
    );
  }

  /** The copies that are shown on a line (1-based) of a document. */
  at(document: vscode.TextDocument, line: number): ShownCopy[] {
    return this.shown(document).filter(({ copy: { lines } }) => lines.start <= line && line <= lines.end);
  }

  /** Looks at every copy again: a reason was given for some of them. */
  showAll(): void {
    for (const document of vscode.workspace.textDocuments) this.show(document);
  }

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const all = this.following.get(document.uri.toString());
    const isLarge = contentChanges.some(({ text }) => text.split('\n', LARGE_INSERT + 1).length > LARGE_INSERT);
    for (const host of this.indexes.all) {
      const following = all?.get(host);
      if (following === undefined) this.lookAnew(document, host);
      else {
        following.edits.push([...contentChanges]);
        following.isUntouched = false;
        this.lookSoon(document, following, isLarge ? 0 : PAUSE_MS);
      }
    }
  }

  private lookSoon(document: vscode.TextDocument, following: Following, after: number): void {
    clearTimeout(following.timer);
    following.timer = setTimeout(() => void this.look(document, following), after);
  }

  /** Hands a document over from the start: it was opened, or the index has changed. */
  private lookAnew(document: vscode.TextDocument, host: CopyIndexHost): void {
    const key = document.uri.toString();
    if (!host.isReady || !isOwnText(document, host.folder)) {
      this.leave(document, host);
      return;
    }
    const all = this.following.get(key) ?? new Map<CopyIndexHost, Following>();
    this.following.set(key, all);
    const following: Following = all.get(host) ?? {
      ...{ host, edits: [], timer: undefined, isFollowed: false, isBusy: false, copies: [] },
      // What was put in while the index was not there yet is news as well.
      ...{ isUntouched: !document.isDirty, known: new Set() },
    };
    following.isFollowed = false;
    all.set(host, following);
    this.lookSoon(document, following, 0);
  }

  private async look(document: vscode.TextDocument, following: Following): Promise<void> {
    if (following.isBusy) {
      this.lookSoon(document, following, PAUSE_MS);
      return;
    }
    const isCurrent = (): boolean => this.following.get(document.uri.toString())?.get(following.host) === following;
    if (document.isClosed || !isCurrent()) return;
    following.isBusy = true;
    try {
      const { version } = document;
      const { isUntouched } = following;
      const copies = await this.ask(document, following);
      if (!isCurrent()) return;
      if (copies === undefined) {
        // The worker does not know it: the next look hands it over.
        following.isFollowed = false;
        return;
      }
      // Typing went on meanwhile; its own look is on the way, and these lines may have moved.
      if (document.version !== version) return;
      following.copies = copies;
      this.show(document);
      this.tellNew(document, following, isUntouched);
    } finally {
      following.isBusy = false;
    }
  }

  private async ask(
    document: vscode.TextDocument,
    following: Following,
  ): Promise<readonly ExplainedCopy[] | undefined> {
    const key = document.uri.toString();
    const edits = following.edits.splice(0);
    const { host } = following;
    const follow = (): Promise<readonly ExplainedCopy[] | undefined> => {
      following.isFollowed = true;
      return host.ask({
        kind: 'follow',
        key,
        document: { path: pathFor(document, host.folder, this.documents.of(document)), text: document.getText() },
      });
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

  /** The copies in a document, without those that somebody reported as wrong. */
  private shown(document: vscode.TextDocument): ShownCopy[] {
    const covered = this.documents.of(document);
    let lines: readonly string[] | undefined;
    return [...(this.following.get(document.uri.toString())?.values() ?? [])].flatMap(({ host, copies }) => {
      const { folder } = host;
      const { policy } = folder;
      if (policy === undefined || copies.length === 0) return [];
      lines ??= document.getText().split(/\r\n|\r|\n/);
      const text = lines;
      // The worker has left out already what is at home in these lines.
      const destination = new CopyDestination(document, [], covered);
      return copies
        .filter((copy) => !this.wrongMatches.covers(folder, copy, text))
        .flatMap((copy): ShownCopy[] => {
          const origin = originOfCopy(folder, policy.agreement.id, copy);
          const questions = destination.questions(folder, origin);
          const verdict = strictest(questions.map((question) => this.tools.permissions.judge(question)));
          return verdict === undefined ? [] : [{ document, folder, policy, copy, verdict }];
        });
    });
  }

  private show(document: vscode.TextDocument): void {
    const shown = this.shown(document).flatMap((copy) => diagnosticOf(copy) ?? []);
    if (shown.length === 0) this.diagnostics.delete(document.uri);
    else this.diagnostics.set(document.uri, shown);
  }

  /** Tells of a copy that has come in, once for each origin until that is gone from the document. */
  private tellNew(document: vscode.TextDocument, following: Following, isUntouched: boolean): void {
    const shown = this.shown(document).filter(({ folder }) => folder === following.host.folder);
    const origins = new Map(shown.map((copy) => [copy.copy.origin.path, copy]));
    for (const path of following.known) if (!origins.has(path)) following.known.delete(path);
    for (const [path, { copy, verdict }] of origins) {
      if (following.known.has(path)) continue;
      following.known.add(path);
      if (isUntouched || verdict.kind === 'allowed' || verdict.kind === 'justified') continue;
      const here = new CopyDestination(document, [], this.documents.of(document)).path;
      const { lines } = copy;
      const text = document.getText(new vscode.Range(lines.start - 1, 0, lines.end, 0));
      this.tools.recorder.record({ verdict, outcome: 'flagged', place: { path: here, lines }, texts: [text] });
      if (verdict.kind === 'warned') continue;
      this.tools.telling.tell({
        verdict,
        deed: `Copied code found in ${here}: ${linesInWords(lines)} repeat ${path}, ${linesInWords(copy.from)}`,
        where: () =>
          vscode.window.showTextDocument(document, {
            selection: new vscode.Range(lines.start - 1, 0, lines.end - 1, 0),
          }),
      });
    }
  }

  private leave(document: vscode.TextDocument, host?: CopyIndexHost): void {
    const key = document.uri.toString();
    const all = this.following.get(key);
    if (all === undefined) return;
    for (const following of [...all.values()]) {
      if (host !== undefined && following.host !== host) continue;
      clearTimeout(following.timer);
      all.delete(following.host);
      if (following.isFollowed) void following.host.ask({ kind: 'leave', key });
    }
    if (all.size === 0) this.following.delete(key);
    this.show(document);
  }

  dispose(): void {
    for (const all of this.following.values()) for (const { timer } of all.values()) clearTimeout(timer);
    this.following.clear();
    this.owned.dispose();
  }
}

/** A file of the folder or of any other place, or a text without a place; not the older side of a diff. */
function isOwnText(document: vscode.TextDocument, folder: FolderTerms): boolean {
  const { uri } = document;
  const isOwn = uri.scheme === folder.root.scheme || uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell';
  return isOwn && document.getText().length <= LONGEST;
}

/** The path by which an index knows a document: it tells the language, and what covers it in that folder. */
function pathFor({ uri, languageId }: vscode.TextDocument, folder: FolderTerms, covered?: CoveredDocument): string {
  if (covered?.folder === folder && covered.path !== '') return covered.path;
  if (uri.scheme === 'untitled') return `untitled.${languageId}`;
  // Above the folder's root, where no pattern of its policy reaches.
  return `../${uri.path.split('/').pop() ?? ''}`;
}

function diagnosticOf({ document, policy, copy, verdict }: ShownCopy): vscode.Diagnostic | undefined {
  if (verdict.kind === 'allowed' || verdict.kind === 'justified') return undefined;
  const last = Math.min(copy.lines.end, document.lineCount) - 1;
  const first = Math.min(copy.lines.start - 1, last);
  const indent = document.lineAt(first).firstNonWhitespaceCharacterIndex;
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(first, indent, last, document.lineAt(last).text.length),
    copyInWords(copy, verdict.decision, policy),
    verdict.kind === 'warned' ? vscode.DiagnosticSeverity.Information : vscode.DiagnosticSeverity.Warning,
  );
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = COPY_DIAGNOSTIC;
  return diagnostic;
}
