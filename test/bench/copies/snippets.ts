import { boilerplateOf } from './boilerplate.js';
import type { Corpus, LineRange } from './Corpus.js';
import type { Language } from './Language.js';
import { lineFacts } from './lineFacts.js';
import type { Oracle } from './Oracle.js';
import type { Random } from './random.js';
import type { SourceFile } from './SourceFile.js';

/** Lengths are counted in lines that are neither blank nor only a comment. */
export const buckets = [
  { name: '6–9', low: 6, high: 9 },
  { name: '10–19', low: 10, high: 19 },
  { name: '20–39', low: 20, high: 39 },
  { name: '40–60', low: 40, high: 60 },
] as const;

export type Bucket = (typeof buckets)[number];

/**
 * Draws pieces of restricted code that a partner would call theirs: whole lines, languages by the square root of their
 * share, so that the small ones count. Left out is what the index has to keep silent on anyway: boilerplate, lines
 * that open code has too, lines that stand in more than 8 files, and tables of data.
 */
export function drawSnippets(
  corpus: Corpus,
  oracle: Oracle,
  bucket: Bucket,
  count: number,
  random: Random,
): LineRange[] {
  const byLanguage = groupByLanguage(corpus.restricted.filter((file) => !corpus.plantedInto.has(file.id)));
  const pickFile = filePicker(byLanguage, random);
  const result: LineRange[] = [];
  for (let tries = 0; result.length < count && tries < count * 200; tries++) {
    const file = pickFile();
    const range = cut(file, random.between(0, file.lines.length - 1), random.between(bucket.low, bucket.high));
    if (range !== undefined && isTelling(range, oracle)) result.push(range);
  }
  return result;
}

export function groupByLanguage(files: readonly SourceFile[]): Map<Language, SourceFile[]> {
  const groups = new Map<Language, SourceFile[]>();
  for (const file of files) groups.set(file.language, [...(groups.get(file.language) ?? []), file]);
  return groups;
}

/** Picks a language by the square root of its lines, then a file by its lines. */
export function filePicker(groups: ReadonlyMap<Language, readonly SourceFile[]>, random: Random): () => SourceFile {
  const languages = [...groups].map(([, files]) => {
    let total = 0;
    const ends = files.map((file) => (total += file.lines.length));
    return { files, ends, total, weight: Math.sqrt(total) };
  });
  const all = languages.reduce((sum, language) => sum + language.weight, 0);
  return () => {
    let ticket = random.next() * all;
    const language = languages.find((candidate) => (ticket -= candidate.weight) < 0) ?? languages[0];
    if (language === undefined) throw new Error('The corpus is empty.');
    const line = random.next() * language.total;
    const at = language.ends.findIndex((end) => end > line);
    return language.files[Math.max(0, at)] as SourceFile;
  };
}

/** Lines from `start` on until `size` of them are code; undefined when the file ends or comments prevail. */
export function cut(file: SourceFile, start: number, size: number): LineRange | undefined {
  const facts = lineFacts(file);
  while (start < facts.length && facts[start]?.code !== true) start++;
  let code = 0;
  for (let at = start; at < facts.length && at < start + size * 2 + 4; at++) {
    if (facts[at]?.code === true && ++code === size) return { file, start, end: at + 1 };
  }
  return undefined;
}

function isTelling({ file, start, end }: LineRange, oracle: Oracle): boolean {
  if (boilerplateOf(file, start, end) !== undefined) return false;
  const code = lineFacts(file)
    .slice(start, end)
    .filter((fact) => fact.code);
  const substantial = code.filter((fact) => fact.substantial);
  if (substantial.length < code.length * 0.5 || substantial.length < 4) return false;
  if (new Set(substantial.map((fact) => fact.normal)).size < substantial.length * 0.75) return false;
  if (sameBeginning(substantial.map((fact) => fact.normal)) > substantial.length * 0.6) return false;
  if (code.filter((fact) => fact.imports).length > code.length * 0.15) return false;
  const common = substantial.filter((fact) => oracle.isOpenLine(fact.normal) || oracle.filesWith(fact.normal) > 8);
  if (common.length > substantial.length * 0.25) return false;
  const text = code.map((fact) => fact.normal).join('');
  return text.replace(/[^A-Za-z]/g, '').length > text.length * 0.45;
}

/** How many lines begin with the same word: tables of properties, declarations or calls. */
function sameBeginning(lines: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const word = /^\W*\w+\W?/.exec(line)?.[0] ?? '';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
