import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { workspaceFolder } from './freshWorkspace.js';

export const POLICY = 'developer-terms.yaml';

/** A file of the open folder. */
export function fileIn(path: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder(), path);
}

/** Writes a file of the open folder, as another program would. */
export async function otherProgramWrites(path: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const uri = fileIn(path);
  await mkdir(dirname(uri.fsPath), { recursive: true });
  await writeFile(uri.fsPath, content);
  return uri;
}

/** What a file of the open folder holds on disk. */
export async function onDisk(path: string): Promise<string> {
  return readFile(fileIn(path).fsPath, 'utf8');
}

/** Opens a file of the open folder in an editor. */
export async function opened(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(fileIn(path), { preview: false });
}

/** Replaces a text in a document, unsaved, as typing does. The text has to be there. */
export async function replaceIn(document: vscode.TextDocument, text: string, replacement: string): Promise<void> {
  const at = document.getText().indexOf(text);
  if (at === -1) throw new Error(`The document has no “${text}”.`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(at), document.positionAt(at + text.length)),
    replacement,
  );
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('The edit was refused.');
}
