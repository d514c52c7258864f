/** Imports, includes and links of covered code from outside its asset. */
import { usesOf, type ImportTarget, type Link } from '../changes/imports/usesOf.js';
import type { FileRegions } from '../regions/Region.js';
import type { Act } from './Act.js';

/**
 * The uses of covered code among these links of a file, as acts.
 *
 * @param importing what covers the importing file
 * @param target the files that the links lead to, as far as they can be read
 */
export function usesIn(
  importing: FileRegions,
  links: readonly Link[],
  target: (path: string) => ImportTarget | undefined,
): Act[] {
  return usesOf(importing, links, target).map((use): Act => {
    const assets = [...new Set(use.regions.regions.map(({ asset }) => asset))].sort();
    return {
      kind: 'import',
      action: 'use',
      subjects: [{ regions: use.regions, ...(use.lines === undefined ? {} : { lines: use.lines }) }],
      into: importing.path,
      path: importing.path,
      lines: { start: use.import.line, end: use.import.line },
      columns: { start: use.import.column, end: use.import.endColumn },
      lastColumn: 0,
      source: {
        asset: assets.join(', '),
        path: use.path,
        ...(use.lines === undefined ? {} : { lines: use.lines }),
      },
      ...(use.isCertain ? {} : { isDoubtful: true }),
      text: use.import.specifier,
    };
  });
}
