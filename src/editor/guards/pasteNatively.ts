import * as vscode from 'vscode';

/** How a text was copied, as far as pasting depends on it. */
export interface PasteShape {
  readonly pieces: number;
  readonly isWholeLine: boolean;
}

/**
 * Pastes a text as the editor itself does: a whole line above the cursor's, several pieces spread over as many cursors, and
 * one step to undo. Resolves false, having pasted nothing, when the document's editor could not be brought back.
 */
export async function pasteNatively(editor: vscode.TextEditor, text: string, shape?: PasteShape): Promise<boolean> {
  const { document } = editor;
  const { selections } = editor;
  if (document.uri.scheme !== 'vscode-notebook-cell') {
    const shown = await vscode.window.showTextDocument(document, {
      ...(editor.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
      preview: false,
    });
    if (shown.document !== document) return false;
    shown.selections = selections;
  } else if (vscode.window.activeTextEditor?.document !== document) return false;
  const lines = text.split(/\r\n|\r|\n/);
  const pieces = shape?.pieces ?? 1;
  await vscode.commands.executeCommand('default:paste', {
    text,
    pasteOnNewLine: shape?.isWholeLine === true && lines.length === 2 && lines[1] === '',
    multicursorText: pieces > 1 && lines.length === pieces ? lines : null,
    mode: null,
  });
  return true;
}
