import { keywordsOf } from './keywords.js';
import { languageOf } from './Language.js';
import { lineFacts } from './lineFacts.js';
import { scan } from './scan.js';
import { sourceFile, type SourceFile } from './SourceFile.js';

/** What two pieces of code have in common, told from their tokens in order. */
export interface Likeness {
  /** Share of the piece's tokens that stand in the same order in the region, names and literals equal. */
  readonly exact: number;
  /** The same with names and literals taken as classes. */
  readonly structure: number;
  /** Lines of the region the piece is most like, 1-based. */
  readonly startLine: number;
  readonly endLine: number;
}

interface Words {
  readonly exact: Int32Array;
  readonly classes: Int32Array;
  readonly lines: Int32Array;
}

/** Tokens as numbers: equal text gives equal numbers within one `Dictionary`. */
class Dictionary {
  private readonly ids = new Map<string, number>();

  id(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    this.ids.set(text, this.ids.size + 1);
    return this.ids.size;
  }
}

function wordsOf(file: SourceFile, dictionary: Dictionary): Words {
  const exact: number[] = [];
  const classes: number[] = [];
  const lines: number[] = [];
  const keywords = keywordsOf(file.language);
  const facts = lineFacts(file);
  let line = 0;
  let nextBreak = file.text.indexOf('\n');
  for (const token of scan(file.text, file.language)) {
    while (nextBreak >= 0 && token.start > nextBreak) {
      line++;
      nextBreak = file.text.indexOf('\n', nextBreak + 1);
    }
    if (token.kind === 'space' || token.kind === 'comment' || facts[line]?.imports) continue;
    const text = file.text.slice(token.start, token.end);
    if (/^[;,(){}]$/.test(text)) continue;
    if (token.kind === 'string' && text.includes('\n')) {
      // Text over several lines is compared by its words: a template may hold a program of its own.
      for (const [offset, part] of text.split('\n').entries()) {
        for (const word of part.match(/\w+|[^\s\w;,(){}]/g) ?? []) {
          exact.push(dictionary.id(word));
          classes.push(dictionary.id(/^\w/.test(word) ? 'class literal' : `class ${word}`));
          lines.push(line + offset);
        }
      }
      continue;
    }
    exact.push(dictionary.id(token.kind === 'string' ? text.replace(/['"`]/g, "'") : text));
    const abstract =
      token.kind === 'word' && !keywords.has(text)
        ? 'name'
        : token.kind === 'string' || token.kind === 'number'
          ? 'literal'
          : text;
    classes.push(dictionary.id(`class ${abstract}`));
    lines.push(line);
  }
  return { exact: Int32Array.from(exact), classes: Int32Array.from(classes), lines: Int32Array.from(lines) };
}

/**
 * How like a piece is to a region of code: the best local alignment of their tokens (Smith and Waterman 1981; a match
 * earns 1, a gap or a difference costs 1), as a share of the piece's tokens. Imports and comments are left out.
 */
export function likeness(piece: { path: string; text: string }, region: SourceFile): Likeness {
  const dictionary = new Dictionary();
  const left = wordsOf(
    sourceFile('piece', piece.path, languageOf(piece.path) ?? region.language, piece.text),
    dictionary,
  );
  const right = wordsOf(region, dictionary);
  if (left.exact.length === 0) return { exact: 0, structure: 0, startLine: 1, endLine: 1 };
  const exact = align(left.exact, right.exact);
  const structure = align(left.classes, right.classes);
  const place = exact.matches * 2 > structure.matches ? exact : structure;
  return {
    exact: exact.matches / left.exact.length,
    structure: structure.matches / left.exact.length,
    startLine: (right.lines[place.start] ?? 0) + 1,
    endLine: (right.lines[place.end] ?? 0) + 1,
  };
}

function align(left: Int32Array, right: Int32Array): { matches: number; start: number; end: number } {
  const width = right.length + 1;
  let score = new Int32Array(width);
  let matches = new Int32Array(width);
  let start = new Int32Array(width);
  let nextScore = new Int32Array(width);
  let nextMatches = new Int32Array(width);
  let nextStart = new Int32Array(width);
  let best = 0;
  const result = { matches: 0, start: 0, end: 0 };
  for (let i = 0; i < left.length; i++) {
    const token = left[i] as number;
    nextScore[0] = 0;
    for (let j = 1; j < width; j++) {
      const same = right[j - 1] === token;
      const diagonal = (score[j - 1] as number) + (same ? 1 : -1);
      const up = (score[j] as number) - 1;
      const side = (nextScore[j - 1] as number) - 1;
      if (diagonal <= 0 && up <= 0 && side <= 0) {
        nextScore[j] = 0;
        nextMatches[j] = 0;
        nextStart[j] = j;
      } else if (diagonal >= up && diagonal >= side) {
        nextScore[j] = diagonal;
        nextMatches[j] = (matches[j - 1] as number) + (same ? 1 : 0);
        nextStart[j] = (score[j - 1] as number) === 0 ? j - 1 : (start[j - 1] as number);
      } else if (up >= side) {
        nextScore[j] = up;
        nextMatches[j] = matches[j] as number;
        nextStart[j] = start[j] as number;
      } else {
        nextScore[j] = side;
        nextMatches[j] = nextMatches[j - 1] as number;
        nextStart[j] = nextStart[j - 1] as number;
      }
      if ((nextScore[j] as number) > best) {
        best = nextScore[j] as number;
        result.matches = nextMatches[j] as number;
        result.start = nextStart[j] as number;
        result.end = j - 1;
      }
    }
    [score, nextScore] = [nextScore, score];
    [matches, nextMatches] = [nextMatches, matches];
    [start, nextStart] = [nextStart, start];
  }
  return result;
}
