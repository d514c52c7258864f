import { isAlias, isMap, isScalar, isSeq, parseDocument, Scalar, type Pair, type YAMLError } from 'yaml';
import type { Report } from './Report.js';
import type { MapEntry, MapNode, ScalarNode, SourceNode, Span } from './Source.js';

/** What YAML gives: the tree, and how far it can be trusted. */
export interface YamlTree {
  /** Undefined when there is nothing to read. */
  readonly root: SourceNode | undefined;
  /** The offset of the first thing that is not YAML; what stands before it was read as it was meant. */
  readonly soundUntil: number;
}

/**
 * Reads YAML 1.2 core into a tree of values with their places. Everything that YAML allows and a policy does not
 * (anchors, aliases, tags, several documents, keys that are no words) is reported, and the rest is read all the same.
 */
export function readYaml(report: Report): YamlTree {
  const { text } = report.source;
  const document = parseDocument(text, {
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: false,
    schema: 'core',
    logLevel: 'error',
    keepSourceTokens: false,
  });
  let soundUntil = Infinity;
  for (const problem of document.errors) {
    if (reportYaml(report, problem)) soundUntil = Math.min(soundUntil, problem.pos[0]);
  }
  const reader = new TreeReader(report);
  const root = document.contents === null ? undefined : reader.read(document.contents);
  return { root, soundUntil: Math.min(soundUntil, reader.soundUntil) };
}

/** Turns yaml's nodes into ours. */
class TreeReader {
  soundUntil = Infinity;

  constructor(private readonly report: Report) {}

  read(node: unknown): SourceNode {
    if (isAlias(node)) return this.#alias(node.range);
    if (isScalar(node)) {
      const span = spanOf(node.range);
      this.#decorations(node, span);
      return scalarOf(node, span);
    }
    if (isMap(node)) {
      const span = spanOf(node.range);
      this.#decorations(node, span);
      return this.#map(node.items, span, node.flow === true);
    }
    if (isSeq(node)) {
      const span = spanOf(node.range);
      this.#decorations(node, span);
      return { kind: 'list', items: node.items.map((item) => this.read(item)), ...span };
    }
    return { kind: 'scalar', value: null, quoted: false, start: 0, end: 0 };
  }

  #map(pairs: readonly Pair<unknown, unknown>[], span: Span, flow: boolean): MapNode {
    const entries: MapEntry[] = [];
    const seen = new Map<string, ScalarNode>();
    for (const pair of pairs) {
      const key = this.#key(pair.key);
      if (key === undefined) continue;
      const hasValue = pair.value !== null;
      const value: SourceNode = hasValue
        ? this.read(pair.value)
        : { kind: 'scalar', value: null, quoted: false, start: key.end, end: key.end };
      const word = String(key.value);
      const first = seen.get(word);
      if (first !== undefined) {
        const { line } = this.report.source.position(first.start);
        this.report.add(
          'duplicate-key',
          key,
          `\`${word}\` stands twice in this entry, first on line ${line}. Keep one of them.`,
        );
        continue;
      }
      seen.set(word, key);
      entries.push({ key, value, hasValue });
    }
    return { kind: 'map', entries, flow, ...span };
  }

  #key(node: unknown): ScalarNode | undefined {
    if (isScalar(node)) {
      const span = spanOf(node.range);
      this.#decorations(node, span);
      const scalar = scalarOf(node, span);
      if (scalar.value !== null || span.end > span.start) return scalar;
    }
    const span = spanOf((node as { range?: [number, number, number] | null } | null)?.range);
    this.report.add('bad-key', span, 'This key is not a plain word. Write `key: value`.');
    return undefined;
  }

  #alias(range: readonly number[] | null | undefined): SourceNode {
    const span = spanOf(range);
    const { text } = this.report.source;
    const rest = /^[^\n,\]}#]*/.exec(text.slice(span.start))?.[0].trimEnd() ?? '';
    const whole = { start: span.start, end: span.start + Math.max(rest.length, span.end - span.start) };
    if (/[@/.]|\*\*/.test(rest)) {
      this.report.add(
        'needs-quotes',
        whole,
        `Quote \`${rest}\`: at the start of a value, YAML takes * for an alias.`,
        quote(whole, rest),
      );
    } else {
      this.report.add('alias', span, 'A policy has no aliases. Write the value out where it is meant.');
    }
    this.soundUntil = Math.min(this.soundUntil, span.start);
    return { kind: 'scalar', value: null, quoted: true, ...span };
  }

  #decorations(node: { anchor?: string | undefined; tag?: string | undefined }, span: Span): void {
    if (node.anchor === undefined && node.tag === undefined) return;
    const before = /(?:[!&][^\s,[\]{}]*\s+)+$|[!&][^\s,[\]{}]*$/.exec(
      this.report.source.text.slice(0, span.start).slice(-200),
    );
    const length = before?.[0].length ?? 0;
    const place = {
      start: span.start - length,
      end: span.start - (before?.[0].length ?? 0) + (before?.[0].trimEnd().length ?? 1),
    };
    if (node.anchor !== undefined) {
      this.report.add(
        'anchor',
        place,
        'A policy has no anchors. Leave this name out and write the value where it is meant.',
      );
    } else {
      this.report.add(
        'tag',
        place,
        'A policy has no YAML tags. Leave it out, or quote the value if it begins with `!`.',
      );
    }
  }
}

/** Reports what the YAML reader found. True when the text after it may have been misread. */
function reportYaml(report: Report, problem: YAMLError): boolean {
  const [start, end] = problem.pos;
  const span = { start, end: Math.max(end, start) };
  report.add('yaml-syntax', span, problem.message);
  return true;
}

function scalarOf(node: Scalar, span: Span): ScalarNode {
  const { value } = node;
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return {
    kind: 'scalar',
    value: plain,
    quoted: node.type !== Scalar.PLAIN && node.type !== undefined,
    ...span,
  };
}

function spanOf(range: readonly number[] | null | undefined): Span {
  const [start = 0, end = 0] = range ?? [];
  return { start, end };
}

/** The repair that puts double quotes around a stretch of the text. */
export function quote(span: Span, text: string): { title: string; start: number; end: number; text: string } {
  return { title: 'Put it in quotes', start: span.start, end: span.end, text: JSON.stringify(text) };
}
