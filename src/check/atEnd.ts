/** Where a finding of one commit stands once later commits have moved its lines. */
import type { Policy } from '../policy/Policy.js';
import type { LineSpan, Range } from '../ports.js';
import { actInWords } from './actInWords.js';
import { hunksBetween, linesWithEnds, survivors } from './changedLines.js';
import type { Unmarked } from './fingerprints.js';

/** A file at the end of a range; its text is undefined where it was not looked into. */
export interface LastVersion {
  readonly path: string;
  readonly text: string | undefined;
}

/**
 * The finding with its place in the last version of its file, and in words about that place. Lines that were rewritten since are
 * shown at the line that follows them.
 *
 * @param text the file as the commit left it; undefined where it was not looked into
 */
export function atEnd(finding: Unmarked, policy: Policy, text: string | undefined, last: LastVersion): Unmarked {
  const range =
    text === undefined || last.text === undefined ? finding.range : movedRange(finding.range, text, last.text);
  const { act } = finding;
  const moved = { ...finding, path: last.path, range };
  if (act === undefined) return moved;
  const lines = { start: range.start.line, end: range.end.line };
  // What kept its name in the commit has one name in the sentence, too.
  const before = act.before?.path === act.path ? { ...act.before, path: last.path } : act.before;
  const there = { ...act, path: last.path, lines, ...(before === undefined ? {} : { before }) };
  return { ...moved, message: actInWords(there, finding.assets, policy) };
}

function movedRange(range: Range, then: string, now: string): Range {
  if (then === now) return range;
  const [before, after] = [linesWithEnds(then), linesWithEnds(now)];
  const place = survivors(hunksBetween(then, now), before.length);
  const moved = movedLines({ start: range.start.line, end: range.end.line }, place, after.length);
  // A place within a line holds as long as the line is there.
  const isThere = moved.isWhole || (place[range.start.line] ?? 0) > 0;
  const width = (line: number): number => after[line - 1]?.replace(/[\r\n]+$/, '').length ?? 0;
  return {
    start: { line: moved.start, column: isThere ? range.start.column : 1 },
    end: {
      line: moved.end,
      column: moved.isWhole ? range.end.column : width(moved.end) + 1,
    },
  };
}

/** The lines that these have become. `isWhole` where the first and the last of them are still there. */
function movedLines(
  { start, end }: LineSpan,
  place: Int32Array,
  count: number,
): LineSpan & { readonly isWhole: boolean } {
  const there: number[] = [];
  for (let line = start; line <= Math.min(end, place.length - 1); line++) {
    const now = place[line] ?? 0;
    if (now > 0) there.push(now);
  }
  const [first] = there;
  const last = there.at(-1);
  if (first !== undefined && last !== undefined)
    return { start: first, end: last, isWhole: (place[start] ?? 0) === first && (place[end] ?? 0) === last };
  for (let line = end + 1; line < place.length; line++) {
    const now = place[line] ?? 0;
    if (now > 0) return { start: now, end: now, isWhole: false };
  }
  const line = Math.max(1, count);
  return { start: line, end: line, isWhole: false };
}
