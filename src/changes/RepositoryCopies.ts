import {
  CopyIndex,
  createCopyIndex,
  FollowedDocument,
  type CopyMatch,
  type Explanation,
  type IndexProblem,
  type SourceText,
} from '../copies/CopyIndex.js';
import type { LineSpan, Range } from '../ports.js';
import { hexOf, keyOf, randomKey } from '../copies/key.js';
import type { RegionPolicy } from '../regions/fileReading.js';
import { assetsAt } from '../regions/assetsAt.js';
import { linesInWords } from '../regions/linesInWords.js';
import type { FileRegions, Region } from '../regions/Region.js';
import { regionsOf } from '../regions/regionsOf.js';
import { framed, unframed } from './framed.js';

/** Restricted lines in the index. */
export interface Origin {
  readonly asset: string;
  /** From the repository's root, with `/`. */
  readonly path: string;
  /** Where the region stands in its file. */
  readonly lines: LineSpan;
}

/** Lines of a text that were taken from a restricted region. */
export interface Copy {
  readonly origin: Origin;
  /** 1 and up is a copy; the higher, the surer. */
  readonly score: number;
  /** Lines of the text that was looked at. */
  readonly lines: LineSpan;
}

/** How a copy corresponds to its origin. Line numbers are those of the two files; no text is in it. */
export interface ExplainedCopy extends Copy {
  /** Lines of the origin's file that the copy repeats: a part of the origin. */
  readonly from: LineSpan;
  /** The assets that cover some of those lines, sorted; where it is known what covers the copy, those that do not. */
  readonly assets: readonly string[];
  readonly kind: Explanation['kind'];
  readonly strength: Explanation['strength'];
  readonly pairs: readonly { readonly here: number; readonly there: number }[];
  /** One sentence for a person; it quotes nothing. */
  readonly sentence: string;
}

/** A file as the index takes it in. `stamp` changes whenever the file does: size and time, or a hash. */
export interface IndexedFile extends SourceText {
  readonly stamp: string;
}

/** Restricted lines that also stand in open code: shared by right, or leaked in the past. */
export interface OpenOverlap {
  readonly origin: Origin;
  /** Lines of the origin's file. */
  readonly lines: LineSpan;
}

/** What of a tree is in an index, beside the policy: kept with it so that it can be brought up to date. */
export interface IndexScope {
  /** Every file counts as restricted under this name, without a policy. */
  readonly as?: string;
  /** Files and folders, from the root; none means everything. */
  readonly paths: readonly string[];
}

interface Held {
  readonly stamp: string;
  readonly regions: readonly HeldRegion[];
  /** Lines of restricted code were found where none should be, so not all of the file counts as open. */
  readonly doubted?: true;
}

/** `number` names the region in the index, so that an exported one tells no paths. */
type HeldRegion = readonly [asset: string, start: number, end: number, number: number];

interface Manifest {
  readonly policy: string;
  readonly key: string;
  readonly scope: IndexScope;
  readonly isComplete: boolean;
  readonly commit?: string;
  readonly files: Readonly<Record<string, Held>>;
}

const MAGIC = [0x44, 0x54, 0x52, 0x43];
/** Raised whenever the bytes mean something else. */
export const REPOSITORY_FORMAT = 1;

/**
 * The copy index of one repository: every restricted region of its files, named by where it stands; what no asset covers
 * counts as open code. It holds keyed fingerprints and places, never text.
 *
 * Once the index is complete, a file is looked at before it is taken in: the lines of a copy that came in later count
 * neither as open nor as the code of where they went, or the first save of a copied passage would make it everybody's.
 */
export class RepositoryCopies {
  private readonly files = new Map<string, Held>();
  /** Where a region of the index stands. */
  private readonly places = new Map<string, { readonly path: string; readonly region: HeldRegion }>();
  private nextNumber = 1;
  private isComplete = false;
  /** The commit whose files are in the index; undefined for an index of the files on disk. */
  commit: string | undefined;
  /** Files that are looked at before they count as open, complete or not. */
  private doubted: ReadonlySet<string> = new Set();

  private constructor(
    private readonly index: CopyIndex,
    /** Hash of the policy that the regions were found by. */
    readonly policy: string,
    private readonly secret: Uint8Array,
    readonly scope: IndexScope,
  ) {}

  /**
   * An empty index for regions found by the policy with this hash. `key` is the index's secret, 16 bytes. `doubted` are
   * files that held copies when another index was made of them; they have to be taken in last.
   */
  static create(
    policy: string,
    options: { readonly key?: Uint8Array; readonly scope?: IndexScope; readonly doubted?: readonly string[] } = {},
  ): RepositoryCopies {
    const key = options.key ?? randomKey();
    const copies = new RepositoryCopies(createCopyIndex({ key }), policy, key, options.scope ?? { paths: [] });
    copies.doubted = new Set(options.doubted);
    return copies;
  }

  /** Reads what `serialize` wrote, or says what is wrong with it: then the index is to be built anew. It keeps the bytes. */
  static read(bytes: Uint8Array): RepositoryCopies | IndexProblem {
    const read = unframed(MAGIC, REPOSITORY_FORMAT, bytes);
    if ('code' in read) return read.code === 'other-version' ? OTHER_VERSION : DAMAGED;
    const manifest = read.facts as Manifest;
    const key = keyOf(String(manifest.key));
    if (key === undefined) return DAMAGED;
    const index = CopyIndex.read(read.body, { key });
    if ('message' in index) return index.code === 'other-version' ? OTHER_VERSION : DAMAGED;
    const copies = new RepositoryCopies(index, manifest.policy, key, manifest.scope);
    copies.isComplete = manifest.isComplete;
    copies.commit = manifest.commit;
    for (const [path, held] of Object.entries(manifest.files)) copies.hold(path, held);
    return copies;
  }

  /** Says that every file is in: what comes from now on is a change. */
  complete(): void {
    this.isComplete = true;
    this.doubted = new Set();
  }

  /**
   * Takes a file in, in place of what was known of it. With `restrictedOnly` what no asset covers is left out, so that every
   * copy in it is found, wherever it came from. With `unlisted` the names of files in which nothing is restricted are not
   * kept: in a large repository they are most of an index, and reading it takes several times as long.
   */
  update(
    policy: RegionPolicy,
    file: IndexedFile,
    options: { readonly restrictedOnly?: boolean; readonly unlisted?: boolean } = {},
  ): void {
    const isLookedAt = this.isComplete || this.doubted.has(file.path);
    this.remove(file.path);
    const { regions } = regionsOf(policy, file.path, file.text);
    if (options.restrictedOnly === true && regions.length === 0) return;
    const lines = linesOf(file.text);
    // What came from elsewhere is neither open here nor of this asset, or its origin would be taken for the copy.
    const copied = isLookedAt ? this.explainAll(file, this.find(file), { path: file.path, regions, problems: [] }) : [];
    const own = copied.length === 0 ? lines : without(lines, copied);
    const held = withoutRepeats(regions).map(({ asset, lines: { start, end } }): HeldRegion => [
      asset,
      start,
      end,
      this.nextNumber++,
    ]);
    for (const region of held) {
      const [, start, end] = region;
      this.index.add({ id: idOf(region), path: file.path, text: own.slice(start - 1, end).join('\n') });
    }
    if (options.restrictedOnly !== true && regions.every((region) => region.by === 'marker'))
      this.index.allow({ path: file.path, text: without(own, regions).join('\n') });
    if (options.unlisted === true && held.length === 0 && copied.length === 0) return;
    this.hold(file.path, {
      stamp: file.stamp,
      regions: held,
      ...(copied.length > 0 ? { doubted: true } : {}),
    });
  }

  private hold(path: string, held: Held): void {
    this.files.set(path, held);
    for (const region of held.regions) {
      this.places.set(idOf(region), { path, region });
      this.nextNumber = Math.max(this.nextNumber, region[3] + 1);
    }
  }

  /** Forgets a file's regions. What it held of open code stays open until the index is built anew. */
  remove(path: string): void {
    for (const region of this.files.get(path)?.regions ?? []) {
      this.index.remove(idOf(region));
      this.places.delete(idOf(region));
    }
    this.files.delete(path);
  }

  /** The stamp with which a file was taken in; undefined for a file that is not in the index. */
  stampOf(path: string): string | undefined {
    return this.files.get(path)?.stamp;
  }

  get paths(): readonly string[] {
    return [...this.files.keys()];
  }

  /** Files in which lines of restricted code were found after the index was complete. */
  get doubtedPaths(): readonly string[] {
    return [...this.files].flatMap(([path, { doubted }]) => (doubted === true ? [path] : []));
  }

  /** The secret, 16 bytes: who has it and an exported index can ask what is in it. */
  get key(): Uint8Array {
    return this.secret.slice();
  }

  /** What the index knows of a file's regions, as `regionsOf` gives them. */
  regionsAt(path: string): FileRegions {
    const regions = (this.files.get(path)?.regions ?? []).map(([asset, start, end]): Region => ({
      asset,
      known: true,
      by: 'marker',
      lines: { start, end },
    }));
    return { path, regions, problems: [] };
  }

  /** Regions and lines of every asset that is in the index, most lines first. */
  get assets(): readonly { readonly asset: string; readonly regions: number; readonly lines: number }[] {
    const counts = new Map<string, { asset: string; regions: number; lines: number }>();
    for (const { regions } of this.files.values()) {
      for (const [asset, start, end] of regions) {
        const count = counts.get(asset) ?? { asset, regions: 0, lines: 0 };
        count.regions++;
        count.lines += end - start + 1;
        counts.set(asset, count);
      }
    }
    return [...counts.values()].sort((a, b) => b.lines - a.lines || (a.asset < b.asset ? -1 : 1));
  }

  /** The restricted regions that parts of a text were taken from, surest first. */
  find(snippet: SourceText): Copy[] {
    return this.index.query(snippet).flatMap((match) => this.copyOf(match) ?? []);
  }

  /** Which lines of the text go with which lines of the origin; undefined when the text holds no such copy. */
  explain(snippet: SourceText, copy: Copy): ExplainedCopy | undefined {
    const id = this.idOfOrigin(copy.origin);
    if (id === undefined) return undefined;
    const { score, lines } = copy;
    const match = { id, score, startLine: lines.start, endLine: lines.end };
    const explained = this.index.explain(snippet, match);
    if (explained === undefined) return undefined;
    const offset = copy.origin.lines.start - 1;
    const from = { start: explained.startLine + offset, end: explained.endLine + offset };
    const told = {
      ...copy,
      from,
      assets: assetsAt(this.regionsAt(copy.origin.path), from)
        .map(({ asset }) => asset)
        .filter((asset, at, all) => all.indexOf(asset) === at)
        .sort(),
      kind: explained.kind,
      strength: explained.strength,
      pairs: explained.lines.map(({ snippet: here, region }) => ({ here, there: region + offset })),
    };
    return { ...told, sentence: copySentence(told) };
  }

  /** Every copy in a text, explained, that carries an asset to lines which that asset does not cover; by line. */
  explainAll(snippet: SourceText, copies: readonly Copy[], regions: FileRegions): ExplainedCopy[] {
    return copies
      .flatMap((copy) => this.explain(snippet, copy) ?? [])
      .flatMap((copy) => carried(copy, regions, this.regionsAt(copy.origin.path)))
      .sort((a, b) => a.lines.start - b.lines.start || b.score - a.score);
  }

  /** Follows a document edit by edit; see `FollowedDocument`. */
  follow(document: SourceText): Followed {
    const followed = new FollowedDocument(this.index, document);
    return {
      copies: () => followed.matches.flatMap((match) => this.copyOf(match) ?? []),
      text: () => followed.text,
      change: (range, text) => {
        followed.change(range, text);
      },
    };
  }

  /** Restricted lines that also stand in open code of the repository. */
  overlaps(): OpenOverlap[] {
    return this.index.overlaps().flatMap(({ id, startLine, endLine }) => {
      const origin = this.originOf(id);
      if (origin === undefined) return [];
      const offset = origin.lines.start - 1;
      return [{ origin, lines: { start: startLine + offset, end: endLine + offset } }];
    });
  }

  get stats(): CopyIndex['stats'] & { readonly files: number } {
    return { ...this.index.stats, files: this.files.size };
  }

  /** The part that may be handed on with the key kept back; see `CopyIndex.exportFingerprints`. */
  exportFingerprints(): Uint8Array {
    return this.index.exportFingerprints();
  }

  /** Forgets the regions of all other assets: for an index that is made to be exported, not to be kept up to date. */
  keepOnly(assets: readonly string[]): void {
    for (const [path, held] of this.files) {
      for (const region of held.regions) {
        if (assets.includes(region[0])) continue;
        this.index.remove(idOf(region));
        this.places.delete(idOf(region));
      }
      this.files.set(path, { ...held, regions: held.regions.filter(([asset]) => assets.includes(asset)) });
    }
  }

  /** Everything as bytes, key included: for storage that only this person reads. */
  serialize(): Uint8Array {
    const manifest: Manifest = {
      policy: this.policy,
      key: hexOf(this.secret),
      scope: this.scope,
      isComplete: this.isComplete,
      ...(this.commit === undefined ? {} : { commit: this.commit }),
      files: Object.fromEntries([...this.files].sort(byPath)),
    };
    return framed(MAGIC, REPOSITORY_FORMAT, manifest, this.index.serialize({ withoutKey: true }));
  }

  private copyOf(match: CopyMatch): Copy | undefined {
    const origin = this.originOf(match.id);
    return origin && { origin, score: match.score, lines: { start: match.startLine, end: match.endLine } };
  }

  private originOf(id: string): Origin | undefined {
    const place = this.places.get(id);
    if (place === undefined) return undefined;
    const [asset, start, end] = place.region;
    return { asset, path: place.path, lines: { start, end } };
  }

  private idOfOrigin({ asset, path, lines }: Origin): string | undefined {
    const region = this.files
      .get(path)
      ?.regions.find(([name, start, end]) => name === asset && start === lines.start && end === lines.end);
    return region && idOf(region);
  }
}

/** A document that is followed: the copies in it as it stands. */
export interface Followed {
  copies(): Copy[];
  /** The document as it stands, with line feeds. */
  text(): string;
  change(range: Range, text: string): void;
}

const DAMAGED: IndexProblem = { code: 'damaged', message: 'The stored copy index is damaged. It is built anew.' };
const OTHER_VERSION: IndexProblem = {
  code: 'other-version',
  message: 'The stored copy index is of another version. It is built anew.',
};

const idOf = ([asset, , , number]: HeldRegion): string => `${asset}#${number}`;

const byPath = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);

/** A match reaches a line or two beyond what was copied; what is left of one below this (lines) is no copy of its own. */
const FEWEST_LINES = 4;

/**
 * The part of a copy where lines of an asset stand that does not cover them: undefined asset by asset when the whole copy
 * stays inside. A region is a copy of itself, and that is none.
 */
function carried(copy: ExplainedCopy, regions: FileRegions, originRegions: FileRegions): ExplainedCopy[] {
  const covers = (asset: string, line: number): boolean =>
    regions.regions.some((region) => region.asset === asset && region.lines.start <= line && line <= region.lines.end);
  const { start, end } = copy.lines;
  // Line by line, since a marked region inside a covered file is one asset more for its own lines alone.
  const brought = broughtBy(copy, originRegions);
  const missing = (line: number): readonly string[] =>
    (brought.get(line) ?? []).filter((asset) => !covers(asset, line));
  let best = { start, end: start - 1 };
  let from = start;
  for (let line = start; line <= end + 1; line++) {
    if (line <= end && missing(line).length > 0) continue;
    if (line - from > best.end - best.start + 1) best = { start: from, end: line - 1 };
    from = line + 1;
  }
  const isPart = best.start !== start || best.end !== end;
  if (best.end - best.start + 1 < (isPart ? FEWEST_LINES : 1)) return [];
  const pairs = copy.pairs.filter(({ here }) => here >= best.start && here <= best.end);
  if (pairs.length === 0) return [];
  // An asset that covers both places has not been carried anywhere.
  const assets = new Set<string>();
  for (let line = best.start; line <= best.end; line++) for (const asset of missing(line)) assets.add(asset);
  if (!isPart) return [{ ...copy, assets: [...assets].sort() }];
  const theirs = pairs.map(({ there }) => there);
  const part = { ...copy, lines: best, from: { start: Math.min(...theirs), end: Math.max(...theirs) } };
  return [{ ...part, pairs, assets: [...assets].sort(), sentence: copySentence(part) }];
}

/** What covers the origin of each line of a copy; a line without one of its own counts with the nearest above that has one. */
function broughtBy(copy: ExplainedCopy, originRegions: FileRegions): ReadonlyMap<number, readonly string[]> {
  const origins = new Map(copy.pairs.map(({ here, there }) => [here, there]));
  const brought = new Map<number, readonly string[]>();
  let there = copy.pairs[0]?.there ?? copy.from.start;
  for (let line = copy.lines.start; line <= copy.lines.end; line++) {
    there = origins.get(line) ?? there;
    brought.set(
      line,
      assetsAt(originRegions, { start: there, end: there }).map(({ asset }) => asset),
    );
  }
  return brought;
}

const SURE = { certain: '', strong: 'very likely ', likely: 'probably ' } as const;
const HOW = { verbatim: 'word for word', changed: 'with changes', renamed: 'with other names or values' } as const;

/** "Lines 3–9 very likely repeat lines 13–19 of camera/lens.ts, with changes." It quotes nothing. */
export function copySentence({ lines, origin, from, strength, kind }: Omit<ExplainedCopy, 'sentence'>): string {
  const isOne = lines.start === lines.end;
  const mine = linesInWords(lines).replace('l', 'L');
  return `${mine} ${SURE[strength]}repeat${isOne ? 's' : ''} ${linesInWords(from)} of ${origin.path}, ${HOW[kind]}.`;
}

/** A region inside a larger one of the same asset would be found twice. */
function withoutRepeats(regions: readonly Region[]): Region[] {
  return regions.filter(
    (region, at) =>
      !regions.some(
        (other, index) =>
          index !== at &&
          other.asset === region.asset &&
          other.lines.start <= region.lines.start &&
          other.lines.end >= region.lines.end &&
          (index < at || other.lines.start < region.lines.start || other.lines.end > region.lines.end),
      ),
  );
}

/** The lines with these left empty, so that the others keep their numbers. */
function without(lines: readonly string[], spans: readonly { readonly lines: LineSpan }[]): string[] {
  const result = [...lines];
  for (const span of spans) result.fill('', span.lines.start - 1, span.lines.end);
  return result;
}
