/**
 * A document followed edit by edit. After an edit only the changed lines and their neighbourhood are looked at; what was
 * found elsewhere moves with its lines.
 */
import type { Range } from '../ports.js';
import type { CopyIndex, CopyMatch } from './CopyMatch.js';

/** Lines looked at on either side of a change: enough for a chain of grams to reach over the edit. */
const NEIGHBOURHOOD = 16;
/** Characters looked at on either side of a change, however long the lines are. */
const LONGEST_SIDE = 1 << 14;
/** A match that a change touches is looked at as a whole up to this many lines on either side. */
const LARGEST_MATCH = 200;

export class FollowedDocument {
  readonly path: string;
  readonly #index: Pick<CopyIndex, 'query'>;
  #lines: string[];
  #matches: readonly CopyMatch[];

  constructor(index: Pick<CopyIndex, 'query'>, document: { readonly path: string; readonly text: string }) {
    this.#index = index;
    this.path = document.path;
    this.#lines = linesOf(document.text);
    this.#matches = index.query(document);
  }

  /** The copied parts of the document as it stands, in the order of their lines. */
  get matches(): readonly CopyMatch[] {
    return this.#matches;
  }

  /** The document as it stands, with line feeds. */
  get text(): string {
    return this.#lines.join('\n');
  }

  /**
   * Replaces a range by text, as an editor reports a change, and returns the copied parts that the change touches or
   * lies near. Positions beyond the document are moved to its end.
   */
  change(range: Range, text: string): readonly CopyMatch[] {
    const last = this.#lines.length;
    const startLine = Math.min(Math.max(1, range.start.line), last);
    const endLine = Math.min(Math.max(startLine, range.end.line), last);
    const before = (this.#lines[startLine - 1] ?? '').slice(0, Math.max(0, range.start.column - 1));
    const after = (this.#lines[endLine - 1] ?? '').slice(Math.max(0, range.end.column - 1));
    const fresh = linesOf(before + text + after);
    const removed = endLine - startLine + 1;
    const moved = fresh.length - removed;
    // Lines of equal number are written in place, so that typing in a long document moves nothing.
    if (moved === 0) for (let i = 0; i < fresh.length; i++) this.#lines[startLine - 1 + i] = fresh[i] as string;
    else if (fresh.length < 4096) this.#lines.splice(startLine - 1, removed, ...fresh);
    else this.#lines = [...this.#lines.slice(0, startLine - 1), ...fresh, ...this.#lines.slice(endLine)];

    const lastFresh = startLine + fresh.length - 1;
    let from = Math.max(1, startLine - NEIGHBOURHOOD);
    let to = Math.min(this.#lines.length, lastFresh + NEIGHBOURHOOD);
    const settled: CopyMatch[] = [];
    const touched: CopyMatch[] = [];
    for (const match of this.#matches) {
      const shifted = {
        ...match,
        startLine:
          match.startLine > endLine
            ? match.startLine + moved
            : match.startLine < startLine
              ? match.startLine
              : startLine,
        endLine:
          match.endLine > endLine ? match.endLine + moved : match.endLine < startLine ? match.endLine : lastFresh,
      };
      (shifted.endLine < from || shifted.startLine > to ? settled : touched).push(shifted);
    }
    for (const match of touched) {
      from = Math.min(from, Math.max(match.startLine, startLine - LARGEST_MATCH));
      to = Math.max(to, Math.min(match.endLine, lastFresh + LARGEST_MATCH, this.#lines.length));
    }
    const found = this.#lookAt(from, to, startLine, lastFresh);
    // A match that reaches far beyond what was looked at stands as long as its remainder does.
    const beyond = touched.filter(
      (match) => (match.startLine < from || match.endLine > to) && !found.some((other) => other.id === match.id),
    );
    this.#matches = [...settled, ...beyond, ...found].sort((a, b) => a.startLine - b.startLine || b.score - a.score);
    return found;
  }

  /** Asks about lines `from` to `to`, or less of them where they are very long. */
  #lookAt(from: number, to: number, changedFrom: number, changedTo: number): CopyMatch[] {
    let first = changedFrom;
    for (let length = 0; first > from; first--) {
      length += (this.#lines[first - 2] as string).length;
      if (length > LONGEST_SIDE) break;
    }
    let last = changedTo;
    for (let length = 0; last < to; last++) {
      length += (this.#lines[last] as string).length;
      if (length > LONGEST_SIDE) break;
    }
    const text = this.#lines.slice(first - 1, last).join('\n');
    return this.#index.query({ path: this.path, text }).map((match) => ({
      ...match,
      startLine: match.startLine + first - 1,
      endLine: match.endLine + first - 1,
    }));
  }
}

function linesOf(text: string): string[] {
  return text.includes('\r') ? text.split(/\r\n|\r|\n/) : text.split('\n');
}
