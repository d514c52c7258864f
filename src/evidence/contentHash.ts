/**
 * Hashes of restricted text. A plain hash of a short text can be found by trying; these are made under a secret that is
 * kept apart from the evidence, so that they tell nothing to whoever holds the evidence alone. Who has the text and the
 * secret can show that it is the text that was recorded.
 */
import type { Hash } from '../ports.js';

const BLOCK = 64;
const encoder = new TextEncoder();

/** HMAC-SHA-256 in lower-case hex, after RFC 2104. `hash` has to be SHA-256. */
export async function keyedHash(key: Uint8Array, message: Uint8Array, hash: Hash): Promise<string> {
  const block = new Uint8Array(BLOCK);
  block.set(key.length > BLOCK ? fromHex(await hash(key)) : key);
  const inner = await hash(joined(masked(block, 0x36), message));
  return hash(joined(masked(block, 0x5c), fromHex(inner)));
}

/**
 * The hash of a text under a secret (64 hex digits). Line ends count as LF, and those at the end of the text do not
 * count, so that the same lines have the same hash on every platform and however they were selected.
 */
export function contentHash(secret: string, text: string, hash: Hash): Promise<string> {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  return keyedHash(fromHex(secret), encoder.encode(plain), hash);
}

/** A name for a secret that does not give it away: 16 hex digits. */
export async function secretName(secret: string, hash: Hash): Promise<string> {
  const name = await keyedHash(fromHex(secret), encoder.encode('developer-terms evidence: name of this secret'), hash);
  return name.slice(0, 16);
}

/** True for what is a secret: 64 hex digits. */
export function isSecret(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function masked(block: Uint8Array, mask: number): Uint8Array {
  return block.map((byte) => byte ^ mask);
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
