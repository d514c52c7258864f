import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Split } from './packages.js';

/** What one process measured; times in ms, sizes in bytes. */
export interface Speed {
  readonly lines: number;
  readonly megabytes: number;
  /** The first build of the process, and the best of the later ones, with the first question that settles them. */
  readonly coldMs: number;
  readonly warmMs: number;
  /** Processor time of the whole process meanwhile, helper threads included: less disturbed by other processes. */
  readonly coldCpuMs: number;
  readonly warmCpuMs: number;
  readonly allowMegabytesPerSecond: number;
  readonly paste: Spread;
  readonly edit: Spread | undefined;
  /** Replacing one file and asking again. */
  readonly replace: Spread;
  readonly statedBytes: number;
  /** Growth of the heap and of array buffers by one index, after garbage was collected. */
  readonly measuredBytes: number;
  readonly serializedBytes: number;
  readonly serializeMs: number;
  readonly loadMs: number;
}

export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  readonly of: number;
}

/** What to measure on: a share of a split's corpus, or so many lines of all packages when `scale` is given. */
export interface SpeedTask {
  readonly bundle: string;
  readonly split: Split;
  readonly lines: number;
  readonly seed: string;
  /** Lines to take of the corpus; all when absent. */
  readonly take?: number;
  readonly scale?: number;
}

/** Measures in a process of its own, so that nothing is warm that should be cold. */
export async function measureSpeed(task: SpeedTask): Promise<Speed> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--expose-gc',
      '--max-old-space-size=16000',
      '--import',
      'tsx',
      fileURLToPath(new URL('speedProcess.ts', import.meta.url)),
      JSON.stringify(task),
    ],
    { maxBuffer: 1 << 24 },
  );
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)) as Speed;
}
