import { cp, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Copies a folder to a fresh place, so that whatever is done there leaves the original as it is. Returns the copy's path. */
export async function freshCopy(folder: string, below: string = tmpdir()): Promise<string> {
  // The real path: an editor shows and compares paths with their links resolved.
  const fresh = await realpath(await mkdtemp(join(below, 'developer-terms-')));
  const copy = join(fresh, basename(folder));
  await cp(folder, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => basename(path) !== 'node_modules',
  });
  return copy;
}
