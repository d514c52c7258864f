import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, fetchPackages, packageFolder } from './fetchPackages.js';
import { extensionOf, languageOf, type Language } from './Language.js';
import { lineFacts } from './lineFacts.js';
import { packages, type PinnedPackage, type Split } from './packages.js';
import { Random } from './random.js';
import { sourceFile, type SourceFile } from './SourceFile.js';

/** Lines of a file, 0-based, `end` exclusive. */
export interface LineRange {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

export interface Corpus {
  readonly restricted: readonly SourceFile[];
  readonly open: readonly SourceFile[];
  /** Files of the restricted packages that are not indexed: code of the same house style. */
  readonly held: readonly SourceFile[];
  readonly strangers: readonly SourceFile[];
  /** Pieces of open files that also stand in restricted ones. */
  readonly planted: readonly LineRange[];
  /** Ids of the restricted files that carry such a piece. */
  readonly plantedInto: ReadonlySet<string>;
  /** Packages that could not be fetched, with the reason. */
  readonly missing: readonly { spec: string; reason: string }[];
}

/** About how many lines of each language the restricted part has at full size; less where packages offer less. */
const shares: Readonly<Record<Language, number>> = {
  javascript: 370_000,
  typescript: 180_000,
  c: 300_000,
  objc: 60_000,
  java: 80_000,
  kotlin: 60_000,
  swift: 60_000,
  csharp: 60_000,
  python: 40_000,
  go: 16_000,
  rust: 60_000,
  php: 12_000,
  ruby: 20_000,
};

/**
 * The corpus of a split and a size, from the cache when it was laid out before, by these same sources.
 * See `layOutCorpus`.
 */
export async function buildCorpus(split: Split, lines: number, seed: string): Promise<Corpus> {
  const key = createHash('sha256').update(JSON.stringify([split, lines, seed]));
  const root = dirname(fileURLToPath(import.meta.url));
  for (const name of ['Corpus.ts', 'packages.ts', 'Language.ts', 'lineFacts.ts', 'scan.ts', 'random.ts'])
    key.update(readFileSync(join(root, name)));
  const path = join(cacheFolder(), 'corpora', `${split}-${lines}-${key.digest('hex').slice(0, 16)}.json`);
  if (existsSync(path)) return readCorpus(path);
  const corpus = await layOutCorpus(split, lines, seed);
  if (corpus.missing.length === 0) writeCorpus(path, corpus);
  return corpus;
}

/** A file as it is kept in the cache. */
type KeptFile = readonly [id: string, path: string, language: Language, text: string];

interface KeptCorpus {
  readonly parts: Readonly<Record<'restricted' | 'open' | 'held' | 'strangers', readonly KeptFile[]>>;
  readonly planted: readonly (readonly [open: number, start: number, end: number])[];
  readonly plantedInto: readonly string[];
}

function writeCorpus(path: string, corpus: Corpus): void {
  const keep = (files: readonly SourceFile[]): KeptFile[] =>
    files.map(({ id, path, language, text }) => [id, path, language, text]);
  const kept: KeptCorpus = {
    parts: {
      restricted: keep(corpus.restricted),
      open: keep(corpus.open),
      held: keep(corpus.held),
      strangers: keep(corpus.strangers),
    },
    planted: corpus.planted.map(({ file, start, end }) => [corpus.open.indexOf(file), start, end]),
    plantedInto: [...corpus.plantedInto],
  };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(kept));
}

function readCorpus(path: string): Corpus {
  const kept = JSON.parse(readFileSync(path, 'utf8')) as KeptCorpus;
  const files = (list: readonly KeptFile[]): SourceFile[] => list.map((file) => sourceFile(...file));
  const open = files(kept.parts.open);
  return {
    restricted: files(kept.parts.restricted),
    open,
    held: files(kept.parts.held),
    strangers: files(kept.parts.strangers),
    planted: kept.planted.map(([at, start, end]) => ({ file: open[at] as SourceFile, start, end })),
    plantedInto: new Set(kept.plantedInto),
    missing: [],
  };
}

/**
 * Fetches the split's packages and lays out the corpus. `lines` is the size of the restricted part; the open and the
 * stranger part have about a third of it each. The same seed, split and size give the same corpus.
 */
async function layOutCorpus(split: Split, lines: number, seed: string): Promise<Corpus> {
  const wanted = packages.filter((entry) => entry.split === split);
  const missing = await fetchPackages(wanted.map((entry) => entry.spec));
  const scale = lines / 1_200_000;
  const random = new Random(`${seed}/${split}/corpus`);
  const seenLines = new Set<string>();

  const gather = (role: PinnedPackage['role'], factor: number): SourceFile[] => {
    const byLanguage = new Map<Language, { entry: PinnedPackage; path: string }[]>();
    for (const entry of wanted.filter((candidate) => candidate.role === role)) {
      for (const path of sourcePaths(entry)) {
        const language = languageOf(path);
        if (language === undefined || (entry.languages && !entry.languages.includes(language))) continue;
        byLanguage.set(language, [...(byLanguage.get(language) ?? []), { entry, path }]);
      }
    }
    const result: SourceFile[] = [];
    for (const language of [...byLanguage.keys()].sort()) {
      let left = shares[language] * scale * factor;
      for (const { entry, path } of random.shuffled(byLanguage.get(language) ?? [])) {
        if (left <= 0) break;
        const file = readSource(entry, path, language);
        if (file === undefined || isMostlySeen(file, seenLines)) continue;
        result.push(file);
        left -= file.lines.length;
      }
    }
    return result;
  };

  const open = gather('open', 0.33);
  const own = gather('restricted', 1.04);
  const held: SourceFile[] = [];
  const restricted: SourceFile[] = [];
  for (const file of own) (random.chance(0.04) ? held : restricted).push(file);
  // Small corpora need strangers too, or a few files would speak for a whole kind of paste.
  const strangers = gather('stranger', Math.max(0.33, 0.22 / scale));
  return { ...plant(restricted, open, random), open, held, strangers, missing };
}

/** Every file of every package, in an order that depends on the seed alone. */
export async function everySource(seed: string): Promise<SourceFile[]> {
  await fetchPackages(packages.map((entry) => entry.spec));
  const files = packages.flatMap((entry) =>
    sourcePaths(entry).flatMap((path) => {
      const language = languageOf(path);
      if (language === undefined || (entry.languages && !entry.languages.includes(language))) return [];
      return readSource(entry, path, language) ?? [];
    }),
  );
  return new Random(`${seed}/every`).shuffled(files);
}

function sourcePaths(entry: PinnedPackage): string[] {
  const root = packageFolder(entry.spec);
  const without = (entry.without ?? []).map((folder) => join(root, folder));
  const found: string[] = [];
  const walk = (folder: string): void => {
    if (!existsSync(folder) || without.includes(folder)) return;
    for (const item of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, item.name);
      if (item.isDirectory() && item.name !== 'node_modules') walk(path);
      else if (item.isFile()) found.push(path.slice(root.length + 1));
    }
  };
  for (const folder of entry.folders ?? ['']) walk(join(root, folder));
  return found;
}

function readSource(entry: PinnedPackage, path: string, language: Language): SourceFile | undefined {
  const full = join(packageFolder(entry.spec), path);
  const size = statSync(full).size;
  if (size < 400 || size > 400_000) return undefined;
  const text = readFileSync(full, 'utf8');
  if (text.includes('\u0000') || text.includes('\ufffd')) return undefined;
  const file = sourceFile(`${entry.spec}/${path}`, path, language, text);
  if (file.lines.length < 12 || size / file.lines.length > 120) return undefined;
  return file;
}

/** Packages ship several builds of one source; a repository does not keep those, so a file is taken once. */
function isMostlySeen(file: SourceFile, seen: Set<string>): boolean {
  const normals = lineFacts(file)
    .filter((fact) => fact.substantial)
    .map((fact) => fact.normal);
  const known = normals.filter((normal) => seen.has(normal)).length;
  for (const normal of normals) seen.add(normal);
  return normals.length < 5 || known > normals.length * 0.7;
}

/** Writes pieces of open files into some of the restricted ones: borrowed code that nobody may be stopped for using. */
function plant(
  files: readonly SourceFile[],
  open: readonly SourceFile[],
  random: Random,
): Pick<Corpus, 'restricted' | 'planted' | 'plantedInto'> {
  const restricted = [...files];
  const planted: LineRange[] = [];
  const plantedInto = new Set<string>();
  const count = Math.min(300, Math.floor(files.length / 10));
  for (let tries = 0; planted.length < count && tries < count * 10; tries++) {
    const source = random.pick(open);
    const hosts = restricted.filter(
      (file) => extensionOf(file.path) === extensionOf(source.path) && !plantedInto.has(file.id),
    );
    if (hosts.length === 0 || source.lines.length < 40) continue;
    const length = random.between(12, 40);
    // A piece begins where a statement does: the middle of an import list would be no import any more.
    const starts = source.lines.flatMap((line, at) =>
      at > 0 && /^\s*$/.test(source.lines[at - 1] ?? '') && /^\S/.test(line) ? [at] : [],
    );
    if (starts.length === 0) continue;
    const start = random.pick(starts);
    const end = Math.min(source.lines.length, start + length);
    if (
      lineFacts(source)
        .slice(start, end)
        .filter((fact) => fact.substantial).length < 6
    )
      continue;
    const host = random.pick(hosts);
    const at = random.between(0, host.lines.length);
    const lines = [...host.lines.slice(0, at), ...source.lines.slice(start, end), ...host.lines.slice(at)];
    restricted[restricted.indexOf(host)] = sourceFile(host.id, host.path, host.language, lines.join('\n'));
    planted.push({ file: source, start, end });
    plantedInto.add(host.id);
  }
  return { restricted, planted, plantedInto };
}
