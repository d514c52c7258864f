/**
 * Tokens into grams, and grams into fingerprints. A gram is a run of k tokens; its rolling hash is a polynomial in the
 * tokens' secret values. Winnowing keeps of every w neighbouring grams the one that comes first in a secret order, so two
 * texts that share w + k - 1 tokens in a row share a fingerprint.
 * Schleimer, Wilkerson, Aiken: Winnowing, local algorithms for document fingerprinting (SIGMOD 2003).
 */
import { keptExactly } from './abstractTokens.js';
import { halfSipHash, type TierSecrets } from './key.js';
import type { Lexer } from './lexer.js';

/** The numbers of one tier. */
export interface Tier {
  readonly name: 'exact' | 'abstract';
  /** Tokens in a gram. */
  readonly k: number;
  /** Grams in a winnowing window. */
  readonly w: number;
  /** A gram that tells no more than this many things apart says nothing and is skipped … */
  readonly dull: number;
  /** … and one that tells this many apart has full weight. */
  readonly rich: number;
}

/** Words, literals and signs as they stand; what a gram tells are its distinct tokens. */
export const EXACT: Tier = { name: 'exact', k: 7, w: 4, dull: 3, rich: 7 };
/** Names, strings and numbers as classes; what a gram tells are its distinct pairs of neighbours. */
export const ABSTRACT: Tier = { name: 'abstract', k: 25, w: 6, dull: 7, rich: 15 };

const PAIR_SLOTS = 4096;
/** The order of a gram that winnowing must not keep; above every other. */
const NEVER = 0x7fffffff;

/** The grams of one text in one tier; the arrays are reused by the next text. */
export class Grams {
  /** How many grams the text has, dull ones included. */
  count = 0;
  /** How many tokens of the text this tier keeps. */
  tokens = 0;
  /** Per gram: its rolling hash. */
  rolling = new Int32Array(1024);
  /** Per gram: 0 for nothing told, 1 for full weight. */
  weight = new Float32Array(1024);
  /** Per kept token: its place among all tokens of the text. */
  at = new Int32Array(1024);

  readonly tier: Tier;
  readonly #secrets: TierSecrets;
  #values = new Int32Array(1024);
  #codes = new Uint8Array(1024);
  #seen = new Int32Array(64);
  #times = new Uint8Array(64);
  #nextDistance = new Uint8Array(1024);
  readonly #pairs = new Uint8Array(PAIR_SLOTS);
  readonly #weightOf: Float32Array;
  /** The multiplier to the power of k, which takes a token out of the rolling hash. */
  readonly #leaving: number;

  constructor(tier: Tier, secrets: TierSecrets) {
    this.tier = tier;
    this.#secrets = secrets;
    let power = 1;
    for (let i = 0; i < tier.k; i++) power = Math.imul(power, secrets.multiplier);
    this.#leaving = power;
    this.#weightOf = Float32Array.from({ length: tier.k + 1 }, (_, told) =>
      Math.min(1, Math.max(0, (told - tier.dull) / (tier.rich - tier.dull))),
    );
  }

  #reserve(size: number): void {
    if (this.at.length >= size) return;
    const room = Math.max(size, this.at.length * 2);
    this.rolling = new Int32Array(room);
    this.weight = new Float32Array(room);
    this.at = new Int32Array(room);
    this.#values = new Int32Array(room);
    this.#codes = new Uint8Array(room);
    this.#nextDistance = new Uint8Array(room);
  }

  /** Takes the grams of the text that the lexer has just read. */
  read(lexer: Lexer): void {
    this.#reserve(lexer.count);
    const kept = this.tier.name === 'exact' ? this.#keepExact(lexer) : this.#keepAbstract(lexer);
    this.tokens = kept;
    this.count = Math.max(0, kept - this.tier.k + 1);
    if (this.count === 0) return;
    this.#roll(kept);
    if (this.tier.name === 'exact') this.#weighByTokens(kept);
    else this.#weighByPairs(kept);
  }

  #keepExact(lexer: Lexer): number {
    const { count, code, value } = lexer;
    const values = this.#values;
    const at = this.at;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      if (keptExactly[code[i] as number] === 0) continue;
      values[kept] = value[i] as number;
      at[kept++] = i;
    }
    return kept;
  }

  #keepAbstract(lexer: Lexer): number {
    const { count, code, valueOfCode } = lexer;
    const values = this.#values;
    const codes = this.#codes;
    const at = this.at;
    for (let i = 0; i < count; i++) {
      const c = code[i] as number;
      values[i] = valueOfCode[c] as number;
      codes[i] = c;
      at[i] = i;
    }
    return count;
  }

  #roll(kept: number): void {
    const values = this.#values;
    const rolling = this.rolling;
    const { k } = this.tier;
    const multiplier = this.#secrets.multiplier;
    const leaving = this.#leaving;
    let hash = 0;
    for (let i = 0; i < k; i++) hash = (Math.imul(hash, multiplier) + (values[i] as number)) | 0;
    rolling[0] = hash;
    for (let i = k; i < kept; i++) {
      hash = (Math.imul(hash, multiplier) + (values[i] as number) - Math.imul(values[i - k] as number, leaving)) | 0;
      rolling[i - k + 1] = hash;
    }
  }

  #weighByTokens(kept: number): void {
    const values = this.#values;
    const nextDistance = this.#nextDistance;
    const weight = this.weight;
    const weightOf = this.#weightOf;
    const { k } = this.tier;
    let distinct = 0;
    for (let i = 0; i < kept; i++) {
      const v = values[i];
      nextDistance[i] = k;
      const furthest = i < k - 1 ? i : k - 1;
      // The token that leaves was the last of its kind in the window unless another follows within it.
      if (i >= k && (nextDistance[i - k] as number) >= k) distinct--;
      let isNew = 1;
      for (let d = 1; d <= furthest; d++) {
        if (values[i - d] === v) {
          nextDistance[i - d] = d;
          isNew = 0;
          break;
        }
      }
      distinct += isNew;
      if (i >= k - 1) weight[i - k + 1] = weightOf[distinct] as number;
    }
  }

  #weighByPairs(kept: number): void {
    const codes = this.#codes;
    const pairs = this.#pairs;
    const weight = this.weight;
    const weightOf = this.#weightOf;
    const { k } = this.tier;
    pairs.fill(0);
    let distinct = 0;
    for (let i = 1; i < kept; i++) {
      const entering = ((codes[i - 1] as number) * 37 + (codes[i] as number) * 11) & (PAIR_SLOTS - 1);
      const seen = pairs[entering] as number;
      if (seen === 0) distinct++;
      pairs[entering] = seen + 1;
      if (i >= k) {
        const leaving = ((codes[i - k] as number) * 37 + (codes[i - k + 1] as number) * 11) & (PAIR_SLOTS - 1);
        const left = (pairs[leaving] as number) - 1;
        pairs[leaving] = left;
        if (left === 0) distinct--;
      }
      if (i >= k - 1) weight[i - k + 1] = weightOf[distinct] as number;
    }
  }

  /**
   * Lowers the weight of grams that came before in the same text: a pattern repeated forty times is said once. The n-th
   * occurrence counts `1 / n ** fading`.
   */
  fadeRepeats(fading: number): void {
    const { count, rolling, weight } = this;
    let slots = 64;
    while (slots < count * 2) slots *= 2;
    if (this.#seen.length < slots) {
      this.#seen = new Int32Array(slots);
      this.#times = new Uint8Array(slots);
    }
    const seen = this.#seen;
    const times = this.#times;
    times.fill(0, 0, slots);
    for (let gram = 0; gram < count; gram++) {
      if (weight[gram] === 0) continue;
      const hash = rolling[gram] as number;
      let slot = (hash ^ (hash >>> 15)) & (slots - 1);
      while (times[slot] !== 0 && seen[slot] !== hash) slot = (slot + 1) & (slots - 1);
      seen[slot] = hash;
      const n = Math.min(255, (times[slot] as number) + 1);
      times[slot] = n;
      if (n > 1) weight[gram] = (weight[gram] as number) / n ** fading;
    }
  }

  /** The fingerprint of a gram: 32 bits of a keyed function of its rolling hash. */
  fingerprint(gram: number): number {
    return halfSipHash(this.#secrets.gram0, this.#secrets.gram1, this.rolling[gram] as number);
  }

  /** Writes the places of the grams that winnowing keeps into `chosen`, in order, and returns how many they are. */
  winnow(chosen: Int32Array): number {
    const { count, rolling, weight } = this;
    const { w } = this.tier;
    const multiplier = this.#secrets.order;
    const orderOf = (gram: number): number => {
      if (weight[gram] === 0) return NEVER;
      const h = rolling[gram] as number;
      const mixed = Math.imul(h ^ (h >>> 16), multiplier);
      return (mixed ^ (mixed >>> 15)) & 0x3fffffff;
    };
    let kept = 0;
    let least = -1;
    let leastOrder = 0;
    const firstWindowEnd = Math.min(w, count) - 1;
    for (let gram = 0; gram < count; gram++) {
      const order = orderOf(gram);
      if (least < 0 || order <= leastOrder) {
        least = gram;
        leastOrder = order;
      } else if (least <= gram - w) {
        least = gram - w + 1;
        leastOrder = orderOf(least);
        for (let other = least + 1; other <= gram; other++) {
          const otherOrder = orderOf(other);
          if (otherOrder <= leastOrder) {
            least = other;
            leastOrder = otherOrder;
          }
        }
      }
      if (gram < firstWindowEnd || leastOrder === NEVER) continue;
      if (kept === 0 || chosen[kept - 1] !== least) chosen[kept++] = least;
    }
    return kept;
  }
}
