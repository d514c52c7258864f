import { minimatch } from 'minimatch';
import { createPathCover, pathPatternsOf } from '../../src/regions/pathCover.js';
import { PATTERN_OPTIONS } from '../../src/regions/patternIndex.js';
import { createRegionTracker, type RegionTracker } from '../../src/regions/RegionTracker.js';
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

/** Paths as a large repository has them: 5,000 folders, three to six deep, with twenty files in each. */
export const manyPaths = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => {
    const folder = Math.floor(at / 20);
    const deep = Array.from(
      { length: 1 + (folder % 4) },
      (_, level) => `${pick(PARTS, folder * 7 + level * 5)}${level === 0 ? Math.floor(folder / 96) : folder % 9}`,
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

/** The median time of typing `key` at the end of a line, and of taking it back, a thousand times each. */
function keystroke(tracker: RegionTracker, lines: readonly string[], line: number, key: '\n' | 'x'): number {
  const before = { lineCount: lines.length, lineAt: (at: number) => lines[at - 1] ?? '' };
  const typed = [...lines];
  if (key === 'x') typed[line - 1] += key;
  else typed.splice(line, 0, '');
  const after = { lineCount: typed.length, lineAt: (at: number) => typed[at - 1] ?? '' };
  const end = { line, column: (lines[line - 1] ?? '').length + 1 };
  const past = key === 'x' ? { line, column: end.column + 1 } : { line: line + 1, column: 1 };
  const times: number[] = [];
  for (let round = 0; round < 1_000; round++) {
    times.push(timeOf(() => void tracker.apply([{ range: { start: end, end }, text: key }], after)));
    times.push(timeOf(() => void tracker.apply([{ range: { start: end, end: past }, text: '' }], before)));
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
}

const against = (peer: string, time: number, ours: number): string =>
  `${peer}: ${milliseconds(time)} (${Math.round(time / ours).toLocaleString('en-US')}x)`;

/** The straightforward way to find marked lines: look at each line. */
const markerLines = (text: string): number[] =>
  text.split(/\r\n|\r|\n/).flatMap((line, at) => (/TERMS-(?:BEGIN|END|FILE)/.test(line) ? [at + 1] : []));

/** Regions cold, and the cover of many paths against plain minimatch. */
// eslint-disable-next-line @typescript-eslint/require-await -- every benchmark is awaited, whether it waits or not
export async function regionsBench(): Promise<Row[]> {
  const assets = manyAssets();
  const policy = regionPolicy(assets);
  const text = markedText(10_000, 1_000);
  const first = timeOf(() => void regionsOf(policy, 'perception/camera/a.ts', text));
  const cold = medianTime(25, () => void regionsOf({ ...policy }, 'perception/camera/a.ts', text));
  const big = markedText(100_000, 1_000).replace(/step/g, 'x'.repeat(430));
  const bigTime = medianTime(3, () => void regionsOf({ ...policy }, 'perception/camera/a.ts', big));
  const bigLines = medianTime(3, () => void markerLines(big));

  const lines = text.split('\n');
  const tracker = createRegionTracker(policy, 'perception/camera/a.ts', text);
  const letter = keystroke(tracker, lines, 5_003, 'x');
  const enter = keystroke(tracker, lines, 5_003, '\n');
  const inMarker = keystroke(tracker, lines, 5_001, 'x');
  const fresh = regionsOf(policy, 'perception/camera/a.ts', text);
  if (JSON.stringify(tracker.current) !== JSON.stringify(fresh)) throw new Error('The tracker lost its way.');

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
    {
      measure: 'regions of 10,000 lines with 1,000 markers, cold',
      value: milliseconds(cold),
      aim: '< 5 ms',
      peer: `the process's very first file, 200 patterns compiled: ${milliseconds(first)}`,
    },
    {
      measure: `regions of ${Math.round(big.length / 1e6)} MB in 100,000 lines, 1,000 markers, cold`,
      value: milliseconds(bigTime),
      peer: against('line by line, finding the words only', bigLines, bigTime),
    },
    {
      measure: '10,000 lines, 1,000 markers, a keystroke: a letter in code',
      value: milliseconds(letter),
      aim: '< 0.2 ms',
      peer: against('the whole text again', cold, letter),
    },
    {
      measure: '10,000 lines, 1,000 markers, a keystroke: a letter in a marker',
      value: milliseconds(inMarker),
      aim: '< 0.2 ms',
      peer: against('the whole text again', cold, inMarker),
    },
    {
      measure: '10,000 lines, 1,000 markers, a keystroke: a line more or less',
      value: milliseconds(enter),
      aim: '< 0.2 ms',
      peer: against('the whole text again', cold, enter),
    },
    {
      measure: `assets of 100,000 paths, ${patterns.length} patterns, compiling included`,
      value: milliseconds(index),
      aim: '< 300 ms',
      peer: against('minimatch for each', alone, index),
    },
  ];
}

export default { name: 'regions', run: regionsBench } satisfies Bench;
