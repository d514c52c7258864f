import { checksum } from './checksum.js';

/**
 * The index as bytes: a header, then named sections of little-endian numbers, each on a multiple of eight bytes, and a
 * checksum over all of it. Whatever is wrong with bytes that are read is told as data.
 */

const MAGIC = 0x49435444; // "DTCI"
/** Raised whenever tokens, grams or the layout change, since an index only answers questions asked in its own terms. */
export const FORMAT_VERSION = 1;
const HEADER_WORDS = 6;

export type Section = Uint8Array | Uint16Array | Uint32Array;

/** What is wrong with bytes that should be an index, in words for a person. */
export interface IndexProblem {
  readonly code: 'not-an-index' | 'other-version' | 'damaged' | 'key-missing' | 'key-wrong';
  readonly message: string;
}

type Kind = 'u8' | 'u16' | 'u32';
const kinds: Readonly<Record<Kind, new (buffer: ArrayBufferLike, at: number, length: number) => Section>> = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
};
const kindOf = (section: Section): Kind =>
  section instanceof Uint32Array ? 'u32' : section instanceof Uint16Array ? 'u16' : 'u8';

const roundUp = (length: number): number => Math.ceil(length / 8) * 8;

/** A section's place in the bytes: name, kind and length in elements. */
type Entry = readonly [string, Kind, number];

/** Lays `facts` (plain data) and sections out as bytes. Maps are written in the order in which they were filled. */
export function pack(facts: unknown, sections: ReadonlyMap<string, Section>): Uint8Array {
  const entries: Entry[] = [...sections].map(([name, section]) => [name, kindOf(section), section.length]);
  const json = new TextEncoder().encode(JSON.stringify({ facts, entries }));
  let size = roundUp(HEADER_WORDS * 4) + roundUp(json.length);
  for (const section of sections.values()) size += roundUp(section.byteLength);
  const bytes = new Uint8Array(size);
  const words = new Uint32Array(bytes.buffer);
  let at = roundUp(HEADER_WORDS * 4);
  bytes.set(json, at);
  at += roundUp(json.length);
  for (const section of sections.values()) {
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), at);
    at += roundUp(section.byteLength);
  }
  words[0] = MAGIC;
  words[1] = FORMAT_VERSION;
  words[2] = json.length;
  words[3] = size;
  [words[4], words[5]] = checksum(new Int32Array(bytes.buffer));
  return bytes;
}

/** Takes bytes apart again: facts and sections as they were packed, or what is wrong. The sections are parts of the bytes. */
export function unpack(
  given: Uint8Array,
): { readonly facts: unknown; readonly sections: ReadonlyMap<string, Section> } | IndexProblem {
  if (given.length < HEADER_WORDS * 4) return notAnIndex;
  // Sections are read where they lie, which has to be an aligned address; a copy starts on one.
  const { buffer, byteOffset: start } = given.byteOffset % 8 === 0 ? given : new Uint8Array(given);
  const words = new Uint32Array(buffer, start, Math.floor(given.length / 4));
  if (words[0] !== MAGIC) return notAnIndex;
  if (words[1] !== FORMAT_VERSION) {
    return {
      code: 'other-version',
      message: `The copy index was written in format ${words[1]}, this version reads format ${FORMAT_VERSION}. Build it again.`,
    };
  }
  if (words[3] !== given.length) return damaged;
  const head = new Int32Array(buffer, start, HEADER_WORDS).slice();
  head.fill(0, 4, 6);
  const [first, second] = checksum(
    new Int32Array(buffer, start + head.byteLength, words.length - HEADER_WORDS),
    checksum(head),
  );
  if (words[4] !== first || words[5] !== second) return damaged;
  try {
    let at = roundUp(HEADER_WORDS * 4);
    const jsonLength = words[2] as number;
    const json = new Uint8Array(buffer, start + at, jsonLength).slice();
    const { facts, entries } = JSON.parse(new TextDecoder().decode(json)) as {
      facts: unknown;
      entries: Entry[];
    };
    at += roundUp(jsonLength);
    const sections = new Map<string, Section>();
    for (const [name, kind, length] of entries) {
      const section = new kinds[kind](buffer, start + at, length);
      sections.set(name, section);
      at += roundUp(section.byteLength);
    }
    return { facts, sections };
  } catch {
    return damaged;
  }
}

const notAnIndex: IndexProblem = { code: 'not-an-index', message: 'This is no copy index. Build it again.' };
export const damaged: IndexProblem = {
  code: 'damaged',
  message: 'The copy index is damaged or cut short, so nothing is read from it. Build it again.',
};
