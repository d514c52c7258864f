import type { LineSpan } from '../ports.js';
import type { FileRegions, Region } from '../regions/Region.js';
import type { PlacedSpan } from './GuardedText.js';
import type { Segment } from './guardSegments.js';
import { LineOffsets } from './LineOffsets.js';

/**
 * Marked regions that do not cover all of their lines any more, as when a marker was put inside one and ends it early.
 *
 * @param marked regions as they were when the spans were made
 * @param spans those of the text as it is to be, ascending
 * @param now what covers the text
 * @param text as it is now
 */
export function lostRegions(
  marked: readonly Region[],
  spans: readonly PlacedSpan<Segment>[],
  now: FileRegions,
  text: string,
): readonly Region[] {
  const offsets = new LineOffsets(text);
  // Nearly all are where they should be: a file may have a thousand.
  const there = new Set(now.regions.map(({ asset, lines }) => `${lines.start} ${lines.end} ${asset}`));
  return marked.filter((region) => {
    const parts = partsOf(region, spans);
    const [first, last] = [parts.at(0), parts.at(-1)];
    if (first === undefined || last === undefined) return false;
    const from = offsets.lineOf(first.start);
    const to = offsets.lineOf(Math.max(first.start, last.end - 1));
    return !there.has(`${from} ${to} ${region.asset}`) && !isCovered(now, region.asset, from, to);
  });
}

/** True when lines lie in a region, both as they were when it was found. */
export function isIn({ lines: region, by, unclosed }: Region, lines: LineSpan): boolean {
  return by !== 'marker' || (lines.start >= region.start && (unclosed === true || lines.end <= region.end));
}

/** The spans, ascending, that lie in a region. */
function partsOf(region: Region, spans: readonly PlacedSpan<Segment>[]): readonly PlacedSpan<Segment>[] {
  if (region.by !== 'marker') return spans;
  let from = 0;
  for (let to = spans.length; from < to;) {
    const middle = (from + to) >> 1;
    if ((spans[middle]?.span.lines.start ?? Infinity) < region.lines.start) from = middle + 1;
    else to = middle;
  }
  let to = from;
  while (spans[to] !== undefined && isIn(region, spans[to]?.span.lines ?? region.lines)) to++;
  return spans.slice(from, to);
}

/** True when regions of the asset cover every line of a stretch. */
function isCovered({ regions }: FileRegions, asset: string, from: number, to: number): boolean {
  let line = from;
  for (const { asset: one, lines, by, unclosed } of regions) {
    if (one !== asset) continue;
    if (by !== 'marker') return true;
    if (lines.start <= line && (unclosed === true || lines.end >= line))
      line = unclosed === true ? to + 1 : lines.end + 1;
    if (line > to) return true;
  }
  return false;
}
