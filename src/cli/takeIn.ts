import { LARGEST_FILE, readableText } from '../changes/readableText.js';
import type { RepositoryCopies } from '../changes/RepositoryCopies.js';
import { absolutePath, bytesOnDisk, fileOnDisk } from '../node/treeFiles.js';
import type { RegionPolicy } from '../regions/fileReading.js';
import type { Io } from './Command.js';
import { Progress } from './Progress.js';

/** Files that are read at once. */
const AT_ONCE = 32;

/** What was done with a tree's files. */
export interface Intake {
  /** Files read, with their bytes and lines. */
  readonly read: number;
  readonly bytes: number;
  readonly lines: number;
  /** Files that were in the index already and have not changed. */
  readonly unchanged: number;
  readonly gone: number;
  readonly binary: number;
  readonly tooLarge: number;
  readonly unreadable: number;
  /** In ms. */
  readonly took: number;
}

/**
 * Brings an index up to date with a tree: reads what changed by size and time, forgets what is gone. Files in `last` come
 * last.
 */
export async function takeIn(
  copies: RepositoryCopies,
  policy: RegionPolicy,
  root: string,
  paths: readonly string[],
  io: Io,
  last: ReadonlySet<string> = new Set(),
): Promise<Intake> {
  const count = { read: 0, bytes: 0, lines: 0, unchanged: 0, gone: 0, binary: 0, tooLarge: 0, unreadable: 0 };
  const ordered = [...paths.filter((path) => !last.has(path)), ...paths.filter((path) => last.has(path))];
  const progress = new Progress(io, ordered.length);
  const seen = new Set<string>();
  for (let from = 0; from < ordered.length; from += AT_ONCE) {
    const batch = ordered.slice(from, from + AT_ONCE);
    const files = await Promise.all(
      batch.map(async (path) => {
        const file = await fileOnDisk(root, path);
        if (file === undefined) return { path, why: 'unreadable' } as const;
        if (file.size > LARGEST_FILE) return { path, why: 'tooLarge' } as const;
        if (copies.stampOf(path) === file.stamp) return { path, why: 'unchanged' } as const;
        const bytes = await bytesOnDisk(absolutePath(root, path));
        return bytes === undefined ? ({ path, why: 'unreadable' } as const) : { ...file, bytes };
      }),
    );
    for (const file of files) {
      if ('why' in file) {
        count[file.why]++;
        if (file.why === 'unchanged') seen.add(file.path);
        continue;
      }
      const text = readableText(file.bytes);
      if (text === undefined) {
        count.binary++;
        continue;
      }
      copies.update(policy, { path: file.path, text, stamp: file.stamp });
      seen.add(file.path);
      count.read++;
      count.bytes += file.size;
      count.lines += linesIn(text);
    }
    progress.at(
      from + batch.length,
      `${number(from + batch.length)} of ${number(ordered.length)} files, ${megabytes(count.bytes)}, ` +
        `${number(Math.round((1000 * count.lines) / progress.elapsed))} lines/s`,
    );
  }
  progress.end();
  for (const path of copies.paths) {
    if (seen.has(path)) continue;
    copies.remove(path);
    count.gone++;
  }
  copies.complete();
  return { ...count, took: progress.elapsed };
}

/** "Read 12 files (0.1 MB, 3,000 lines) in 0.2 s; 3 unchanged; skipped 1 binary." */
export function intakeInWords(intake: Intake): string {
  const skipped = [
    [intake.binary, 'binary'],
    [intake.tooLarge, 'over 20 MB'],
    [intake.unreadable, 'that are links or cannot be read'],
  ].flatMap(([count, words]) => (count === 0 ? [] : [`${number(Number(count))} ${words}`]));
  return [
    `Read ${files(intake.read)} (${megabytes(intake.bytes)}, ${number(intake.lines)} lines) in ${(intake.took / 1000).toFixed(1)} s`,
    ...(intake.unchanged > 0 ? [`${number(intake.unchanged)} unchanged`] : []),
    ...(intake.gone > 0 ? [`${number(intake.gone)} gone`] : []),
    ...(skipped.length > 0 ? [`skipped ${skipped.join(', ')}`] : []),
  ]
    .join('; ')
    .concat('.\n');
}

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

const number = (count: number): string => count.toLocaleString('en-US');
const files = (count: number): string => `${number(count)} file${count === 1 ? '' : 's'}`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
