/** Imports, includes and links of covered code from outside its asset. */
import type { FileRegions, Region } from '../regions/Region.js';
import type { Act } from './Act.js';
import type { Lines } from './lineDiff.js';

/** An import as it stands in a file, and the files of the repository that it means. */
export interface ResolvedImport {
  /** 1-based. */
  readonly line: number;
  readonly specifier: string;
  /** From the repository's root; none where it means nothing in this repository. */
  readonly paths: readonly string[];
}

/**
 * The uses of covered code among a file's imports: those on changed lines, or all. An asset that also covers the importing line is not
 * used from outside. What counts as covered is the imported file as a whole: an import cannot tell which lines it needs.
 *
 * @param regions of the importing file
 * @param changed stretches of its lines that count; left out: all
 * @param regionsByPath what covers a file of the repository by its path
 */
export function usesIn(
  imports: readonly ResolvedImport[],
  regions: FileRegions,
  regionsByPath: (path: string) => FileRegions,
  changed?: readonly Lines[],
): Act[] {
  const acts: Act[] = [];
  for (const { line, specifier, paths } of imports) {
    if (changed !== undefined && !changed.some(({ start, end }) => start <= line && line < end)) continue;
    const inside = new Set(
      regions.regions.filter(({ lines }) => lines.start <= line && line <= lines.end).map(({ asset }) => asset),
    );
    for (const path of paths) {
      const target = regionsByPath(path);
      const used = target.regions.filter(({ asset }: Region) => !inside.has(asset));
      if (used.length === 0) continue;
      acts.push({
        kind: 'import',
        action: 'use',
        subjects: [{ regions: { ...target, regions: used } }],
        into: regions.path,
        path: regions.path,
        lines: { start: line, end: line },
        lastColumn: 0,
        source: { asset: [...new Set(used.map(({ asset }) => asset))].sort().join(', '), path },
        text: specifier,
      });
    }
  }
  return acts;
}
