import * as vscode from 'vscode';
import type { Replacement } from '../../changes/GuardedText.js';

/**
 * Makes replacements in a document, unless it has changed meanwhile. In an editor that shows it, they join what was done
 * last, so that undo does not bring that back; otherwise they are an edit of the workspace.
 *
 * @param edits offsets in the document as it is now
 * @param eol the line break that the document is to have
 * @returns false when nothing was done
 */
export async function repairDocument(
  document: vscode.TextDocument,
  edits: readonly Replacement[],
  eol: vscode.EndOfLine,
): Promise<boolean> {
  const { version } = document;
  const ranges = edits.map(({ start, end, text }) => ({
    range: new vscode.Range(document.positionAt(start), document.positionAt(end)),
    text,
  }));
  const editor = editorOf(document);
  if (editor !== undefined) {
    const done = await editor.edit(
      (builder) => {
        for (const { range, text } of ranges) builder.replace(range, text);
        if (document.eol !== eol) builder.setEndOfLine(eol);
      },
      { undoStopBefore: false, undoStopAfter: false },
    );
    if (!done) return false;
    // An editor that is read-only says yes and does nothing.
    if (document.version !== version) return true;
  }
  const edit = new vscode.WorkspaceEdit();
  const all = ranges.map(({ range, text }) => vscode.TextEdit.replace(range, text));
  if (document.eol !== eol) all.push(vscode.TextEdit.setEndOfLine(eol));
  edit.set(document.uri, all);
  return vscode.workspace.applyEdit(edit);
}

/** The editor that shows the document, the active one first. */
export function editorOf(document: vscode.TextDocument): vscode.TextEditor | undefined {
  const { activeTextEditor: active, visibleTextEditors: visible } = vscode.window;
  return active?.document === document ? active : visible.find((editor) => editor.document === document);
}
