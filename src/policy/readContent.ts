import { nearest } from './nearest.js';
import { plainMeaning } from './scalars.js';
import type { Mend, Report } from './Report.js';
import type { Field, Fields, Shape, TextSort } from './shape.js';
import type { MapEntry, MapNode, ScalarNode, SourceNode, Span } from './Source.js';
import { article, faultOf, shown } from './syntax.js';
import { firstOf, type Where } from './Where.js';

/** What a value is read for: its key as messages call it, and where the key stands. */
interface Spot {
  readonly key: string;
  readonly place: Span;
  /** True where the key may be left out. */
  readonly optional?: boolean;
}

/**
 * Reads a tree by its shape. Always gives a value of the shape: where something is wrong, the problem is reported and a
 * neutral value stands in (an empty text, an empty list), so that the rest can be read and checked all the same.
 */
export class ContentReader {
  /** Top-level keys without a value: what they would define is not known. */
  readonly empty = new Set<string>();

  constructor(
    private readonly report: Report,
    private readonly where: Where,
    /** True where part of the text could not be read: then a missing key is no news. */
    private readonly partial = false,
  ) {}

  read(shape: Shape, node: SourceNode, spot: Spot): unknown {
    if (node.kind === 'broken') return this.#neutral(shape);
    switch (shape.kind) {
      case 'text':
        return this.#text(shape.sort, node, spot);
      case 'count':
        return this.#count(node, spot);
      case 'flag':
        return this.#flag(node, spot);
      case 'version':
        return this.#version(node, spot);
      case 'choice':
        return this.#choice(shape.of, node, spot);
      case 'list':
        return this.#list(shape, node, spot);
      case 'map':
        return this.#map(shape, node, spot);
      case 'entry':
        return this.#entry(shape.noun, shape.fields, node, spot);
      case 'either':
        return this.#either(shape, node, spot);
    }
  }

  #text(sort: TextSort, node: SourceNode, spot: Spot): string {
    if (node.kind !== 'scalar') return this.#wrongType(node, spot, 'a text', '');
    if (node.value === null) return this.#empty(node, spot, '');
    let { value } = node;
    if (typeof value !== 'string') {
      const source = this.#sourceOf(node);
      if (sort === 'clause') {
        const read = String(value);
        this.report.add(
          'unquoted-clause',
          node,
          read === source
            ? `Quote the clause number: "${source}". Without quotes YAML takes it for a number, and 4.10 becomes 4.1.`
            : `Quote the clause number: "${source}". Without quotes YAML reads it as ${read}.`,
          quoted(node, source),
        );
        return source;
      }
      if (sort === 'text' || sort === 'sentence' || sort === 'id' || sort === 'marker') {
        this.report.add(
          'wrong-type',
          node,
          `Quote ${source}: \`${spot.key}\` takes a text, and without quotes YAML takes this for a ${
            typeof value === 'number' ? 'number' : 'truth value'
          }.`,
          quoted(node, source),
        );
        return source;
      }
      value = source;
    }
    if (value.trim() === '') return this.#empty(node, spot, '');
    const fault = faultOf(sort, value);
    if (fault !== undefined) {
      const { instead } = fault;
      this.report.add(
        fault.code,
        node,
        fault.message,
        instead === undefined
          ? undefined
          : { ...change(node, instead, node.quoted), title: `Change to ${shown(instead)}` },
      );
      // An id is kept as it is written, so that what refers to it is not reported as well.
      return sort === 'id' ? value : '';
    }
    if ((sort === 'sentence' || sort === 'text') && !node.quoted) this.#hash(node, spot);
    return value;
  }

  /** In a plain text, ` #` begins a comment: "See issue #4" says "See issue". */
  #hash(node: ScalarNode, spot: Spot): void {
    const rest = /^[ \t]+#\S[^\n]*/.exec(this.report.source.text.slice(node.end, node.end + 500))?.[0];
    if (rest === undefined) return;
    const whole = { start: node.start, end: node.end + rest.trimEnd().length };
    this.report.add(
      'cut-by-hash',
      { start: node.end + (rest.length - rest.trimStart().length), end: whole.end },
      `YAML takes this for a comment, so \`${spot.key}\` ends before it. Quote the whole text, or put a space after the # if it is a comment.`,
      quoted(whole, this.report.source.text.slice(whole.start, whole.end)),
    );
  }

  #count(node: SourceNode, spot: Spot): number {
    if (node.kind !== 'scalar') return this.#wrongType(node, spot, 'a number', 1);
    if (node.value === null) return this.#empty(node, spot, 1);
    if (typeof node.value === 'number' && Number.isInteger(node.value) && node.value > 0) return node.value;
    const digits = typeof node.value === 'string' && /^\s*([1-9]\d{0,8})\b/.exec(node.value)?.[1];
    this.report.add(
      'wrong-type',
      node,
      `\`${spot.key}\` takes a whole number above zero, without quotes.`,
      typeof digits === 'string' ? { ...node, text: digits, title: `Change to ${digits}` } : undefined,
    );
    return 1;
  }

  #flag(node: SourceNode, spot: Spot): boolean {
    if (node.kind !== 'scalar') return this.#wrongType(node, spot, '`true` or `false`', false);
    if (node.value === null) return this.#empty(node, spot, false);
    if (typeof node.value === 'boolean') return node.value;
    const word = String(node.value).toLowerCase();
    const meant = ['yes', 'on', 'true', '1'].includes(word)
      ? 'true'
      : ['no', 'off', 'false', '0'].includes(word)
        ? 'false'
        : undefined;
    this.report.add(
      'wrong-type',
      node,
      `\`${spot.key}\` takes \`true\` or \`false\`, without quotes.`,
      meant === undefined ? undefined : { ...node, text: meant, title: `Change to ${meant}` },
    );
    return false;
  }

  #version(node: SourceNode, spot: Spot): 1 {
    if (node.kind === 'scalar' && node.value === 1) return 1;
    if (node.kind === 'scalar' && node.value === null) return this.#empty(node, spot, 1 as const);
    const mend = { start: node.start, end: node.end, text: '1', title: 'Change to 1' };
    if (node.kind === 'scalar' && node.value === '1') {
      this.report.add('wrong-type', node, 'Write the version as a number, without quotes: `version: 1`.', mend);
    } else {
      this.report.add(
        'unknown-version',
        node,
        'This is not a version of the policy language that is known here. Write `version: 1`.',
        mend,
      );
    }
    return 1;
  }

  #choice(words: readonly string[], node: SourceNode, spot: Spot): string {
    const neutral = words[0] ?? '';
    if (node.kind !== 'scalar') return this.#wrongType(node, spot, `one of ${words.join(', ')}`, neutral);
    if (node.value === null) return this.#empty(node, spot, neutral);
    const word = String(node.value);
    if (words.includes(word)) return word;
    const meant = nearest(word, words);
    this.report.add(
      'unknown-word',
      node,
      `\`${shown(word)}\` is not known here. ${
        words.length === 1 ? `The only word is ${words.join()}.` : `Write one of ${words.join(', ')}.`
      }${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`,
      meant === undefined ? undefined : change(node, meant, node.quoted),
    );
    return neutral;
  }

  #list(shape: Shape & { kind: 'list' }, node: SourceNode, spot: Spot): readonly unknown[] {
    if (node.kind === 'scalar' && node.value === null && !node.quoted) return this.#empty(node, spot, []);
    let items: readonly SourceNode[];
    if (node.kind === 'list') items = node.items;
    else if (shape.single) items = [node];
    else {
      const kind = shape.of.kind === 'entry' ? `${shape.of.noun}s`.replace(/ys$/, 'ies') : 'entries';
      this.report.add(
        'wrong-type',
        node.kind === 'map' ? spot.place : node,
        `\`${spot.key}\` takes a list of ${kind}. Begin each with \`- \`, or put them in [ ].`,
      );
      return [];
    }
    if (items.length < shape.least) {
      this.report.add(
        'empty-list',
        node,
        shape.least === 1
          ? `\`${spot.key}\` is empty. Name at least one.`
          : `\`${spot.key}\` needs at least ${shape.least} entries.`,
      );
    }
    const seen = new Set<string>();
    return items.map((item) => {
      if (item.kind === 'scalar' && item.value !== null && items.length > 1) {
        const word = String(item.value);
        if (seen.has(word))
          this.report.add('repeated-entry', item, `\`${shown(word)}\` stands in this list already. Delete it.`);
        seen.add(word);
      }
      return this.read(shape.of, item, { key: spot.key, place: item });
    });
  }

  #map(shape: Shape & { kind: 'map' }, node: SourceNode, spot: Spot): Readonly<Record<string, unknown>> {
    if (node.kind !== 'map') {
      if (node.kind === 'scalar' && node.value === null) return this.#empty(node, spot, {});
      return this.#wrongType(node, spot, 'keys with values', {});
    }
    const values: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const { key, value } of node.entries) {
      const word = shape.keys.kind === 'choice' ? this.#actionKey(shape.keys.of, key) : this.#clauseKey(key);
      if (word !== undefined) values[word] = this.read(shape.of, value, { key: word, place: key });
    }
    this.where.remember(values, node);
    return values;
  }

  #clauseKey(key: ScalarNode): string {
    const source = typeof key.value === 'string' ? key.value : this.#sourceOf(key);
    if (typeof key.value !== 'string') {
      this.report.add(
        'unquoted-clause',
        key,
        String(key.value) === source
          ? `Quote the clause number: "${source}". Without quotes YAML takes it for a number, and 4.10 becomes 4.1.`
          : `Quote the clause number: "${source}". Without quotes YAML reads it as ${String(key.value)}.`,
        quoted(key, source),
      );
    }
    return source;
  }

  #actionKey(words: readonly string[], key: ScalarNode): string | undefined {
    const word = String(key.value);
    if (words.includes(word)) return word;
    this.#unknownKey(key, words, `Write one of ${words.join(', ')}.`);
    return undefined;
  }

  #either(shape: Shape & { kind: 'either' }, node: SourceNode, spot: Spot): unknown {
    if (node.kind === 'list') return this.#wrongType(node, spot, 'one entry, not a list', this.#neutral(shape));
    if (node.kind === 'map') return this.read(shape.map, node, spot);
    const word = this.read(shape.word, node, spot);
    if (shape.lift === undefined) return word;
    const lifted = { [shape.lift]: word };
    this.where.remember(lifted, node);
    return lifted;
  }

  #entry(noun: string, fields: Fields, node: SourceNode, spot: Spot): unknown {
    if (node.kind !== 'map') {
      const neutral = this.#neutral({ kind: 'entry', noun, fields });
      if (node.kind === 'scalar' && node.value === null) return this.#empty(node, spot, neutral);
      return this.#wrongType(
        node,
        spot,
        `keys with values: ${article(noun)} has ${wordList(firstKeys(fields))}`,
        neutral,
      );
    }
    const content: Record<string, unknown> = {};
    const guessed = new Set<string>();
    const known = new Set(node.entries.map((entry) => String(entry.key.value)));
    for (const [at, written] of node.entries.entries()) {
      const entry = this.#tightColon(written, fields) ?? written;
      const key = String(entry.key.value);
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (field !== undefined) {
        content[key] = this.read(field.shape, entry.value, { key, place: entry.key, optional: !field.required });
        if (noun === 'policy' && entry.value.kind === 'scalar' && entry.value.value === null) this.empty.add(key);
      } else if (!this.#cutSentence(node, at, fields)) {
        const meant = this.#unknownKey(
          entry.key,
          Object.keys(fields).filter((name) => !known.has(name)),
          `${capital(article(noun))} has ${wordList(Object.keys(fields))}.`,
        );
        const guess = meant === undefined ? undefined : fields[meant];
        if (meant !== undefined && guess !== undefined && !guessed.has(meant)) {
          // Read as what was probably meant, so that what it defines or misspells is known too.
          guessed.add(meant);
          content[meant] = this.read(guess.shape, entry.value, { key: meant, place: entry.key });
        }
      }
    }
    for (const [key, field] of Object.entries(fields)) {
      if (Object.hasOwn(content, key)) continue;
      if (field.required && !guessed.has(key) && !this.#isExcused(noun, key, content)) {
        this.#missing(noun, key, field, node, content);
      }
      const filler = field.required ? this.#neutral(field.shape) : field.default;
      if (filler !== undefined) content[key] = filler;
    }
    this.where.remember(content, node);
    return content;
  }

  /** True for a key of the whole policy that is known to stand elsewhere, or may stand where nothing could be read. */
  #isExcused(noun: string, key: string, content: Readonly<Record<string, unknown>>): boolean {
    if (noun !== 'policy') return false;
    const parents = content['extends'];
    return this.partial || (key !== 'version' && Array.isArray(parents) && parents.length > 0);
  }

  /** The entry that `{effect:deny}` was meant to be, in which YAML sees a key without a value. */
  #tightColon({ key, hasValue }: MapEntry, fields: Fields): MapEntry | undefined {
    const word = typeof key.value === 'string' && !hasValue && !key.quoted ? key.value : '';
    const colon = word.indexOf(':');
    const name = word.slice(0, colon);
    if (colon < 1 || !Object.hasOwn(fields, name)) return undefined;
    const after = key.start + colon + 1;
    this.report.add(
      'missing-space',
      { start: key.start, end: after },
      'Put a space behind the colon. Without it YAML sees no key.',
      { start: after, end: after, title: 'Insert a space', text: ' ' },
    );
    const value = {
      kind: 'scalar',
      value: plainMeaning(word.slice(colon + 1)),
      quoted: false,
      start: after,
      end: key.end,
    } as const;
    return { key: { ...key, value: name, end: after - 1 }, value, hasValue: true };
  }

  /** True when the key at `at` is the rest of a sentence that a comma has cut. */
  #cutSentence(node: MapNode, at: number, fields: Fields): boolean {
    const entry = node.entries[at];
    if (entry === undefined || !node.flow || entry.hasValue) return false;
    let first = at - 1;
    const isTail = (candidate: MapEntry | undefined) =>
      candidate !== undefined && !candidate.hasValue && !Object.hasOwn(fields, String(candidate.key.value));
    if (isTail(node.entries[first])) return true;
    const head = node.entries[first];
    if (head === undefined || head.value.kind !== 'scalar' || head.value.quoted || head.value.value === null)
      return false;
    while (isTail(node.entries[first + 1])) first += 1;
    const end = node.entries[first]?.key.end ?? entry.key.end;
    const whole = { start: head.value.start, end };
    const sentence = this.report.source.text.slice(whole.start, whole.end);
    this.report.add(
      'cut-sentence',
      { start: entry.key.start, end },
      `The comma before "${shown(String(entry.key.value))}" cuts \`${String(head.key.value)}\` in two. Quote the sentence.`,
      { ...quoted(whole, sentence.replace(/\s*\n\s*/g, ' ')), title: 'Quote the sentence' },
    );
    return true;
  }

  #unknownKey(key: ScalarNode, known: readonly string[], otherwise: string): string | undefined {
    const word = String(key.value);
    const meant = nearest(word, known);
    this.report.add(
      'unknown-key',
      key,
      `There is no key \`${shown(word)}\` here. ${meant === undefined ? otherwise : `Did you mean \`${meant}\`?`}`,
      meant === undefined ? undefined : change(key, meant, key.quoted),
    );
    return meant;
  }

  #missing(noun: string, key: string, field: Field, node: MapNode, content: Record<string, unknown>): void {
    const name = content['id'] ?? content['name'];
    const subject =
      noun === 'policy'
        ? 'The policy'
        : typeof name === 'string' && name !== ''
          ? `The ${noun} \`${name}\``
          : `This ${noun}`;
    this.report.add('missing-key', firstOf(node), `${subject} has no \`${key}\`. Add it: ${field.about}`);
  }

  #empty<T>(node: SourceNode, spot: Spot, neutral: T): T {
    const place = node.end > node.start ? node : spot.place;
    this.report.add(
      'empty-value',
      place,
      `\`${spot.key}\` has no value. Write one${spot.optional === true ? ', or leave the key out' : ''}.`,
    );
    return neutral;
  }

  #wrongType<T>(node: SourceNode, spot: Spot, wanted: string, neutral: T): T {
    this.report.add('wrong-type', node, `\`${spot.key}\` takes ${wanted}; this is ${described(node)}.`);
    return neutral;
  }

  /** A value that raises no further question. */
  #neutral(shape: Shape): unknown {
    switch (shape.kind) {
      case 'text':
        return '';
      case 'count':
      case 'version':
        return 1;
      case 'flag':
        return false;
      case 'choice':
        return shape.of[0] ?? '';
      case 'list':
        return [];
      case 'map':
        return {};
      case 'either':
        return shape.lift === undefined ? this.#neutral(shape.word) : { [shape.lift]: '' };
      case 'entry': {
        const content: Record<string, unknown> = {};
        for (const [key, field] of Object.entries(shape.fields)) {
          const filler = field.required ? this.#neutral(field.shape) : field.default;
          if (filler !== undefined) content[key] = filler;
        }
        return content;
      }
    }
  }

  #sourceOf(node: Span): string {
    return this.report.source.text.slice(node.start, node.end);
  }
}

/** The value of a tree without its places. */
export function plainValue(node: SourceNode): unknown {
  switch (node.kind) {
    case 'broken':
      return null;
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [String(key.value), plainValue(value)]));
  }
}

function change(span: Span, text: string, inQuotes: boolean): Mend {
  const plain = /^[A-Za-z0-9][\w./@+-]*(?::[\w./@+-]+)*$/.test(text);
  return {
    start: span.start,
    end: span.end,
    text: inQuotes || !plain ? JSON.stringify(text) : text,
    title: `Change to '${text}'`,
  };
}

function quoted(span: Span, text: string): Mend {
  return { start: span.start, end: span.end, text: JSON.stringify(text), title: 'Put it in quotes' };
}

function described(node: SourceNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a set of keys';
  if (node.kind === 'broken') return 'unreadable';
  return typeof node.value === 'number' ? 'a number' : typeof node.value === 'boolean' ? 'a truth value' : 'a text';
}

/** The keys to name first: what is required, then what comes first in the language. */
function firstKeys(fields: Fields): readonly string[] {
  const keys = Object.keys(fields);
  const required = keys.filter((key) => fields[key]?.required === true);
  return (required.length > 1 ? required : keys).slice(0, 4);
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function wordList(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}
