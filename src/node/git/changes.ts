import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../ports.js';
import type { ObjectReader } from './ObjectReader.js';
import { FETCH_ALL, type Repository } from './openRepository.js';
import { readRawDiff, type RawChange, type RawCommit } from './rawDiff.js';
import { gitOutput, runGit } from './runGit.js';
import { TrackedPaths } from './TrackedPaths.js';

/** A commit, as its object tells it. */
export interface Commit {
  /** In hex. */
  readonly id: string;
  readonly parents: readonly string[];
  /** The author's address, as claimed; '' where there is none. */
  readonly author: string;
  readonly message: string;
}

/** How git is asked for changes that `readRawDiff` reads. */
export const RAW = [
  '--raw',
  '-z',
  '-M',
  '--no-abbrev',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=none',
] as const;

/** True for a revision of zeros alone, which CI systems give where a branch is new. */
export function isNoRevision(revision: string): boolean {
  return /^0{7,64}$/.test(revision);
}

/** The commit that a revision means; undefined when there is none. */
export async function commitAt(reader: ObjectReader, revision: string): Promise<Commit | undefined> {
  const object = await reader.read(`${revision}^{commit}`);
  if (object?.type !== 'commit' || object.bytes === undefined) return undefined;
  return readCommit(object.id, object.bytes);
}

/** Reads the bytes of a commit object. A message in another encoding than UTF-8 is decoded by the name that it gives. */
export function readCommit(id: string, bytes: Uint8Array): Commit {
  const raw = Buffer.from(bytes);
  const blank = raw.indexOf('\n\n');
  const head = raw.toString('utf8', 0, blank < 0 ? raw.length : blank);
  const header = (name: string): string[] =>
    head
      .split('\n')
      .filter((line) => line.startsWith(`${name} `))
      .map((line) => line.slice(name.length + 1));
  const body = blank < 0 ? Buffer.alloc(0) : raw.subarray(blank + 2);
  const [author = ''] = header('author');
  return {
    id,
    parents: header('parent'),
    author: /<([^<>]*)>/.exec(author)?.[1]?.trim() ?? '',
    message: decoded(body, header('encoding')[0]),
  };
}

function decoded(bytes: Buffer, encoding = 'utf-8'): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

/** What is staged, against a commit or, where there is none yet, against nothing. */
export async function stagedChanges(top: string, against: string | undefined): Promise<readonly RawChange[]> {
  const base = against ?? (await gitOutput(top, ['hash-object', '-t', 'tree', '--stdin'])).toString().trim();
  const output = await gitOutput(top, ['diff-index', '--cached', ...RAW, base, '--']);
  return readRawDiff(output)[0]?.changes ?? [];
}

/** The commits that a merge in progress brings in; none where there is no merge. */
export function mergeHeads({ gitDir }: Repository): readonly string[] {
  try {
    return readFileSync(join(gitDir, 'MERGE_HEAD'), 'utf8')
      .split('\n')
      .filter((id) => id !== '');
  } catch {
    return [];
  }
}

/** What changed from one commit to another, renames found unless `asTheyAre` leaves them as a file that went and one that came. */
export async function changesBetween(
  top: string,
  from: string,
  to: string,
  options: { readonly asTheyAre?: boolean } = {},
): Promise<readonly RawChange[]> {
  const renames = options.asTheyAre === true ? ['--no-renames'] : [];
  const output = await gitOutput(top, ['diff-tree', '-r', ...RAW, ...renames, from, to, '--']);
  return readRawDiff(output)[0]?.changes ?? [];
}

/** The changes of each commit that `tip` has and `base` has not, parents first; of a merge those that no parent has. */
export async function commitsSince(
  { top, shallow }: Repository,
  base: string | undefined,
  tip: string,
): Promise<readonly RawCommit[]> {
  const range = base === undefined ? [tip] : [`${base}..${tip}`];
  const ids = (await gitOutput(top, ['rev-list', '--reverse', '--topo-order', ...range, '--'])).toString();
  if (ids.trim() === '') return [];
  if (ids.split('\n').some((id) => shallow.has(id)))
    throw new UserError(`This clone is shallow, and commits that have to be judged reach its edge. ${FETCH_ALL}`);
  const words = ['diff-tree', '--stdin', '-r', '--root', '--always', '-c', '--combined-all-paths', ...RAW];
  return readRawDiff(await gitOutput(top, words, ids));
}

/** Where two commits parted; undefined when they share no history. */
export async function mergeBase(top: string, one: string, other: string): Promise<string | undefined> {
  const { code, stdout } = await runGit(top, ['merge-base', one, other]);
  const [first = ''] = stdout.toString().split('\n');
  return code === 0 && first !== '' ? first : undefined;
}

/** Every file of a commit's tree: its path, mode and the id of its content. */
export async function filesOfCommit(
  top: string,
  commit: string,
): Promise<readonly { readonly path: string; readonly mode: string; readonly id: string }[]> {
  const output = (await gitOutput(top, ['ls-tree', '-r', '-z', '--full-tree', commit])).toString('utf8');
  return output.split('\0').flatMap((line) => {
    const tab = line.indexOf('\t');
    if (tab < 0) return [];
    const [mode = '', , id = ''] = line.slice(0, tab).split(' ');
    return [{ path: line.slice(tab + 1), mode, id }];
  });
}

/** The paths of the files that git tracks in a folder, from there, with `/`. */
export async function trackedFiles(folder: string): Promise<TrackedPaths> {
  return new TrackedPaths(await gitOutput(folder, ['ls-files', '-z', '--cached', '--deduplicate']));
}
