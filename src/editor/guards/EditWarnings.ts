import * as vscode from 'vscode';
import { lineDiff } from '../../changes/lineDiff.js';
import type { LineSpan } from '../../ports.js';
import { refusalInWords } from '../../report/refusalWords.js';
import { linesInWords } from '../../regions/linesInWords.js';
import { DisposableStore } from '../DisposableStore.js';
import { DIAGNOSTIC_SOURCE } from '../names.js';
import type { Verdict } from './Verdict.js';

/** After a change, wait this long (ms) for the next one before the lines are compared. */
const SETTLE_MS = 300;
/** Of more changed lines than this, those further down are not marked: nobody reads so many warnings. */
const MOST_LINES = 500;

/**
 * Marks the lines that a person changed where the terms warn of it: as information in the Problems view, until they are
 * again what they were, or the document is closed. The text before the change is kept in memory only.
 */
export class EditWarnings implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly diagnostics = this.owned.add(vscode.languages.createDiagnosticCollection('developer-terms-edits'));
  private readonly before = new Map<string, readonly string[]>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** @param judge the answer on editing these lines of a document, as things stand; undefined where nothing covers them */
  constructor(private readonly judge: (document: vscode.TextDocument, lines: LineSpan) => Verdict | undefined) {
    this.owned.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.before.has(document.uri.toString())) this.markSoon(document);
      }),
    );
    this.owned.add(
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.forget(document);
      }),
    );
  }

  /** Something was changed where the terms warn of it. `textBefore` is the document before that change. */
  note(document: vscode.TextDocument, textBefore: string): void {
    const key = document.uri.toString();
    if (!this.before.has(key)) this.before.set(key, linesOf(textBefore));
    this.markSoon(document);
  }

  /** What is there now is where changes begin: other terms hold, or the file came anew from the disk. */
  forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.before.delete(key);
    this.diagnostics.delete(document.uri);
  }

  private markSoon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.mark(document);
      }, SETTLE_MS),
    );
  }

  private mark(document: vscode.TextDocument): void {
    const before = this.before.get(document.uri.toString());
    if (before === undefined || document.isClosed) return;
    const warnings: { lines: { start: number; end: number }; rules: string; verdict: Verdict }[] = [];
    let left = MOST_LINES;
    for (const { newStart, newEnd } of lineDiff(before, linesOf(document.getText()))) {
      // Lines that are gone are marked where they were.
      const last = Math.min(Math.max(newEnd, newStart + 1), document.lineCount);
      for (let line = Math.min(newStart + 1, document.lineCount); line <= last && left > 0; line++, left--) {
        const verdict = this.judge(document, { start: line, end: line });
        if (verdict?.kind !== 'warned') continue;
        const rules = JSON.stringify([verdict.decision.rules, verdict.decision.assets]);
        const above = warnings.at(-1);
        if (above?.rules === rules && above.lines.end === line - 1) above.lines.end = line;
        else warnings.push({ lines: { start: line, end: line }, rules, verdict });
      }
    }
    this.diagnostics.set(
      document.uri,
      warnings.map(({ lines, verdict }) => {
        const { decision, question } = verdict;
        const diagnostic = new vscode.Diagnostic(
          new vscode.Range(lines.start - 1, 0, lines.end - 1, document.lineAt(lines.end - 1).text.length),
          refusalInWords(`Edited ${linesInWords(lines)}`, decision, question.policy).text,
          vscode.DiagnosticSeverity.Information,
        );
        diagnostic.source = DIAGNOSTIC_SOURCE;
        diagnostic.code = 'edit-to-mind';
        return diagnostic;
      }),
    );
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.before.clear();
    this.owned.dispose();
  }
}

const linesOf = (text: string): readonly string[] => text.split(/\r\n|\r|\n/);
