import { readRawDiff, type RawChange, type RawSide } from './rawDiff.js';
import { RAW } from './changes.js';
import { gitOutput, runGit } from './runGit.js';

/** A file that a merge leaves otherwise than a parent which had changed it. */
export interface TakenBack {
  /** From that parent to the merge. */
  readonly change: RawChange;
  /** The file where the parents parted. */
  readonly ancestor: RawSide;
  /** True where the file is as another parent has it; elsewhere the two were put together. */
  readonly isAsOther: boolean;
}

/**
 * The files in which a merge may have dropped what one of its parents had changed, as `-s ours` does with all of them. Each parent
 * is compared with where all of them parted; none where they have no history in common.
 *
 * @param changesTo the changes from a parent to what the merge makes, where that is no commit yet
 */
export async function takenBackBy(
  top: string,
  parents: readonly string[],
  merge: string | { changesTo(parent: string): Promise<readonly RawChange[]> },
): Promise<readonly TakenBack[]> {
  const parted = await runGit(top, ['merge-base', '--octopus', ...parents]);
  const [base = ''] = parted.stdout.toString().split('\n');
  if (parted.code !== 0 || base === '') return [];
  // Of several ids in a line, the others count as the parents of the first.
  const pairs = parents.map((parent) => [parent, base]);
  if (typeof merge === 'string') pairs.push(...parents.map((parent) => [merge, parent]));
  const words = ['diff-tree', '--stdin', '-r', '--always', ...RAW];
  const input = pairs.map((pair) => `${pair.join(' ')}\n`).join('');
  const compared = readRawDiff(await gitOutput(top, words, input)).map(({ changes }) => changes);
  const since = compared.slice(0, parents.length);
  const merged =
    typeof merge === 'string'
      ? compared.slice(parents.length)
      : await Promise.all(parents.map((parent) => merge.changesTo(parent)));
  return merged.flatMap((changes, at) => {
    const theirs = new Map((since[at] ?? []).map((change) => [change.after.path, change.before[0]]));
    const others = merged
      .filter((_, index) => index !== at)
      .map((other) => new Set(other.flatMap(({ before, after }) => [...before, after].map(({ path }) => path))));
    return changes.flatMap((change): TakenBack[] => {
      const [was] = change.before;
      const ancestor = was && theirs.get(was.path);
      if (ancestor === undefined) return [];
      return [{ change, ancestor, isAsOther: others.some((paths) => !paths.has(change.after.path)) }];
    });
  });
}
