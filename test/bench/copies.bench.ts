import { runCopiesBenchmark } from './copies/benchmark.js';
import { readOptions } from './copies/Options.js';
import type { Bench } from './Row.js';

/** How well copies are recognised, how fast, and what other tools do with the same pastes. */
const bench: Bench = { name: 'copies', run: () => runCopiesBenchmark(readOptions(process.argv.slice(2))) };

export default bench;
