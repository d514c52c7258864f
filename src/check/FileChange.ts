/** A changed file as the check looks at it, wherever it comes from: what is staged, a commit, a merge. */
import { hunksBetween, linesWithEnds, type Hunk } from './changedLines.js';
import { takenBackLines } from './takenBack.js';

/** One state of a file. */
export interface FileVersion {
  /** From the repository's root, with `/`. */
  readonly path: string;
  /** Where it leads when it is a symbolic link, from the root. */
  readonly target?: string;
  /** Undefined for what is no text, or was not looked into. */
  readonly text: string | undefined;
  /** The id of its content; equal content has an equal id. */
  readonly id: string;
}

/** One changed file. */
export interface FileChange {
  /** What it was: one entry for each parent of a commit, undefined where there was no such file. */
  readonly before: readonly (FileVersion | undefined)[];
  /** What it is; undefined for a file that is gone. */
  readonly after: FileVersion | undefined;
  /**
   * For what a merge took back of a parent's change: what the file was where the parents parted. `before` is then that parent's
   * alone. 'none' where there was no such file.
   */
  readonly ancestor?: FileVersion | 'none';
}

/** The changed lines of a file; `whole` where its lines cannot be told apart. */
export type ChangedLines = readonly Hunk[] | 'whole';

/**
 * The lines that a change changes against its first parent. Of a merge, only what no parent has: what merely came over from
 * one of them was judged where it was made. Of what a merge took back, the lines that it took back.
 */
export function changedLines({ before, after, ancestor }: FileChange): ChangedLines {
  const versions = before.length === 0 ? [undefined] : before;
  const texts = versions.map((version) => (version === undefined ? '' : version.text));
  const now = after === undefined ? '' : after.text;
  if (now === undefined || texts.includes(undefined)) {
    return versions.some((version) => version?.id === after?.id) ? [] : 'whole';
  }
  if (ancestor !== undefined) {
    const parted = ancestor === 'none' ? '' : ancestor.text;
    return parted === undefined ? 'whole' : takenBackLines(parted, texts[0] ?? '', now);
  }
  const [first, ...others] = texts.map((text) => hunksBetween(text ?? '', now));
  if (first === undefined) return [];
  return others.length === 0 ? first : ofMerge(first, others, texts as readonly string[], now);
}

/** The parts of a merge that were written in the merge itself, as hunks against the first parent. */
function ofMerge(
  first: readonly Hunk[],
  others: readonly (readonly Hunk[])[],
  texts: readonly string[],
  now: string,
): Hunk[] {
  const count = linesWithEnds(now).length;
  // How many parents lack each line of the result.
  const lacking = new Uint8Array(count + 2);
  for (const hunks of [first, ...others]) {
    for (const { after } of hunks) for (let line = after.start; line < after.end; line++) lacking[line]!++;
  }
  const lines = texts.map(linesWithEnds);
  const result: Hunk[] = [];
  for (const hunk of first) {
    for (let line = hunk.after.start; line < hunk.after.end; line++) {
      if (lacking[line] !== texts.length) continue;
      let end = line + 1;
      while (end < hunk.after.end && lacking[end] === texts.length) end++;
      result.push({ before: { start: hunk.before.start, end: hunk.before.start }, after: { start: line, end } });
      line = end;
    }
    const gone = goneEverywhere(hunk, others, lines);
    for (const { start, end } of gone)
      result.push({ before: { start, end }, after: { start: hunk.after.end, end: hunk.after.end } });
  }
  return result;
}

/** Lines of the first parent in a hunk that every other parent has too, and lost at the same place. */
function goneEverywhere(
  hunk: Hunk,
  others: readonly (readonly Hunk[])[],
  lines: readonly (readonly string[])[],
): { start: number; end: number }[] {
  const lost = others.map((hunks, parent) => {
    const near = hunks.filter(({ after }) => after.start <= hunk.after.end && hunk.after.start <= after.end);
    return new Set(near.flatMap(({ before }) => lines[parent + 1]?.slice(before.start - 1, before.end - 1) ?? []));
  });
  const spans: { start: number; end: number }[] = [];
  for (let line = hunk.before.start; line < hunk.before.end; line++) {
    const text = lines[0]?.[line - 1] ?? '';
    if (!/\S/.test(text) || !lost.every((set) => set.has(text))) continue;
    const last = spans.at(-1);
    if (last?.end === line) last.end = line + 1;
    else spans.push({ start: line, end: line + 1 });
  }
  return spans;
}
