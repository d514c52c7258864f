import { resolve } from 'node:path';
import type { Row } from '../Row.js';
import { judgeAlarm } from './alarms.js';
import { alarmRow, printAlarms, printCurve, writeAlarms } from './alarmTables.js';
import { buildCorpus } from './Corpus.js';
import { bundleEngine, loadEngine } from './engine.js';
import type { Options } from './Options.js';
import { comparePeers, peerTable, type PeerRow } from './peers/comparePeers.js';
import { alarmsOf, askIndex, buildIndex } from './recall.js';
import { printRecall, recallRows, writeMisses } from './recallTables.js';
import type { SourceFile } from './SourceFile.js';
import { measureSpeed, type Speed } from './speed.js';
import { printGrowth, printSpeed, speedRows } from './speedTable.js';
import { makeTestSet } from './TestSet.js';
import { clangFormatVersion } from './transform/reformat.js';

const count = (files: readonly SourceFile[]): number => files.reduce((sum, file) => sum + file.lines.length, 0);

/** Runs the benchmark, prints its tables as they come about, and returns the figures that have an aim. */
export async function runCopiesBenchmark(options: Options): Promise<Row[]> {
  const { split, lines, seed, threshold } = options;
  const started = performance.now();
  const step = (what: string): void =>
    void process.stderr.write(`[${((performance.now() - started) / 1000).toFixed(1)} s] ${what}\n`);

  const corpus = await buildCorpus(split, lines, seed);
  step('corpus is there');
  const { perCell, negatives } = options;
  const set = await makeTestSet(corpus, { seed, label: `${split}-${lines}`, perCell, negatives });
  step(`${set.positives.length} pastes of restricted code, ${set.negatives.length} of other code`);
  console.log(
    `\nCorpus “${split}”, seed ${seed}: ${count(corpus.restricted)} restricted lines in ${corpus.restricted.length} files, ` +
      `${count(corpus.open)} open lines, ${corpus.planted.length} pieces of open code planted in restricted files.`,
  );
  for (const { spec, reason } of corpus.missing) console.log(`Not to be had: ${spec} (${reason})`);
  console.log(
    clangFormatVersion() ?? 'clang-format is not installed: C, C++, Java and C# are missing from the reformatted rows.',
  );

  const bundle = await bundleEngine(options.engine === undefined ? undefined : resolve(options.engine));
  const engine = await loadEngine(bundle);
  const answers = askIndex(buildIndex(engine, corpus), set);
  step('the index has answered');
  printRecall(set, answers, threshold);
  const alarms = alarmsOf(set, answers, threshold).map(({ negative, match }) => judgeAlarm(negative, match, corpus));
  printAlarms(set, alarms);
  if (options.alarms !== undefined) writeAlarms(options.alarms, alarms, corpus);
  if (options.misses !== undefined) writeMisses(options.misses, set, answers, threshold);
  if (options.curve) {
    printCurve(set, askIndex(buildIndex(engine, corpus, 0.4), set), corpus);
    step('the curve is drawn');
  }

  const measured: Speed[] = [];
  if (options.speed) {
    // The small one shows what compiling at run time costs.
    for (const take of lines > 100_000 ? [100_000, Math.min(lines, 1_000_000)] : [lines])
      measured.push(await measureSpeed({ bundle, split, lines, seed, take }));
    printSpeed(measured);
    step('the times are taken');
  }
  if (options.scale.length > 0) {
    const growth: Speed[] = [];
    for (const scale of options.scale) {
      growth.push(await measureSpeed({ bundle, split, lines, seed, scale }));
      step(`${scale} lines are measured`);
    }
    printGrowth(growth);
  }

  let peers: PeerRow[] = [];
  if (options.peers) {
    // Peers take minutes for a million lines, so all of them, and the index, are compared on a corpus of a fifth.
    const small = options.quick ? corpus : await buildCorpus(split, 200_000, seed);
    const tests = options.quick
      ? set
      : await makeTestSet(small, { seed, label: `${split}-peers`, perCell: 100, negatives: 1500 });
    peers = await comparePeers(engine, small, tests, step);
    console.log(
      `\nBeside other tools, on ${count(small.restricted)} restricted lines, pieces of ≥ 10 lines pasted alone, %\n`,
    );
    console.log(peerTable(peers));
  }
  return [...recallRows(set, answers, threshold, peers), alarmRow(set, alarms, peers), ...speedRows(measured)];
}
