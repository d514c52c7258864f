import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder.js';

/**
 * Where the copy index of the tree at `root` is kept: a file below the person's cache folder (`XDG_CACHE_HOME`, or what
 * the platform has in its place), named by the hash of the root.
 */
export function indexPlace(root: string): string {
  const name = createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 24);
  return join(cacheFolder(), 'index', `${name}.dtrc`);
}
