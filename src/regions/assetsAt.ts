import type { LineSpan } from '../ports.js';
import type { FileRegions, Region } from './Region.js';

/**
 * The regions that touch these lines, in the order of `file.regions`; all of them without lines, or with a span whose
 * end lies before its start.
 *
 * What covers a whole file touches every line, and an unclosed region every line after its marker, even lines that the
 * file does not have: a question about lines of an older or newer text must not slip past the end of this one.
 */
export function assetsAt({ regions }: FileRegions, lines?: LineSpan): readonly Region[] {
  // Written so that a span of what is no number is none, too.
  if (!lines || !(lines.start <= lines.end)) return regions;
  return regions.filter(
    (region) =>
      region.by !== 'marker' ||
      (region.lines.start <= lines.end && (region.unclosed === true || lines.start <= region.lines.end)),
  );
}
