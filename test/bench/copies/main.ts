/** Runs the copies benchmark by itself, without the table of all benchmarks: `npx tsx test/bench/copies/main.ts --quick`. */
import { runCopiesBenchmark } from './benchmark.js';
import { readOptions } from './Options.js';

await runCopiesBenchmark(readOptions(process.argv.slice(2)));
