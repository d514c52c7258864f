import { lineDiff } from '../changes/lineDiff.js';

/** Which lines of a text were changed. Lines are counted as regions count them: LF, CR LF and a lone CR each end one. */

/** Lines `start` up to, not including, `end`; 1-based. Empty where nothing stands on that side. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

/** A stretch of old lines in whose place the new ones stand. */
export interface Hunk {
  readonly before: Lines;
  readonly after: Lines;
}

/** A text's lines with what ends each, so that a change of line ends is a change. A text that ends in a break has no line after it. */
export function linesWithEnds(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** The changed stretches between two texts, in order; none overlaps or touches another. An absent side is an empty text. */
export function hunksBetween(before: string, after: string): Hunk[] {
  if (before === after) return [];
  return lineDiff(linesWithEnds(before), linesWithEnds(after)).map(({ oldStart, oldEnd, newStart, newEnd }) => ({
    before: { start: oldStart + 1, end: oldEnd + 1 },
    after: { start: newStart + 1, end: newEnd + 1 },
  }));
}

/**
 * For each old line, 1-based, the new line that it has become; 0 for one that is gone. Place 0 means nothing.
 *
 * @param count how many lines the old text has
 */
export function survivors(hunks: readonly Hunk[], count: number): Int32Array {
  const now = new Int32Array(count + 1);
  let shift = 0;
  let line = 1;
  for (const { before, after } of hunks) {
    for (; line < before.start; line++) now[line] = line + shift;
    line = before.end;
    shift = after.end - before.end;
  }
  for (; line <= count; line++) now[line] = line + shift;
  return now;
}
