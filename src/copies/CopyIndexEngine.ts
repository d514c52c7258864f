/**
 * Fingerprints of restricted regions, and the question whether a text was taken from one of them: verbatim, reformatted,
 * renamed or edited. Everything is keyed; nothing of the regions' text is kept.
 */
import { AllowedCode } from './AllowedCode.js';
import { boilerplate } from './boilerplate.js';
import type {
  CopyCounters,
  CopyIndex,
  CopyIndexOptions,
  CopyMatch,
  Explanation,
  Overlap,
  RegionText,
  SourceText,
} from './CopyMatch.js';
import { blur } from './blur.js';
import { Chains, type Chain } from './chain.js';
import { ABSTRACT, EXACT, Grams } from './fingerprint.js';
import { explain } from './explain.js';
import { KEY_BYTES, keyCheck, randomKey, secretsOf } from './key.js';
import { damaged, pack, unpack, type IndexProblem, type Section } from './serialize.js';
import { languageOf } from './languages.js';
import { Lexer } from './lexer.js';
import { PostingBuffer, Postings } from './Postings.js';
import { RegionTable } from './RegionTable.js';
import { COPY, FADING, NEGLIGIBLE, rarityOf, scoreOf, strengthOf } from './score.js';

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

/** Candidates that are judged in one question, the strongest first. */
const MOST_CANDIDATES = 256;
/** A region that shares this part of what the best one shares is alike. */
const NEARLY = 0.6;

interface Lines {
  readonly startLine: number;
  readonly endLine: number;
}
const overlap = (a: Lines, b: Lines): boolean => a.startLine <= b.endLine && b.startLine <= a.endLine;

/** Allowed code counts as overlapping from this many shared tokens, with no more than so many others between them. */
const OVERLAP_TOKENS = 30;
const OVERLAP_GAP = 20;

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
  readonly #sifted: [Int32Array, Int32Array] = [new Int32Array(1024), new Int32Array(1024)];
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
    const { slots, liveRegions, deadTokens, end } = this.#regions;
    if ((deadTokens > 1 << 16 && deadTokens * 2 > end) || slots > 2 * liveRegions + 1024) {
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
    for (const grams of this.#grams) grams.fadeRepeats(FADING);
    const chains = this.#chain();
    return this.#judge(chains);
  }

  #chain(): readonly Chain[] {
    const [exact, abstract] = this.#grams;
    const chains = new Chains((exactTokens, abstractTokens) => strengthOf(exactTokens, abstractTokens) >= NEGLIGIBLE);
    const exactEnd = this.#sift(0, exact);
    const abstractEnd = this.#sift(1, abstract);
    const [exactGrams, abstractGrams] = this.#sifted;
    let i = 0;
    let j = 0;
    while (i < exactEnd || j < abstractEnd) {
      const nextExact = i < exactEnd ? (exact.at[exactGrams[i] as number] as number) : Infinity;
      const nextAbstract = j < abstractEnd ? (abstract.at[abstractGrams[j] as number] as number) : Infinity;
      if (nextExact <= nextAbstract) this.#look(0, exact, exactGrams[i++] as number, chains);
      else this.#look(1, abstract, abstractGrams[j++] as number, chains);
    }
    const finished = chains.finish();
    this.counters.chainSteps += chains.steps;
    return finished;
  }

  /** Writes the grams that may occur in some table into `#sifted`, in order, and returns how many they are. */
  #sift(tier: 0 | 1, grams: Grams): number {
    const { count, weight } = grams;
    if (this.#sifted[tier].length < count) this.#sifted[tier] = new Int32Array(count * 2);
    const sifted = this.#sifted[tier];
    const masks = this.#levels.map(({ tables }) => {
      const table = tables[tier];
      const present = table.presentFor(count);
      return present && { present, shift: 32 - table.presentBits };
    });
    let kept = 0;
    let asked = 0;
    for (let gram = 0; gram < count; gram++) {
      if (weight[gram] === 0) continue;
      const fingerprint = grams.fingerprint(gram);
      for (const mask of masks) {
        asked++;
        if (mask !== undefined) {
          const bit = fingerprint >>> mask.shift;
          if ((((mask.present[bit >>> 3] as number) >>> (bit & 7)) & 1) === 0) continue;
        }
        sifted[kept++] = gram;
        break;
      }
    }
    this.counters.lookups += asked;
    return kept;
  }

  #look(tier: 0 | 1, grams: Grams, gram: number, chains: Chains): void {
    const weight = grams.weight[gram] as number;
    const fingerprint = grams.fingerprint(gram);
    const regions = this.#regions;
    let found = 0;
    let distinct = 0;
    let lastSlot = -1;
    for (const level of this.#levels) {
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
    const candidates = chains.map((chain) => ({
      chain,
      id: this.#regions.ids[chain.slot] as string,
      startLine: line[chain.firstToken] as number,
      endLine: line[chain.lastToken] as number,
      strength: strengthOf(chain.exact, chain.abstract),
    }));
    candidates.sort(
      (a, b) => b.strength - a.strength || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.startLine - b.startLine),
    );
    // Repetition inside a region gives several chains for the same lines; the strongest speaks for them.
    const told: typeof candidates = [];
    for (const candidate of candidates) {
      if (told.length === MOST_CANDIDATES) break;
      if (!told.some((other) => other.id === candidate.id && overlap(other, candidate))) told.push(candidate);
    }
    const matches: CopyMatch[] = [];
    for (const { chain, id, startLine, endLine, strength } of told) {
      const lines = { startLine, endLine };
      const alike = told.filter(
        (other) => other.id !== id && other.strength > NEARLY * strength && overlap(other, lines),
      ).length;
      const score = scoreOf({
        exact: chain.exact,
        abstract: chain.abstract,
        coveredExact: chain.coveredExact,
        coveredAbstract: chain.coveredAbstract,
        span: chain.lastToken - chain.firstToken + 1,
        regionSpan: chain.lastPlace - chain.firstPlace + 1,
        lines: endLine - startLine + 1,
        coverage: Math.max(
          chain.coveredExact / Math.max(1, exact.tokens),
          chain.coveredAbstract / Math.max(1, abstract.tokens),
        ),
        alike,
        longestRun: chain.longestRun,
        shift: chain.shift,
      });
      if (score >= this.#threshold) matches.push({ id, score, startLine, endLine });
    }
    return matches.sort(
      (a, b) => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.startLine - b.startLine),
    );
  }

  explain(snippet: SourceText, match: CopyMatch): Explanation | undefined {
    const slot = this.#regions.slotOf(match.id);
    if (slot === undefined) return undefined;
    this.#settle();
    this.#read(snippet);
    const start = this.#regions.start[slot] as number;
    const end = start + this.#regions.tokensOf(slot);
    const line = this.#lexer.line;
    const token: number[] = [];
    const place: number[] = [];
    const length: number[] = [];
    const same = new Uint8Array(this.#lexer.count);
    for (let tier = 0; tier < 2; tier++) {
      const grams = this.#grams[tier] as Grams;
      const { k } = grams.tier;
      for (let gram = 0; gram < grams.count; gram++) {
        const first = grams.at[gram] as number;
        const last = grams.at[gram + k - 1] as number;
        if (grams.weight[gram] === 0 || (line[last] as number) < match.startLine) continue;
        if ((line[first] as number) > match.endLine) break;
        const fingerprint = grams.fingerprint(gram);
        for (const level of this.#levels) {
          const table = level.tables[tier] as Postings;
          let entry = table.find(fingerprint);
          if (entry < 0) continue;
          const limit = table.endOfBucket(fingerprint);
          for (; entry < limit && table.low[entry] === (fingerprint & 0xffff); entry++) {
            const at = table.place[entry] as number;
            if (at < start || at >= end) continue;
            token.push(first);
            place.push(at - start);
            length.push(last - first + 1);
            if (tier === 0) same.fill(1, first, last + 1);
          }
        }
      }
    }
    let matched = 0;
    let unchanged = 0;
    for (let i = 0; i < this.#lexer.count; i++) {
      if ((line[i] as number) < match.startLine || (line[i] as number) > match.endLine) continue;
      matched++;
      unchanged += same[i] as number;
    }
    const shared = {
      count: token.length,
      token: Int32Array.from(token),
      place: Int32Array.from(place),
      length: Int32Array.from(length),
    };
    const regionLine = this.#regions.linesOfTokens(slot);
    return explain(
      match,
      this.#regions.paths[slot] as string,
      shared,
      line,
      regionLine,
      unchanged / Math.max(1, matched),
    );
  }

  overlaps(): Overlap[] {
    this.#settle();
    const regions = this.#regions;
    const places: number[] = [];
    for (const level of this.#levels) {
      level.tables[0].forEach((fingerprint, place) => {
        if (this.#allowed[0].has(fingerprint) && regions.alive[regions.slotAt(place)] === 1) places.push(place);
      });
    }
    const sorted = Float64Array.from(places).sort();
    const overlaps: Overlap[] = [];
    for (let i = 0; i < sorted.length;) {
      const first = sorted[i] as number;
      const slot = regions.slotAt(first);
      const start = regions.start[slot] as number;
      const end = start + regions.tokensOf(slot);
      let shared = 0;
      let last = first;
      for (; i < sorted.length; i++) {
        const place = sorted[i] as number;
        if (place >= end || place - last > OVERLAP_GAP) break;
        shared += Math.min(EXACT.k, place === first ? EXACT.k : place - last);
        last = place;
      }
      if (shared < OVERLAP_TOKENS) continue;
      const lineOf = regions.linesOfTokens(slot);
      const startLine = lineOf[first - start] as number;
      const endLine = lineOf[Math.min(last - start + EXACT.k, lineOf.length) - 1] as number;
      if (endLine - startLine < 3) continue;
      overlaps.push({ id: regions.ids[slot] as string, path: regions.paths[slot] as string, startLine, endLine });
    }
    return overlaps.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.startLine - b.startLine));
  }

  serialize(options: { readonly withoutKey?: boolean } = {}): Uint8Array {
    this.#rebuild();
    const regions = this.#regions;
    const slots = regions.slots;
    const sections = new Map<string, Section>();
    if (options.withoutKey !== true) sections.set('key', this.#key);
    sections.set(
      'tokens',
      Uint32Array.from({ length: slots }, (_, slot) => regions.tokensOf(slot)),
    );
    sections.set('lines', regions.lines.subarray(0, slots));
    sections.set('postings', regions.postings.subarray(0, slots));
    sections.set('lineStart', Uint32Array.from(regions.lineStart.subarray(0, slots)));
    sections.set('lineLengths', regions.lineLengths.subarray(0, regions.lineLengthsEnd));
    this.#packTable(0, sections);
    this.#packTable(1, sections);
    sections.set('allowedExact', this.#allowed[0].all());
    sections.set('allowedAbstract', this.#allowed[1].all());
    return pack(this.#facts(false), sections);
  }

  exportFingerprints(): Uint8Array {
    this.#rebuild();
    const regions = this.#regions;
    const exported = blur(regions, this.#levels[0]?.tables[0], secretsOf(this.#key), (fingerprint) =>
      this.#allowed[0].has(fingerprint),
    );
    const sections = new Map<string, Section>();
    sections.set('tokens', exported.tokens);
    sections.set('lines', exported.lines);
    sections.set('bucketStart0', exported.table.bucketStart);
    sections.set('low0', exported.table.low);
    sections.set('place0', exported.table.place);
    // The open code itself stays out: it would tell which open code that is.
    return pack(this.#facts(true), sections);
  }

  #facts(exported: boolean): IndexFacts {
    const { ids, paths } = this.#regions;
    return { exported, threshold: this.#threshold, check: keyCheck(this.#key), ids, paths: exported ? [] : paths };
  }

  #packTable(tier: 0 | 1, sections: Map<string, Section>): void {
    const table = this.#levels[0]?.tables[tier] ?? Postings.of(new PostingBuffer());
    sections.set(`bucketStart${tier}`, table.bucketStart);
    sections.set(`low${tier}`, table.low);
    sections.set(`place${tier}`, table.place);
  }

  /** Reads what `serialize` or `exportFingerprints` wrote; the key is needed where the bytes hold none. */
  static read(bytes: Uint8Array, options: { readonly key?: Uint8Array } = {}): CopyIndexEngine | IndexProblem {
    const unpacked = unpack(bytes);
    if ('code' in unpacked) return unpacked;
    const { facts, sections } = unpacked;
    if (!areFacts(facts)) return damaged;
    const key = options.key ?? (sections.get('key') as Uint8Array | undefined);
    if (key === undefined) {
      return { code: 'key-missing', message: 'This copy index was written without its key; give the key to read it.' };
    }
    if (key.length !== KEY_BYTES || keyCheck(key) !== facts.check) {
      return { code: 'key-wrong', message: 'The key given is not the one this copy index was built with.' };
    }
    const index = new CopyIndexEngine({ key, threshold: facts.threshold });
    return index.#restore(facts, sections) ? index : damaged;
  }

  #restore(facts: IndexFacts, sections: ReadonlyMap<string, Section>): boolean {
    const regions = this.#regions;
    const tokens = sections.get('tokens');
    const lines = sections.get('lines');
    if (tokens === undefined || lines === undefined) return false;
    if (tokens.length !== facts.ids.length || lines.length !== tokens.length) return false;
    // Places are numbers of 32 bits; a table that says otherwise would only take memory.
    let places = 0;
    for (const count of tokens) places += count;
    if (places > 0xffffffff) return false;
    const lineStart = sections.get('lineStart');
    const postings = sections.get('postings');
    for (let slot = 0; slot < tokens.length; slot++) {
      const id = facts.ids[slot] as string;
      regions.open(id, facts.paths[slot] ?? id, tokens[slot] as number, lines[slot] as number);
      regions.lineStart[slot] = lineStart?.[slot] ?? 0;
    }
    // Read in place: the table makes a larger one before it writes.
    regions.lineLengths = (sections.get('lineLengths') as Uint8Array | undefined) ?? regions.lineLengths;
    regions.lineLengthsEnd = sections.get('lineLengths')?.length ?? 0;
    const tables: Postings[] = [];
    for (const tier of [0, 1]) {
      const bucketStart = sections.get(`bucketStart${tier}`);
      const low = sections.get(`low${tier}`);
      const place = sections.get(`place${tier}`);
      if (bucketStart === undefined || low === undefined || place === undefined) {
        tables.push(Postings.of(new PostingBuffer()));
        continue;
      }
      const table = Postings.restore(bucketStart as Uint32Array, low as Uint16Array, place as Uint32Array, regions.end);
      if (table === undefined) return false;
      tables.push(table);
      if (postings === undefined) {
        // An exported index does not say how many fingerprints a region has; they are counted.
        for (let entry = 0; entry < table.count; entry++) {
          const slot = regions.slotAt(table.place[entry] as number);
          regions.postings[slot] = (regions.postings[slot] as number) + 1;
        }
      }
    }
    for (let slot = 0; slot < tokens.length; slot++) {
      if (postings !== undefined) regions.postings[slot] = postings[slot] as number;
      regions.livePostings += regions.postings[slot] as number;
    }
    if (regions.slots > 0) this.#levels = [{ tables: tables as [Postings, Postings], firstSlot: 0, dead: 0 }];
    this.#bufferedFrom = regions.slots;
    this.#allowed[0].restore((sections.get('allowedExact') as Uint32Array | undefined) ?? new Uint32Array(0));
    this.#allowed[1].restore((sections.get('allowedAbstract') as Uint32Array | undefined) ?? new Uint32Array(0));
    return true;
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

/** What the header of a serialised index says in plain data. */
interface IndexFacts {
  readonly exported: boolean;
  readonly threshold: number;
  /** Tells whether a key is the right one. */
  readonly check: number;
  readonly ids: readonly string[];
  readonly paths: readonly string[];
}

/** True for the facts of an index, whoever wrote them: bytes from elsewhere are not to be trusted. */
function areFacts(facts: unknown): facts is IndexFacts {
  if (typeof facts !== 'object' || facts === null) return false;
  const { check, threshold, ids, paths } = facts as Partial<IndexFacts>;
  const areNames = (names: unknown): boolean =>
    Array.isArray(names) && names.every((name: unknown) => typeof name === 'string');
  return typeof check === 'number' && typeof threshold === 'number' && areNames(ids) && areNames(paths);
}
