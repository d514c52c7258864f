/** Which regions an index holds, and which region and line a place belongs to. */

const BLOCK_BITS = 8;

/** A region's slot is its number in this table; slots of removed regions are free until the index is rebuilt. */
export class RegionTable {
  readonly ids: string[] = [];
  readonly paths: string[] = [];
  /** Per slot: the place of its first token. */
  start = new Float64Array(64);
  /** Per slot: how many lines it has. */
  lines = new Uint32Array(64);
  /** Per slot: how many fingerprints it has in the table, in both tiers. */
  postings = new Uint32Array(64);
  /** Per slot: 1 while it is in the index. */
  alive = new Uint8Array(64);
  /** Per slot: where its line lengths start in `lineLengths`. */
  lineStart = new Float64Array(64);
  /** The end of all places. */
  end = 0;
  /** Per line of every region: how many tokens it has; 255 means 255 and more to come in the next byte. */
  lineLengths: Uint8Array = new Uint8Array(1024);
  lineLengthsEnd = 0;

  liveRegions = 0;
  liveLines = 0;
  livePostings = 0;
  liveNameBytes = 0;
  deadTokens = 0;

  readonly #slots = new Map<string, number>();
  #blocks = new Int32Array(64);
  #blocksFilled = 0;

  get slots(): number {
    return this.ids.length;
  }

  slotOf(id: string): number | undefined {
    return this.#slots.get(id);
  }

  /** Takes a region of `tokens` tokens in and returns its slot; `lineOf` gives the 1-based line of every token. */
  add(id: string, path: string, tokens: number, lines: number, lineOf: Int32Array): number {
    const slot = this.open(id, path, tokens, lines);
    this.#writeLines(tokens, lines, lineOf);
    return slot;
  }

  /** Takes a region in whose line lengths are in the table already, or are not known at all. */
  open(id: string, path: string, tokens: number, lines: number): number {
    const slot = this.ids.length;
    if (slot === this.alive.length) this.#grow();
    this.ids.push(id);
    this.paths.push(path);
    this.#slots.set(id, slot);
    this.start[slot] = this.end;
    this.lines[slot] = lines;
    this.alive[slot] = 1;
    this.lineStart[slot] = this.lineLengthsEnd;
    this.#fillBlocks(slot, this.end + tokens);
    this.end += tokens;
    this.liveRegions++;
    this.liveLines += lines;
    this.liveNameBytes += id.length + path.length;
    return slot;
  }

  #grow(): void {
    const room = this.alive.length * 2;
    const larger = <T extends Float64Array | Uint32Array | Uint8Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    this.start = larger(this.start, new Float64Array(room));
    this.lines = larger(this.lines, new Uint32Array(room));
    this.postings = larger(this.postings, new Uint32Array(room));
    this.alive = larger(this.alive, new Uint8Array(room));
    this.lineStart = larger(this.lineStart, new Float64Array(room));
  }

  /** The slot of every block's first place, so that finding a region takes a step or two. */
  #fillBlocks(slot: number, end: number): void {
    const last = Math.ceil(end / (1 << BLOCK_BITS));
    if (last > this.#blocks.length) {
      const blocks = new Int32Array(Math.max(last, this.#blocks.length * 2));
      blocks.set(this.#blocks);
      this.#blocks = blocks;
    }
    while (this.#blocksFilled < last) this.#blocks[this.#blocksFilled++] = slot;
  }

  #writeLines(tokens: number, lines: number, lineOf: Int32Array): void {
    const most = lines + Math.floor(tokens / 255) + 1;
    if (this.lineLengthsEnd + most > this.lineLengths.length) {
      const larger = new Uint8Array(Math.max(this.lineLengthsEnd + most, this.lineLengths.length * 2));
      larger.set(this.lineLengths);
      this.lineLengths = larger;
    }
    let token = 0;
    let at = this.lineLengthsEnd;
    for (let line = 1; line <= lines; line++) {
      let length = 0;
      while (token < tokens && (lineOf[token] as number) <= line) {
        token++;
        length++;
      }
      for (; length >= 255; length -= 255) this.lineLengths[at++] = 255;
      this.lineLengths[at++] = length;
    }
    this.lineLengthsEnd = at;
  }

  /** Takes a region out; its tokens stay in the tables until these are rebuilt. */
  remove(slot: number): void {
    const id = this.ids[slot] as string;
    this.alive[slot] = 0;
    this.#slots.delete(id);
    this.liveRegions--;
    this.liveLines -= this.lines[slot] as number;
    this.livePostings -= this.postings[slot] as number;
    this.liveNameBytes -= id.length + (this.paths[slot] as string).length;
    this.deadTokens += this.tokensOf(slot);
  }

  tokensOf(slot: number): number {
    return (slot + 1 < this.ids.length ? (this.start[slot + 1] as number) : this.end) - (this.start[slot] as number);
  }

  /** The slot that a place belongs to. */
  slotAt(place: number): number {
    let slot = this.#blocks[place >>> BLOCK_BITS] as number;
    const last = this.ids.length - 1;
    while (slot < last && (this.start[slot + 1] as number) <= place) slot++;
    return slot;
  }

  /** The 1-based line of every token of a region; spread evenly where an exported index keeps no lines. */
  linesOfTokens(slot: number): Int32Array {
    const tokens = this.tokensOf(slot);
    const lineOf = new Int32Array(tokens);
    const lines = this.lines[slot] as number;
    if (this.lineLengthsEnd === 0) return lineOf.map((_, token) => 1 + Math.floor((token * lines) / tokens));
    let at = this.lineStart[slot] as number;
    let token = 0;
    for (let line = 1; line <= lines; line++) {
      let length: number;
      do {
        length = this.lineLengths[at++] as number;
        for (let i = 0; i < length && token < tokens; i++) lineOf[token++] = line;
      } while (length === 255);
    }
    return lineOf;
  }
}
