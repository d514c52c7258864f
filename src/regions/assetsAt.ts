import type { LineSpan } from '../ports.js';
import type { FileRegions, Region } from './Region.js';

/**
 * The regions that touch these lines, in the order of `file.regions`; all of them when no lines are given.
 *
 * What covers a whole file touches every line, and an unclosed region every line after its marker, even lines that the
 * file does not have: a question about lines of an older or newer text must not slip past the end of this one.
 */
export function assetsAt(file: FileRegions, lines?: LineSpan): readonly Region[] {
  if (!lines) return file.regions;
  const first = Math.min(lines.start, lines.end);
  const last = Math.max(lines.start, lines.end);
  return file.regions.filter(
    (region) =>
      region.by !== 'marker' || (region.lines.start <= last && (region.unclosed === true || first <= region.lines.end)),
  );
}
