import type { Import } from './Import.js';
import type { Token } from './tokens.js';

/** Tokens of one file, read one after the other, and the imports found so far. Nothing is read twice. */
export class ImportReader {
  readonly imports: Import[] = [];
  /** Where lines begin, as far as anybody asked. */
  private readonly lineStarts = [0];
  private scanned = 0;
  private next = 0;

  constructor(
    readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  /** The token `ahead` of the one that comes next, without taking it. */
  peek(ahead = 0): Token | undefined {
    return this.tokens[this.next + ahead];
  }

  /** The token that was taken `ago` (1: the last one). */
  taken(ago: number): Token | undefined {
    return this.tokens[this.next - ago];
  }

  take(): Token | undefined {
    return this.tokens[this.next++];
  }

  /** Takes the next token when it is this word or sign. */
  skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.next++;
    return true;
  }

  /** True when the token `ahead` is this word or sign, and no string. */
  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token !== undefined && token.kind !== 'string' && token.text === text;
  }

  /** Notes an import whose specifier begins at `at`; `length` is that of its spelling in the text. */
  found(
    { at, length }: { readonly at: number; readonly length: number },
    found: Omit<Import, 'line' | 'column' | 'endColumn'>,
  ): void {
    this.scanLines(at);
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const column = at - (this.lineStarts[low] ?? 0) + 1;
    const lineEnd = this.lineStarts[low + 1] ?? this.text.length + 1;
    this.imports.push({ line: low + 1, column, endColumn: Math.min(column + length, column + lineEnd - at), ...found });
  }

  /** Finds the beginnings of lines up to the first behind this offset. */
  private scanLines(at: number): void {
    const { text, lineStarts } = this;
    let last = lineStarts.at(-1) ?? 0;
    for (; this.scanned < text.length && last <= at; this.scanned++) {
      const code = text.charCodeAt(this.scanned);
      if (code !== 10 && (code !== 13 || text.charCodeAt(this.scanned + 1) === 10)) continue;
      last = this.scanned + 1;
      lineStarts.push(last);
    }
  }

  /** Takes a path of words with `separator` between them, and a star as its last part where there is one. */
  path(separator: string): { readonly specifier: string; readonly at: number; readonly length: number } | undefined {
    const first = this.peek();
    if (first?.kind !== 'word') return undefined;
    const parts = [first.text];
    let last = first;
    this.next++;
    for (;;) {
      const part = this.peek(1);
      if (!this.is(separator) || (part?.kind !== 'word' && part?.text !== '*')) break;
      parts.push(part.text);
      last = part;
      this.next += 2;
    }
    return { specifier: parts.join(separator), at: first.at, length: last.at + last.text.length - first.at };
  }
}
