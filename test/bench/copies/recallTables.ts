import { writeFileSync } from 'node:fs';
import type { Row } from '../Row.js';
import type { PeerRow } from './peers/comparePeers.js';
import { percent, shareOf, type Answers } from './recall.js';
import { buckets } from './snippets.js';
import { table } from './table.js';
import type { Positive, TestSet } from './TestSet.js';
import { transformations } from './transform/transformations.js';

/** Whether a piece has 10 lines or more. */
export const isLong = (positive: Positive): boolean => positive.bucket !== '6–9';

/** Prints what was recognised, by transformation and length, then by the file's extension. */
export function printRecall(tests: TestSet, { alone, inHost }: Answers, threshold: number): void {
  const rows = transformations.map((transformation) => {
    const of = (bucket: string) => (positive: Positive) =>
      positive.transformation === transformation.name && positive.bucket === bucket;
    const long = (positive: Positive): boolean => positive.transformation === transformation.name && isLong(positive);
    return [
      transformation.name,
      ...buckets.map((bucket) => percent(shareOf(tests, alone, threshold, of(bucket.name)))),
      percent(shareOf(tests, alone, threshold, long)),
      transformation.aim === undefined ? '' : String(transformation.aim),
      percent(shareOf(tests, inHost, threshold, of('6–9'))),
      percent(shareOf(tests, inHost, threshold, long)),
      String(shareOf(tests, alone, threshold, long).of),
    ];
  });
  console.log('\nRecognised, %: alone by length in lines; then inside a larger file\n');
  console.log(
    table(['', ...buckets.map((bucket) => bucket.name), '≥ 10', 'aim', '6–9 in file', '≥ 10 in file', 'n ≥ 10'], rows),
  );
  const perLanguage = [...new Set(tests.positives.map((positive) => positive.path))]
    .sort()
    .map((path) => [
      path.replace('src/pasted.', ''),
      ...['T1 verbatim', 'T1 reformatted', 'T2 renamed', 'T3 20 %', 'T2 + T3 20 %'].map((name) =>
        percent(
          shareOf(
            tests,
            alone,
            threshold,
            (positive) => positive.path === path && positive.transformation === name && isLong(positive),
          ),
        ),
      ),
      String(
        shareOf(
          tests,
          alone,
          threshold,
          (positive) => positive.path === path && positive.transformation === 'T1 verbatim' && isLong(positive),
        ).of,
      ),
    ]);
  console.log('\nBy language, ≥ 10 lines, %\n');
  console.log(table(['', 'T1', 'reformatted', 'T2', 'T3 20 %', 'T2 + T3', 'n'], perLanguage));
}

/** The recognised shares, of pieces of 10 lines and more and of shorter ones with an aim, for the table of all benchmarks. */
export function recallRows(tests: TestSet, { alone }: Answers, threshold: number, peers: readonly PeerRow[]): Row[] {
  const row = (
    name: string,
    length: string,
    aim: number | undefined,
    belongs: (positive: Positive) => boolean,
  ): Row => {
    const share = shareOf(tests, alone, threshold, (positive) => positive.transformation === name && belongs(positive));
    return {
      measure: `copies of ${length} lines recognised: ${name} (of ${share.of})`,
      value: `${percent(share)} %`,
      ...(aim === undefined ? {} : { aim: `≥ ${aim} %` }),
    };
  };
  const long = transformations.map(({ name, aim }): Row => {
    const others = peers
      .slice(1)
      .flatMap((peer) => (peer.recall.has(name) ? [`${peer.name} ${(peer.recall.get(name) ?? 0).toFixed(0)}`] : []));
    return { ...row(name, '≥ 10', aim, isLong), ...(others.length === 0 ? {} : { peer: others.join('; ') }) };
  });
  const short = transformations.flatMap(({ name, shortAim }) =>
    shortAim === undefined ? [] : [row(name, '6–9', shortAim, (positive) => !isLong(positive))],
  );
  return [...long, ...short];
}

/** Writes every paste that was not recognised to a file. */
export function writeMisses(path: string, tests: TestSet, { alone }: Answers, threshold: number): void {
  const text = tests.positives.flatMap((positive, at) =>
    (alone[at] ?? 0) >= threshold
      ? []
      : [`### ${positive.transformation}, ${positive.bucket}: ${positive.source}:${positive.line}\n${positive.text}\n`],
  );
  writeFileSync(path, text.join('\n'));
}
