import type { LineSpan } from '../ports.js';
import type { FileRegions } from './Region.js';

/** Lines of a file that the same regions cover, so that one decision holds for all of them. */
export interface LineSegment {
  readonly lines: LineSpan;
  /** True when a region covers the line above as well: between the two there is no place outside. */
  readonly continues: boolean;
  /** True for a line of its own that holds a marker: changing it is `unmark` too. */
  readonly isMarker: boolean;
}

/**
 * A file's covered lines in segments, ascending and disjoint.
 *
 * @param lineCount of the file
 * @param fileMarkers lines that hold a `TERMS-FILE`
 * @param uncovered true takes in lines that nothing covers as well, each stretch a segment that continues
 */
export function lineSegments(
  { regions }: FileRegions,
  lineCount: number,
  fileMarkers: readonly number[] = [],
  uncovered = false,
): readonly LineSegment[] {
  const begins = new Map<number, number>();
  const ends = new Map<number, number>();
  const markers = new Set(regions.some(({ by }) => by === 'file-marker') ? fileMarkers : []);
  const count = (map: Map<number, number>, line: number): unknown => map.set(line, (map.get(line) ?? 0) + 1);
  for (const { lines, by, unclosed } of regions) {
    const end = by === 'marker' && unclosed !== true ? lines.end : Math.max(lines.end, lineCount);
    count(begins, lines.start);
    count(ends, end + 1);
    if (by !== 'marker') continue;
    markers.add(lines.start);
    if (unclosed !== true) markers.add(lines.end);
  }
  const cuts = new Set([...begins.keys(), ...ends.keys()]);
  for (const line of markers) cuts.add(line).add(line + 1);
  if (uncovered) cuts.add(1).add(lineCount + 1);
  const ascending = [...cuts].filter((line) => line >= 1).sort((a, b) => a - b);
  const segments: LineSegment[] = [];
  let covering = 0;
  ascending.forEach((start, index) => {
    const ended = ends.get(start) ?? 0;
    const runsOn = covering - ended > 0;
    covering += (begins.get(start) ?? 0) - ended;
    const next = ascending[index + 1];
    if (next === undefined || start > lineCount || (covering === 0 && !uncovered)) return;
    segments.push({
      lines: { start, end: Math.min(next - 1, lineCount) },
      continues: runsOn || (uncovered && start > 1),
      isMarker: markers.has(start),
    });
  });
  return segments;
}
