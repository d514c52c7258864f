/** Measures build, questions, edits and loading; prints one line of JSON. Started by `measureSpeed`. */
import { buildCorpus } from './Corpus.js';
import { benchmarkKey, loadEngine, type Engine, type Index } from './engine.js';
import { largeCorpus } from './largeCorpus.js';
import { Random } from './random.js';
import type { Speed, SpeedTask, Spread } from './speed.js';
import type { SourceFile } from './SourceFile.js';

const { bundle, split, lines, seed, take, scale } = JSON.parse(process.argv[2] ?? '{}') as SpeedTask;
const random = new Random(`${seed}/speed`);
const engine = await loadEngine(bundle);
const corpus = await buildCorpus(split, lines, seed);
const files =
  scale === undefined ? enough(random.shuffled(corpus.restricted), take ?? 0) : await largeCorpus(scale, seed);
const size = files.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0);
const strangers = corpus.strangers.filter((file) => file.lines.length >= 260);

function enough(all: readonly SourceFile[], wanted: number): SourceFile[] {
  const chosen: SourceFile[] = [];
  let total = 0;
  for (const file of all) {
    if (wanted > 0 && total >= wanted) break;
    chosen.push(file);
    total += file.lines.length;
  }
  return chosen;
}

function build(makers: Engine): Index {
  const index = makers.createCopyIndex({ key: benchmarkKey });
  for (const file of files) index.add(file);
  index.query({ path: 'src/a.ts', text: 'const a = 1;' });
  return index;
}

function timed<T>(work: () => T): { ms: number; cpuMs: number; result: T } {
  const used = process.cpuUsage();
  const start = performance.now();
  const result = work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  return { ms, cpuMs: (user + system) / 1000, result };
}

/** The shortest of three runs, so that other processes on the machine do not count. */
function undisturbed(work: () => unknown): number {
  let best = Infinity;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function spread(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), worst: at(1), of: sorted.length };
}

function collected(): number {
  global.gc?.();
  global.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** 200 lines of one file in two from the restricted code, else of code that has nothing to do with it. */
function pastes(count: number): { path: string; text: string }[] {
  const long = files.filter((file) => file.lines.length >= 200);
  return Array.from({ length: count }, (_, at) => {
    const file = random.pick(at % 2 === 0 && long.length > 0 ? long : strangers);
    const start = random.between(0, file.lines.length - 200);
    return { path: file.path, text: file.lines.slice(start, start + 200).join('\n') };
  });
}

const before = collected();
const cold = timed(() => build(engine));
let index = cold.result;
const after = collected();
const warm = [1, 2].map(() => {
  const again = timed(() => build(engine));
  index = again.result;
  return again;
});

const openSize = corpus.open.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0);
const allowing = timed(() => {
  for (const file of corpus.open) index.allow(file);
});

for (const paste of pastes(60)) index.query(paste);
const pasteTimes = pastes(1500).map((paste) => undisturbed(() => index.query(paste)));

/** Three lines of a followed document are replaced by three others, now of restricted code, now of the document's own. */
function editTimes(): Spread | undefined {
  if (typeof engine.FollowedDocument !== 'function') return undefined;
  const times: number[] = [];
  for (let round = 0; round < 60; round++) {
    const file = random.pick(strangers);
    const document = new engine.FollowedDocument(index, { path: file.path, text: file.text });
    for (let edit = 0; edit < 25; edit++) {
      const line = random.between(1, file.lines.length - 3);
      const source = random.chance(0.5) ? file : random.pick(files);
      const from = random.between(0, Math.max(0, source.lines.length - 3));
      const text = source.lines.slice(from, from + 3).join('\n');
      const end = { line: line + 2, column: 10_000 };
      times.push(timed(() => document.change({ start: { line, column: 1 }, end }, text)).ms);
    }
  }
  return spread(times.slice(100));
}
const edit = editTimes();

const replaceTimes = Array.from({ length: 60 }, () => {
  const file = random.pick(files);
  return timed(() => {
    index.add({ ...file, text: `${file.text}\nlet changed = ${random.between(1, 999)};\n` });
    index.query({ path: 'src/a.ts', text: 'const a = 1;' });
  }).ms;
});

const serialized = timed(() => index.serialize());
const load = Math.min(
  ...[1, 2, 3].map(
    () => timed(() => engine.CopyIndex.from(serialized.result).query({ path: 'src/a.ts', text: 'const a = 1;' })).ms,
  ),
);

const speed: Speed = {
  lines: files.reduce((sum, file) => sum + file.lines.length, 0),
  megabytes: size / 1e6,
  coldMs: cold.ms,
  warmMs: Math.min(...warm.map(({ ms }) => ms)),
  coldCpuMs: cold.cpuMs,
  warmCpuMs: Math.min(...warm.map(({ cpuMs }) => cpuMs)),
  allowMegabytesPerSecond: openSize / 1e3 / allowing.ms,
  paste: spread(pasteTimes),
  edit,
  replace: spread(replaceTimes.slice(10)),
  statedBytes: index.stats.bytes,
  measuredBytes: after - before,
  serializedBytes: serialized.result.length,
  serializeMs: serialized.ms,
  loadMs: load,
};
process.stdout.write(`\n${JSON.stringify(speed)}\n`);
