import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../ports.js';
import { nearestFolderWith } from './policyRoot.js';

/** Where a policy lies: the folder that its paths are relative to, and the file's path from there. */
export interface PolicyFile {
  readonly root: string;
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** The name that a policy has at the root of its repository. */
const POLICY_FILE = 'developer-terms.yaml';

/**
 * The policy that applies in a folder: the nearest `developer-terms.yaml`, from the folder upwards; or the one at
 * `path`. A policy at `path` is judged as if it stood at the root of the nearest policy's repository, so that a draft
 * can be tried on the tree; without one, its own folder is the root. Rejects with a `UserError` when there is none.
 */
export async function policyFile(cwd: string, path?: string): Promise<PolicyFile> {
  const nearest = nearestFolderWith(POLICY_FILE, cwd);
  if (path !== undefined) {
    const place = resolve(cwd, path);
    return { root: nearest ?? dirname(place), file: path.split('\\').join('/'), bytes: await bytesOf(cwd, path) };
  }
  if (nearest === undefined)
    throw new UserError(
      `There is no ${POLICY_FILE} in ${basename(cwd)} or above it. Go to a repository that has one, or name it with --policy.`,
    );
  return { root: nearest, file: POLICY_FILE, bytes: await bytesOf(nearest, POLICY_FILE) };
}

/** The bytes of a file whose path is read from `cwd`; rejects with a `UserError` that names it when it cannot be read. */
export async function bytesOf(cwd: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(cwd, path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UserError(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code}).`);
  }
}

/** The path of a file that another names, relative to the other's folder. */
export function besidePath(file: string, named: string): string {
  return join(dirname(file), named);
}
