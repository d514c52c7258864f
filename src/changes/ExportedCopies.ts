import { CopyIndex, type IndexProblem, type SourceText } from '../copies/CopyIndex.js';
import type { LineSpan } from '../ports.js';
import type { FileRegions } from '../regions/Region.js';
import { framed, unframed } from './framed.js';

/** What an export says of an asset, so that whoever finds a copy of it knows whose it is and whom to ask. */
export interface ExportedAsset {
  readonly id: string;
  /** Names of the parties that own it. */
  readonly owners: readonly string[];
  /** The legend of its tier, as counsel writes it. */
  readonly tier?: string;
  readonly contact?: string;
}

/** Lines of a text that were taken from code which stands in another repository. */
export interface ImportedCopy {
  readonly asset: ExportedAsset;
  /** The region's number in the export; where it stands is known to its owner alone. */
  readonly region: number;
  /** 1 and up is a copy; the higher, the surer. */
  readonly score: number;
  /** Lines of the text that was looked at. */
  readonly lines: LineSpan;
  /** One sentence for a person; it quotes nothing. */
  readonly sentence: string;
}

const MAGIC = [0x44, 0x54, 0x52, 0x58];
/** Raised whenever the bytes mean something else. */
const EXPORT_FORMAT = 1;

/** What a copy must at least have, whatever threshold an index claims for itself. */
const COPY = 1;
/** Characters of a name or an address. */
const LONGEST_NAME = 1000;
/** A match reaches a line or two beyond what was copied; fewer lines than these are no copy of their own. */
const FEWEST_LINES = 4;

/**
 * What may be handed on of an index: its fingerprints without paths, lines and key, and whose the assets are. The same
 * code under the same key gives the same bytes.
 */
export function exportOf(fingerprints: Uint8Array, assets: readonly ExportedAsset[]): Uint8Array {
  return framed(MAGIC, EXPORT_FORMAT, { assets }, fingerprints);
}

/** True for the bytes of an export, whatever state they are in. */
export function isExportedIndex(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, at) => bytes[at] === byte);
}

/** Code of other repositories by which texts of this one are looked at: known by keyed fingerprints, never by text. */
export class ImportedCopies {
  private constructor(
    private readonly index: CopyIndex,
    private readonly byId: ReadonlyMap<string, ExportedAsset>,
  ) {}

  /** Reads what `exportOf` wrote, with its key of 16 bytes; or says what is wrong, without the file's name. */
  static read(bytes: Uint8Array, key: Uint8Array | undefined): ImportedCopies | IndexProblem {
    const read = unframed(MAGIC, EXPORT_FORMAT, bytes);
    if ('code' in read) return PROBLEMS[read.code];
    const assets = assetsIn(read.facts);
    if (assets === undefined) return PROBLEMS.damaged;
    const index = CopyIndex.read(read.body, key === undefined ? {} : { key });
    if ('code' in index) return PROBLEMS[index.code];
    return new ImportedCopies(index, new Map(assets.map((asset) => [asset.id, asset])));
  }

  /** What the index says without its key: the assets. Undefined for what is no export, or damaged. */
  static assetsOf(bytes: Uint8Array): readonly ExportedAsset[] | undefined {
    const read = unframed(MAGIC, EXPORT_FORMAT, bytes);
    return 'code' in read ? undefined : assetsIn(read.facts);
  }

  get assets(): readonly ExportedAsset[] {
    return [...this.byId.values()];
  }

  get stats(): CopyIndex['stats'] {
    return this.index.stats;
  }

  /**
   * What of a text was copied from the code that the index knows, by line. Lines that the same asset covers here are where
   * they belong, so they are left out.
   */
  find(snippet: SourceText, regions: FileRegions): ImportedCopy[] {
    const told: ImportedCopy[] = [];
    for (const { id, score, startLine, endLine } of this.index.query(snippet)) {
      if (score < COPY) continue;
      const at = id.lastIndexOf('#');
      const name = id.slice(0, at);
      const asset = this.byId.get(name) ?? { id: name, owners: [] };
      const lines = longestOutside(name, { start: startLine, end: endLine }, regions);
      // The best match comes first; what others of the same asset say of the same lines is the same.
      if (lines === undefined || told.some((other) => other.asset.id === name && meet(other.lines, lines))) continue;
      told.push({ asset, region: Number(id.slice(at + 1)), score, lines, sentence: importedSentence(lines, asset) });
    }
    return told.sort((a, b) => a.lines.start - b.lines.start || b.score - a.score);
  }
}

const PROBLEMS: Readonly<Record<IndexProblem['code'] | 'not-this', IndexProblem>> = {
  'not-this': { code: 'not-an-index', message: 'is no exported index. Write one with: devterms index export' },
  'not-an-index': { code: 'damaged', message: 'is damaged or cut short, so nothing is read from it. Ask for it again' },
  'other-version': {
    code: 'other-version',
    message: 'was written by another version of devterms. Let both sides use the same one, and export it again',
  },
  damaged: { code: 'damaged', message: 'is damaged or cut short, so nothing is read from it. Ask for it again' },
  'key-missing': { code: 'key-missing', message: 'can only be read with its key' },
  'key-wrong': { code: 'key-wrong', message: 'was not written with this key. Ask for the key that belongs to it' },
};

function assetsIn(facts: unknown): readonly ExportedAsset[] | undefined {
  const { assets } = facts as { readonly assets?: unknown };
  return Array.isArray(assets) && assets.every(isAsset) ? assets : undefined;
}

function isAsset(value: unknown): value is ExportedAsset {
  if (typeof value !== 'object' || value === null) return false;
  const { id, owners, tier, contact } = value as Record<string, unknown>;
  // It comes from elsewhere and is printed: no control characters, no essays.
  const isText = (text: unknown): boolean =>
    typeof text === 'string' && text.length <= LONGEST_NAME && !/\p{Cc}/u.test(text);
  return (
    isText(id) &&
    Array.isArray(owners) &&
    owners.every(isText) &&
    (tier === undefined || isText(tier)) &&
    (contact === undefined || isText(contact))
  );
}

const meet = (a: LineSpan, b: LineSpan): boolean => a.start <= b.end && b.start <= a.end;

/** The longest run of these lines that the asset does not cover; undefined when that is too short to say anything. */
function longestOutside(asset: string, lines: LineSpan, { regions }: FileRegions): LineSpan | undefined {
  const own = regions.filter((region) => region.asset === asset && meet(region.lines, lines));
  if (own.length === 0) return lines;
  let best: LineSpan | undefined;
  let from = lines.start;
  for (let line = lines.start; line <= lines.end + 1; line++) {
    const isOutside = line <= lines.end && !own.some((region) => meet(region.lines, { start: line, end: line }));
    if (isOutside) continue;
    if (line - from >= FEWEST_LINES && (best === undefined || line - from > best.end - best.start + 1))
      best = { start: from, end: line - 1 };
    from = line + 1;
  }
  return best;
}

/** "Lines 3–9 repeat code of camera of Northlight Inc., which another repository holds." It quotes nothing. */
export function importedSentence({ start, end }: LineSpan, { id, owners }: ExportedAsset): string {
  const lines = start === end ? `Line ${start} repeats` : `Lines ${start}–${end} repeat`;
  const whose = owners.length === 0 ? '' : ` of ${owners.join(' and ')}`;
  return `${lines} code of ${id}${whose}, which another repository holds.`;
}
