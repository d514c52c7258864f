/** Reads a YAML file of cases node by node, so that every problem knows its line and column. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { Position, Range } from '../ports.js';
import type { Problem } from '../policy/Problem.js';

export class CasesReader {
  readonly problems: Problem[] = [];
  private readonly lines = new LineCounter();
  private readonly root: Node | null;

  constructor(
    text: string,
    private readonly file: string,
  ) {
    const document = parseDocument(text, {
      lineCounter: this.lines,
      version: '1.2',
      schema: 'core',
      prettyErrors: false,
    });
    this.root = document.contents;
    for (const error of document.errors) this.report('broken-yaml', this.rangeOf(error.pos), error.message);
  }

  /** Everything in the file. */
  whole(): Entry {
    return new Entry(this, this.root ?? undefined, [0, 0]);
  }

  report(code: string, range: Range, message: string): void {
    this.problems.push({ code, severity: 'error', file: this.file, range, message });
  }

  rangeOf([start, end]: readonly [number, number]): Range {
    return { start: this.positionOf(start), end: this.positionOf(Math.max(start, end)) };
  }

  private positionOf(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** One value of the file, wherever it stands. What it is not is reported, and read as empty. */
export class Entry {
  constructor(
    private readonly reader: CasesReader,
    private readonly node: Node | undefined,
    private readonly place: readonly [number, number],
  ) {}

  get range(): Range {
    return this.reader.rangeOf(this.place);
  }

  problem(code: string, message: string): void {
    this.reader.report(code, this.range, message);
  }

  /** The text of a scalar; numbers and the like as they are written. */
  string(): string {
    if (isScalar(this.node)) {
      const { value, source } = this.node;
      if (typeof value === 'string') return value;
      if (value !== null && source !== undefined) return source;
    }
    this.problem('wrong-type', 'A text is expected here.');
    return '';
  }

  /** The items of a list; a single value stands for a list of one. */
  items(): readonly Entry[] {
    if (isSeq<Node>(this.node)) return this.node.items.map((item) => this.child(item));
    if (isScalar(this.node) && this.node.value === null) return [];
    if (isScalar(this.node)) return [this];
    this.problem('wrong-type', 'A list is expected here.');
    return [];
  }

  isList(): boolean {
    return isSeq(this.node);
  }

  strings(): readonly string[] {
    return this.items().map((item) => item.string());
  }

  /** The keys and values of a mapping whose keys are free, such as paths. */
  pairs(): readonly (readonly [string, Entry])[] {
    if (isMap<Node, Node | null>(this.node))
      return this.node.items.map(({ key, value }) => [this.child(key).string(), this.child(value ?? key)]);
    this.problem('wrong-type', 'Keys and values are expected here.');
    return [];
  }

  /** The entries of a mapping; a key that is none of `keys` is a problem. */
  map(keys: readonly string[]): Entries {
    const entries = new Map<string, Entry>();
    if (!isMap<Node, Node | null>(this.node)) {
      this.problem('wrong-type', `Keys and values are expected here: ${keys.join(', ')}.`);
      return new Entries(this, entries);
    }
    for (const { key, value } of this.node.items) {
      const name = this.child(key);
      const text = name.string();
      if (keys.includes(text)) entries.set(text, value === null ? name : this.child(value));
      else name.problem('unknown-key', `'${text}' is no key here. Write one of ${keys.join(', ')}.`);
    }
    return new Entries(this, entries);
  }

  private child(node: Node): Entry {
    const place: readonly [number, number] = node.range ? [node.range[0], node.range[1]] : this.place;
    if (isAlias(node))
      this.reader.report('alias', this.reader.rangeOf(place), 'Write the value out instead of an alias.');
    return new Entry(this.reader, node, place);
  }
}

/** The entries of one mapping, by key. */
export class Entries {
  constructor(
    private readonly whole: Entry,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  optional(key: string): Entry | undefined {
    return this.entries.get(key);
  }

  /** The value of a key; its absence is a problem. */
  required(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) this.problem('missing-key', `'${key}' is missing.`);
    return entry;
  }

  /** The text of a required key; empty when there is none. */
  text(key: string): string {
    return this.required(key)?.string() ?? '';
  }

  /** The word of a required key, which has to be one of `words`. */
  oneOf<Word extends string>(key: string, words: readonly Word[]): Word | undefined {
    const entry = this.required(key);
    if (entry === undefined) return undefined;
    const text = entry.string();
    const word = words.find((one) => one === text);
    if (word === undefined) entry.problem('unknown-word', `'${text}' is no ${key}. Write one of ${words.join(', ')}.`);
    return word;
  }

  problem(code: string, message: string): void {
    this.whole.problem(code, message);
  }
}
