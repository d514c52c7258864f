/** `devterms check` as whole processes: what is staged in a large repository, and whole trees of real code beside jscpd. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { cacheFolder } from './copies/fetchPackages.js';
import { largeCorpus } from './copies/largeCorpus.js';
import type { Bench, Row } from './Row.js';

const ROOT = join(import.meta.dirname, '../..');
/** Lines of real code, in the trees that show how it grows. */
const SIZES = [250_000, 500_000, 1_000_000, 2_000_000];
const FILES = 100_000;
const STAGED = 20;
const RUNS = 7;

const POLICY = `version: 1
agreement: {id: B-1, title: Bench, contact: desk@helio.example}
parties: [{id: helio, name: Helio}, {id: north, name: Northlight}]
teams: [{id: helio-dev, party: helio, members: [ana@helio.example]}, {id: north-dev, party: north, members: [nia@north.example]}]
assets: [{id: camera, owner: north, paths: ["camera/**"]}]
`;

interface Run {
  readonly seconds: number;
  readonly code: number;
  /** The largest resident size of the process itself, in MB; 0 where it cannot be seen. */
  readonly megabytes: number;
}

/** Runs a program to its end and reports its time and, where /proc tells, its peak memory. */
function timed(cwd: string, command: string, args: readonly string[], cache: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd, stdio: 'ignore', env: { ...process.env, XDG_CACHE_HOME: cache } });
    let peak = 0;
    const poll = setInterval(() => {
      peak = Math.max(peak, peakOf(child.pid));
    }, 50);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(poll);
      resolve({ seconds: (performance.now() - started) / 1000, code: code ?? -1, megabytes: peak });
    });
  });
}

function peakOf(pid: number | undefined): number {
  if (pid === undefined || !existsSync(`/proc/${pid}/status`)) return 0;
  try {
    const status = execFileSync('cat', [`/proc/${pid}/status`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const middle = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

async function bundled(folder: string): Promise<string> {
  await build({
    entryPoints: [join(ROOT, 'src/cli.ts')],
    outdir: folder,
    ...{ bundle: true, splitting: true, minify: true, format: 'esm', platform: 'neutral', target: 'node20' },
    mainFields: ['module', 'main'],
    conditions: ['browser', 'import'],
    external: ['node:*'],
    outExtension: { '.js': '.mjs' },
  });
  return join(folder, 'cli.mjs');
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
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  git('init', '-q');
  git('config', 'user.email', 'ana@helio.example');
  git('config', 'user.name', 'Ana');
  git('add', '-A');
  git('commit', '-q', '--no-verify', '-m', 'Start');
  for (let at = 1; at <= STAGED; at++)
    write(root, `src/d${at}/e${at % 17}/f${at}.ts`, `export const changed = ${at};\n`.repeat(12));
  git('add', '-A');
  const cache = join(top, 'cache');
  const first = await timed(root, process.execPath, [cli, 'check', '--staged', '--quiet'], cache);
  const runs: Run[] = [];
  const starts: Run[] = [];
  for (let run = 0; run < RUNS; run++) {
    runs.push(await timed(root, process.execPath, [cli, 'check', '--staged', '--quiet'], cache));
    starts.push(await timed(root, process.execPath, [cli, '--version'], cache));
  }
  const ms = (found: readonly Run[]): string => `${(middle(found.map(({ seconds }) => seconds)) * 1000).toFixed(0)} ms`;
  if (runs.some(({ code }) => code !== 0)) throw new Error('A staged check of the bench fails.');
  return [
    {
      measure: `check --staged, ${STAGED} of ${FILES.toLocaleString('en-US')} files`,
      value: ms(runs),
      aim: '< 300 ms',
    },
    { measure: 'the first time, index made', value: `${first.seconds.toFixed(1)} s` },
    { measure: 'devterms --version', value: ms(starts), aim: '< 80 ms' },
  ];
}

async function treeRow(top: string, cli: string, lines: number): Promise<Row> {
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
  const own = await timed(root, process.execPath, [cli, 'check', '--quiet'], join(top, 'cache'));
  const jscpd = join(cacheFolder(), 'peers/node_modules/jscpd/run-jscpd.js');
  const said = ({ seconds, megabytes }: Run): string =>
    `${seconds.toFixed(1)} s, ${(size / seconds).toFixed(1)} MB/s, ${megabytes.toFixed(0)} MB`;
  let peer: string | undefined;
  if (existsSync(jscpd) && lines === 1_000_000) {
    const args = [jscpd, root, '--reporters', 'json', '--output', join(top, 'report'), '--no-gitignore', '--silent'];
    peer = `jscpd 5: ${said(await timed(root, process.execPath, args, join(top, 'cache')))}`;
  }
  rmSync(root, { recursive: true, force: true });
  return {
    measure: `check, ${lines.toLocaleString('en-US')} lines, ${files.length.toLocaleString('en-US')} files, ${size.toFixed(0)} MB`,
    value: said(own),
    aim: 'under 1 GB',
    ...(peer === undefined ? {} : { peer }),
  };
}

const bench: Bench = {
  name: 'check',
  async run() {
    const top = mkdtempSync(join(tmpdir(), 'devterms-bench-'));
    try {
      const cli = await bundled(join(top, 'cli'));
      const largest = process.argv.find((word) => word.startsWith('--lines='))?.slice('--lines='.length);
      const rows: Row[] = [];
      for (const lines of SIZES.filter((size) => size <= Number(largest ?? Infinity)))
        rows.push(await treeRow(top, cli, lines));
      return process.argv.includes('--no-staged') ? rows : [...(await stagedRows(top, cli)), ...rows];
    } finally {
      rmSync(top, { recursive: true, force: true });
    }
  },
};

export default bench;
