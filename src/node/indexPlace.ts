import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder.js';

/**
 * Where the copy index of the tree at `root` is kept: a file below the person's cache folder (`XDG_CACHE_HOME`, or what
 * the platform has in its place), named by the hash of the root.
 */
export function indexPlace(root: string): string {
  return join(cacheFolder(), 'index', `${nameOf(root)}.dtrc`);
}

/** Beside it, the index of what is committed there: by it changes are judged, so that what they bring is not in it yet. */
export function committedIndexPlace(root: string): string {
  return join(cacheFolder(), 'index', `${nameOf(root)}.commits.dtrc`);
}

function nameOf(root: string): string {
  return createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 24);
}
