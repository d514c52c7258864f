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
import type { RegionPolicy } from '../regions/fileReading.js';
import type { Region } from '../regions/Region.js';
import { regionsOf } from '../regions/regionsOf.js';

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

interface Held {
  readonly stamp: string;
  readonly regions: readonly (readonly [asset: string, start: number, end: number])[];
}

interface Manifest {
  readonly policy: string;
  readonly files: Readonly<Record<string, Held>>;
}

const MAGIC = [0x44, 0x54, 0x52, 0x43];
const FORMAT = 1;
const HEADER_BYTES = 16;

/**
 * The copy index of one repository: every restricted region of its files, named by where it stands; what no asset covers
 * counts as open code. It holds keyed fingerprints and places, never text.
 */
export class RepositoryCopies {
  private readonly files = new Map<string, Held>();

  private constructor(
    private readonly index: CopyIndex,
    /** Hash of the policy that the regions were found by. */
    readonly policy: string,
  ) {}

  /** An empty index for regions found by the policy with this hash. `key` is the index's secret, 16 bytes. */
  static create(policy: string, key?: Uint8Array): RepositoryCopies {
    return new RepositoryCopies(createCopyIndex(key === undefined ? {} : { key }), policy);
  }

  /** Reads what `serialize` wrote, or says what is wrong with it: then the index is to be built anew. */
  static read(bytes: Uint8Array): RepositoryCopies | IndexProblem {
    const damaged: IndexProblem = { code: 'damaged', message: 'The stored copy index is damaged. It is built anew.' };
    if (bytes.length < HEADER_BYTES || MAGIC.some((byte, at) => bytes[at] !== byte)) return damaged;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (view.getUint32(4, true) !== FORMAT) {
      return { code: 'other-version', message: 'The stored copy index is of another version. It is built anew.' };
    }
    const length = view.getUint32(8, true);
    if (HEADER_BYTES + length > bytes.length) return damaged;
    const json = bytes.subarray(HEADER_BYTES, HEADER_BYTES + length);
    if (checksum(json) !== view.getUint32(12, true)) return damaged;
    const index = CopyIndex.read(bytes.slice(HEADER_BYTES + length));
    if ('message' in index) return index;
    const manifest = JSON.parse(new TextDecoder().decode(json)) as Manifest;
    const copies = new RepositoryCopies(index, manifest.policy);
    for (const [path, held] of Object.entries(manifest.files)) copies.files.set(path, held);
    return copies;
  }

  /** Takes a file in, in place of what was known of it. */
  update(policy: RegionPolicy, file: IndexedFile): void {
    this.remove(file.path);
    const { regions } = regionsOf(policy, file.path, file.text);
    const lines = file.text.split(/\r\n|\r|\n/);
    const covering = withoutRepeats(regions);
    covering.forEach((region, at) => {
      this.index.add({
        id: idOf(file.path, at),
        path: file.path,
        text: lines.slice(region.lines.start - 1, region.lines.end).join('\n'),
      });
    });
    if (regions.length === 0) this.index.allow(file);
    else if (regions.every((region) => region.by === 'marker')) {
      this.index.allow({ path: file.path, text: outside(lines, regions) });
    }
    this.files.set(file.path, {
      stamp: file.stamp,
      regions: covering.map(({ asset, lines: { start, end } }) => [asset, start, end]),
    });
  }

  /** Forgets a file's regions. What it held of open code stays open until the index is built anew. */
  remove(path: string): void {
    this.files.get(path)?.regions.forEach((_, at) => {
      this.index.remove(idOf(path, at));
    });
    this.files.delete(path);
  }

  /** The stamp with which a file was taken in; undefined for a file that is not in the index. */
  stampOf(path: string): string | undefined {
    return this.files.get(path)?.stamp;
  }

  get paths(): readonly string[] {
    return [...this.files.keys()];
  }

  /** The restricted regions that parts of a text were taken from, surest first. */
  find(snippet: SourceText): Copy[] {
    return this.index.query(snippet).map((match) => this.copyOf(match));
  }

  /** Which lines of the text go with which lines of the origin; undefined when the text holds no such copy. */
  explain(snippet: SourceText, copy: Copy): ExplainedCopy | undefined {
    for (const match of this.index.query(snippet)) {
      const found = this.copyOf(match);
      if (!isSame(found, copy)) continue;
      const explained = this.index.explain(snippet, match);
      if (explained === undefined) return undefined;
      const offset = found.origin.lines.start - 1;
      return {
        ...found,
        kind: explained.kind,
        strength: explained.strength,
        pairs: explained.lines.map(({ snippet: here, region }) => ({ here, there: region + offset })),
        sentence: explained.sentence,
      };
    }
    return undefined;
  }

  /** Follows a document edit by edit; see `FollowedDocument`. */
  follow(document: SourceText): { copies(): Copy[]; change(range: Range, text: string): void } {
    const followed = new FollowedDocument(this.index, document);
    return {
      copies: () => followed.matches.map((match) => this.copyOf(match)),
      change: (range, text) => {
        followed.change(range, text);
      },
    };
  }

  /** Restricted lines that also stand in open code of the repository. */
  overlaps(): OpenOverlap[] {
    return this.index.overlaps().map(({ id, startLine, endLine }) => {
      const origin = this.originOf(id);
      const offset = origin.lines.start - 1;
      return { origin, lines: { start: startLine + offset, end: endLine + offset } };
    });
  }

  get stats(): CopyIndex['stats'] & { readonly files: number } {
    return { ...this.index.stats, files: this.files.size };
  }

  /** The part that may be handed on with the key kept back; see `CopyIndex.exportFingerprints`. */
  exportFingerprints(): Uint8Array {
    return this.index.exportFingerprints();
  }

  /** Everything as bytes, key included: for storage that only this person reads. */
  serialize(): Uint8Array {
    const manifest: Manifest = { policy: this.policy, files: Object.fromEntries([...this.files].sort(byPath)) };
    const json = new TextEncoder().encode(JSON.stringify(manifest));
    const index = this.index.serialize();
    const bytes = new Uint8Array(HEADER_BYTES + json.length + index.length);
    const view = new DataView(bytes.buffer);
    bytes.set(MAGIC);
    view.setUint32(4, FORMAT, true);
    view.setUint32(8, json.length, true);
    view.setUint32(12, checksum(json), true);
    bytes.set(json, HEADER_BYTES);
    bytes.set(index, HEADER_BYTES + json.length);
    return bytes;
  }

  private copyOf(match: CopyMatch): Copy {
    return {
      origin: this.originOf(match.id),
      score: match.score,
      lines: { start: match.startLine, end: match.endLine },
    };
  }

  private originOf(id: string): Origin {
    const cut = id.lastIndexOf('#');
    const path = id.slice(0, cut);
    const [asset = '', start = 1, end = 1] = this.files.get(path)?.regions[Number(id.slice(cut + 1))] ?? [];
    return { asset, path, lines: { start, end } };
  }
}

const idOf = (path: string, at: number): string => `${path}#${at}`;

const byPath = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const isSame = (one: Copy, other: Copy): boolean =>
  one.origin.path === other.origin.path &&
  one.origin.asset === other.origin.asset &&
  one.lines.start === other.lines.start &&
  one.lines.end === other.lines.end;

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

/** The text outside every region; lines inside are left empty. */
function outside(lines: readonly string[], regions: readonly Region[]): string {
  const result = [...lines];
  for (const region of regions) result.fill('', region.lines.start - 1, region.lines.end);
  return result.join('\n');
}

/** FNV-1a, 32 bits: against damage, not against forgery. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
