import * as vscode from 'vscode';
import type { Files } from '../ports.js';
import { UserError } from '../ports.js';

/** The disk's own files below a folder. The editor's way to them takes up to 0.1 s a call while it starts. */
export type Disk = (root: string) => Files;

/**
 * The files below `root` as an engineer sees them: an editor's unsaved text before what is on disk. Works on any file
 * system the editor knows, virtual ones included; where `root` lies on a disk and `disk` is given, it is read directly.
 */
export function workspaceFiles(root: vscode.Uri, disk?: Disk): Files {
  const direct = root.scheme === 'file' ? disk?.(root.fsPath) : undefined;
  return {
    async read(path) {
      const uri = vscode.Uri.joinPath(root, path);
      const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
      if (open !== undefined && open.isDirty) return new TextEncoder().encode(open.getText());
      if (direct !== undefined) return direct.read(path);
      try {
        return await vscode.workspace.fs.readFile(uri);
      } catch (error) {
        if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
        throw new UserError(reasonOf(error), { cause: error });
      }
    },
    // A file system of the editor's own does not tell where a link leads.
    target: (path) => direct?.target(path) ?? Promise.resolve(path),
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof vscode.FileSystemError) {
    if (error.code === 'NoPermissions') return 'You have no permission to read it.';
    if (error.code === 'FileIsADirectory') return 'It is a folder, not a file.';
  }
  return error instanceof Error ? error.message : String(error);
}
