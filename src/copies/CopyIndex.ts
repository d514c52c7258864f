/**
 * Fingerprints of restricted regions, and the question whether a text was taken from one of them: verbatim, reformatted,
 * renamed or edited. Everything is keyed; nothing of the regions' text is kept.
 */
import { AllowedCode } from './AllowedCode.js';
import { boilerplate } from './boilerplate.js';
import type { CopyCounters, CopyIndex, CopyIndexOptions, CopyMatch, RegionText, SourceText } from './CopyMatch.js';
import { Chains, type Chain } from './chain.js';
import { ABSTRACT, EXACT, Grams } from './fingerprint.js';
import { KEY_BYTES, randomKey, secretsOf } from './key.js';
import { languageOf } from './languages.js';
import { Lexer } from './lexer.js';
import { PostingBuffer, Postings } from './Postings.js';
import { RegionTable } from './RegionTable.js';
import { ABSTRACT_TOKENS, COPY, EXACT_TOKENS, rarityOf, scoreOf } from './score.js';

/** A fingerprint in more than this many regions tells nothing about where a text came from. */
export const STOP = 16;
/** A region keeps this many places of one fingerprint, so that repetitive code neither vanishes nor floods. */
const PER_REGION = 2;
/** Entries that wait to be sorted; above this they become a table of their own. */
const BUFFERED = 1 << 21;
/** A table is merged with its newer neighbours unless it is this many times as large. */
const GROWTH = 4;
/** A table is rebuilt when more of its entries than this and an eighth of it belong to removed regions. */
const DEAD = 8192;

interface Level {
  readonly tables: readonly [Postings, Postings];
  readonly firstSlot: number;
  dead: number;
}

export class CopyIndexEngine implements CopyIndex {
  readonly counters: CopyCounters = { characters: 0, tokens: 0, lookups: 0, postings: 0, chainSteps: 0 };
  readonly #key: Uint8Array;
  readonly #threshold: number;
  readonly #lexer: Lexer;
  readonly #grams: readonly [Grams, Grams];
  #regions = new RegionTable();
  readonly #buffers: readonly [PostingBuffer, PostingBuffer] = [new PostingBuffer(), new PostingBuffer()];
  #bufferedFrom = 0;
  #bufferedDead = 0;
  #levels: Level[] = [];
  readonly #allowed: readonly [AllowedCode, AllowedCode] = [new AllowedCode(), new AllowedCode()];
  readonly #boilerplate: readonly [Set<number>, Set<number>] = [new Set(), new Set()];
  #boilerplateRead = false;
  #chosen = new Int32Array(1024);
  #seen = new Float64Array(4096);
  // One fingerprint's live places, gathered before they are judged.
  readonly #foundSlot = new Int32Array((STOP + 1) * PER_REGION);
  readonly #foundPlace = new Float64Array((STOP + 1) * PER_REGION);

  constructor(options: CopyIndexOptions = {}) {
    const key = options.key ?? randomKey();
    if (key.length !== KEY_BYTES) throw new RangeError(`The key of a copy index has ${KEY_BYTES} bytes.`);
    this.#key = key.slice();
    this.#threshold = options.threshold ?? COPY;
    const secrets = secretsOf(this.#key);
    this.#lexer = new Lexer(secrets);
    this.#grams = [new Grams(EXACT, secrets.tiers[0]), new Grams(ABSTRACT, secrets.tiers[1])];
  }

  #read(source: SourceText): void {
    this.#lexer.lex(source.text, languageOf(source.path));
    this.#grams[0].read(this.#lexer);
    this.#grams[1].read(this.#lexer);
    this.counters.characters += source.text.length;
    this.counters.tokens += this.#lexer.count;
  }

  add(region: RegionText): void {
    this.remove(region.id);
    if (this.#buffers[0].count + this.#buffers[1].count > BUFFERED) this.#flush();
    this.#read(region);
    const lexer = this.#lexer;
    if (this.#regions.end + lexer.count > 0xffffffff) this.#rebuild();
    const slot = this.#regions.add(region.id, region.path, lexer.count, lexer.lines, lexer.line);
    const start = this.#regions.start[slot] as number;
    let entries = 0;
    for (let tier = 0; tier < 2; tier++)
      entries += this.#store(this.#grams[tier] as Grams, this.#buffers[tier] as PostingBuffer, start);
    this.#regions.postings[slot] = entries;
    this.#regions.livePostings += entries;
  }

  /** Winnows one tier of the region just read into the buffer; at most `PER_REGION` places of one fingerprint. */
  #store(grams: Grams, buffer: PostingBuffer, start: number): number {
    if (this.#chosen.length < grams.count) this.#chosen = new Int32Array(grams.count * 2);
    const count = grams.winnow(this.#chosen);
    let slots = 16;
    while (slots < count * 2) slots *= 2;
    if (this.#seen.length < slots) this.#seen = new Float64Array(slots);
    const seen = this.#seen;
    seen.fill(0, 0, slots);
    let stored = 0;
    for (let i = 0; i < count; i++) {
      const gram = this.#chosen[i] as number;
      const fingerprint = grams.fingerprint(gram);
      // An entry is the fingerprint, counted from one, with its number of places above 32 bits.
      let slot = (fingerprint ^ (fingerprint >>> 15)) & (slots - 1);
      let places = 0;
      for (;;) {
        const entry = seen[slot] as number;
        if (entry === 0) break;
        if (entry % 0x100000000 === fingerprint) {
          places = Math.floor(entry / 0x100000000);
          break;
        }
        slot = (slot + 1) & (slots - 1);
      }
      if (places >= PER_REGION) continue;
      seen[slot] = fingerprint + (places + 1) * 0x100000000;
      buffer.push(fingerprint, start + (grams.at[gram] as number));
      stored++;
    }
    return stored;
  }

  remove(id: string): void {
    const slot = this.#regions.slotOf(id);
    if (slot === undefined) return;
    const entries = this.#regions.postings[slot] as number;
    this.#regions.remove(slot);
    if (slot >= this.#bufferedFrom) {
      this.#bufferedDead += entries;
      return;
    }
    for (let i = this.#levels.length - 1; i >= 0; i--) {
      const level = this.#levels[i] as Level;
      if (slot < level.firstSlot) continue;
      level.dead += entries;
      return;
    }
  }

  allow(file: SourceText): void {
    this.#read(file);
    for (let tier = 0; tier < 2; tier++) {
      const grams = this.#grams[tier] as Grams;
      const allowed = this.#allowed[tier] as AllowedCode;
      for (let gram = 0; gram < grams.count; gram++) if (grams.weight[gram] !== 0) allowed.add(grams.fingerprint(gram));
    }
  }

  #readBoilerplate(): void {
    this.#boilerplateRead = true;
    for (const file of boilerplate) {
      this.#read(file);
      for (let tier = 0; tier < 2; tier++) {
        const grams = this.#grams[tier] as Grams;
        for (let gram = 0; gram < grams.count; gram++)
          if (grams.weight[gram] !== 0) this.#boilerplate[tier]?.add(grams.fingerprint(gram));
      }
    }
  }

  /** Sorts what waits into a table of its own. */
  #flush(): void {
    const slots = this.#regions.slots;
    if (slots === this.#bufferedFrom) return;
    const tables: [Postings, Postings] = [Postings.of(this.#buffers[0]), Postings.of(this.#buffers[1])];
    this.#buffers[0].clear();
    this.#buffers[1].clear();
    this.#levels.push({ tables, firstSlot: this.#bufferedFrom, dead: this.#bufferedDead });
    this.#bufferedFrom = slots;
    this.#bufferedDead = 0;
  }

  /** Brings the tables into shape for questions: everything sorted, few tables, little in them that was removed. */
  #settle(): void {
    this.#flush();
    if (this.#regions.deadTokens > 1 << 16 && this.#regions.deadTokens * 2 > this.#regions.end) {
      this.#rebuild();
      return;
    }
    const levels = this.#levels;
    let from = levels.length;
    let newer = 0;
    for (let i = levels.length - 1; i >= 0; i--) {
      const level = levels[i] as Level;
      const count = level.tables[0].count + level.tables[1].count;
      if ((newer > 0 && count < newer * GROWTH) || level.dead > DEAD + count / 8) from = i;
      newer += count;
    }
    if (from < levels.length) this.#merge(from);
  }

  /** Makes one table of all from this one on, without what was removed. */
  #merge(from: number): void {
    const merged = this.#levels.splice(from);
    const regions = this.#regions;
    const tables = [0, 1].map((tier) => {
      const buffer = new PostingBuffer();
      for (const level of merged) {
        (level.tables[tier] as Postings).forEach((fingerprint, place) => {
          if (level.dead === 0 || regions.alive[regions.slotAt(place)] === 1) buffer.push(fingerprint, place);
        });
      }
      return Postings.of(buffer);
    }) as [Postings, Postings];
    this.#levels.push({ tables, firstSlot: merged[0]?.firstSlot ?? 0, dead: 0 });
  }

  /** Renumbers all places, in the order of the regions' ids, and leaves one table without gaps. */
  #rebuild(): void {
    this.#flush();
    const old = this.#regions;
    const fresh = new RegionTable();
    const slots: number[] = [];
    for (let slot = 0; slot < old.slots; slot++) if (old.alive[slot] === 1) slots.push(slot);
    slots.sort((a, b) => ((old.ids[a] as string) < (old.ids[b] as string) ? -1 : 1));
    const shift = new Float64Array(old.slots);
    for (const slot of slots) {
      const moved = fresh.add(
        old.ids[slot] as string,
        old.paths[slot] as string,
        old.tokensOf(slot),
        old.lines[slot] as number,
        old.linesOfTokens(slot),
      );
      fresh.postings[moved] = old.postings[slot] as number;
      fresh.livePostings += old.postings[slot] as number;
      shift[slot] = (fresh.start[moved] as number) - (old.start[slot] as number);
    }
    const tables = [0, 1].map((tier) => {
      const buffer = new PostingBuffer();
      for (const level of this.#levels) {
        (level.tables[tier] as Postings).forEach((fingerprint, place) => {
          const slot = old.slotAt(place);
          if (old.alive[slot] === 1) buffer.push(fingerprint, place + (shift[slot] as number));
        });
      }
      return Postings.of(buffer);
    }) as [Postings, Postings];
    this.#regions = fresh;
    this.#levels = fresh.slots === 0 ? [] : [{ tables, firstSlot: 0, dead: 0 }];
    this.#bufferedFrom = fresh.slots;
    this.#bufferedDead = 0;
  }

  query(snippet: SourceText): CopyMatch[] {
    if (this.#regions.liveRegions === 0) return [];
    this.#settle();
    if (!this.#boilerplateRead) this.#readBoilerplate();
    this.#read(snippet);
    const chains = this.#chain();
    return this.#judge(chains);
  }

  #chain(): readonly Chain[] {
    const [exact, abstract] = this.#grams;
    // Enough to reach the threshold even with every bonus; anything less need not be kept.
    const least = this.#threshold / 2;
    const chains = new Chains((e, a) => e / EXACT_TOKENS + a / ABSTRACT_TOKENS >= least);
    let i = 0;
    let j = 0;
    while (i < exact.count || j < abstract.count) {
      const nextExact = i < exact.count ? (exact.at[i] as number) : Infinity;
      const nextAbstract = j < abstract.count ? (abstract.at[j] as number) : Infinity;
      if (nextExact <= nextAbstract) this.#look(0, exact, i++, chains);
      else this.#look(1, abstract, j++, chains);
    }
    const finished = chains.finish();
    this.counters.chainSteps += chains.steps;
    return finished;
  }

  #look(tier: 0 | 1, grams: Grams, gram: number, chains: Chains): void {
    const weight = grams.weight[gram] as number;
    if (weight === 0) return;
    const fingerprint = grams.fingerprint(gram);
    const regions = this.#regions;
    let found = 0;
    let distinct = 0;
    let lastSlot = -1;
    for (const level of this.#levels) {
      this.counters.lookups++;
      const table = level.tables[tier];
      let entry = table.find(fingerprint);
      if (entry < 0) continue;
      const low = fingerprint & 0xffff;
      const end = table.endOfBucket(fingerprint);
      // A run as long as this must hold more regions than a telling fingerprint has.
      const far = entry + STOP * PER_REGION;
      if (level.dead === 0 && far < end && table.low[far] === low) return;
      for (; entry < end && table.low[entry] === low; entry++) {
        this.counters.postings++;
        const place = table.place[entry] as number;
        const slot = regions.slotAt(place);
        if (regions.alive[slot] !== 1) continue;
        if (slot !== lastSlot) {
          lastSlot = slot;
          if (++distinct > STOP) return;
        }
        this.#foundSlot[found] = slot;
        this.#foundPlace[found++] = place;
      }
    }
    if (found === 0 || this.#allowed[tier].has(fingerprint) || this.#boilerplate[tier].has(fingerprint)) return;
    const { k } = grams.tier;
    const token = grams.at[gram] as number;
    const lastToken = grams.at[gram + k - 1] as number;
    const value = weight * rarityOf(distinct);
    for (let i = 0; i < found; i++) {
      chains.hit(this.#foundSlot[i] as number, this.#foundPlace[i] as number, tier, token, lastToken, gram, k, value);
    }
  }

  #judge(chains: readonly Chain[]): CopyMatch[] {
    const [exact, abstract] = this.#grams;
    const line = this.#lexer.line;
    const matches: CopyMatch[] = [];
    for (const chain of chains) {
      const startLine = line[chain.firstToken] as number;
      const endLine = line[chain.lastToken] as number;
      const score = scoreOf({
        exact: chain.exact,
        abstract: chain.abstract,
        lines: endLine - startLine + 1,
        coverage: Math.max(chain.coveredExact / exact.tokens, chain.coveredAbstract / abstract.tokens),
      });
      if (score >= this.#threshold)
        matches.push({ id: this.#regions.ids[chain.slot] as string, score, startLine, endLine });
    }
    matches.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.startLine - b.startLine));
    // Repetition inside a region gives several chains for the same lines; the strongest speaks for them.
    const kept: CopyMatch[] = [];
    for (const match of matches) {
      const told = kept.some(
        (other) => other.id === match.id && other.startLine <= match.endLine && match.startLine <= other.endLine,
      );
      if (!told) kept.push(match);
    }
    return kept;
  }

  serialize(): Uint8Array {
    this.#rebuild();
    return new Uint8Array(0);
  }

  get stats(): CopyIndex['stats'] {
    const { liveRegions, liveLines, livePostings, liveNameBytes } = this.#regions;
    const buckets = 2 ** Math.max(17, Math.floor(Math.log2(Math.max(1, livePostings / 4))) + 1);
    return {
      regions: liveRegions,
      lines: liveLines,
      fingerprints: livePostings,
      bytes: livePostings * 6 + buckets * 4 + liveLines + liveNameBytes * 2 + liveRegions * 25,
    };
  }
}

/** An empty index; see `CopyIndexOptions` for its key and threshold. */
export function createCopyIndex(options?: CopyIndexOptions): CopyIndex {
  return new CopyIndexEngine(options);
}
