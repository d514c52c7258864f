import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../ports.js';
import { pathFromRoot } from './diskFiles.js';
import { nearestFolderWith } from './policyRoot.js';

/** Where a policy lies, and which tree it is about. */
export interface PolicyFile {
  /** The folder that the policy's paths are relative to. */
  readonly root: string;
  /** The folder from which the policy is read, and what it extends. */
  readonly folder: string;
  /** The policy's path from `folder`, with `/`. */
  readonly file: string;
}

/** The name that a policy has at the root of its repository. */
const POLICY_FILE = 'developer-terms.yaml';

/**
 * The policy that applies in a folder: the nearest `developer-terms.yaml`, from the folder upwards; or the one at
 * `path`. A policy at `path` is judged as if it stood at the root of the nearest policy's repository, so that a draft
 * can be tried on the tree; where there is none, its own folder is the root. Throws a `UserError` when no policy is near.
 */
export function policyFile(cwd: string, path?: string): PolicyFile {
  const nearest = nearestFolderWith(POLICY_FILE, cwd);
  if (path !== undefined) {
    const folder = dirname(resolve(cwd, path));
    const below = nearest === undefined ? undefined : pathFromRoot(nearest, cwd, path);
    return nearest === undefined || below === undefined
      ? { root: nearest ?? folder, folder, file: basename(path) }
      : { root: nearest, folder: nearest, file: below };
  }
  if (nearest === undefined)
    throw new UserError(`There is no ${POLICY_FILE} in ${basename(cwd)} or above it. Go to a repository that has one.`);
  return { root: nearest, folder: nearest, file: POLICY_FILE };
}

/** A policy that another file names, relative to that file: read from where the person stands, if it lies below. */
export function policyBeside(cwd: string, file: string, named: string): PolicyFile {
  const path = join(dirname(file), named);
  const below = pathFromRoot(cwd, cwd, path);
  const folder = below === undefined ? dirname(resolve(cwd, path)) : cwd;
  return { root: folder, folder, file: below ?? basename(path) };
}

/** The text of a file whose path is read from `cwd`. Rejects with a `UserError` that names it when it cannot be read. */
export async function textOf(cwd: string, path: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, path), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const known: Record<string, string> = {
      ENOENT: `There is no file ${path}.`,
      EISDIR: `${path} is a folder, not a file.`,
    };
    throw new UserError(known[code] ?? `${path} cannot be read (${code}).`);
  }
}
