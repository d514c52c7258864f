import * as vscode from 'vscode';
import { DisposableStore } from '../DisposableStore.js';
import { COLORS } from '../names.js';

/** Lines that are not to be seen, and what stands there instead. */
export interface VeiledLines {
  /** 1-based, both ends included. */
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

/** Makes lines of an editor invisible, at once and without changing them. */
export class Veil implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly hidden: vscode.TextEditorDecorationType;
  private readonly words: vscode.TextEditorDecorationType;
  private readonly veiled = new WeakSet<vscode.TextEditor>();

  constructor() {
    this.hidden = this.owned.add(
      vscode.window.createTextEditorDecorationType({
        isWholeLine: true,
        opacity: '0',
        backgroundColor: new vscode.ThemeColor(COLORS.veil),
        rangeBehavior: vscode.DecorationRangeBehavior.OpenOpen,
      }),
    );
    this.words = this.owned.add(
      vscode.window.createTextEditorDecorationType({
        before: { color: new vscode.ThemeColor('editor.foreground'), fontStyle: 'italic', margin: '0 1ch 0 0' },
      }),
    );
  }

  /** Hides these lines of an editor, and shows again what was hidden before. */
  hide(editor: vscode.TextEditor, lines: readonly VeiledLines[]): void {
    if (lines.length === 0 && !this.veiled.has(editor)) return;
    if (lines.length === 0) this.veiled.delete(editor);
    else this.veiled.add(editor);
    const { document } = editor;
    const last = document.lineCount;
    editor.setDecorations(
      this.hidden,
      lines.map(
        ({ start, end }) =>
          new vscode.Range(new vscode.Position(start - 1, 0), document.lineAt(Math.min(end, last) - 1).range.end),
      ),
    );
    editor.setDecorations(
      this.words,
      lines.map(({ start, words }) => ({
        range: new vscode.Range(start - 1, 0, start - 1, 0),
        renderOptions: { before: { contentText: words } },
      })),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }
}
