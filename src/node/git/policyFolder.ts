import { realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { nearestFolderWith } from '../policyRoot.js';

/** The folder of a repository that its policy is about. */
export interface PolicyFolder {
  /** Absolute. */
  readonly root: string;
  /** From the repository's root, with `/` behind it; '' for the root itself. */
  readonly folder: string;
}

/**
 * The folder of the nearest file of this name, from `cwd` up to the repository's root; the root itself where there is none on disk, since
 * it may be in the history alone.
 */
export function policyFolder(name: string, cwd: string, top: string): PolicyFolder {
  const nearest = nearestFolderWith(name, realpathSync(cwd));
  const below = nearest === undefined ? '..' : relative(realpathSync(top), nearest);
  if (nearest === undefined || below === '..' || below.startsWith(`..${sep}`)) return { root: top, folder: '' };
  return { root: join(top, below), folder: below === '' ? '' : `${below.split(sep).join('/')}/` };
}
