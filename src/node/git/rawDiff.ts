/** One side of a changed file, as git's raw format tells it. */
export interface RawSide {
  /** From the repository's root, with `/`. */
  readonly path: string;
  /** In octal: `100644`, `100755`, `120000` for a link, `160000` for a submodule; `000000` where there is no file. */
  readonly mode: string;
  /** The blob's id; all zeros where git has none. */
  readonly id: string;
}

/** One changed file. A merge has one `before` for each parent. */
export interface RawChange {
  /** A, C, D, M, R, T, U; of a merge one letter for each parent. */
  readonly status: string;
  readonly before: readonly RawSide[];
  readonly after: RawSide;
}

/** What changed in one commit; `commit` is undefined where the output was of a single comparison. */
export interface RawCommit {
  readonly commit: string | undefined;
  readonly changes: readonly RawChange[];
}

export const NO_MODE = '000000';
export const LINK_MODE = '120000';
export const SUBMODULE_MODE = '160000';

/**
 * Reads what `git diff-index`, `diff-tree` and `diff-files` write with `--raw -z --no-abbrev`, of one comparison or, with
 * `--stdin`, of many commits; merges as `-c --combined-all-paths` writes them. A name that is not UTF-8 comes with
 * replacement characters: blobs are read by their ids.
 */
export function readRawDiff(output: Buffer): readonly RawCommit[] {
  const fields = output.toString('utf8').split('\0');
  const commits: { commit: string | undefined; changes: RawChange[] }[] = [];
  let at = 0;
  const next = (): string => fields[at++] ?? '';
  while (at < fields.length) {
    const field = next().replace(/^\n/, '');
    if (field === '') continue;
    if (!field.startsWith(':')) {
      // `--stdin` writes the commit's id before its changes.
      commits.push({ commit: field, changes: [] });
      continue;
    }
    const parents = /^:+/.exec(field)?.[0].length ?? 1;
    const words = field.slice(parents).split(' ');
    const modes = words.slice(0, parents + 1);
    const ids = words.slice(parents + 1, 2 * parents + 2);
    const status = words[2 * parents + 2] ?? '';
    const isMerge = parents > 1;
    const isPair = !isMerge && /^[RC]/.test(status);
    const paths = Array.from({ length: isMerge ? parents + 1 : isPair ? 2 : 1 }, next);
    const side = (index: number): RawSide => ({
      path: paths[Math.min(index, paths.length - 1)] ?? '',
      mode: modes[index] ?? NO_MODE,
      id: ids[index] ?? '',
    });
    const change = {
      status: isMerge ? status : status.slice(0, 1),
      before: Array.from({ length: parents }, (_, index) => side(index)),
      after: side(parents),
    };
    if (commits.length === 0) commits.push({ commit: undefined, changes: [] });
    commits.at(-1)?.changes.push(change);
  }
  return commits;
}
