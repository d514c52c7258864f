import type { CoveredBy, Region } from './Region.js';

const RANK: Readonly<Record<CoveredBy, number>> = { path: 0, 'file-marker': 1, marker: 2 };

/** Orders regions by first line, then outermost first; of equal lines, paths before whole-file markers before pairs. */
export const compareRegions = (a: Region, b: Region): number =>
  a.lines.start - b.lines.start || b.lines.end - a.lines.end || RANK[a.by] - RANK[b.by];
