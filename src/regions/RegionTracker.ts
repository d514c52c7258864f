import type { Range } from '../ports.js';
import { fileReading, type RegionPolicy } from './fileReading.js';
import type { Lines, MarkedLine, MarkerScan } from './markers.js';
import { FILE_MARKER_WINDOW, windowLines } from './markers.js';
import type { FileRegions } from './Region.js';

/** One replacement in a text, as an editor reports it. */
export interface TextChange {
  /** What was replaced, in the text before any of the changes it comes with. Only its lines are looked at. */
  readonly range: Range;
  /** What stands there now. */
  readonly text: string;
}

/** The regions of one open document, kept up to date edit by edit. */
export interface RegionTracker {
  /** The regions as of the last edit; the same object until something about them changes. */
  readonly current: FileRegions;
  /**
   * Follows an edit, and gives the new `current`. Reads only the lines that the changes touch (and, where a `TERMS-FILE`
   * stands below an edited line, the first 4 KiB); everything if the changes do not add up to `lines.lineCount`.
   *
   * @param changes any number, in any order, none overlapping another; all ranges are in the text before the edit
   * @param lines the text after the edit, 1-based, read only during the call
   */
  apply(changes: readonly TextChange[], lines: Lines): FileRegions;
}

/** Whole lines of the old text, and how many more or fewer stand there now. */
interface Hunk {
  readonly start: number;
  end: number;
  growth: number;
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}

/** The changes as stretches of whole lines, ascending; changes that meet in a line are one stretch. */
function hunksOf(changes: readonly TextChange[]): Hunk[] {
  const hunks: Hunk[] = [];
  const ascending = changes
    .map(({ range, text }) => ({ start: range.start.line, end: range.end.line, breaks: lineBreaks(text) }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  for (const { start, end, breaks } of ascending) {
    const growth = breaks - (end - start);
    const last = hunks.at(-1);
    if (last && start <= last.end) {
      last.end = Math.max(last.end, end);
      last.growth += growth;
    } else hunks.push({ start, end, growth });
  }
  return hunks;
}

/** The number of marked lines above `line`, which is also the place of the first one at or below it. */
function countAbove(marked: readonly MarkedLine[], line: number): number {
  let low = 0;
  let high = marked.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marked[middle]?.line ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

const moved = (marked: readonly MarkedLine[], by: number): readonly MarkedLine[] =>
  by === 0 ? marked : marked.map(({ line, markers }) => ({ line: line + by, markers }));

const alike = (a: readonly MarkedLine[], b: readonly MarkedLine[]): boolean =>
  a.length === b.length &&
  a.every(({ line, markers }, at) => {
    const other = b[at];
    return (
      other?.line === line &&
      other.markers.length === markers.length &&
      markers.every((marker, index) => {
        const twin = other.markers[index];
        return (
          twin?.kind === marker.kind &&
          twin.column === marker.column &&
          twin.endColumn === marker.endColumn &&
          twin.asset === marker.asset
        );
      })
    );
  });

function textOf(lines: Lines, first: number, last: number): string {
  const texts: string[] = [];
  for (let line = first; line <= last; line++) texts.push(lines.lineAt(line));
  return texts.join('\n');
}

/**
 * Follows a document from `text` on. After every edit the regions are those that `regionsOf` finds in the whole text,
 * without reading it again: marked lines that no change touches are kept, and moved when lines came or went above them.
 *
 * @param path from the repository's root, with `/`
 * @param target where the file leads when it is a symbolic link
 */
export function createRegionTracker(policy: RegionPolicy, path: string, text: string, target?: string): RegionTracker {
  const reading = fileReading(policy, path, target);
  let scan = reading.scan(text);
  let current = reading.resolve(scan, () => windowLines(text));

  function resolve(next: MarkerScan, lines: Lines): FileRegions {
    scan = next;
    current = reading.resolve(scan, () => lines);
    return current;
  }

  /** True when a `TERMS-FILE` at or below this line may have come into its window, or left it. */
  const mayMoveFileMarker = (line: number): boolean =>
    scan.marked
      .slice(countAbove(scan.marked, line), countAbove(scan.marked, FILE_MARKER_WINDOW + 2))
      .some(({ markers }) => markers.some(({ kind }) => kind === 'file'));

  return {
    get current() {
      return current;
    },
    apply(changes, lines) {
      const hunks = hunksOf(changes);
      const growth = hunks.reduce((sum, hunk) => sum + hunk.growth, 0);
      const fits =
        scan.lineCount + growth === lines.lineCount &&
        hunks.every(({ start, end }) => start >= 1 && start <= end && end <= scan.lineCount);
      if (!fits) return resolve(reading.scan(textOf(lines, 1, lines.lineCount)), lines);

      let shift = 0;
      let kept = 0;
      let same = growth === 0;
      const marked: MarkedLine[][] = [];
      for (const hunk of hunks) {
        const from = countAbove(scan.marked, hunk.start);
        const to = countAbove(scan.marked, hunk.end + 1);
        const first = hunk.start + shift;
        const found = reading.scan(textOf(lines, first, hunk.end + shift + hunk.growth)).marked;
        const now = moved(found, first - 1);
        same &&= hunk.growth === 0 && alike(now, scan.marked.slice(from, to));
        marked.push([...moved(scan.marked.slice(kept, from), shift)], [...now]);
        shift += hunk.growth;
        kept = to;
      }
      const top = hunks[0]?.start;
      if (top === undefined || (same && !mayMoveFileMarker(top))) return current;
      return resolve(
        { marked: [...marked.flat(), ...moved(scan.marked.slice(kept), shift)], lineCount: lines.lineCount },
        lines,
      );
    },
  };
}
