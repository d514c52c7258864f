import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../host/eventually.js';
import { fileIn, onDisk, opened, otherProgramWrites } from '../../host/files.js';
import { problemsIn } from '../../host/problems.js';
import { guardsStand } from './guardsStand.js';

const CLOSED = 'src/closed.ts';
const { executeCommand } = vscode.commands;

const type = (text: string): Thenable<unknown> => executeCommand('type', { text });

/** Puts the cursor, or a selection, in an editor; 1-based. */
function select(editor: vscode.TextEditor, line: number, column: number, toLine = line, toColumn = column): void {
  editor.selection = new vscode.Selection(line - 1, column - 1, toLine - 1, toColumn - 1);
}

/** Waits until a document's text is this one, and stays so until the window has been idle once. */
async function seesText(document: vscode.TextDocument, text: string): Promise<void> {
  await eventually(
    'the text',
    () => document.getText() === text,
    () => document.getText(),
  );
}

/** Does something, waits until the document has changed because of it, and then until its text is this one. */
async function thenSees(document: vscode.TextDocument, act: () => unknown, text: string): Promise<void> {
  const { version } = document;
  await act();
  await eventually('a change', () => document.version > version);
  await seesText(document, text);
}

describe('lines that may not be edited', () => {
  before(guardsStand);

  it('are what they were after typing, and the cursor is where it was', async () => {
    const editor = await opened(CLOSED);
    const before = editor.document.getText();
    select(editor, 5, 10);
    await thenSees(editor.document, () => type('x'), before);
    await eventually(
      'the cursor',
      () => editor.selection.isEqual(new vscode.Selection(4, 9, 4, 9)),
      () => editor.selection,
    );
    await thenSees(editor.document, () => executeCommand('deleteLeft'), before);
    await eventually(
      'the cursor',
      () => editor.selection.isEqual(new vscode.Selection(4, 9, 4, 9)),
      () => editor.selection,
    );
  });

  it('are what they were after undo and redo of what was taken back', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const before = document.getText();
    select(editor, 1, 17);
    await type(' // mine');
    const mine = before.replace('const above = 1;', 'const above = 1; // mine');
    await seesText(document, mine);
    select(editor, 5, 10);
    await vscode.env.clipboard.writeText('pasted\nin\n');
    await thenSees(document, () => executeCommand('editor.action.clipboardPasteAction'), mine);
    await thenSees(document, () => type('x'), mine);
    for (let step = 0; step < 8 && document.getText() !== before; step++) {
      await executeCommand('undo');
      await eventually('the region', () => document.getText().includes(REGION));
    }
    assert.equal(document.getText(), before, 'what was typed outside can be undone');
    for (let step = 0; step < 8; step++) {
      await executeCommand('redo');
      await eventually('the region', () => document.getText().includes(REGION));
    }
    await seesText(document, mine);
  });
});

const REGION = '// TERMS-BEGIN asset=closed\nconst secret = 42;\n  const indented = secret + 1;\n// TERMS-END\n';
