import { lineDiff } from './lineDiff.js';

interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What a replacement really changes, ascending. A tool that replaces a whole file, or a block of lines, changes a few of
 * them; those alone are given. Lines are compared as wholes first, so that a line put in before another one that begins
 * alike is read as a new line.
 */
export function refineHunks(text: string, change: Hunk): readonly Hunk[] {
  const removed = text.slice(change.start, change.end);
  if (!hasBreak(removed) || !hasBreak(change.text)) return [trimmed(text, change)];
  const above = text.slice(0, change.start);
  const lineStart = Math.max(above.lastIndexOf('\n'), above.lastIndexOf('\r')) + 1;
  const nextBreak = /\r\n|\n|\r/g;
  nextBreak.lastIndex = change.end;
  // A change that ends where a line begins does not reach into that line.
  const endsLine = change.end > change.start && /[\r\n]/.test(text.charAt(change.end - 1)) && hasBreakLast(change.text);
  const lineEnd = endsLine ? change.end : nextBreak.exec(text) === null ? text.length : nextBreak.lastIndex;
  const before = linesOf(text.slice(lineStart, lineEnd));
  const after = linesOf(text.slice(lineStart, change.start) + change.text + text.slice(change.end, lineEnd));
  const offsets = [lineStart];
  for (const line of before) offsets.push((offsets.at(-1) ?? 0) + line.length);
  const at = (index: number): number => offsets[index] ?? lineEnd;
  return lineDiff(before, after).flatMap(({ oldStart, oldEnd, newStart, newEnd }): Hunk[] => {
    // As many lines as before: each stands for the one that was there, as after a new indentation.
    if (oldEnd - oldStart === newEnd - newStart)
      return before
        .slice(oldStart, oldEnd)
        .map((_, index) =>
          trimmed(text, {
            ...{ start: at(oldStart + index), end: at(oldStart + index + 1) },
            text: after[newStart + index] ?? '',
          }),
        )
        .filter(isChange);
    const hunk = { start: at(oldStart), end: at(oldEnd), text: after.slice(newStart, newEnd).join('') };
    return [trimmed(text, hunk)];
  });
}

/** True when the replacements put in the same lines that they take out, at other places: moved, sorted, dragged. */
export function isRearrangement(text: string, hunks: readonly Hunk[]): boolean {
  const removed = hunks.flatMap(({ start, end }) => contentOf(text.slice(start, end))).sort();
  const added = hunks.flatMap((hunk) => contentOf(hunk.text)).sort();
  return removed.length > 0 && removed.length === added.length && removed.every((line, at) => line === added[at]);
}

const isChange = ({ start, end, text }: Hunk): boolean => start < end || text !== '';
const hasBreak = (text: string): boolean => /[\r\n]/.test(text);
const hasBreakLast = (text: string): boolean => /[\r\n]$/.test(text);
const contentOf = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Lines with their breaks; joined they are the text. */
function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** The replacement without what it leaves as it was at its beginning and its end. Insertions and deletions stay as they are. */
function trimmed(text: string, { start, end, text: added }: Hunk): Hunk {
  if (start === end || added === '') return { start, end, text: added };
  const most = Math.min(end - start, added.length);
  let head = 0;
  while (head < most && text[start + head] === added[head]) head++;
  let tail = 0;
  while (tail < most - head && text[end - 1 - tail] === added[added.length - 1 - tail]) tail++;
  // Neither a line break nor a character of two units is cut in half.
  if (head > 0 && isHalf(text, start + head)) head--;
  if (tail > 0 && isHalf(text, end - tail)) tail--;
  return { start: start + head, end: end - tail, text: added.slice(head, added.length - tail) };
}

const isHalf = (text: string, at: number): boolean =>
  (text[at - 1] === '\r' && text[at] === '\n') || (text.charCodeAt(at) & 0xfc00) === 0xdc00;
