import { coveredAssets } from '../covers.js';
import type { Asset, PolicyContent } from '../language.js';
import { zoneOf } from '../membership.js';
import { windowOf, type Window } from '../moments.js';
import type { Mend } from '../Report.js';
import type { ProblemCode } from '../problemCodes.js';
import type { Span } from '../Source.js';

/** Where checks put what they find, and where the things they look at are written. */
export interface Checked {
  readonly content: PolicyContent;
  /** Top-level keys whose text could not be read; nothing is known of what they define. */
  readonly unread: ReadonlySet<string>;
  add(code: ProblemCode, span: Span, message: string, mend?: Mend): void;
  /** Where an entry's value stands, or its item when it is a list; the entry's first key where it is not written. */
  at(entry: object, key?: string, index?: number): Span;
  /** Where an entry's key stands. */
  atKey(entry: object, key: string): Span;
  /** The line of a place, 1-based. */
  line(span: Span): number;
  /** What is written at a place. */
  written(span: Span): string;
}

/** Answers that several checks need, worked out once. */
export class Answers {
  readonly zone: string;
  readonly #assets = new Map<string, readonly Asset[]>();
  readonly #windows = new WeakMap<object, Window | undefined>();

  constructor(readonly content: PolicyContent) {
    this.zone = zoneOf(content);
  }

  /** The assets that a rule covers. */
  assetsOf(covers: readonly string[]): readonly Asset[] {
    const key = covers.join('\n');
    let assets = this.#assets.get(key);
    if (assets === undefined) this.#assets.set(key, (assets = coveredAssets(this.content, covers)));
    return assets;
  }

  /** The window of an entry with `from` and `until`; undefined when one of them cannot be read. */
  windowOf(entry: { readonly from?: string | undefined; readonly until?: string | undefined }): Window | undefined {
    if (!this.#windows.has(entry)) this.#windows.set(entry, windowOf(entry.from, entry.until, this.zone));
    return this.#windows.get(entry);
  }
}
