import type { LineRange } from '../Corpus.js';
import { scan, type Token } from '../scan.js';
import type { SourceFile } from '../SourceFile.js';

export interface Piece extends Token {
  readonly text: string;
}

const cache = new WeakMap<SourceFile, Token[]>();

/** The tokens of a range of lines, scanned from the start of the file so that strings and comments are known as such. */
export function piecesOf({ file, start, end }: LineRange): Piece[] {
  let tokens = cache.get(file);
  if (tokens === undefined) {
    tokens = scan(file.text, file.language);
    cache.set(file, tokens);
  }
  const from = offsetOfLine(file, start);
  const to = end >= file.lines.length ? file.text.length : offsetOfLine(file, end) - 1;
  const pieces: Piece[] = [];
  for (const token of tokens) {
    if (token.end <= from) continue;
    if (token.start >= to) break;
    const first = Math.max(from, token.start);
    const last = Math.min(to, token.end);
    pieces.push({ kind: token.kind, start: first, end: last, text: file.text.slice(first, last) });
  }
  return pieces;
}

function offsetOfLine(file: SourceFile, line: number): number {
  let offset = 0;
  for (let at = 0; at < line; at++) offset += (file.lines[at] ?? '').length + 1;
  return offset;
}
