import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Corpus, LineRange } from './Corpus.js';
import { cacheFolder } from './fetchPackages.js';
import { extensionOf } from './Language.js';
import { drawNegatives, type Negative } from './negatives.js';
import { Oracle } from './Oracle.js';
import { Random } from './random.js';
import { scan } from './scan.js';
import { buckets, drawSnippets } from './snippets.js';
import type { SourceFile } from './SourceFile.js';
import type { Job } from './transform/Transformation.js';
import { transformations } from './transform/transformations.js';

/** A piece of restricted code as it is pasted. */
export interface Positive {
  readonly transformation: string;
  readonly bucket: string;
  /** Id of the restricted file, and the first line, 1-based, it was taken from. */
  readonly source: string;
  readonly line: number;
  readonly path: string;
  /** The piece alone. */
  readonly text: string;
  /** The piece within a larger file that has nothing to do with it; its lines there, 1-based. */
  readonly host: { readonly text: string; readonly startLine: number; readonly endLine: number };
  /** Other restricted files in which at least half of the piece's lines stand too: naming one of them is right. */
  readonly twins: readonly string[];
}

export interface TestSet {
  readonly positives: readonly Positive[];
  readonly negatives: readonly Negative[];
  readonly realCopiesLeftOut: number;
}

/** Makes the pastes, or takes them from the cache: the same corpus, seed and sizes give the same pastes. */
export async function makeTestSet(
  corpus: Corpus,
  options: { seed: string; label: string; perCell: number; negatives: number },
): Promise<TestSet> {
  const folder = join(cacheFolder(), 'pastes');
  const fingerprint = createHash('sha256');
  for (const file of [...corpus.restricted, ...corpus.open, ...corpus.held, ...corpus.strangers])
    fingerprint.update(file.id).update(String(file.text.length));
  for (const source of sourcesOfThisBenchmark()) fingerprint.update(readFileSync(source));
  fingerprint.update(JSON.stringify(options));
  const path = join(folder, `${options.label}-${fingerprint.digest('hex').slice(0, 16)}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as TestSet;

  process.stderr.write('Making the pastes …\n');
  const oracle = new Oracle(corpus.restricted, corpus.open);
  const positives: Positive[] = [];
  const hosts = new Map<string, SourceFile[]>();
  for (const file of [...corpus.strangers, ...corpus.open])
    hosts.set(file.language, [...(hosts.get(file.language) ?? []), file]);
  const anyHost = corpus.strangers;
  for (const bucket of buckets) {
    const ranges = drawSnippets(corpus, oracle, bucket, options.perCell, new Random(`${options.seed}/${bucket.name}`));
    const twins = ranges.map((range) => twinsOf(range, oracle));
    for (const transformation of transformations) {
      const jobs = ranges.map((range, at): Job => {
        const random = new Random(`${options.seed}/${transformation.name}/${bucket.name}/${at}`);
        return { range, random, stranger: random.pick(hosts.get(range.file.language) ?? anyHost) };
      });
      const texts = await transformation.apply(jobs);
      for (const [at, text] of texts.entries()) {
        const job = jobs[at];
        if (text === undefined || job === undefined) continue;
        positives.push({
          transformation: transformation.name,
          bucket: bucket.name,
          source: job.range.file.id,
          line: job.range.start + 1,
          path: `src/pasted.${extensionOf(job.range.file.path)}`,
          text,
          host: inHost(text, job),
          twins: twins[at] ?? [],
        });
      }
    }
  }
  const negatives = drawNegatives(corpus, oracle, options.negatives, new Random(`${options.seed}/negatives`));
  const set: TestSet = { positives, negatives: negatives.kept, realCopiesLeftOut: negatives.realCopies };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, JSON.stringify(set));
  return set;
}

function sourcesOfThisBenchmark(): string[] {
  const root = dirname(fileURLToPath(import.meta.url));
  const making = [
    'scan.ts',
    'lineFacts.ts',
    'keywords.ts',
    'Oracle.ts',
    'boilerplate.ts',
    'snippets.ts',
    'negatives.ts',
    'idioms.ts',
    'TestSet.ts',
  ];
  return [
    ...making.map((name) => join(root, name)),
    ...readdirSync(join(root, 'transform'))
      .sort()
      .map((name) => join(root, 'transform', name)),
  ];
}

function twinsOf(range: LineRange, oracle: Oracle): string[] {
  return oracle.holdersOfHalf(range).filter((id) => id !== range.file.id);
}

/** The piece between two lines of a file that has nothing to do with it, where neither comment nor string is open. */
function inHost(text: string, { stranger, random }: Job): Positive['host'] {
  const places = stranger === undefined ? [] : seams(stranger);
  const from = places.length > 0 ? random.pick(places.slice(0, Math.ceil(places.length / 2))) : 0;
  const size = random.between(80, 300);
  const within = places.filter((place) => place >= from && place <= from + size);
  const at = within.length > 0 ? random.pick(within) : from;
  const lines = stranger?.lines ?? [];
  const before = lines.slice(from, at);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    text: [...before, text, ...lines.slice(at, from + size)].join(eol),
    startLine: before.length + 1,
    endLine: before.length + text.split('\n').length,
  };
}

const seamsOf = new WeakMap<SourceFile, number[]>();

/** Lines before which something can be pasted: no token but space goes over the line's start. */
function seams(file: SourceFile): number[] {
  const known = seamsOf.get(file);
  if (known !== undefined) return known;
  const tokens = scan(file.text, file.language);
  const result: number[] = [];
  let token = 0;
  let offset = 0;
  for (const [line, text] of file.lines.entries()) {
    while ((tokens[token]?.end ?? Infinity) <= offset) token++;
    const over = tokens[token];
    const isOpen = over !== undefined && over.start < offset && over.kind !== 'space';
    if (!isOpen && !file.lines[line - 1]?.endsWith('\\')) result.push(line);
    offset += text.length + 1;
  }
  seamsOf.set(file, result);
  return result;
}
