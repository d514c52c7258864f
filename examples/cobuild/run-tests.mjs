// Runs the tests of all three languages: `node run-tests.mjs`, or one of `ts`, `py`, `cpp` after it.
// TypeScript is bundled by esbuild, found beside this project or above it. A language whose tool is missing is skipped,
// and that is said. Exit code 1 tells that something failed, 3 that something was skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const asked = process.argv.slice(2);
const build = mkdtempSync(join(tmpdir(), 'tideway-'));

const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0;
const has = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

async function typescript() {
  const tests = ['orchestrator', 'dashboard'].flatMap((part) =>
    readdirSync(join(root, part, 'test'))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => join(root, part, 'test', name)),
  );
  let esbuild;
  try {
    esbuild = createRequire(join(root, 'package.json'))('esbuild');
  } catch {
    return 'skipped: esbuild was not found; run npm install in the repository around this folder';
  }
  await esbuild.build({
    entryPoints: tests,
    outdir: build,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const bundles = tests.map((test) => join(build, relative(root, test)).replace(/\.ts$/, '.mjs'));
  return run(process.execPath, ['--enable-source-maps', '--test', ...bundles.map((file) => existing(file))]) ? 'passed' : 'failed';
}

// esbuild drops the folders that all entry points share, so the bundle may lie higher than its source.
function existing(file) {
  if (!existsSync(file)) throw new Error(`the bundle ${file} was not written`);
  return file;
}

function python() {
  const command = ['python3', 'python'].find(has);
  if (command === undefined) return 'skipped: python3 was not found';
  return run(command, ['-B', '-m', 'unittest', 'discover', '-s', 'planning/tests', '-t', '.']) ? 'passed' : 'failed';
}

function cpp() {
  if (!has('g++') || !has('make')) return 'skipped: g++ and make are needed';
  return run('make', ['--silent', 'test', `BUILD=${build}/cpp`]) ? 'passed' : 'failed';
}

const languages = { ts: typescript, py: python, cpp };
const chosen = asked.length > 0 ? asked : Object.keys(languages);
const results = {};
try {
  for (const name of chosen) {
    if (!(name in languages)) throw new Error(`"${name}" is none of ts, py, cpp`);
    results[name] = await languages[name]();
  }
} finally {
  rmSync(build, { recursive: true, force: true });
}
for (const [name, result] of Object.entries(results)) console.log(`${name}: ${result}`);
const outcomes = Object.values(results);
process.exitCode = outcomes.includes('failed') ? 1 : outcomes.some((result) => result.startsWith('skipped')) ? 3 : 0;
