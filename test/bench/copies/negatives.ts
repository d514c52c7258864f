import { boilerplateOf, type Boilerplate } from './boilerplate.js';
import type { Corpus, LineRange } from './Corpus.js';
import { idiom } from './idioms.js';
import { extensionOf } from './Language.js';
import type { Oracle } from './Oracle.js';
import type { Random } from './random.js';
import { cut, filePicker, groupByLanguage } from './snippets.js';
import { sourceFile, type SourceFile } from './SourceFile.js';

export type NegativeKind =
  | Boilerplate
  | 'idioms'
  | 'same house style'
  | 'open code'
  | 'open code, also in restricted files'
  | 'ordinary code'
  | 'whole files';

/** A paste that was taken from no restricted file. */
export interface Negative {
  readonly kind: NegativeKind;
  /** Package, path and first line, for reading; the idiom's name for idioms. */
  readonly origin: string;
  readonly path: string;
  readonly text: string;
}

/** How many of a thousand negatives are of a kind; where a kind is rare in the corpus there are fewer. */
const mix: Readonly<Record<NegativeKind, number>> = {
  'ordinary code': 250,
  'same house style': 150,
  'open code': 60,
  'open code, also in restricted files': 60,
  imports: 60,
  'licence headers': 40,
  'getters and setters': 70,
  'switch tables': 60,
  'test scaffolds': 60,
  'config objects': 70,
  'generated code': 40,
  idioms: 30,
  'whole files': 50,
};

/** At most so many pastes of a kind come from one file, so that no file speaks for a kind. */
const perFile = 3;

/** The negatives, and how many were left out because the oracle found them to be real copies. */
export interface Negatives {
  readonly kept: readonly Negative[];
  readonly realCopies: number;
}

/** Draws `count` pastes of every kind. Code that is also in the restricted part is a copy and left out, allowed code is not. */
export function drawNegatives(corpus: Corpus, oracle: Oracle, count: number, random: Random): Negatives {
  const kept: Negative[] = [];
  let realCopies = 0;
  const wanted = new Map(
    (Object.entries(mix) as [NegativeKind, number][]).map(([kind, share]) => [
      kind,
      Math.round((count * share) / 1000),
    ]),
  );
  const taken = new Map<string, number>();
  const take = (kind: NegativeKind, range: LineRange, screened: boolean): void => {
    const left = wanted.get(kind) ?? 0;
    const { file, start, end } = range;
    const fromFile = taken.get(`${kind} ${file.id}`) ?? 0;
    if (left <= 0 || fromFile >= perFile) return;
    taken.set(`${kind} ${file.id}`, fromFile + 1);
    const text = file.lines.slice(start, end).join('\n');
    const piece = sourceFile('negative', file.path, file.language, text);
    if (screened && oracle.isCopy(piece)) {
      realCopies++;
      return;
    }
    wanted.set(kind, left - 1);
    kept.push({ kind, origin: `${file.id}:${start + 1}`, path: `src/pasted.${extensionOf(file.path)}`, text });
  };

  for (let i = wanted.get('idioms') ?? 0; i > 0; i--) {
    const { path, text } = idiom(random);
    kept.push({ kind: 'idioms', origin: path, path: `src/pasted.${extensionOf(path)}`, text });
  }
  wanted.set('idioms', 0);
  for (const range of random.shuffled(corpus.planted)) take('open code, also in restricted files', range, false);

  const draw = (files: readonly SourceFile[], tries: number, use: (range: LineRange) => void): void => {
    if (files.length === 0) return;
    const pickFile = filePicker(groupByLanguage(files), random);
    for (let i = 0; i < tries; i++) {
      const file = pickFile();
      const range = cut(file, random.between(0, file.lines.length - 1), random.between(6, 60));
      if (range !== undefined) use(range);
    }
  };
  draw(corpus.open, count, (range) => take('open code', range, false));
  draw(corpus.held, count, (range) => take('same house style', range, true));
  draw(corpus.strangers, count * 2, (range) => take('ordinary code', range, true));
  draw(corpus.strangers, count, ({ file, start }) =>
    take('whole files', { file, start: Math.max(0, start - 100), end: Math.min(file.lines.length, start + 200) }, true),
  );

  const others = [...corpus.strangers, ...corpus.held];
  for (let tries = 0; tries < 12; tries++) {
    if (![...wanted].some(([kind, left]) => left > 0 && kind !== 'same house style')) break;
    draw(others, count, (range) => {
      const kind = boilerplateOf(range.file, range.start, range.end);
      if (kind !== undefined) take(kind, range, true);
    });
    headers(others, random, Math.ceil(count / 50)).forEach((range) =>
      take(boilerplateOf(range.file, range.start, range.end) ?? 'ordinary code', range, true),
    );
  }
  return { kept, realCopies };
}

/** First lines of files: licences and imports. */
function headers(files: readonly SourceFile[], random: Random, count: number): LineRange[] {
  return Array.from({ length: files.length === 0 ? 0 : count }, () => {
    const file = random.pick(files);
    return { file, start: 0, end: Math.min(file.lines.length, random.between(8, 30)) };
  });
}
