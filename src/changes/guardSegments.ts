import { lineSegments, type LineSegment } from '../regions/lineSegments.js';
import { FILE_WORD, windowLines } from '../regions/markers.js';
import type { FileRegions } from '../regions/Region.js';
import { guardText, type GuardedSpan, type GuardedText, type PlacedSpan } from './GuardedText.js';
import { LineOffsets } from './LineOffsets.js';

/** Lines of the document that one decision holds for. */
export interface Segment extends GuardedSpan, LineSegment {
  /** Assets of marked regions that begin here. */
  readonly begins: readonly string[];
}

/**
 * Starts to follow a text, with a span for every stretch of lines that the same regions cover.
 *
 * @param regions that count in this text
 * @param eol the text's line break
 * @param withUncovered true makes spans of what nothing covers, too
 */
export function guardSegments(
  text: string,
  regions: FileRegions,
  { eol, withUncovered }: { readonly eol: string; readonly withUncovered: boolean },
): GuardedText<Segment> {
  const offsets = new LineOffsets(text);
  const begins = new Map<number, string[]>();
  for (const { by, asset, lines } of regions.regions)
    if (by === 'marker') begins.set(lines.start, [...(begins.get(lines.start) ?? []), asset]);
  const hasFileMarker = regions.regions.some(({ by }) => by === 'file-marker');
  const segments = lineSegments(regions, offsets.count, hasFileMarker ? fileMarkerLines(text) : [], withUncovered);
  return guardText(
    text,
    segments.map((segment): PlacedSpan<Segment> => ({
      span: { ...segment, begins: begins.get(segment.lines.start) ?? [] },
      start: offsets.of(segment.lines.start),
      end: offsets.of(segment.lines.end + 1),
    })),
    eol,
  );
}

/** Lines, 1-based, that hold a word which covers the whole file, as far down as it counts. */
function fileMarkerLines(text: string): number[] {
  const lines = windowLines(text);
  const found: number[] = [];
  for (let line = 1; line <= lines.lineCount; line++) if (lines.lineAt(line).includes(FILE_WORD)) found.push(line);
  return found;
}
