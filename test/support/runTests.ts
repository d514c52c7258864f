/**
 * Runs the tests and ends with one line, `N passed, N failed`; exits 1 when any failed.
 *
 *   runTests.ts [unit] [suites] [person] [--oldest]     all three on the newest VS Code unless said otherwise
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSuites } from '../editor/runSuites.js';
import { VERSION } from './install/Flavour.js';
import { SetUpError } from './install/SetUpError.js';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const ROOT = join(import.meta.dirname, '../..');
const words = process.argv.slice(2);
if (words.includes('--oldest')) process.env['DEVTERMS_VSCODE'] = 'oldest';
const wanted = words.filter((word) => !word.startsWith('--'));
const wants = (part: string) => wanted.length === 0 || wanted.includes(part);
const on = `VS Code ${VERSION[words.includes('--oldest') ? 'oldest' : 'newest']}`;

const tallies: Tally[] = [];
if (wants('unit')) tallies.push(await part('Unit tests', () => mocha()));
if (wants('suites')) tallies.push(await part(`Suites inside the extension host, ${on}`, () => runSuites()));
if (wants('person'))
  tallies.push(await part(`Tests as a person would, ${on}`, () => mocha('--config', 'test/editor/.mocharc.json')));

const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
process.exitCode = sum('failed') === 0 ? 0 : 1;
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);

/** Runs one part; what keeps it from running at all counts as one failure, and the other parts still run. */
async function part(title: string, run: () => Promise<Tally>): Promise<Tally> {
  console.log(`\n== ${title}`);
  try {
    return await run();
  } catch (error) {
    console.error(error instanceof SetUpError ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

async function mocha(...args: string[]): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'developer-terms-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const code = await new Promise<number>((resolve) => {
      const child = spawn(
        process.execPath,
        [join(ROOT, 'node_modules/mocha/bin/mocha.js'), '--reporter', 'test/support/TallyReporter.mjs', ...args],
        { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DEVTERMS_TALLY: file } },
      );
      child.on('error', () => resolve(1));
      child.on('close', (status) => resolve(status ?? 1));
    });
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) throw new SetUpError(`mocha ended with code ${code} before its tests did.`);
    const tally = JSON.parse(text) as Tally;
    // A run that fails without a failed test (an error after the last one) must not count as passed.
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
