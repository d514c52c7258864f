import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** The workspace as it was written; put in when this is bundled. */
declare const PRISTINE_WORKSPACE: string;

/** The folder that is open. */
export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('The window has no folder open.');
  return folder.uri;
}

/** Makes the open folder again what it was at first, documents that the editor still holds included; closes every editor. */
export async function freshWorkspace(): Promise<void> {
  const folder = workspaceFolder().fsPath;
  const pristine = new Set(await readdir(PRISTINE_WORKSPACE));
  for (const name of await readdir(folder))
    if (!pristine.has(name)) await rm(join(folder, name), { recursive: true, force: true });
  await cp(PRISTINE_WORKSPACE, folder, { recursive: true, force: true });

  // The editor keeps a document for a while after its last editor is closed, with the text of the last test.
  for (const document of vscode.workspace.textDocuments) {
    const isOurs = document.isUntitled || document.uri.fsPath.startsWith(folder);
    if (!isOurs || document.isClosed || !(document.isDirty || (await isOutdated(document)))) continue;
    await vscode.window.showTextDocument(document, { preview: false });
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

async function isOutdated(document: vscode.TextDocument): Promise<boolean> {
  if (document.uri.scheme !== 'file') return false;
  const text = await readFile(document.uri.fsPath, 'utf8').catch(() => undefined);
  return text !== undefined && text.replaceAll('\r\n', '\n') !== document.getText().replaceAll('\r\n', '\n');
}
