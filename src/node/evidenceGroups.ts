import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError, type StoredFile } from '../ports.js';
import { evidenceFolder } from './evidenceFolder.js';

/** Evidence files of one folder, as somebody named them. */
export interface EvidenceGroup {
  /** The folder, as it was named. */
  readonly folder: string;
  readonly files: readonly StoredFile[];
  /** True when the folder was named and not single files of it. */
  readonly isWhole: boolean;
  /** Links among the files, which are not followed. */
  readonly links: readonly string[];
  /** Bytes of one of the files. Rejects with a `UserError` when it cannot be read. */
  read(name: string, start: number, end: number): Promise<Uint8Array>;
}

/**
 * The evidence at some paths, folder by folder: single files, and folders with everything below them. Rejects with a
 * `UserError` when there is nothing at a path, or no evidence.
 */
export async function evidenceGroups(cwd: string, paths: readonly string[]): Promise<readonly EvidenceGroup[]> {
  const groups = new Map<string, EvidenceGroup>();
  const singles = new Map<string, { readonly shown: string; readonly names: Set<string> }>();
  for (const path of paths) {
    const place = resolve(cwd, path);
    const stats = await stat(place).catch((error: unknown) => {
      throw new UserError(
        codeOf(error) === 'ENOENT' ? `There is no ${path}.` : `${path} cannot be read (${codeOf(error)}).`,
      );
    });
    if (stats.isDirectory()) {
      const before = groups.size;
      await addFolders(groups, place, path);
      if (groups.size === before && !groups.has(place)) throw new UserError(`There is no evidence in ${path}.`);
    } else {
      const folder = dirname(place);
      const known = singles.get(folder) ?? { shown: dirname(path), names: new Set<string>() };
      known.names.add(basename(place));
      singles.set(folder, known);
    }
  }
  for (const [place, { shown, names }] of singles) {
    if (groups.has(place)) continue;
    const files: StoredFile[] = [];
    for (const name of [...names].sort()) files.push({ name, size: (await stat(join(place, name))).size });
    groups.set(place, groupOf(place, shown, files, [], false));
  }
  return [...groups.values()];
}

async function addFolders(groups: Map<string, EvidenceGroup>, place: string, shown: string): Promise<void> {
  const entries = await readdir(place, { withFileTypes: true }).catch((error: unknown) => {
    throw new UserError(`${shown} cannot be listed (${codeOf(error)}).`);
  });
  const files: StoredFile[] = [];
  const links: string[] = [];
  // An editor may be writing. What is written later names what was written before, so later files are measured first.
  for (const entry of entries.sort((a, b) => (a.name < b.name ? 1 : -1))) {
    if (entry.isDirectory()) await addFolders(groups, join(place, entry.name), join(shown, entry.name));
    else if (!entry.name.endsWith('.jsonl')) continue;
    else if (entry.isFile()) files.push({ name: entry.name, size: (await lstat(join(place, entry.name))).size });
    else links.push(entry.name);
  }
  if (files.length + links.length > 0) groups.set(place, groupOf(place, shown, files, links, true));
}

function groupOf(
  place: string,
  folder: string,
  files: readonly StoredFile[],
  links: readonly string[],
  isWhole: boolean,
): EvidenceGroup {
  const store = evidenceFolder(dirname(place));
  return {
    ...{ folder, files, links, isWhole },
    async read(name, start, end) {
      const bytes = await store.read(basename(place), name, start, end);
      if (bytes === undefined) throw new UserError(`${join(folder, name)} is gone.`);
      return bytes;
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
