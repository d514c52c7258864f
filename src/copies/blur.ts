/**
 * Makes the exact tier fit to be handed on without its key. Fingerprints say nothing without the key, but sizes, gaps
 * and repetition would: a list of public files could be held against them. So places are rounded to blocks, every block
 * holds the same number of fingerprints, some of them noise, a fingerprint stands once in a region, and regions come in
 * few sizes.
 */
import { halfSipHash, type Secrets } from './key.js';
import { PostingBuffer, Postings } from './Postings.js';
import type { RegionTable } from './RegionTable.js';

/** Tokens in a block; a place is known no better than this. */
export const BLOCK = 16;
/** Fingerprints in every block: more than most blocks have of their own. */
export const PER_BLOCK = 7;
/** Each size of a region is this much larger than the one before. */
const STEP = 1.25;

/** The least size, in the series of sizes, that is no smaller. */
export function roundedSize(size: number): number {
  let rounded = 4;
  while (rounded < size) rounded = Math.ceil(rounded * STEP);
  return rounded;
}

/** An exact tier as it may be exported; the regions follow one another in the order of the table. */
export interface BlurredTier {
  readonly tokens: Uint32Array;
  readonly lines: Uint32Array;
  readonly table: Postings;
}

/**
 * `isOpen` tells fingerprints that say nothing of copying, since open code has them too: they are left out, so that an
 * export answers as its index does, and who holds it cannot ask what the two have in common.
 */
export function blur(
  regions: RegionTable,
  table: Postings | undefined,
  secrets: Secrets,
  isOpen: (fingerprint: number) => boolean,
): BlurredTier {
  const slots = regions.slots;
  const blocks = Uint32Array.from({ length: slots }, (_, slot) =>
    roundedSize(Math.ceil(regions.tokensOf(slot) / BLOCK)),
  );
  const start = new Float64Array(slots + 1);
  for (let slot = 0; slot < slots; slot++) start[slot + 1] = (start[slot] as number) + (blocks[slot] as number);
  const held = new Uint8Array(start[slots] as number);
  const buffer = new PostingBuffer();
  let before = -1;
  let beforeSlot = -1;
  table?.forEach((fingerprint, place) => {
    const slot = regions.slotAt(place);
    // Entries of one fingerprint and one region are neighbours in the table.
    if (fingerprint === before && slot === beforeSlot) return;
    before = fingerprint;
    beforeSlot = slot;
    if (isOpen(fingerprint)) return;
    const block = (start[slot] as number) + Math.floor((place - (regions.start[slot] as number)) / BLOCK);
    if ((held[block] as number) >= PER_BLOCK) return;
    held[block] = (held[block] as number) + 1;
    buffer.push(fingerprint, block * BLOCK);
  });
  for (let slot = 0; slot < slots; slot++) {
    // The noise is always the same for a region, so that two exports do not tell it from what is real.
    let seed = secrets.noise0;
    for (const character of regions.ids[slot] as string) {
      seed = halfSipHash(seed, secrets.noise1, character.codePointAt(0) ?? 0);
    }
    for (let i = 0; i < (blocks[slot] as number); i++) {
      const block = (start[slot] as number) + i;
      for (let n = held[block] as number; n < PER_BLOCK; n++) {
        buffer.push(halfSipHash(seed, secrets.noise0, i * PER_BLOCK + n), block * BLOCK);
      }
    }
  }
  return {
    tokens: blocks.map((count) => count * BLOCK),
    lines: Uint32Array.from({ length: slots }, (_, slot) => roundedSize(regions.lines[slot] as number)),
    table: Postings.of(buffer),
  };
}
