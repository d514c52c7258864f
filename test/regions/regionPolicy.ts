import type { Asset } from '../../src/policy/language.js';
import type { RegionPolicy } from '../../src/regions/fileReading.js';

/** An asset with nothing but paths. */
export const asset = (id: string, ...paths: string[]): Asset => ({
  id,
  owner: ['north'],
  tier: 'restricted',
  paths,
  tags: [],
  delegates: false,
});

/** What regions read of a policy, with these assets. */
export const regionPolicy = (
  assets: readonly Asset[],
  markers: RegionPolicy['markers'] = { begin: 'TERMS-BEGIN', end: 'TERMS-END' },
  file = 'developer-terms.yaml',
): RegionPolicy => ({
  assets,
  markers,
  places: Object.fromEntries(
    assets.map(({ id }, at) => [
      `asset:${id}`,
      { file, range: { start: { line: at + 1, column: 1 }, end: { line: at + 1, column: 9 } } },
    ]),
  ),
});

/** A region in one line: `radar-cal 6-9 marker`, with `?` for an unknown asset and `…` for an unclosed one. */
export const brief = (region: {
  asset: string;
  known: boolean;
  by: string;
  lines: { start: number; end: number };
  unclosed?: boolean;
}): string =>
  `${region.asset}${region.known ? '' : '?'} ${region.lines.start}-${region.lines.end}${region.unclosed ? '…' : ''} ${region.by}`;
