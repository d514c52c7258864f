import * as vscode from 'vscode';
import type { Files } from '../ports.js';
import { UserError } from '../ports.js';

/**
 * The files below `root` as an engineer sees them: an editor's unsaved text before what is on disk. Works on any file
 * system the editor knows, virtual ones included.
 */
export function workspaceFiles(root: vscode.Uri): Files {
  return {
    async read(path) {
      const uri = vscode.Uri.joinPath(root, path);
      const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
      if (open !== undefined && open.isDirty) return new TextEncoder().encode(open.getText());
      try {
        return await vscode.workspace.fs.readFile(uri);
      } catch (error) {
        if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
        throw new UserError(reasonOf(error), { cause: error });
      }
    },
    // The editor's file systems do not tell where a link leads; the editor opens what it leads to under the link's name.
    target: (path) => Promise.resolve(path),
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof vscode.FileSystemError) {
    if (error.code === 'NoPermissions') return 'You have no permission to read it.';
    if (error.code === 'FileIsADirectory') return 'It is a folder, not a file.';
  }
  return error instanceof Error ? error.message : String(error);
}
