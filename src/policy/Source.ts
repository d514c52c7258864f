/** A policy's text as a tree in which every value knows where it stands. */
import type { Position, Range } from '../ports.js';

/** A stretch of text in UTF-16 code units from the text's start; `end` is not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  /** As YAML 1.2 core reads it; null for an empty value as well. */
  readonly value: string | number | boolean | null;
  /** False for a plain scalar, which is the kind that YAML may take for a number or cut at a comma. */
  readonly quoted: boolean;
}
export interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
}
export interface MapNode extends Span {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  /** True when it is written between braces. */
  readonly flow: boolean;
}
export interface MapEntry {
  readonly key: ScalarNode;
  /** A null scalar right after the key where nothing is written. */
  readonly value: SourceNode;
  /** False where a key stands alone, without a colon. */
  readonly hasValue: boolean;
}
/** What could not be read and has been reported: it raises no further question. */
export interface BrokenNode extends Span {
  readonly kind: 'broken';
}
export type SourceNode = ScalarNode | ListNode | MapNode | BrokenNode;

/** A text, and the way from offsets in it to lines and columns. */
export class Source {
  readonly #lines: number[] = [0];

  constructor(
    /** The file's path from the repository's root, with `/`. */
    readonly file: string,
    readonly text: string,
  ) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#lines.push(at + 1);
  }

  /** Line and column of an offset, both 1-based. */
  position(offset: number): Position {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lines[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lines[low] ?? 0) + 1 };
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }
}
