import * as vscode from 'vscode';
import type { Policy } from '../../policy/Policy.js';
import type { FolderTerms } from '../FolderTerms.js';
import type { Terms } from '../Terms.js';

/** A file that lies in a folder with a policy. */
export interface Governed {
  readonly folder: FolderTerms;
  readonly policy: Policy;
  readonly path: string;
  readonly uri: vscode.Uri;
}

/** The file's folder and policy; undefined where none governs it. */
export function governed(terms: Terms, uri: vscode.Uri): Governed | undefined {
  const where = terms.locate(uri);
  const policy = where?.folder.policy;
  return where === undefined || policy === undefined ? undefined : { ...where, policy, uri };
}

/** Assets that cover all of a file by its path. */
export function assetsOf({ folder, policy, path }: Governed): readonly string[] {
  return folder.engine.assetsOf(policy, path);
}

/** The files below a folder, or the file itself; none when it is gone. */
export async function filesAt(uri: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const stat = await vscode.workspace.fs.stat(uri).then(
    (it) => it,
    () => undefined,
  );
  if (stat === undefined) return [];
  if ((stat.type & vscode.FileType.Directory) === 0) return [uri];
  return vscode.workspace.findFiles(new vscode.RelativePattern(uri, '**'), null);
}

/** The bytes of a file; undefined when it cannot be read. */
export async function bytesOf(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  return vscode.workspace.fs.readFile(uri).then(
    (bytes) => bytes,
    () => undefined,
  );
}

/**
 * The covered file that a new file repeats byte for byte, of any folder in the window; undefined for none. What repeats a
 * part of one is the copy index's to find.
 */
export async function originOf(terms: Terms, copy: vscode.Uri, bytes: Uint8Array): Promise<Governed | undefined> {
  if (bytes.length === 0) return undefined;
  for (const folder of terms.governed) {
    const { policy } = folder;
    if (policy === undefined) continue;
    for (const uri of await vscode.workspace.findFiles(new vscode.RelativePattern(folder.root, '**'), undefined)) {
      const file = governed(terms, uri);
      if (file === undefined || uri.toString() === copy.toString() || assetsOf(file).length === 0) continue;
      const stat = await vscode.workspace.fs.stat(uri).then(
        (it) => it,
        () => undefined,
      );
      if (stat?.size !== bytes.length) continue;
      const theirs = await bytesOf(uri);
      if (theirs !== undefined && isSame(theirs, bytes)) return file;
    }
  }
  return undefined;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
