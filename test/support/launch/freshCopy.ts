import { cp, mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
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

/**
 * Makes a folder a Git repository, without commits, whose `user.email` is this address. Written by hand: whoever prepares
 * the folder needs no Git for it.
 */
export async function worksAs(folder: string, address: string): Promise<void> {
  for (const part of ['objects', 'refs']) await mkdir(join(folder, '.git', part), { recursive: true });
  await writeFile(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
  await writeFile(
    join(folder, '.git/config'),
    `[core]\n\trepositoryformatversion = 0\n\tbare = false\n[user]\n\temail = ${address}\n\tname = ${address.split('@')[0]}\n`,
  );
}
