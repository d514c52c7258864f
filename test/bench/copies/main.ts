import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeAlarm, type Alarm } from './alarms.js';
import { buildCorpus, type Corpus } from './Corpus.js';
import { bundleEngine, loadEngine } from './engine.js';
import { clangFormatVersion } from './transform/reformat.js';
import { alarmsOf, askIndex, buildIndex, percent, shareOf, type Answers } from './recall.js';
import { buckets } from './snippets.js';
import { table } from './table.js';
import { makeTestSet, type Positive, type TestSet } from './TestSet.js';
import { transformations } from './transform/transformations.js';

const { values: flags } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    split: { type: 'string' },
    seed: { type: 'string', default: '1' },
    lines: { type: 'string' },
    cell: { type: 'string' },
    negatives: { type: 'string' },
    engine: { type: 'string' },
    threshold: { type: 'string', default: '1' },
    misses: { type: 'string' },
    alarms: { type: 'string' },
    'no-curve': { type: 'boolean', default: false },
    'no-speed': { type: 'boolean', default: false },
  },
});

const isLong = (positive: Positive): boolean => positive.bucket !== '6–9';
const threshold = Number(flags.threshold);

const split = flags.split === 'report' || flags.split === 'tune' ? flags.split : flags.quick ? 'tune' : 'report';
const lines = Number(flags.lines ?? (flags.quick ? 200_000 : 1_200_000));
const started = performance.now();
const step = (what: string): void =>
  void process.stderr.write(`[${((performance.now() - started) / 1000).toFixed(1)} s] ${what}\n`);

const corpus = await buildCorpus(split, lines, flags.seed);
const count = (files: Corpus['open']): number => files.reduce((sum, file) => sum + file.lines.length, 0);
step('corpus is there');
const set = await makeTestSet(corpus, {
  seed: flags.seed,
  label: `${split}-${lines}`,
  perCell: Number(flags.cell ?? (flags.quick ? 100 : 250)),
  negatives: Number(flags.negatives ?? (flags.quick ? 2000 : 5000)),
});
step(`${set.positives.length} pastes of restricted code, ${set.negatives.length} of other code`);

console.log(
  `\nCorpus “${split}”, seed ${flags.seed}: ${count(corpus.restricted)} restricted lines in ${corpus.restricted.length} files, ` +
    `${count(corpus.open)} open lines, ${corpus.planted.length} pieces of open code planted in restricted files.`,
);
for (const { spec, reason } of corpus.missing) console.log(`Not to be had: ${spec} (${reason})`);
console.log(
  clangFormatVersion() ?? 'clang-format is not installed: C, C++, Java and C# are missing from the reformatted rows.',
);

const bundle = await bundleEngine(flags.engine === undefined ? undefined : resolve(flags.engine));
const engine = await loadEngine(bundle);
const index = buildIndex(engine, corpus);
const answers = askIndex(index, set);
step('the index has answered');
printRecall(set, answers);
const alarms = alarmsOf(set, answers, threshold).map(({ negative, match }) => judgeAlarm(negative, match, corpus));
printAlarms(set, alarms);
if (flags.alarms !== undefined) writeAlarms(flags.alarms, alarms, corpus);
if (flags.misses !== undefined) writeMisses(flags.misses, set, answers);
if (!flags['no-curve']) {
  const lenient = askIndex(buildIndex(engine, corpus, 0.4), set);
  printCurve(set, lenient);
  step('the curve is drawn');
}

function printRecall(tests: TestSet, { alone, inHost }: Answers): void {
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

function printAlarms(tests: TestSet, found: readonly Alarm[]): void {
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

function writeAlarms(path: string, found: readonly Alarm[], { restricted }: Corpus): void {
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

function writeMisses(path: string, tests: TestSet, { alone }: Answers): void {
  const text = tests.positives.flatMap((positive, at) =>
    (alone[at] ?? 0) >= threshold
      ? []
      : [`### ${positive.transformation}, ${positive.bucket}: ${positive.source}:${positive.line}\n${positive.text}\n`],
  );
  writeFileSync(path, text.join('\n'));
}

function printCurve(tests: TestSet, lenient: Answers): void {
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
