/**
 * A file of two parts: facts as JSON, and bytes after them, from a multiple of eight on. Sixteen bytes come first: what it
 * is, the format's number, how long the facts are, and their checksum.
 */
const HEADER_BYTES = 16;
const SPACE = 32;

/** The parts of a framed file, or why it is none of this kind. */
export type Unframed =
  { readonly facts: unknown; readonly body: Uint8Array } | { readonly code: 'not-this' | 'other-version' | 'damaged' };

/** Lays facts (plain data) and a body out as bytes. `magic` is four bytes that tell this kind of file from others. */
export function framed(magic: readonly number[], format: number, facts: object, body: Uint8Array): Uint8Array {
  const words = new TextEncoder().encode(JSON.stringify(facts));
  const json = new Uint8Array(Math.ceil(words.length / 8) * 8).fill(SPACE);
  json.set(words);
  const bytes = new Uint8Array(HEADER_BYTES + json.length + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(4, format, true);
  view.setUint32(8, json.length, true);
  view.setUint32(12, checksum(json), true);
  bytes.set(json, HEADER_BYTES);
  bytes.set(body, HEADER_BYTES + json.length);
  return bytes;
}

/** Takes a file apart again. The facts are what the file says: an object, and unchecked. The body is a part of `bytes`. */
export function unframed(magic: readonly number[], format: number, bytes: Uint8Array): Unframed {
  if (bytes.length < HEADER_BYTES || magic.some((byte, at) => bytes[at] !== byte)) return { code: 'not-this' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(4, true) !== format) return { code: 'other-version' };
  const length = view.getUint32(8, true);
  if (HEADER_BYTES + length > bytes.length) return { code: 'damaged' };
  const json = bytes.subarray(HEADER_BYTES, HEADER_BYTES + length);
  if (checksum(json) !== view.getUint32(12, true)) return { code: 'damaged' };
  try {
    const facts: unknown = JSON.parse(new TextDecoder().decode(json));
    if (typeof facts !== 'object' || facts === null) return { code: 'damaged' };
    return { facts, body: bytes.subarray(HEADER_BYTES + length) };
  } catch {
    return { code: 'damaged' };
  }
}

/** FNV-1a, 32 bits: against damage, not against forgery. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  // An iterator would take several times as long, and there may be many megabytes.
  for (let at = 0; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash >>> 0;
}
