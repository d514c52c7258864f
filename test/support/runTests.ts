/**
 * Runs the tests, says at the end once more what failed, and ends with one line, `N passed, N failed`; exits 1 when any failed.
 *
 *   runTests.ts [unit] [suites[:NAME]] [person] [--oldest]     all three on the newest VS Code unless said otherwise
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSuites } from '../editor/runSuites.js';
import { VERSION } from './install/Flavour.js';
import { SetUpError } from './install/SetUpError.js';
import { brokenOff, sumOf, type Tally } from './Tally.js';

const ROOT = join(import.meta.dirname, '../..');
const words = process.argv.slice(2);
if (words.includes('--oldest')) process.env['DEVTERMS_VSCODE'] = 'oldest';
const wanted = words.filter((word) => !word.startsWith('--')).map((word) => word.split(':')[0]);
const only = words.find((word) => word.startsWith('suites:'))?.slice('suites:'.length);
const wants = (part: string) => wanted.length === 0 || wanted.includes(part);
const on = `VS Code ${VERSION[words.includes('--oldest') ? 'oldest' : 'newest']}`;

const tallies: Tally[] = [];
// Each alone leaves a second core idle.
const [unit, suites] = await Promise.all([
  wants('unit') ? part('Unit tests', () => mocha({ live: !wants('suites') })) : undefined,
  wants('suites') ? part(`Suites inside the extension host, ${on}`, () => runSuites(only)) : undefined,
]);
tallies.push(...[unit, suites].filter((tally) => tally !== undefined));
if (wants('person'))
  tallies.push(
    await part(`Tests as a person would, ${on}`, () => mocha({ live: true }, '--config', 'test/editor/.mocharc.json')),
  );

const { passed, failed, failures } = sumOf(tallies);
process.exitCode = failed === 0 ? 0 : 1;
// Where it is printed first, hundreds of lines may follow, and who keeps a log may have kept the last ones alone.
if (failures.length > 0) console.log('\n== What failed');
for (const { title, error } of failures) console.log(`  ✖ ${title}\n${error.replace(/^/gm, '      ')}`);
console.log(`${passed} passed, ${failed} failed`);

/** Runs one part; what keeps it from running at all counts as one failure, and the other parts still run. */
async function part(title: string, run: () => Promise<Tally>): Promise<Tally> {
  console.log(`\n== ${title}`);
  try {
    return await run();
  } catch (error) {
    console.error(error instanceof SetUpError ? error.message : error);
    return brokenOff(title, error instanceof Error ? error.message : String(error));
  }
}

/** Runs mocha in a process of its own. What it prints is shown as it comes when `live`, else when it has ended. */
async function mocha({ live }: { readonly live: boolean }, ...args: string[]): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'developer-terms-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const code = await new Promise<number>((resolve) => {
      const child = spawn(
        process.execPath,
        [join(ROOT, 'node_modules/mocha/bin/mocha.js'), '--reporter', 'test/support/TallyReporter.mjs', ...args],
        {
          cwd: ROOT,
          stdio: live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
          env: { ...process.env, DEVTERMS_TALLY: file },
        },
      );
      const printed: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => printed.push(piece));
      child.on('error', () => resolve(1));
      child.on('close', (status) => {
        process.stdout.write(Buffer.concat(printed));
        resolve(status ?? 1);
      });
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
