import { minimatch } from 'minimatch';
import { createPathCover, pathPatternsOf } from '../../src/regions/pathCover.js';
import { PATTERN_OPTIONS } from '../../src/regions/patternIndex.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { asset, regionPolicy } from '../regions/regionPolicy.js';
import type { Bench, Row } from './Row.js';
import { medianTime, milliseconds, timeOf } from './timed.js';

/** A file of so many lines with so many markers, every second one an end. */
export function markedText(lines: number, markers: number): string {
  const every = Math.floor(lines / markers);
  return Array.from({ length: lines }, (_, at) => {
    if (at % every !== 0) return `  const value${at} = compute(value${at - 1}, ${at} * scale); // step ${at}`;
    return (at / every) % 2 === 0 ? `// TERMS-BEGIN asset=asset-${(at / every) % 40}` : '// TERMS-END';
  }).join('\n');
}

const AREAS = ['perception', 'planning', 'control', 'mapping', 'sim', 'tools', 'docs', 'infra'];
const PARTS = ['camera', 'radar', 'lidar', 'fusion', 'track', 'net', 'api', 'models', 'test', 'cal', 'util', 'proto'];
const ENDINGS = ['ts', 'py', 'cc', 'h', 'md', 'onnx', 'yaml', 'json', 'proto', 'cpp'];
const pick = (list: readonly string[], at: number): string => list[at % list.length] ?? '';

/** Paths as a large repository has them: three to six folders deep, some twenty files in each. */
export const manyPaths = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => {
    const folder = Math.floor(at / 20);
    const deep = Array.from(
      { length: 1 + (folder % 4) },
      (_, level) => `${pick(PARTS, folder * 7 + level * 5)}${(folder >> level) % 9}`,
    );
    return [pick(AREAS, folder), pick(PARTS, folder >> 3), ...deep, `part_${at % 97}.${pick(ENDINGS, at)}`].join('/');
  });

/** Two hundred patterns of the kinds that policies use: folders, endings, carve-outs, single files, braces. */
export const manyAssets = () =>
  Array.from({ length: 40 }, (_, at) => {
    const area = pick(AREAS, at);
    const part = pick(PARTS, at * 5 + (at >> 3));
    const other = pick(PARTS, at * 7 + 3);
    return asset(
      `asset-${at}`,
      `${area}/${part}/**`,
      `!${area}/${part}/api*/**`,
      `${area}/**/${other}${at % 9}/*.{cc,h,cpp}`,
      `**/${part}${at % 9}/**/*.${pick(ENDINGS, at)}`,
      `${area}/${other}/${part}*/part_[0-${at % 10}]?.*`,
    );
  });

/** Regions cold, and the cover of many paths against plain minimatch. */
// eslint-disable-next-line @typescript-eslint/require-await -- every benchmark is awaited, whether it waits or not
export async function regionsBench(): Promise<Row[]> {
  const assets = manyAssets();
  const policy = regionPolicy(assets);
  const text = markedText(10_000, 1_000);
  const cold = medianTime(15, () => void regionsOf({ ...policy }, 'perception/camera/a.ts', text));
  const big = markedText(100_000, 1_000).replace(/step/g, 'x'.repeat(430));
  const bigTime = medianTime(3, () => void regionsOf({ ...policy }, 'perception/camera/a.ts', big));

  const paths = manyPaths(100_000);
  let covered = 0;
  const index = timeOf(() => {
    const cover = createPathCover(assets);
    for (const path of paths) covered += cover.assetsOf(path).length;
  });
  const patterns = pathPatternsOf(assets);
  let expected = 0;
  const alone = timeOf(() => {
    for (const path of paths) {
      const hit = new Set<string>();
      const carved = new Set<string>();
      for (const { asset: id, glob, excludes } of patterns) {
        if (minimatch(path, glob, PATTERN_OPTIONS)) (excludes ? carved : hit).add(id);
      }
      for (const id of hit) if (!carved.has(id)) expected++;
    }
  });
  if (covered !== expected || covered === 0) {
    throw new Error(`The index covers ${covered} times, plain minimatch ${expected} times.`);
  }
  return [
    { measure: 'regions of 10,000 lines with 1,000 markers, cold', value: milliseconds(cold), aim: '< 5 ms' },
    {
      measure: `regions of ${Math.round(big.length / 1e6)} MB in 100,000 lines, 1,000 markers, cold`,
      value: milliseconds(bigTime),
    },
    {
      measure: `assets of 100,000 paths, ${patterns.length} patterns, compiling included`,
      value: milliseconds(index),
      aim: '< 300 ms',
      peer: `minimatch for each: ${milliseconds(alone)} (${Math.round(alone / index)}x)`,
    },
  ];
}

export default { name: 'regions', run: regionsBench } satisfies Bench;
