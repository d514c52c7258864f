import type { SourceNode, Span } from './Source.js';

/** Where the values that were read stand in the text. */
export class Where {
  readonly #nodes = new WeakMap<object, SourceNode>();

  remember(value: object, node: SourceNode): void {
    this.#nodes.set(value, node);
  }

  /** The node that an entry was read from; undefined for one that was filled in. */
  node(value: object): SourceNode | undefined {
    return this.#nodes.get(value);
  }

  /**
   * Where an entry's value of `key` stands, or its item `index` when the value is a list. Falls back to the entry
   * itself where the key is not written.
   */
  of(value: object, key?: string, index?: number): Span {
    const node = this.#nodes.get(value);
    if (node === undefined) return { start: 0, end: 0 };
    if (key === undefined || node.kind !== 'map') return key === undefined ? node : firstOf(node);
    const written = node.entries.find((entry) => entry.key.value === key);
    if (written === undefined) return firstOf(node);
    if (index !== undefined && written.value.kind === 'list') return written.value.items[index] ?? written.value;
    return written.value;
  }

  /** Where an entry's value of `key` stands; undefined where the key is not written. */
  value(value: object, key: string): Span | undefined {
    const node = this.#nodes.get(value);
    if (node?.kind !== 'map') return undefined;
    return node.entries.find((entry) => String(entry.key.value) === key)?.value;
  }

  /** Where an entry's key itself stands. */
  ofKey(value: object, key: string): Span {
    const node = this.#nodes.get(value);
    if (node?.kind !== 'map') return node ?? { start: 0, end: 0 };
    return node.entries.find((entry) => String(entry.key.value) === key)?.key ?? firstOf(node);
  }
}

/** The place at which a problem with a whole entry is shown: its first key, since an entry may be pages long. */
export function firstOf(node: SourceNode): Span {
  return node.kind === 'map' ? (node.entries[0]?.key ?? node) : node;
}
