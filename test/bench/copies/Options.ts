import { parseArgs } from 'node:util';
import type { Split } from './packages.js';

/** How the benchmark is run; see the README beside this file. */
export interface Options {
  readonly quick: boolean;
  readonly split: Split;
  readonly seed: string;
  readonly lines: number;
  readonly perCell: number;
  readonly negatives: number;
  readonly engine: string | undefined;
  /** The score from which a match counts in the tables. */
  readonly threshold: number;
  readonly curve: boolean;
  readonly speed: boolean;
  readonly peers: boolean;
  /** Sizes, in lines, at which growth is measured; none by default. */
  readonly scale: readonly number[];
  /** Files to write every alarm and every miss to. */
  readonly alarms: string | undefined;
  readonly misses: string | undefined;
}

/** Reads the command line; the name of the benchmark may stand among the flags. */
export function readOptions(args: readonly string[]): Options {
  const { values: flags } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: true,
    options: {
      quick: { type: 'boolean', default: false },
      split: { type: 'string' },
      seed: { type: 'string', default: '1' },
      lines: { type: 'string' },
      cell: { type: 'string' },
      negatives: { type: 'string' },
      engine: { type: 'string' },
      threshold: { type: 'string', default: '1' },
      'no-curve': { type: 'boolean', default: false },
      'no-speed': { type: 'boolean', default: false },
      'no-peers': { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      scale: { type: 'string', default: '' },
      alarms: { type: 'string' },
      misses: { type: 'string' },
    },
  });
  const { quick } = flags;
  const split = flags.split ?? (quick ? 'tune' : 'report');
  if (split !== 'tune' && split !== 'report') throw new Error('--split is tune or report.');
  return {
    quick,
    split,
    seed: flags.seed,
    lines: Number(flags.lines ?? (quick ? 200_000 : 1_200_000)),
    perCell: Number(flags.cell ?? (quick ? 100 : 250)),
    negatives: Number(flags.negatives ?? (quick ? 2000 : 5000)),
    engine: flags.engine,
    threshold: Number(flags.threshold),
    curve: !flags['no-curve'],
    speed: !flags['no-speed'],
    peers: flags.peers || !(quick || flags['no-peers']),
    scale: flags.scale.split(',').flatMap((millions) => (millions === '' ? [] : [Number(millions) * 1e6])),
    alarms: flags.alarms,
    misses: flags.misses,
  };
}
