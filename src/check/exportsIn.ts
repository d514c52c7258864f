/** What of a file would go along where its repository goes: pushed, archived, handed on. */
import type { FileRegions } from '../regions/Region.js';
import type { Act } from './Act.js';

/**
 * The covered code of a file as acts of exporting it: the file where an asset covers all of it, else each marked region that
 * lies in no other.
 *
 * @param lines the file's lines with what ends each
 * @param into where it would go, as rules name places: `remote:HOST/PATH`, `tool:NAME` or a path
 */
export function exportsIn(regions: FileRegions, lines: readonly string[], into: string): Act[] {
  const act = (start: number, end: number, isWholeFile: boolean): Act => ({
    kind: 'export',
    action: 'export',
    subjects: [isWholeFile ? { regions } : { regions, lines: { start, end } }],
    into,
    path: regions.path,
    lines: { start, end },
    lastColumn: lines[end - 1]?.replace(/[\r\n]+$/, '').length ?? 0,
    isWholeFile,
    text: isWholeFile ? '' : lines.slice(start - 1, end).join(''),
  });
  if (regions.regions.some(({ by }) => by !== 'marker')) return [act(1, Math.max(1, lines.length), true)];
  const outermost = regions.regions.filter(
    ({ lines: own }, at) =>
      !regions.regions.some(
        ({ lines: other }, index) =>
          index !== at &&
          other.start <= own.start &&
          own.end <= other.end &&
          (index < at || other.start < own.start || own.end < other.end),
      ),
  );
  return outermost.map(({ lines: { start, end } }) => act(start, Math.min(end, Math.max(1, lines.length)), false));
}
