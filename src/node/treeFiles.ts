import { lstat, readdir, readFile } from 'node:fs/promises';
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { folderFiles } from './folderFiles.js';
import { gitFiles } from './gitFiles.js';

/** A file as it is on disk: not a link, not a folder. */
export interface FileOnDisk {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Changes whenever the file does: its size and the time of its last change. */
  readonly stamp: string;
}

/**
 * The paths of a tree's files from its root, with `/`, sorted: those that git tracks or would track, and outside git all.
 * With `paths` only what lies at or below them, and there also what git ignores when it tracks nothing of it. `all` asks
 * no git and takes every file.
 */
export async function treeFiles(
  root: string,
  paths: readonly string[],
  options: { readonly all?: boolean } = {},
): Promise<readonly string[]> {
  const listed = options.all === true ? [] : ((await gitFiles(root)) ?? (await folderFiles(root)));
  if (paths.length === 0) return options.all === true ? everyFile(root, '') : [...listed].sort();
  const found = new Set<string>();
  for (const path of paths) {
    const below = listed.filter((file) => file === path || file.startsWith(`${path}/`));
    for (const file of below.length > 0 ? below : await everyFile(root, path)) found.add(file);
  }
  return [...found].sort();
}

/** A file's size and stamp; undefined for what is gone, a link, or no file. */
export async function fileOnDisk(root: string, path: string): Promise<FileOnDisk | undefined> {
  const stats = await lstat(join(root, path)).catch(() => undefined);
  if (stats?.isFile() !== true) return undefined;
  return { path, size: stats.size, stamp: `${stats.size}-${stats.mtimeMs}` };
}

/**
 * The same of a file, or of a link with where it leads: a path from the root, its own where that is outside or
 * nothing. Undefined for what is gone, a folder, or neither. What nobody may look into, a folder too, is told as a file
 * whose bytes cannot be read.
 */
export function fileOrLinkAtOnce(root: string, path: string): (FileOnDisk & { readonly target?: string }) | undefined {
  const place = join(root, path);
  const stats = tried(() => lstatSync(place));
  if (stats === undefined) return undefined;
  if (stats === 'closed') return { path, size: 0, stamp: '' };
  const file = { path, size: stats.size, stamp: `${stats.size}-${stats.mtimeMs}` };
  if (!stats.isSymbolicLink()) {
    if (stats.isFile()) return file;
    const isShut = stats.isDirectory() && tried(() => readdirSync(place)) === 'closed';
    return isShut ? { ...file, size: 0 } : undefined;
  }
  const to = tried(() => realpathSync(place));
  const below = typeof to === 'string' && to !== 'closed' ? relative(realpathSync(root), to) : '..';
  return { ...file, target: below.startsWith('..') || isAbsolute(below) ? path : below.split(sep).join('/') };
}

/** A file's bytes; undefined when it cannot be read. */
export function bytesOnDisk(place: string): Promise<Uint8Array | undefined> {
  return readFile(place).catch(() => undefined);
}

/** The same without giving way to others; undefined also for a file of more than `largest` bytes, and for what is no file. */
export function bytesAtOnce(root: string, path: string, largest: number): Uint8Array | undefined {
  const place = join(root, path);
  try {
    const stats = statSync(place);
    return stats.isFile() && stats.size <= largest ? readFileSync(place) : undefined;
  } catch {
    return undefined;
  }
}

/** A path as a person gives it, from where they stand, as an absolute one. */
export function absolutePath(from: string, path: string): string {
  return resolve(from, path);
}

/** True when a file or folder is there. */
export function isThere(place: string): boolean {
  return existsSync(place);
}

/** A file, or every file below a folder, without `.git` and not through links. */
async function everyFile(root: string, path: string): Promise<string[]> {
  const found: string[] = [];
  const open = [path];
  if (path !== '' && !(await lstat(join(root, path))).isDirectory()) return [path];
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    for (const entry of await readdir(join(root, below), { withFileTypes: true }).catch(() => [])) {
      const child = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isFile()) found.push(child);
      else if (entry.isDirectory() && entry.name !== '.git') open.push(child);
    }
  }
  return found.sort();
}

/** What the disk says; `closed` for what is there and may not be looked at, undefined for what is not there. */
function tried<Value>(ask: () => Value): Value | 'closed' | undefined {
  try {
    return ask();
  } catch (error) {
    const isClosed = error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
    return isClosed ? 'closed' : undefined;
  }
}
