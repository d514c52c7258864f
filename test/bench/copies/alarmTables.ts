import { writeFileSync } from 'node:fs';
import type { Row } from '../Row.js';
import { judgeAlarm, type Alarm } from './alarms.js';
import type { Corpus } from './Corpus.js';
import type { PeerRow } from './peers/comparePeers.js';
import { alarmsOf, percent, shareOf, type Answers } from './recall.js';
import { isLong } from './recallTables.js';
import { table } from './table.js';
import type { TestSet } from './TestSet.js';

/** Prints the alarms on code that was no copy, by kind. */
export function printAlarms(tests: TestSet, found: readonly Alarm[]): void {
  const kinds = [...new Set(tests.negatives.map((negative) => negative.kind))];
  const rows = [...kinds, undefined].map((kind) => {
    const all = tests.negatives.filter((negative) => kind === undefined || negative.kind === kind).length;
    const own = found.filter((alarm) => kind === undefined || alarm.negative.kind === kind);
    const copies = own.filter((alarm) => alarm.verdict === 'copy').length;
    const rest = own.length - copies;
    return [
      kind ?? 'all',
      String(all),
      String(own.length),
      String(copies),
      String(own.filter((alarm) => alarm.verdict === 'unread').length),
      ((1000 * rest) / Math.max(1, all - copies)).toFixed(2),
    ];
  });
  console.log(
    `\nAlarms on code that was meant to be no copy (${tests.realCopiesLeftOut} real copies left out beforehand)\n`,
  );
  console.log(table(['', 'pastes', 'alarms', 'real copies', 'unread', 'false per 1,000'], rows));
}

/** False alarms per thousand pastes: all alarms but those that turned out to be real copies. */
export function falsePerThousand(tests: TestSet, found: readonly Alarm[]): number {
  const copies = found.filter((alarm) => alarm.verdict === 'copy').length;
  return (1000 * (found.length - copies)) / Math.max(1, tests.negatives.length - copies);
}

/** The false alarms, for the table of all benchmarks. */
export function alarmRow(tests: TestSet, found: readonly Alarm[], peers: readonly PeerRow[]): Row {
  const others = peers.slice(1).map((peer) => `${peer.name} ${peer.falsePerThousand.toFixed(1)}, unread`);
  return {
    measure: `false alarms in 1,000 pastes (of ${tests.negatives.length})`,
    value: falsePerThousand(tests, found).toFixed(2),
    aim: '≤ 1',
    ...(others.length === 0 ? {} : { peer: others.join('; ') }),
  };
}

/** Writes every alarm to a file, the paste beside the region's lines it resembles. */
export function writeAlarms(path: string, found: readonly Alarm[], { restricted }: Corpus): void {
  const text = found.map((alarm) => {
    const { negative, match, regionLines } = alarm;
    const region = restricted
      .find((file) => file.id === match.id)
      ?.lines.slice(regionLines[0] - 1, regionLines[1])
      .slice(0, 60);
    return [
      `### ${negative.kind}: ${negative.origin} ~ ${match.id}`,
      `score ${match.score.toFixed(2)}, lines ${match.startLine}–${match.endLine}, exact ${alarm.exact.toFixed(2)}, structure ${alarm.structure.toFixed(2)}: ${alarm.verdict} ${alarm.why}`,
      '--- paste',
      ...negative.text
        .split('\n')
        .slice(match.startLine - 1, match.endLine)
        .slice(0, 60),
      `--- region, lines ${regionLines[0]}–${regionLines[1]}`,
      ...(region ?? []),
      '',
    ].join('\n');
  });
  writeFileSync(path, text.join('\n'));
}

/** Prints how recall and false alarms go together when the score that counts is moved. */
export function printCurve(tests: TestSet, lenient: Answers, corpus: Corpus): void {
  const shown = ['T1 verbatim', 'T1 reformatted', 'T2 renamed', 'T3 20 %', 'T3 30 %', 'T2 + T3 20 %'];
  const rows = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.6, 2].map((level) => {
    const found = alarmsOf(tests, lenient, level).map(({ negative, match }) => judgeAlarm(negative, match, corpus));
    const copies = found.filter((alarm) => alarm.verdict === 'copy').length;
    return [
      level.toFixed(1),
      ...shown.map((name) =>
        percent(
          shareOf(tests, lenient.alone, level, (positive) => positive.transformation === name && isLong(positive)),
        ),
      ),
      ...['T1 verbatim', 'T2 renamed'].map((name) =>
        percent(
          shareOf(tests, lenient.alone, level, (positive) => positive.transformation === name && !isLong(positive)),
        ),
      ),
      ((1000 * (found.length - copies)) / Math.max(1, tests.negatives.length - copies)).toFixed(1),
    ];
  });
  console.log('\nThe curve: recognised, %, against false alarms, by the score from which a match counts\n');
  console.log(table(['score', ...shown, '6–9 T1', '6–9 T2', 'false per 1,000'], rows));
}
