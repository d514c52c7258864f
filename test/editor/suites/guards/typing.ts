import * as vscode from 'vscode';
import { eventually } from '../../host/eventually.js';

/** Types into the editor that has the focus, as keys do. */
export const type = (text: string): Thenable<unknown> => vscode.commands.executeCommand('type', { text });

/** Puts the cursor, or a selection, in an editor; 1-based. */
export function select(
  editor: vscode.TextEditor,
  line: number,
  column: number,
  toLine = line,
  toColumn = column,
): void {
  editor.selection = new vscode.Selection(line - 1, column - 1, toLine - 1, toColumn - 1);
}

/** Waits until the cursor, or the selection, is here; 1-based. */
export async function seesCursor(
  editor: vscode.TextEditor,
  line: number,
  column: number,
  toLine = line,
  toColumn = column,
): Promise<void> {
  const wanted = new vscode.Selection(line - 1, column - 1, toLine - 1, toColumn - 1);
  await eventually(
    `the cursor in ${line}:${column}`,
    () => editor.selection.isEqual(wanted),
    () => editor.selection,
  );
}

/** Waits until a document's text is this one. */
export async function seesText(document: vscode.TextDocument, text: string): Promise<void> {
  await eventually(
    `the text ${JSON.stringify(text)}`,
    () => document.getText() === text,
    () => document.getText(),
  );
}

/** Does something, waits until the document has changed because of it, and then until its text is this one. */
export async function thenSees(document: vscode.TextDocument, act: () => unknown, text: string): Promise<void> {
  const { version } = document;
  await act();
  await eventually('a change', () => document.version > version);
  await seesText(document, text);
}

/** The marked lines of a text, from the first marker to the last. */
export function regionOf(text: string): string {
  const begin = text.lastIndexOf('\n', text.indexOf('TERMS-BEGIN')) + 1;
  const end = text.indexOf('\n', text.indexOf('TERMS-END'));
  return text.slice(begin, end === -1 ? text.length : end + 1);
}
