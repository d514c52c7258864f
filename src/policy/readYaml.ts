/**
 * A reader for the YAML 1.2 that policies use: block and flow collections, all five kinds of scalars, the core schema.
 * What YAML has beyond that (anchors, aliases, tags, several documents, keys that are no words) is an error here, so it
 * is recognised and reported but never built. The `yaml` package takes 350 ms for 5,000 lines, cannot tell a cut sentence
 * from a list, and can be brought to end the process by a few hundred thousand braces; this reader takes time in
 * proportion to the text, whatever the text is, and goes on after a mistake. Tests compare it with that package.
 */
import type { ProblemCode } from './problemCodes.js';
import type { Mend, Report } from './Report.js';
import { blockText, doubleQuoted, foldLines, plainMeaning, singleQuoted } from './scalars.js';
import type { BrokenNode, ListNode, MapEntry, MapNode, ScalarNode, SourceNode, Span } from './Source.js';
import { shown } from './syntax.js';

/** A policy needs seven levels; the limit keeps a text of nothing but brackets from exhausting the stack. */
const DEEPEST = 32;
/** YAML's own limit for a key without `?`. */
const LONGEST_KEY = 1024;

/** What reading gives: the tree, and the places around which it cannot be trusted. */
export interface YamlTree {
  /** Undefined when there is nothing to read. */
  readonly root: SourceNode | undefined;
  /** Offsets of mistakes after which it is a guess where the entry at hand ends. */
  readonly unsound: readonly number[];
}

/** Reads the text of a report's source into a tree of values with their places, reporting what is no YAML on the way. */
export function readYaml(report: Report): YamlTree {
  const reader = new YamlReader(report);
  const root = reader.document();
  return { root, unsound: reader.unsound };
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;
const COLON = 0x3a;
const COMMA = 0x2c;

const isSpace = (code: number) => code === SPACE || code === TAB || code === CR;
/** True for white space, a line's end and the text's end (NaN). */
const isGap = (code: number) => isSpace(code) || code === LF || Number.isNaN(code);
const isFlow = (code: number) => code === COMMA || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d;

class YamlReader {
  readonly unsound: number[] = [];
  readonly #report: Report;
  readonly #text: string;
  #at = 0;
  #lineStart = 0;
  #depth = 0;
  /** Set when a flow collection turned out to be open: the ones around it are given up without a further word. */
  #unwinding = false;
  #tabLine = -1;

  constructor(report: Report) {
    this.#report = report;
    this.#text = report.source.text;
  }

  document(): SourceNode | undefined {
    const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.exec(this.#text);
    if (control !== null) {
      const start = control.index;
      this.#fault('yaml-syntax', { start, end: start + 1 }, 'There is a control character here. Delete it.');
    }
    while (this.#toContent() && this.#code() === 0x25 && this.#column() === 0) this.#directive();
    if (this.#isMarker('---')) {
      this.#at += 3;
      this.#skipSpaces();
      if (this.#code() === HASH || isGap(this.#code())) this.#toLineEnd();
    }
    if (!this.#toContent()) {
      this.#several();
      return undefined;
    }
    const root = this.#node(-1);
    this.#unwinding = false;
    this.#afterRoot();
    return root;
  }

  // The text, the cursor and lines.

  #code(ahead = 0): number {
    return this.#text.charCodeAt(this.#at + ahead);
  }

  #column(): number {
    return this.#at - this.#lineStart;
  }

  #skipSpaces(): void {
    while (isSpace(this.#code())) this.#at += 1;
  }

  #toLineEnd(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end;
  }

  /** Where the line ends, without its line end. */
  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end < 0 ? this.#text.length : end;
  }

  /**
   * Moves to the next character that is neither white space nor comment. False at the end of the document. Comments are
   * only looked for where one may begin: the cursor stands at a line's start, or behind a value.
   */
  #toContent(): boolean {
    for (;;) {
      const code = this.#code();
      if (Number.isNaN(code)) return false;
      if (code === LF) {
        this.#at += 1;
        this.#lineStart = this.#at;
      } else if (isSpace(code)) this.#at += 1;
      else if (code === HASH && (this.#at === this.#lineStart || isSpace(this.#code(-1)))) this.#toLineEnd();
      else break;
    }
    if (this.#column() === 0 && (this.#isMarker('---') || this.#isMarker('...'))) return false;
    this.#checkTabs();
    return true;
  }

  #isMarker(marker: '---' | '...'): boolean {
    return this.#at === this.#lineStart && this.#text.startsWith(marker, this.#at) && isGap(this.#code(3));
  }

  /** Reports a tab in a line's indentation, when the cursor is at the first character of the line. */
  #checkTabs(): void {
    if (this.#tabLine === this.#lineStart) return;
    this.#tabLine = this.#lineStart;
    if (this.#depth > 0 && this.#unwinding) return;
    const indentation = this.#text.slice(this.#lineStart, this.#at);
    if (!indentation.includes('\t') || /[^ \t\r]/.test(indentation)) return;
    const span = { start: this.#lineStart, end: this.#at };
    this.#fault('tab', span, 'This line is indented with a tab. YAML allows spaces only.', {
      ...span,
      title: 'Indent with spaces',
      text: indentation.replace(/\t/g, '  '),
    });
    this.unsound.push(span.start);
  }

  #fault(code: ProblemCode, span: Span, message: string, mend?: Mend): void {
    this.#report.add(code, span, message, mend);
  }

  /** Reports a mistake after which the structure is a guess. */
  #lost(code: ProblemCode, span: Span, message: string, mend?: Mend): void {
    this.#fault(code, span, message, mend);
    this.unsound.push(span.start);
  }

  #needsQuotes(span: Span, text: string): void {
    const mark = text.charAt(0);
    const message = `Quote \`${shown(text)}\`: YAML gives a ${mark} at its start another meaning.`;
    this.#fault('needs-quotes', span, message, quote(span, text));
  }

  #broken(start: number): BrokenNode {
    return { kind: 'broken', start, end: Math.max(start, this.#at) };
  }

  #nothing(at: number): ScalarNode {
    return { kind: 'scalar', value: null, quoted: false, start: at, end: at };
  }

  // The document.

  #directive(): void {
    const start = this.#at;
    const end = this.#lineEnd();
    this.#at = end;
    if (/^%YAML 1\.2\s*$/.test(this.#text.slice(start, end))) return;
    this.#fault('directive', { start, end }, 'A policy has no YAML directives. Delete this line.');
  }

  #several(): void {
    if (this.#isMarker('...')) {
      this.#at += 3;
      this.#toLineEnd();
      if (!this.#toContent() && !this.#isMarker('---')) return;
    }
    if (Number.isNaN(this.#code())) return;
    const start = this.#at;
    this.#lost(
      'several-documents',
      { start, end: start + 3 },
      'A second YAML document begins here. A policy is one document: delete the line, or move the rest into a file of its own.',
    );
    this.#at = this.#text.length;
  }

  #afterRoot(): void {
    if (!this.#toContent()) {
      this.#several();
      return;
    }
    const start = this.#at;
    const end = this.#trimmed(start, this.#lineEnd());
    this.#lost(
      'yaml-syntax',
      { start, end },
      'This line belongs to no entry above it. Check its indentation, and the brackets and quotes before it.',
    );
    this.#at = this.#text.length;
  }

  /** The end of a stretch without the white space that trails it. */
  #trimmed(start: number, end: number): number {
    let last = end;
    while (last > start && isSpace(this.#text.charCodeAt(last - 1))) last -= 1;
    return last;
  }

  // Nodes.

  /** The node at the cursor. `parent` is the column of the entry that it belongs to; every line of it stands deeper. */
  #node(parent: number): SourceNode {
    if (this.#depth >= DEEPEST) return this.#tooDeep();
    this.#depth += 1;
    const node = this.#blockNode(parent);
    this.#depth -= 1;
    return node;
  }

  #tooDeep(): BrokenNode {
    const start = this.#at;
    this.#lost(
      'too-deep',
      { start, end: start + 1 },
      `Entries are nested more than ${DEEPEST} deep here. No policy needs that; look for a bracket too many.`,
    );
    this.#at = this.#text.length;
    this.#unwinding = true;
    return { kind: 'broken', start, end: start };
  }

  #blockNode(parent: number): SourceNode {
    const properties = this.#properties(false);
    if (properties !== undefined) {
      if (properties.text !== undefined) return properties.text;
      const { at } = properties;
      this.#skipSpaces();
      if (this.#code() === LF || this.#code() === HASH || Number.isNaN(this.#code())) {
        if (!this.#toContent() || this.#column() <= parent) return this.#nothing(at);
      }
    }
    if (this.#isItem()) return this.#blockList(this.#column());
    if (this.#keyColon() !== undefined || this.#startsBadMap()) return this.#blockMap(this.#column());
    return this.#value(parent);
  }

  /** A value that is no block collection: flow, quoted, block scalar or plain. */
  #value(parent: number): SourceNode {
    const start = this.#at;
    switch (this.#text.charAt(start)) {
      case '[':
      case '{': {
        const node = this.#flow(parent);
        if (!this.#unwinding) this.#endOfLine('bracket');
        this.#unwinding = false;
        return node;
      }
      case '"':
      case "'": {
        const node = this.#quoted(parent);
        if (!this.#unwinding) this.#endOfLine('quote');
        this.#unwinding = false;
        return node;
      }
      case '|':
      case '>':
        return this.#blockScalar(parent);
      case '?':
        if (!isGap(this.#code(1))) break;
        this.#lost(
          'bad-key',
          { start, end: start + 1 },
          'A key is a plain word here. Write `key: value`, without the question mark.',
        );
        this.#skipDeeper(parent);
        return this.#broken(start);
      case '@':
      case '`':
      case '%':
      case ']':
      case '}':
      case ',': {
        const end = this.#trimmed(start, this.#lineEnd());
        const text = this.#text.slice(start, end);
        this.#at = end;
        const span = { start, end };
        this.#needsQuotes(span, text);
        return { kind: 'scalar', value: text, quoted: true, ...span };
      }
    }
    return this.#plain(parent);
  }

  /** Reports what follows a closing quote or bracket on the same line, unless it is a comment. */
  #endOfLine(after: 'quote' | 'bracket'): void {
    const before = this.#at;
    this.#skipSpaces();
    const code = this.#code();
    if (code === LF || Number.isNaN(code) || (code === HASH && this.#at > before)) return;
    const start = this.#at;
    const end = this.#trimmed(start, this.#lineEnd());
    const rest = shown(this.#text.slice(start, end));
    this.#lost(
      'yaml-syntax',
      { start, end },
      after === 'quote'
        ? `\`${rest}\` stands behind the closing quote. Put the whole text in quotes; a quote inside it is written \\".`
        : `\`${rest}\` stands behind the closing bracket. Delete it, or look for a bracket too many.`,
    );
    this.#at = end;
  }

  /**
   * Reads anchors, tags and aliases at the cursor and reports them. Undefined when there are none. `text` is what was
   * meant as a plain text, such as the pattern `!build/**` without its quotes.
   */
  #properties(inFlow: boolean): { readonly at: number; readonly text?: SourceNode } | undefined {
    let at: number | undefined;
    for (;;) {
      const mark = this.#text.charAt(this.#at);
      if (mark !== '&' && mark !== '!' && mark !== '*') return at === undefined ? undefined : { at };
      const start = this.#at;
      let end = start + 1;
      while (!isGap(this.#text.charCodeAt(end)) && !(inFlow && isFlow(this.#text.charCodeAt(end)))) end += 1;
      const span = { start, end };
      const word = this.#text.slice(start, end);
      // What looks like a path, an address or a lone star was never meant as a tag or an alias.
      const meantAsText =
        mark !== '&' && !word.startsWith('!!') && (word.length === 1 || /[@/.*?:[{]/.test(word.slice(1)));
      if (meantAsText) {
        this.#at = end;
        this.#needsQuotes(span, word);
        return { at: start, text: { kind: 'scalar', value: word, quoted: true, ...span } };
      }
      if (mark === '*') {
        this.#at = end;
        this.#fault('alias', span, 'A policy has no aliases. Write the value out where it is meant.');
        return { at: start, text: { kind: 'broken', ...span } };
      }
      if (mark === '&')
        this.#fault(
          'anchor',
          span,
          'A policy has no anchors. Delete this name, and write the value out wherever it is meant.',
          remove(span, this.#text),
        );
      else
        this.#fault(
          'tag',
          span,
          'A policy has no YAML tags. Delete it, or quote the value if the exclamation mark belongs to it.',
          remove(span, this.#text),
        );
      at = end;
      this.#at = end;
      this.#skipSpaces();
    }
  }

  // Block collections.

  #isItem(): boolean {
    return this.#code() === DASH && isGap(this.#code(1));
  }

  #blockList(column: number): ListNode {
    const items: SourceNode[] = [];
    const start = this.#at;
    let end = start;
    for (;;) {
      this.#at += 1;
      const dash = this.#at;
      this.#skipSpaces();
      const item = this.#behind(column, dash, false);
      items.push(item);
      end = Math.max(end, item.end);
      if (!this.#next(column) || !this.#isItem()) break;
    }
    return { kind: 'list', items, start, end };
  }

  /** The node behind a dash or a key's colon; on the same line, or on deeper lines below. */
  #behind(column: number, from: number, key: boolean): SourceNode {
    const code = this.#code();
    if (code !== LF && !Number.isNaN(code) && !(code === HASH && isSpace(this.#code(-1)))) {
      return key ? this.#inline(column) : this.#node(column);
    }
    if (!this.#toContent()) return this.#nothing(from);
    const below = this.#column();
    if (below > column) return this.#node(column);
    // A list may stand at the same column as the key it belongs to.
    if (key && below === column && this.#isItem()) return this.#node(column - 1);
    return this.#nothing(from);
  }

  /** A value on the line of its key. */
  #inline(column: number): SourceNode {
    const properties = this.#properties(false);
    if (properties !== undefined) {
      if (properties.text !== undefined) {
        this.#endOfLine('quote');
        return properties.text;
      }
      const code = this.#code();
      if (code === LF || code === HASH || Number.isNaN(code)) return this.#behind(column, properties.at, true);
    }
    if (this.#isItem()) {
      const start = this.#at;
      this.#lost(
        'yaml-syntax',
        { start, end: start + 1 },
        'A list behind a key begins on a line of its own, or stands in [ ].',
      );
      this.#skipDeeper(column);
      return this.#broken(start);
    }
    if (this.#depth >= DEEPEST) return this.#tooDeep();
    this.#depth += 1;
    const node = this.#value(column);
    this.#depth -= 1;
    return node;
  }

  /** Moves to the next entry at `column`. False when the collection is over. */
  #next(column: number): boolean {
    for (;;) {
      if (!this.#toContent()) return false;
      const here = this.#column();
      if (here === column) return true;
      if (here < column) return false;
      const start = this.#at;
      const end = this.#trimmed(start, this.#lineEnd());
      const text = this.#text.slice(start, end);
      this.#lost(
        'indentation',
        { start, end },
        `\`${shown(text)}\` is indented deeper than the entry it follows. Begin it in column ${column + 1}, or deeper entries all in one column.`,
        { start: this.#lineStart, end: start, title: `Indent to column ${column + 1}`, text: ' '.repeat(column) },
      );
      this.#skipDeeper(column);
    }
  }

  /** Skips this line and all below it that stand deeper than `column`. */
  #skipDeeper(column: number): void {
    do {
      this.#toLineEnd();
    } while (this.#toContent() && this.#column() > column);
    // The caller looks at this line itself.
  }

  /** The offset of the colon when the line at the cursor begins with a key; undefined otherwise. */
  #keyColon(): number | undefined {
    const mark = this.#text.charAt(this.#at);
    if (mark === '"' || mark === "'") {
      const close = this.#closingQuote(this.#at, true);
      if (close === undefined) return undefined;
      let colon = close + 1;
      while (isSpace(this.#text.charCodeAt(colon))) colon += 1;
      return this.#text.charCodeAt(colon) === COLON && isGap(this.#text.charCodeAt(colon + 1)) ? colon : undefined;
    }
    if (mark === '[' || mark === '{' || mark === '|' || mark === '>' || mark === '#') return undefined;
    if (mark === '?' && isGap(this.#code(1))) return undefined;
    for (let at = this.#at; ; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === LF || Number.isNaN(code)) return undefined;
      if (code === COLON && isGap(this.#text.charCodeAt(at + 1))) return at;
      if (code === HASH && isSpace(this.#text.charCodeAt(at - 1))) return undefined;
    }
  }

  /** The offset of a colon that lacks its space: `effect:deny`. */
  #tightColon(): number | undefined {
    const word = /^[a-z]+:(?=[^\s:/])/.exec(this.#text.slice(this.#at, this.#at + 32))?.[0];
    return word === undefined ? undefined : this.#at + word.length - 1;
  }

  /** True when the first key of a map lacks the space behind its colon: the line below, at the same column, is a key. */
  #startsBadMap(): boolean {
    if (this.#tightColon() === undefined) return false;
    const { column, start, line } = { column: this.#column(), start: this.#at, line: this.#lineStart };
    this.#toLineEnd();
    const more = this.#toContent() && this.#column() === column && !this.#isItem() && this.#keyColon() !== undefined;
    this.#at = start;
    this.#lineStart = line;
    return more;
  }

  #blockMap(column: number): MapNode {
    const entries: MapEntry[] = [];
    const seen = new Map<string, ScalarNode>();
    const start = this.#at;
    let end = start;
    do {
      if (this.#isItem()) {
        // A list among keys: the dash is one column short, or the key above has a value already.
        const dash = this.#at;
        this.#lost(
          'indentation',
          { start: dash, end: dash + 1 },
          'A list begins here among keys. Indent it below the key it belongs to, or delete the dash.',
        );
        this.#skipDeeper(column);
        continue;
      }
      const key = this.#blockKey(column);
      if (key === undefined) continue;
      this.#skipSpaces();
      const value = this.#behind(column, this.#afterColon, true);
      this.#put(entries, seen, { key, value, hasValue: true });
      end = Math.max(end, key.end, value.end);
    } while (this.#next(column));
    return { kind: 'map', entries, flow: false, start, end };
  }

  #afterColon = 0;

  /** The key at the cursor, which moves behind the colon; undefined when the line has none, which is reported. */
  #blockKey(column: number): ScalarNode | undefined {
    const start = this.#at;
    const mark = this.#text.charAt(start);
    if (mark === '&' || mark === '*' || mark === '!') {
      const properties = this.#properties(false);
      if (properties?.text !== undefined) {
        this.#skipDeeper(column);
        return undefined;
      }
    }
    let colon = this.#keyColon();
    const tight = colon === undefined ? this.#tightColon() : undefined;
    if (tight !== undefined) {
      colon = tight;
      const after = { start: tight + 1, end: tight + 1 };
      this.#fault(
        'missing-space',
        { start, end: tight + 1 },
        'Put a space behind the colon. Without it YAML sees no key.',
        {
          ...after,
          title: 'Insert a space',
          text: ' ',
        },
      );
    }
    if (colon === undefined) {
      const end = this.#trimmed(start, this.#lineEnd());
      const text = shown(this.#text.slice(start, end));
      this.#lost(
        'yaml-syntax',
        { start, end },
        `\`${text}\` is no key with a value. Write \`key: value\`; a text that goes on over several lines stands deeper than its key.`,
      );
      this.#skipDeeper(column);
      return undefined;
    }
    const key = this.#keyScalar(this.#at, colon);
    if (colon - start > LONGEST_KEY) {
      this.#lost(
        'bad-key',
        { start, end: colon },
        `This key is longer than ${LONGEST_KEY} characters. Look for a quote that is missing.`,
      );
    }
    this.#at = colon + 1;
    this.#afterColon = colon + 1;
    if (key.value === null && key.end === key.start) {
      this.#lost('bad-key', { start, end: colon + 1 }, 'There is no key before this colon. Write `key: value`.');
    }
    return key;
  }

  #keyScalar(start: number, colon: number): ScalarNode {
    const mark = this.#text.charAt(start);
    if (mark === '"' || mark === "'") return this.#quoted(-1);
    const end = this.#trimmed(start, colon);
    const text = this.#text.slice(start, end);
    if (mark !== '' && '@`%]},'.includes(mark)) {
      this.#needsQuotes({ start, end }, text);
      return { kind: 'scalar', value: text, quoted: true, start, end };
    }
    return { kind: 'scalar', value: plainMeaning(text), quoted: false, start, end };
  }

  #put(entries: MapEntry[], seen: Map<string, ScalarNode>, entry: MapEntry): void {
    const word = String(entry.key.value);
    const first = seen.get(word);
    if (first === undefined) {
      seen.set(word, entry.key);
      entries.push(entry);
      return;
    }
    const { line } = this.#report.source.position(first.start);
    this.#fault(
      'duplicate-key',
      entry.key,
      `\`${shown(word)}\` stands twice in this entry, first on line ${line}. Keep one of them.`,
    );
  }

  // Scalars.

  /** A plain scalar in a block collection, which may go on over deeper lines. */
  #plain(parent: number): SourceNode {
    const start = this.#at;
    let end = this.#plainLine();
    if (this.#code() === COLON) {
      // `what: Do not: copy` — a key inside a value on one line.
      const stop = this.#trimmed(start, this.#commentOrEnd(this.#at));
      const span = { start, end: stop };
      const text = this.#text.slice(start, stop);
      this.#at = stop;
      this.#fault(
        'needs-quotes',
        span,
        `Quote \`${shown(text)}\`: a colon with a space behind it makes a key in YAML.`,
        quote(span, text),
      );
      return { kind: 'scalar', value: text, quoted: true, ...span };
    }
    while (this.#code() === LF) {
      const mark = this.#at;
      const line = this.#lineStart;
      let code = this.#code();
      while (code === LF || isSpace(code)) {
        this.#at += 1;
        if (code === LF) this.#lineStart = this.#at;
        code = this.#code();
      }
      const over =
        Number.isNaN(code) ||
        this.#column() <= parent ||
        code === HASH ||
        this.#isMarker('---') ||
        this.#isMarker('...');
      if (over) {
        this.#at = mark;
        this.#lineStart = line;
        break;
      }
      this.#checkTabs();
      const colon = this.#keyColon();
      if (colon !== undefined) {
        const key = this.#trimmed(this.#at, colon);
        const word = shown(this.#text.slice(this.#at, key));
        this.#lost(
          'indentation',
          { start: this.#at, end: key },
          `YAML takes \`${word}\` for a key inside the text above. If it is a key, begin it in the same column as the keys before it; if it belongs to the text, quote the whole text.`,
        );
        this.#skipDeeper(parent);
        this.#backToLineStart();
        break;
      }
      end = this.#plainLine();
    }
    const text = this.#text.slice(start, end);
    return { kind: 'scalar', value: plainMeaning(foldLines(text)), quoted: false, start, end };
  }

  /** Puts the cursor before the line it is in, so that the line's first character is found again. */
  #backToLineStart(): void {
    this.#at = this.#lineStart;
  }

  /** Moves over one line of a plain scalar; gives the offset behind its last character. Stops at a key's colon. */
  #plainLine(): number {
    const from = this.#at;
    for (; ; this.#at += 1) {
      const code = this.#code();
      if (code === LF || Number.isNaN(code)) break;
      if (code === COLON && isGap(this.#code(1))) break;
      if (code === HASH && this.#at > from && isSpace(this.#code(-1))) {
        const end = this.#trimmed(from, this.#at);
        return end;
      }
    }
    return this.#trimmed(from, this.#at);
  }

  /** Where a comment begins on the line of `from`, or the line's end. */
  #commentOrEnd(from: number): number {
    for (let at = from; ; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === LF || Number.isNaN(code)) return at;
      if (code === HASH && isSpace(this.#text.charCodeAt(at - 1))) return at;
    }
  }

  /** The offset of the quote that closes the one at `open`; undefined when there is none (on the same line). */
  #closingQuote(open: number, sameLine: boolean): number | undefined {
    const double = this.#text.charAt(open) === '"';
    for (let at = open + 1; at < this.#text.length; at += 1) {
      const character = this.#text.charAt(at);
      if (character === '\n' && sameLine) return undefined;
      if (double) {
        if (character === '\\') at += 1;
        else if (character === '"') return at;
      } else if (character === "'") {
        if (this.#text.charAt(at + 1) !== "'") return at;
        at += 1;
      }
    }
    return undefined;
  }

  /** A quoted scalar at the cursor. */
  #quoted(parent: number): ScalarNode {
    const start = this.#at;
    const mark = this.#text.charAt(start);
    const double = mark === '"';
    let at = start + 1;
    let lineStart = this.#lineStart;
    for (; ; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (Number.isNaN(code)) return this.#openQuote(start);
      if (code === LF) {
        // A line that stands no deeper than the entry belongs to the next one: the quote was forgotten.
        let first = at + 1;
        while (isSpace(this.#text.charCodeAt(first))) first += 1;
        const next = this.#text.charCodeAt(first);
        if (Number.isNaN(next)) return this.#openQuote(start);
        if (next !== LF && first - at - 1 <= parent) return this.#openQuote(start);
        lineStart = at + 1;
      } else if (double && code === 0x5c && this.#text.charCodeAt(at + 1) !== LF) at += 1;
      else if (double && code === 0x22) break;
      else if (!double && code === 0x27) {
        if (this.#text.charCodeAt(at + 1) !== 0x27) break;
        at += 1;
      }
    }
    const end = at + 1;
    this.#at = end;
    this.#lineStart = lineStart;
    const inner = this.#text.slice(start + 1, at);
    if (!double) return { kind: 'scalar', value: singleQuoted(inner), quoted: true, start, end };
    const { text, badAt } = doubleQuoted(inner);
    if (badAt !== undefined) {
      const from = start + 1 + badAt;
      const escape = this.#text.slice(from, from + 2);
      this.#fault(
        'bad-escape',
        { start: from, end: from + 2 },
        `\`${escape}\` means nothing between double quotes. Write the backslash twice, or use single quotes.`,
        {
          start: from,
          end: from + 1,
          title: 'Write the backslash twice',
          text: '\\\\',
        },
      );
    }
    return { kind: 'scalar', value: text, quoted: true, start, end };
  }

  /** Reports a quote that is never closed and takes the rest of its line for the text. */
  #openQuote(start: number): ScalarNode {
    const mark = this.#text.charAt(start);
    this.#at = start;
    const end = this.#trimmed(start, this.#lineEnd());
    this.#at = end;
    this.#lost(
      'unclosed',
      { start, end: start + 1 },
      `This ${mark} is not closed. Add ${mark} at the end of the text.`,
    );
    this.#unwinding = true;
    return { kind: 'scalar', value: this.#text.slice(start + 1, end), quoted: true, start, end };
  }

  #blockScalar(parent: number): SourceNode {
    const start = this.#at;
    const lineEnd = this.#lineEnd();
    const header = /^([|>])([-+]?)([1-9]?)([-+]?)[ \t\r]*(?:[ \t]#[^\n]*)?$/.exec(this.#text.slice(start, lineEnd));
    if (header === null) {
      const end = this.#trimmed(start, lineEnd);
      const text = this.#text.slice(start, end);
      this.#at = end;
      const span = { start, end };
      this.#needsQuotes(span, text);
      return { kind: 'scalar', value: text, quoted: true, ...span };
    }
    const keep = (header[2] || header[4] || '') as '' | '-' | '+';
    // -1 until the first line that is not blank tells it.
    let indent = header[3] === '' ? -1 : Math.max(parent, 0) + Number(header[3]);
    const lines: string[] = [];
    let at = lineEnd + 1;
    let end = lineEnd;
    while (at < this.#text.length) {
      const found = this.#text.indexOf('\n', at);
      const stop = found < 0 ? this.#text.length : found;
      const line = this.#text.slice(at, stop).replace(/\r$/, '');
      let deep = 0;
      while (line.charCodeAt(deep) === SPACE) deep += 1;
      const blank = deep === line.length;
      if (!blank) {
        if (indent < 0) {
          if (deep <= parent) break;
          indent = deep;
        }
        if (deep < indent) break;
        if (deep === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(line)) break;
      }
      lines.push(blank && (indent < 0 || deep < indent) ? '' : line);
      if (!blank) end = stop;
      at = stop + 1;
    }
    // The cursor stays at the last line's end; what follows belongs to the next entry.
    this.#at = Math.min(at - 1, this.#text.length);
    this.#lineStart = this.#text.lastIndexOf('\n', this.#at - 1) + 1;
    const text = blockText(lines, Math.max(indent, 0), header[1] === '>', keep);
    return { kind: 'scalar', value: text, quoted: true, start, end };
  }

  // Flow collections.

  #flow(parent: number): SourceNode {
    if (this.#depth >= DEEPEST) return this.#tooDeep();
    this.#depth += 1;
    const node = this.#text.charAt(this.#at) === '[' ? this.#flowList(parent) : this.#flowMap(parent);
    this.#depth -= 1;
    return node;
  }

  /** Moves over white space, line ends and comments inside brackets. False where the collection cannot go on. */
  #flowSpace(parent: number): boolean {
    if (this.#unwinding) return false;
    const from = this.#lineStart;
    if (!this.#toContent()) return false;
    if (this.#lineStart === from || this.#column() > parent) return true;
    // YAML wants the closing bracket deeper too, but everybody writes it below the key.
    const code = this.#code();
    return code === 0x5d || code === 0x7d;
  }

  /** Reports an open bracket, once for all the brackets around it. */
  #open(start: number): void {
    if (this.#unwinding) return;
    const mark = this.#text.charAt(start);
    this.#lost(
      'unclosed',
      { start, end: start + 1 },
      `This ${mark} is not closed. Add ${mark === '[' ? ']' : '}'} after its last entry.`,
    );
    this.#unwinding = true;
    this.#stepBack();
  }

  /** What ended the collection is the next line: gives it back to the block around. */
  #stepBack(): void {
    if (!Number.isNaN(this.#code())) this.#at = this.#lineStart;
  }

  /**
   * Between entries: takes a comma or the closing bracket. `done` when the collection is over. `open` is where it began;
   * `filled` tells whether an entry stands before the cursor.
   */
  #separator(open: number, close: string, parent: number, filled: boolean): 'more' | 'done' {
    for (;;) {
      if (!this.#flowSpace(parent)) {
        this.#open(open);
        return 'done';
      }
      const mark = this.#text.charAt(this.#at);
      if (mark === close) {
        this.#at += 1;
        return 'done';
      }
      if (mark === ']' || mark === '}') {
        this.#lost(
          'unclosed',
          { start: open, end: open + 1 },
          `This ${this.#text.charAt(open)} is closed by a ${mark}. Write ${close} there, or close it before.`,
        );
        // Where a bracket further out waits for this one, it is left to it.
        if (!this.#waiting.includes(mark)) this.#at += 1;
        return 'done';
      }
      if (mark !== ',') {
        if (filled) {
          const start = this.#at;
          this.#lost('yaml-syntax', { start, end: start + 1 }, 'A comma is missing before this entry.', {
            start,
            end: start,
            title: 'Insert a comma',
            text: ', ',
          });
        }
        return 'more';
      }
      const start = this.#at;
      if (!filled)
        this.#fault('yaml-syntax', { start, end: start + 1 }, 'There is nothing before this comma. Delete it.', {
          start,
          end: start + 1,
          title: 'Delete the comma',
          text: '',
        });
      this.#at += 1;
      filled = false;
    }
  }

  /** The brackets that the collections around the one at hand wait for. */
  readonly #waiting: string[] = [];

  #flowList(parent: number): ListNode {
    const start = this.#at;
    const items: SourceNode[] = [];
    this.#at += 1;
    let filled = false;
    while (this.#separator(start, ']', parent, filled) === 'more') {
      this.#waiting.push(']');
      const before = this.#at;
      const item = this.#flowNode(parent);
      items.push(this.#pairInList(item, parent));
      if (this.#at === before) this.#at += 1;
      this.#waiting.pop();
      filled = true;
    }
    return { kind: 'list', items, start, end: this.#at };
  }

  /** `[a: b]` is a list of one map in YAML. */
  #pairInList(item: SourceNode, parent: number): SourceNode {
    if (this.#unwinding || item.kind !== 'scalar') return item;
    const colon = this.#flowColon(item, parent);
    if (!colon) return item;
    const value = this.#flowValue(parent);
    return {
      kind: 'map',
      entries: [{ key: item, value, hasValue: true }],
      flow: true,
      start: item.start,
      end: Math.max(value.end, item.end),
    };
  }

  #flowMap(parent: number): MapNode {
    const start = this.#at;
    const entries: MapEntry[] = [];
    const seen = new Map<string, ScalarNode>();
    this.#at += 1;
    let filled = false;
    while (this.#separator(start, '}', parent, filled) === 'more') {
      this.#waiting.push('}');
      const before = this.#at;
      this.#flowEntry(entries, seen, parent);
      if (this.#at === before) this.#at += 1;
      this.#waiting.pop();
      filled = true;
    }
    return { kind: 'map', entries, flow: true, start, end: this.#at };
  }

  #flowEntry(entries: MapEntry[], seen: Map<string, ScalarNode>, parent: number): void {
    const start = this.#at;
    if (
      (this.#code() === 0x3f && isGap(this.#code(1))) ||
      (this.#code() === COLON && (isGap(this.#code(1)) || isFlow(this.#code(1))))
    ) {
      this.#at += 1;
      this.#lost('bad-key', { start, end: start + 1 }, 'There is no plain word for a key here. Write `key: value`.');
      return;
    }
    const key = this.#flowNode(parent);
    if (this.#unwinding && key.kind !== 'scalar') return;
    if (key.kind !== 'scalar') {
      if (key.kind !== 'broken') this.#fault('bad-key', key, 'A key is a plain word here. Write `key: value`.');
      if (this.#flowColon(key, parent)) this.#flowValue(parent);
      return;
    }
    if (this.#unwinding) {
      this.#put(entries, seen, { key, value: this.#nothing(key.end), hasValue: false });
      return;
    }
    const hasValue = this.#flowColon(key, parent);
    const value = hasValue ? this.#flowValue(parent) : this.#nothing(key.end);
    this.#put(entries, seen, { key, value, hasValue });
  }

  /** Takes the colon behind a key; false when there is none. */
  #flowColon(key: SourceNode, parent: number): boolean {
    const { at, line } = { at: this.#at, line: this.#lineStart };
    const tight = key.kind !== 'scalar' || key.quoted;
    if (this.#flowSpace(parent) && this.#code() === COLON && (tight || isGap(this.#code(1)) || isFlow(this.#code(1)))) {
      this.#at += 1;
      return true;
    }
    if (!this.#unwinding) {
      this.#at = at;
      this.#lineStart = line;
    }
    return false;
  }

  /** The value behind a colon inside braces. */
  #flowValue(parent: number): SourceNode {
    const from = this.#at;
    if (!this.#flowSpace(parent)) {
      this.#stepBack();
      return this.#nothing(from);
    }
    const code = this.#code();
    if (code === COMMA || code === 0x5d || code === 0x7d) return this.#nothing(from);
    const value = this.#flowNode(parent);
    if (value.kind !== 'scalar' || value.quoted || this.#code() !== COLON) return value;
    // `{what: Do not: copy}` — up to the next comma or bracket it was meant as one text.
    while (!isFlow(this.#code()) && this.#code() !== LF && !Number.isNaN(this.#code())) this.#at += 1;
    const span = { start: value.start, end: this.#trimmed(value.start, this.#at) };
    const text = this.#text.slice(span.start, span.end);
    this.#fault(
      'needs-quotes',
      span,
      `Quote \`${shown(text)}\`: a colon with a space behind it makes a key in YAML.`,
      quote(span, text),
    );
    return { kind: 'scalar', value: text, quoted: true, ...span };
  }

  #flowNode(parent: number): SourceNode {
    const properties = this.#properties(true);
    if (properties !== undefined) {
      if (properties.text !== undefined) return properties.text;
      if (!this.#flowSpace(parent)) return this.#nothing(properties.at);
      const code = this.#code();
      if (code === COMMA || code === 0x5d || code === 0x7d) return this.#nothing(properties.at);
    }
    switch (this.#text.charAt(this.#at)) {
      case '[':
      case '{':
        return this.#flow(parent);
      case '"':
      case "'":
        return this.#quoted(parent);
      default:
        return this.#flowPlain(parent);
    }
  }

  #flowPlain(parent: number): SourceNode {
    const start = this.#at;
    const first = this.#text.charAt(start);
    let end = this.#flowPlainLine();
    while (this.#code() === LF) {
      const { at, line } = { at: this.#at, line: this.#lineStart };
      let code = this.#code();
      while (code === LF || isSpace(code)) {
        this.#at += 1;
        if (code === LF) this.#lineStart = this.#at;
        code = this.#code();
      }
      const over =
        Number.isNaN(code) ||
        this.#column() <= parent ||
        code === HASH ||
        isFlow(code) ||
        (code === COLON && (isGap(this.#code(1)) || isFlow(this.#code(1))));
      if (over) {
        this.#at = at;
        this.#lineStart = line;
        break;
      }
      end = this.#flowPlainLine();
    }
    const span = { start, end };
    const text = foldLines(this.#text.slice(start, end));
    if (first !== '' && ('@`%|>'.includes(first) || /^[-?](?:\s|$)/.test(text))) {
      this.#needsQuotes(span, text);
      return { kind: 'scalar', value: text, quoted: true, ...span };
    }
    return { kind: 'scalar', value: plainMeaning(text), quoted: false, ...span };
  }

  #flowPlainLine(): number {
    const from = this.#at;
    for (; ; this.#at += 1) {
      const code = this.#code();
      if (code === LF || Number.isNaN(code) || isFlow(code)) break;
      if (code === COLON && (isGap(this.#code(1)) || isFlow(this.#code(1)))) break;
      if (code === HASH && this.#at > from && isSpace(this.#code(-1))) break;
    }
    return this.#trimmed(from, this.#at);
  }
}

function quote(span: Span, text: string): Mend {
  return { start: span.start, end: span.end, text: JSON.stringify(text), title: 'Put it in quotes' };
}

/** The repair that deletes a word and the space behind it. */
function remove(span: Span, text: string): Mend {
  let { end } = span;
  while (isSpace(text.charCodeAt(end)) && text.charCodeAt(end) !== CR) end += 1;
  return { start: span.start, end, text: '', title: 'Delete it' };
}
