import * as vscode from 'vscode';
import { importLanguageOf } from '../../changes/imports/importsOf.js';
import { linksOf, usesOf, type ImportTarget, type Use } from '../../changes/imports/usesOf.js';
import type { Log } from '../../ports.js';
import { codeInWords } from '../../report/decision.js';
import { refusalInWords } from '../../report/refusalWords.js';
import { DisposableStore } from '../DisposableStore.js';
import type { CoveredDocument, DocumentRegions } from '../DocumentRegions.js';
import type { FolderTerms } from '../FolderTerms.js';
import { ImportFiles } from '../ImportFiles.js';
import { COMMANDS, DIAGNOSTIC_SOURCE } from '../names.js';
import type { Terms } from '../Terms.js';
import type { Outcome } from '../../evidence/Entry.js';
import type { ActRecorder } from './ActRecorder.js';
import type { Permissions } from './Permissions.js';
import type { Telling } from './Telling.js';
import { isLetThrough, type Verdict } from './Verdict.js';

/** Imports are looked at when typing has paused for this long (ms). */
const PAUSE_MS = 400;
/** Longer documents (characters) are generated; nobody writes their imports. */
const LONGEST = 4 << 20;

export const USE_DIAGNOSTIC = 'restricted-import';

/** What the use guard needs. */
export interface UseGuardParts {
  readonly terms: Terms;
  readonly documents: DocumentRegions;
  readonly permissions: Permissions;
  readonly telling: Telling;
  readonly recorder: ActRecorder;
  readonly log: Log;
}

interface Judged {
  readonly use: Use;
  readonly verdict: Verdict;
  readonly range: vscode.Range;
}

/**
 * Judges imports of covered code from outside of its asset as `use`, and shows what the terms do not simply allow as a
 * diagnostic on the import's specifier. Nothing is taken back: an import is text that a person typed in open code, and the
 * build may even need it for a moment.
 */
export class UseGuard implements vscode.Disposable, vscode.CodeActionProvider {
  private readonly owned = new DisposableStore();
  private readonly diagnostics = this.owned.add(vscode.languages.createDiagnosticCollection('developer-terms-uses'));
  private readonly files = new Map<FolderTerms, ImportFiles>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly judged = new Map<string, readonly Judged[]>();
  private readonly noted = new Set<string>();

  constructor(private readonly parts: UseGuardParts) {
    this.owned.add(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.lookSoon(document, 0);
      }),
    );
    this.owned.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.lookSoon(document, PAUSE_MS);
      }),
    );
    this.owned.add(
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.leave(document);
      }),
    );
    this.owned.add(
      parts.terms.onDidChange((folder) => {
        this.forgetFolders();
        this.lookAtAll(folder);
      }),
    );
    this.owned.add(
      vscode.languages.registerCodeActionsProvider({ pattern: '**' }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    this.owned.add(
      vscode.commands.registerCommand(COMMANDS.explainAct, (verdict: Verdict) => parts.telling.explain(verdict)),
    );
    this.owned.add(
      vscode.commands.registerCommand(COMMANDS.justifyUse, async (verdict: Verdict, deed: string) => {
        const settled = await parts.permissions.settle(verdict.question, deed);
        if (settled.kind === 'cancelled') this.note(settled, 'cancelled', deed);
        this.lookAtAll(verdict.question.folder);
      }),
    );
    this.lookAtAll(undefined);
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    return (this.judged.get(document.uri.toString()) ?? [])
      .filter((judged) => judged.range.intersection(range) !== undefined)
      .flatMap(({ verdict, use }) => {
        const action = (title: string, command: string, ...args: readonly unknown[]): vscode.CodeAction => {
          const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
          made.command = { title, command, arguments: [...args] };
          made.diagnostics = this.diagnostics
            .get(document.uri)
            ?.filter((diagnostic) => diagnostic.range.intersection(range) !== undefined) as vscode.Diagnostic[];
          return made;
        };
        const code = codeInWords({ file: use.path, ...(use.lines === undefined ? {} : { lines: use.lines }) });
        return [
          ...(verdict.kind === 'unsettled'
            ? [action('Give a Reason for This Import…', COMMANDS.justifyUse, verdict, `import ${code}`)]
            : []),
          action('Explain This Import', COMMANDS.explainAct, verdict),
          ...(isLetThrough(verdict) ? [] : [action('Ask for a Waiver…', COMMANDS.askWaiver, verdict)]),
        ];
      });
  }

  private lookAtAll(folder: FolderTerms | undefined): void {
    for (const document of vscode.workspace.textDocuments)
      if (folder === undefined || this.parts.terms.locate(document.uri)?.folder === folder) this.lookSoon(document, 0);
  }

  private lookSoon(document: vscode.TextDocument, after: number): void {
    const { scheme, path } = document.uri;
    if (
      importLanguageOf(path) === undefined ||
      (scheme !== 'file' && scheme !== 'vscode-remote' && scheme !== 'vscode-vfs')
    )
      return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        this.look(document).catch((error: unknown) => {
          this.parts.log.error('Imports could not be judged', error);
        });
      }, after),
    );
  }

  private async look(document: vscode.TextDocument): Promise<void> {
    const covered = this.parts.documents.of(document);
    if (covered === undefined || document.isClosed) {
      this.leave(document);
      return;
    }
    const { version } = document;
    const text = document.getText();
    const files = this.filesOf(covered.folder);
    const links = text.length > LONGEST ? [] : linksOf(covered.path, text, await files.tree());
    const targets = new Map<string, ImportTarget | undefined>();
    for (const path of new Set(links.flatMap(({ paths }) => paths)))
      targets.set(path, await files.target(covered.policy, path));
    // What was typed meanwhile asks for its own look.
    if (document.version !== version || document.isClosed) return;
    const uses = usesOf(covered.regions, links, (path) => targets.get(path));
    this.show(
      document,
      uses.map((use) => this.judge(covered, use)),
    );
  }

  private judge({ folder, policy, path }: CoveredDocument, use: Use): Judged {
    const { import: found, regions, lines } = use;
    const verdict = this.parts.permissions.judge({
      ...{ folder, policy, regions, action: 'use', into: path },
      ...(lines === undefined ? {} : { lines }),
    });
    const line = found.line - 1;
    return { use, verdict, range: new vscode.Range(line, found.column - 1, line, found.endColumn - 1) };
  }

  private show(document: vscode.TextDocument, judged: readonly Judged[]): void {
    this.judged.set(document.uri.toString(), judged);
    this.diagnostics.set(
      document.uri,
      judged.flatMap(({ use, verdict, range }) => {
        this.note(verdict, OUTCOMES[verdict.kind], document.uri.toString(), {
          path: this.parts.documents.of(document)?.path ?? '',
          lines: { start: range.start.line + 1, end: range.start.line + 1 },
        });
        if (verdict.kind === 'allowed' || verdict.kind === 'justified') return [];
        const code = codeInWords({ file: use.path, ...(use.lines === undefined ? {} : { lines: use.lines }) });
        const deed = use.isCertain ? `This import uses ${code}` : `This import may use ${code}`;
        const { text } = refusalInWords(deed, verdict.decision, verdict.question.policy);
        const isError = verdict.kind === 'refused' && use.isCertain;
        const diagnostic = new vscode.Diagnostic(
          range,
          text,
          verdict.kind === 'warned'
            ? vscode.DiagnosticSeverity.Information
            : isError
              ? vscode.DiagnosticSeverity.Error
              : vscode.DiagnosticSeverity.Warning,
        );
        diagnostic.source = DIAGNOSTIC_SOURCE;
        diagnostic.code = USE_DIAGNOSTIC;
        return [diagnostic];
      }),
    );
  }

  /** Records an outcome once a session for each place and asset. */
  private note(
    verdict: Verdict,
    outcome: Outcome | undefined,
    where: string,
    place: { readonly path: string; readonly lines?: { start: number; end: number } } = verdict.question.regions,
  ): void {
    if (outcome === undefined) return;
    const key = JSON.stringify([outcome, where, verdict.question.regions.path, verdict.decision.assets]);
    if (this.noted.has(key)) return;
    this.noted.add(key);
    const { path, lines } = place;
    this.parts.recorder.record({ verdict, outcome, place: { path, ...(lines === undefined ? {} : { lines }) } });
  }

  private filesOf(folder: FolderTerms): ImportFiles {
    let files = this.files.get(folder);
    if (files === undefined) {
      files = new ImportFiles(folder);
      files.onDidChange(() => {
        this.lookAtAll(folder);
      });
      this.files.set(folder, files);
    }
    return files;
  }

  private forgetFolders(): void {
    for (const [folder, files] of this.files) {
      if (this.parts.terms.all.includes(folder)) continue;
      files.dispose();
      this.files.delete(folder);
    }
  }

  private leave(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.judged.delete(key);
    this.diagnostics.delete(document.uri);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const files of this.files.values()) files.dispose();
    this.owned.dispose();
  }
}

/** What becomes of a use: it stands in the text, so that a denied one is flagged. One that waits is recorded when it is settled. */
const OUTCOMES: Readonly<Record<Verdict['kind'], Outcome | undefined>> = {
  allowed: 'allowed',
  warned: 'warned',
  justified: 'justified',
  refused: 'flagged',
  unsettled: undefined,
  cancelled: undefined,
};
