/**
 * Where every fingerprint occurs: a sorted, immutable table. A fingerprint's high bits name a bucket, its low sixteen bits
 * are stored, and beside them the place, counted in tokens over all regions.
 */

/** Unsorted entries on their way into a table. */
export class PostingBuffer {
  count = 0;
  fingerprint = new Uint32Array(1024);
  place = new Uint32Array(1024);

  push(fingerprint: number, place: number): void {
    if (this.count === this.place.length) {
      const room = this.count * 2;
      const fingerprints = new Uint32Array(room);
      fingerprints.set(this.fingerprint);
      this.fingerprint = fingerprints;
      const places = new Uint32Array(room);
      places.set(this.place);
      this.place = places;
    }
    this.fingerprint[this.count] = fingerprint;
    this.place[this.count++] = place;
  }

  clear(): void {
    this.count = 0;
    if (this.place.length > 1 << 16) {
      this.fingerprint = new Uint32Array(1024);
      this.place = new Uint32Array(1024);
    }
  }
}

/** Fewest bucket bits: bucket and stored bits together must give the whole fingerprint back. */
const LEAST_BITS = 16;
const MOST_BITS = 24;
/** A bucket holds this many entries or up to twice as many. */
const PER_BUCKET = 4;
/** For each bucket there are two to the power of this many bits that say what occurs. */
const PRESENT_BITS = 5;
/** A bucket above this is sorted by the platform; below, insertion is faster. */
const LARGE_BUCKET = 48;

export class Postings {
  readonly count: number;
  readonly bits: number;
  /** Per bucket: where its entries start; one more at the end. */
  readonly bucketStart: Uint32Array;
  /** Per entry: the fingerprint's low 16 bits, ascending within a bucket. */
  readonly low: Uint16Array;
  /** Per entry: the place, ascending among entries of one fingerprint. */
  readonly place: Uint32Array;
  #present: Uint8Array | undefined;
  #asked = 0;

  constructor(bits: number, bucketStart: Uint32Array, low: Uint16Array, place: Uint32Array) {
    this.bits = bits;
    this.bucketStart = bucketStart;
    this.low = low;
    this.place = place;
    this.count = place.length;
  }

  get bytes(): number {
    return this.bucketStart.byteLength + this.low.byteLength + this.place.byteLength;
  }

  /**
   * Bits by the highest bits of fingerprints, as many as `presentBits` says: one that is not set means that no such
   * fingerprint occurs. Nearly every question ends there, in memory that is small enough to be near. Undefined until so
   * many `questions` were asked that laying the bits out has paid.
   */
  presentFor(questions: number): Uint8Array | undefined {
    if (this.#present !== undefined) return this.#present;
    this.#asked += questions;
    if (this.#asked < this.count) return undefined;
    const present = new Uint8Array(1 << (this.presentBits - 3));
    const shift = 32 - this.presentBits;
    this.forEach((fingerprint) => {
      const bit = fingerprint >>> shift;
      present[bit >>> 3] = (present[bit >>> 3] as number) | (1 << (bit & 7));
    });
    this.#present = present;
    return present;
  }

  get presentBits(): number {
    return this.bits + PRESENT_BITS;
  }

  /** The first entry of a fingerprint, or -1 when it does not occur. */
  find(fingerprint: number): number {
    const bucket = fingerprint >>> (32 - this.bits);
    const wanted = fingerprint & 0xffff;
    let from = this.bucketStart[bucket] as number;
    const end = this.bucketStart[bucket + 1] as number;
    let to = end;
    const low = this.low;
    while (to - from > 8) {
      const middle = (from + to) >>> 1;
      if ((low[middle] as number) < wanted) from = middle + 1;
      else to = middle;
    }
    while (from < end && (low[from] as number) < wanted) from++;
    return from < end && low[from] === wanted ? from : -1;
  }

  /** Where the bucket of a fingerprint ends; its entries go no further. */
  endOfBucket(fingerprint: number): number {
    return this.bucketStart[(fingerprint >>> (32 - this.bits)) + 1] as number;
  }

  /** Calls back with every entry, in the table's order. */
  forEach(visit: (fingerprint: number, place: number) => void): void {
    const shift = 32 - this.bits;
    const mask = (1 << shift) - 1;
    for (let bucket = 0; bucket + 1 < this.bucketStart.length; bucket++) {
      const end = this.bucketStart[bucket + 1] as number;
      for (let i = this.bucketStart[bucket] as number; i < end; i++) {
        visit(((bucket << shift) | ((this.low[i] as number) & mask)) >>> 0, this.place[i] as number);
      }
    }
  }

  /** The table in these arrays; undefined when they do not fit together or name places from `end` on. */
  static restore(bucketStart: Uint32Array, low: Uint16Array, place: Uint32Array, end: number): Postings | undefined {
    const bits = Math.log2(bucketStart.length - 1);
    if (!Number.isInteger(bits) || bits < LEAST_BITS || bits > MOST_BITS || low.length !== place.length)
      return undefined;
    let before = 0;
    for (const start of bucketStart) {
      if (start < before) return undefined;
      before = start;
    }
    if (before !== place.length || bucketStart[0] !== 0) return undefined;
    for (let i = 0; i < place.length; i++) if ((place[i] as number) >= end) return undefined;
    return new Postings(bits, bucketStart, low, place);
  }

  /**
   * Sorts entries into a table. Among entries of one fingerprint the places come out
   * ascending.
   */
  static of(buffer: PostingBuffer): Postings {
    const { count, fingerprint, place } = buffer;
    let bits = LEAST_BITS;
    while (bits < MOST_BITS && 1 << (bits + 1) <= count / PER_BUCKET) bits++;
    const shift = 32 - bits;
    const buckets = 1 << bits;
    const bucketStart = new Uint32Array(buckets + 1);
    for (let i = 0; i < count; i++) {
      const bucket = (fingerprint[i] as number) >>> shift;
      bucketStart[bucket] = (bucketStart[bucket] as number) + 1;
    }
    let sum = 0;
    for (let bucket = 0; bucket <= buckets; bucket++) {
      sum += bucketStart[bucket] as number;
      bucketStart[bucket] = sum;
    }
    const low = new Uint16Array(count);
    const places = new Uint32Array(count);
    // Filled from the back, so that each start counts down to its bucket's own and entries keep their order.
    for (let i = count - 1; i >= 0; i--) {
      const f = fingerprint[i] as number;
      const bucket = f >>> shift;
      const at = (bucketStart[bucket] as number) - 1;
      bucketStart[bucket] = at;
      low[at] = f & 0xffff;
      places[at] = place[i] as number;
    }
    for (let bucket = 0; bucket < buckets; bucket++) {
      const start = bucketStart[bucket] as number;
      const end = bucketStart[bucket + 1] as number;
      if (end - start > 1) sortBucket(low, places, start, end);
    }
    return new Postings(bits, bucketStart, low, places);
  }
}

function sortBucket(low: Uint16Array, place: Uint32Array, start: number, end: number): void {
  if (end - start <= LARGE_BUCKET) {
    for (let i = start + 1; i < end; i++) {
      const l = low[i] as number;
      const p = place[i] as number;
      let j = i - 1;
      while (j >= start && ((low[j] as number) > l || (low[j] === l && (place[j] as number) > p))) {
        low[j + 1] = low[j] as number;
        place[j + 1] = place[j] as number;
        j--;
      }
      low[j + 1] = l;
      place[j + 1] = p;
    }
    return;
  }
  const together = new Float64Array(end - start);
  for (let i = start; i < end; i++) together[i - start] = (low[i] as number) * 0x100000000 + (place[i] as number);
  together.sort();
  for (let i = start; i < end; i++) {
    const both = together[i - start] as number;
    low[i] = Math.floor(both / 0x100000000);
    place[i] = both >>> 0;
  }
}
