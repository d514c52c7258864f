/**
 * The secrets of one index. Everything stored is the output of a keyed pseudo-random function, so that the table means
 * nothing without the key; docs/copy-index.md says what it shows all the same.
 */

/** Bytes of a key. */
export const KEY_BYTES = 16;

/** A fresh key from the platform's source of randomness. */
export function randomKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/** A key as text: 32 hex digits. */
export function hexOf(key: Uint8Array): string {
  return [...key].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The key in a text of 32 hex digits, white space around them left aside; undefined for any other text. */
export function keyOf(text: string): Uint8Array | undefined {
  const digits = text.trim();
  if (!/^[0-9a-f]{32}$/i.test(digits)) return undefined;
  return Uint8Array.from({ length: KEY_BYTES }, (_, at) => parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}

/**
 * HalfSipHash-2-4 of one 32-bit block under the key (k0, k1), as an unsigned 32-bit number. The message has a fixed
 * length, so the block that would carry the length is left out.
 * Aumasson, Bernstein: SipHash, a fast short-input PRF (2012), and its 32-bit form in the reference code.
 */
export function halfSipHash(k0: number, k1: number, block: number): number {
  let v0 = k0;
  let v1 = k1;
  let v2 = 0x6c796765 ^ k0;
  let v3 = 0x74656462 ^ k1 ^ block;
  for (let round = 0; round < 6; round++) {
    if (round === 2) {
      v0 ^= block;
      v2 ^= 0xff;
    }
    v0 = (v0 + v1) | 0;
    v1 = (v1 << 5) | (v1 >>> 27);
    v1 ^= v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = (v3 << 8) | (v3 >>> 24);
    v3 ^= v2;
    v0 = (v0 + v3) | 0;
    v3 = (v3 << 7) | (v3 >>> 25);
    v3 ^= v0;
    v2 = (v2 + v1) | 0;
    v1 = (v1 << 13) | (v1 >>> 19);
    v1 ^= v2;
    v2 = (v2 << 16) | (v2 >>> 16);
  }
  return (v1 ^ v3) >>> 0;
}

/** What is derived from a key, each part under its own label. */
export interface Secrets {
  /** Where the hash of a word's characters starts. */
  readonly wordSeed: number;
  /** The keys under which a word's hash becomes the token's secret value. */
  readonly token0: number;
  readonly token1: number;
  readonly tiers: readonly [TierSecrets, TierSecrets];
  /** The keys of the noise in an exported index. */
  readonly noise0: number;
  readonly noise1: number;
}

/** The secrets of one tier: exact, then abstract. */
export interface TierSecrets {
  /** The rolling hash's multiplier: odd, and 5 modulo 8 so that no small power of it is near 1. */
  readonly multiplier: number;
  /** Orders the grams of a winnowing window. */
  readonly order: number;
  /** The keys under which a gram becomes a fingerprint. */
  readonly gram0: number;
  readonly gram1: number;
}

/** Derives the secrets of an index from its key of `KEY_BYTES` bytes. */
export function secretsOf(key: Uint8Array): Secrets {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const k = [0, 4, 8, 12].map((offset) => view.getInt32(offset, true)) as [number, number, number, number];
  const derive = (label: number): number => {
    const inner = halfSipHash(k[0], k[1], label);
    return halfSipHash(k[2] ^ inner, k[3], halfSipHash(k[0] ^ label, k[3] ^ k[1], inner)) | 0;
  };
  const tier = (label: number): TierSecrets => ({
    multiplier: (derive(label) & ~7) | 5,
    order: derive(label + 1) | 1,
    gram0: derive(label + 2),
    gram1: derive(label + 3),
  });
  return {
    wordSeed: derive(1),
    token0: derive(2),
    token1: derive(3),
    tiers: [tier(16), tier(32)],
    noise0: derive(4),
    noise1: derive(5),
  };
}

/** A number that tells a wrong key from the right one and says nothing else about it. */
export function keyCheck(key: Uint8Array): number {
  const { token0, token1, wordSeed } = secretsOf(key);
  return halfSipHash(token0 ^ 0x5bd1e995, token1, wordSeed);
}
