/** `devterms check` as whole processes: what is staged in a large repository, and whole trees of real code beside jscpd. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from './copies/fetchPackages.js';
import { largeCorpus } from './copies/largeCorpus.js';
import type { Bench, Row } from './Row.js';

const ROOT = join(import.meta.dirname, '../..');
/** Lines of real code, in the trees that show how it grows. */
const SIZES = [250_000, 500_000, 1_000_000, 2_000_000];
const FILES = 100_000;
const STAGED = 20;
/** Code that stands nowhere else in the tree. */
const COVERED = 'camera/dispatcher.ts';
const RUNS = 7;
/** The tree that jscpd gets as well, in lines, and how often each has its turn. */
const COMPARED = 1_000_000;
const TURNS = 3;

const POLICY = `version: 1
agreement: {id: B-1, title: Bench, contact: desk@helio.example}
parties: [{id: helio, name: Helio}, {id: north, name: Northlight}]
teams: [{id: helio-dev, party: helio, members: [ana@helio.example]}, {id: north-dev, party: north, members: [nia@north.example]}]
assets: [{id: camera, owner: north, paths: ["camera/**"]}]
`;

interface Run {
  readonly seconds: number;
  readonly code: number;
  /** The most that the process and all it started had in memory at once, in MB; 0 where that cannot be seen. */
  readonly megabytes: number;
}

/** How often memory is looked at (ms). */
const EVERY_MS = 20;

/** Runs a program to its end and reports its time and, where /proc tells, its peak memory with its children. */
function timed(cwd: string, command: string, args: readonly string[], cache: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd, stdio: 'ignore', env: { ...process.env, XDG_CACHE_HOME: cache } });
    let peak = 0;
    const poll = setInterval(() => {
      peak = Math.max(peak, kilobytesOf(child.pid) / 1024);
    }, EVERY_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(poll);
      resolve({ seconds: (performance.now() - started) / 1000, code: code ?? -1, megabytes: peak });
    });
  });
}

/** The resident size of a process, its threads counted, and of all it started; jscpd is a program that another one starts. */
function kilobytesOf(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
        .split(' ')
        .filter((id) => id !== ''),
    );
    return children.reduce((sum, child) => sum + kilobytesOf(Number(child)), own);
  } catch {
    // It has ended meanwhile, or this is no Linux.
    return 0;
  }
}

/** The run, when it ended as it should: what fails at once is fast. */
function ended(run: Run, what: string, ...codes: readonly number[]): Run {
  if (codes.includes(run.code)) return run;
  throw new Error(`${what} ended with ${run.code}.`);
}

/** The run in the middle, by time. */
const median = (runs: readonly Run[]): Run => [...runs].sort((a, b) => a.seconds - b.seconds)[runs.length >> 1] ?? NONE;
const NONE: Run = { seconds: NaN, code: -1, megabytes: 0 };

/** The program as it is shipped. */
function built(): string {
  execFileSync(process.execPath, ['esbuild.mjs'], { cwd: ROOT, stdio: 'ignore' });
  return join(ROOT, 'dist/cli.js');
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function stagedRows(top: string, cli: string): Promise<Row[]> {
  const root = join(top, 'staged');
  const sources = await largeCorpus(300_000, 'check');
  write(root, 'developer-terms.yaml', POLICY);
  for (let at = 0; at < FILES; at++) {
    const source = sources[at % sources.length];
    const from = (Math.floor(at / sources.length) * 20) % Math.max(1, (source?.lines.length ?? 20) - 20);
    const folder = `${at % 50 === 0 ? 'camera' : 'src'}/d${at % 500}/e${at % 17}`;
    write(root, `${folder}/f${at}.ts`, `${source?.lines.slice(from, from + 20).join('\n') ?? ''}\n`);
  }
  write(root, COVERED, readFileSync(join(ROOT, 'examples/cobuild/orchestrator/src/dispatcher.ts'), 'utf8'));
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  git('init', '-q');
  git('config', 'user.email', 'ana@helio.example');
  git('config', 'user.name', 'Ana');
  git('add', '-A');
  git('commit', '-q', '--no-verify', '-m', 'Start');
  const place = (at: number): string => `src/d${at}/e${at % 17}/f${at}.ts`;
  const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
  // Real code from elsewhere in the tree, behind an import, as a day's work is.
  for (let at = 1; at <= STAGED; at++)
    write(root, place(at), `import { a } from '../e${(at + 3) % 17}/f${at + 3}.js';\n${textOf(place(at + 100))}`);
  git('add', '-A');
  const cache = join(top, 'cache');
  const check = async (code: number): Promise<Run> =>
    ended(await timed(root, process.execPath, [cli, 'check', '--staged', '--quiet'], cache), 'check --staged', code);
  const first = await check(0);
  const starts: Run[] = [];
  const bare: Run[] = [];
  const runs: Run[] = [];
  for (let run = 0; run < RUNS; run++) {
    runs.push(await check(0));
    starts.push(await timed(root, process.execPath, [cli, '--version'], cache));
    bare.push(await timed(root, process.execPath, ['-e', '0'], cache));
  }
  // A covered file in one of them, so that the large part of the index is needed.
  write(root, place(1), textOf(COVERED));
  git('add', '-A');
  const copied: Run[] = [];
  for (let run = 0; run < 3; run++) copied.push(await check(1));
  const ms = (found: readonly Run[]): string => `${(median(found).seconds * 1000).toFixed(0)} ms`;
  const size = (found: readonly Run[]): string => `${median(found).megabytes.toFixed(0)} MB`;
  return [
    {
      measure: `check --staged, ${STAGED} of ${FILES.toLocaleString('en-US')} files, with imports`,
      value: `${ms(runs)}, ${size(runs)}`,
      aim: '< 300 ms',
    },
    { measure: 'the same where one file repeats covered code', value: `${ms(copied)}, ${size(copied)}` },
    { measure: 'the first time, index made', value: `${first.seconds.toFixed(1)} s, ${size([first])}` },
    { measure: 'devterms --version', value: ms(starts), aim: '< 80 ms', peer: `node alone: ${ms(bare)}` },
  ];
}

/** A tree of so many lines, and beside one of them what jscpd does with the same tree, in turns. */
async function treeRow(top: string, cli: string, lines: number): Promise<Row & { readonly seconds: number }> {
  const root = join(top, `tree${lines}`);
  const files = await largeCorpus(lines, 'check');
  let bytes = 0;
  write(root, 'developer-terms.yaml', POLICY);
  files.forEach((file, at) => {
    // A fifth of the code is a partner's.
    write(
      root,
      `${at % 5 === 0 ? 'camera' : 'src'}/p${at % 100}/${at}-${file.path.split('/').at(-1) ?? ''}`,
      file.text,
    );
    bytes += Buffer.byteLength(file.text);
  });
  const size = bytes / 1e6;
  const jscpd = join(cacheFolder(), 'peers/node_modules/jscpd/run-jscpd.js');
  const isCompared = existsSync(jscpd) && lines === COMPARED;
  const own: Run[] = [];
  const theirs: Run[] = [];
  for (let run = 0; run < (isCompared ? TURNS : 1); run++) {
    const check = await timed(root, process.execPath, [cli, 'check', '--quiet'], join(top, 'cache'));
    own.push(ended(check, 'check', 0, 1));
    if (!isCompared) continue;
    // It would leave out files of more than 1 MB, which we read.
    const args = [jscpd, root, '--reporters', 'json', '--output', join(top, 'report')];
    args.push('--no-gitignore', '--silent', '--max-size', '20mb');
    theirs.push(ended(await timed(root, process.execPath, args, join(top, 'cache')), 'jscpd', 0));
  }
  const said = ({ seconds, megabytes }: Run): string =>
    `${seconds.toFixed(1)} s, ${(size / seconds).toFixed(1)} MB/s, ${megabytes.toFixed(0)} MB`;
  rmSync(root, { recursive: true, force: true });
  return {
    measure: `check, ${lines.toLocaleString('en-US')} lines, ${files.length.toLocaleString('en-US')} files, ${size.toFixed(0)} MB`,
    value: said(median(own)),
    seconds: median(own).seconds,
    aim: 'under 1 GB',
    ...(isCompared ? { peer: `jscpd 5: ${said(median(theirs))}` } : {}),
  };
}

const bench: Bench = {
  name: 'check',
  async run() {
    const top = mkdtempSync(join(tmpdir(), 'devterms-bench-'));
    try {
      const cli = built();
      const largest = process.argv.find((word) => word.startsWith('--lines='))?.slice('--lines='.length);
      const sizes = SIZES.filter((size) => size <= Number(largest ?? Infinity));
      const rows: Row[] = [];
      const seconds: number[] = [];
      for (const lines of sizes) {
        const { seconds: took, ...row } = await treeRow(top, cli, lines);
        seconds.push(took);
        rows.push(row);
      }
      const [least = 0, most = 0] = [sizes[0], sizes.at(-1)];
      if (most > least)
        rows.push({
          measure: `growth from ${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')} lines`,
          value: `${((seconds.at(-1) ?? NaN) / (seconds[0] ?? NaN)).toFixed(1)} times the time`,
          aim: `at most ${most / least} times`,
        });
      return process.argv.includes('--no-staged') ? rows : [...(await stagedRows(top, cli)), ...rows];
    } finally {
      rmSync(top, { recursive: true, force: true });
    }
  },
};

export default bench;
