/** Lines of a file that repeat covered lines of another place. */
import type { ExplainedCopy, RepositoryCopies } from '../changes/RepositoryCopies.js';
import type { SourceText } from '../copies/CopyIndex.js';
import type { LineSpan } from '../ports.js';
import type { FileRegions, Region } from '../regions/Region.js';
import type { Act } from './Act.js';
import type { ReadChange } from './actsIn.js';
import { linesWithEnds, type Hunk, type Lines } from './changedLines.js';

/** Where copies are looked up. */
export type CopyLookup = Pick<RepositoryCopies, 'find' | 'explainAll'>;

/** Lines that a change takes out of files, by path: what was cut there and stands elsewhere now was moved. */
export type TakenOut = ReadonlyMap<string, readonly Lines[]>;

/** Fewer lines than this cannot be told to be a copy (the index needs six; edges of a change may cut some off). */
const FEWEST_LINES = 4;

/**
 * The key of the indexes that a check makes. It is no secret: an index in memory needs none, and a stored one holds its key. With the same key everywhere,
 * a copy has the same edges on every machine, and its finding the same fingerprint.
 */
export const CHECK_KEY: Uint8Array = Uint8Array.from('devterms check 1', (letter) => letter.charCodeAt(0));

/** Every copy in a text as it stands, as an act. */
export function copiesInText(
  index: CopyLookup,
  snippet: SourceText,
  regions: FileRegions,
  isAsset: (id: string) => boolean,
): Act[] {
  const acts = actsOf(index.explainAll(snippet, index.find(snippet), regions), snippet, isAsset, new Map());
  // Two lists of the same things share their fields by right; without a change to look at, nobody can say more.
  return acts.map((act) =>
    DATA.test(act.path) && DATA.test(act.source?.path ?? '') ? { ...act, isDoubtful: true } : act,
  );
}

const DATA = /\.(json|jsonl|ya?ml|toml|csv|tsv|xml|plist|lock)$/i;

/**
 * The copies that a change brings: those in its new text which the old text did not hold, or held fewer lines of. Lines that
 * stood there before were judged when they came.
 */
export function copiesBrought(
  index: CopyLookup,
  { before, after, changed }: ReadChange,
  isAsset: (id: string) => boolean,
  takenOut: TakenOut,
): Act[] {
  if (after?.version.text === undefined || changed === 'whole' || after.lines.length < FEWEST_LINES) return [];
  const former = formerPath({ before, after });
  const touches = addedTo(changed);
  const snippet = { path: after.version.path, text: after.version.text };
  const found = index.find(snippet).filter((copy) => former !== undefined || touches(copy));
  if (found.length === 0) return [];
  const copies = index.explainAll(snippet, found, after.regions);
  if (copies.length === 0) return [];
  const known = copiesBefore(index, before);
  const isFresh = (copy: ExplainedCopy): boolean => touches(copy) && copy.pairs.length > linesKnown(known, copy);
  const acts = actsOf(copies.filter(isFresh), snippet, isAsset, takenOut);
  if (former === undefined) return acts;
  // What stood there before goes along to another place, which may have other terms.
  const along = actsOf(
    copies.filter((copy) => !isFresh(copy)),
    snippet,
    isAsset,
    takenOut,
  );
  return [...acts, ...along.map((act) => ({ ...act, formerInto: former }))];
}

/** The path that a file had before it was renamed; undefined for one that kept its path, or is new. */
function formerPath({ before, after }: Pick<ReadChange, 'before' | 'after'>): string | undefined {
  return before === undefined || before.version.path === after?.version.path ? undefined : before.version.path;
}

/** Tells what stands in lines that a change adds. */
function addedTo(changed: readonly Hunk[]): (found: { readonly lines: LineSpan }) => boolean {
  return ({ lines }) =>
    changed.some(({ after: { start, end } }) => end > start && start <= lines.end && lines.start < end);
}

/** True when an index finds anything at all in lines that a change adds or takes elsewhere: only then can it bring a copy. */
export function mayBringCopies(index: Pick<CopyLookup, 'find'>, { before, after, changed }: ReadChange): boolean {
  if (after?.version.text === undefined || changed === 'whole' || after.lines.length < FEWEST_LINES) return false;
  const isRenamed = formerPath({ before, after }) !== undefined;
  if (!isRenamed && changed.every((hunk) => hunk.after.end === hunk.after.start)) return false;
  const touches = addedTo(changed);
  const found = index.find({ path: after.version.path, text: after.version.text });
  return found.some((copy) => isRenamed || touches(copy));
}

function copiesBefore(index: CopyLookup, before: ReadChange['before']): readonly ExplainedCopy[] {
  if (before?.version.text === undefined) return [];
  const snippet = { path: before.version.path, text: before.version.text };
  return index.explainAll(snippet, index.find(snippet), before.regions);
}

/** How many lines of a copy's origin stood in the old text already. */
function linesKnown(known: readonly ExplainedCopy[], { origin, from }: ExplainedCopy): number {
  let count = 0;
  for (const other of known) {
    if (other.origin.path !== origin.path || other.origin.asset !== origin.asset) continue;
    count += other.pairs.filter(({ there }) => from.start <= there && there <= from.end).length;
  }
  return count;
}

function actsOf(
  copies: readonly ExplainedCopy[],
  snippet: SourceText,
  isAsset: (id: string) => boolean,
  takenOut: TakenOut,
): Act[] {
  if (copies.length === 0) return [];
  const lines = linesWithEnds(snippet.text);
  return apart(copies).map((copy): Act => {
    const isCut = wasCut(copy, takenOut.get(copy.origin.path) ?? []);
    const text = lines.slice(copy.lines.start - 1, copy.lines.end);
    return {
      kind: isCut ? 'move' : 'copy',
      action: isCut ? 'move' : 'copy',
      subjects: [{ regions: originOf(copy, isAsset), lines: copy.from }],
      into: snippet.path,
      path: snippet.path,
      lines: copy.lines,
      lastColumn: text.at(-1)?.replace(/[\r\n]+$/, '').length ?? 0,
      source: { asset: copy.assets.join(', '), path: copy.origin.path, lines: copy.from },
      copy,
      text: text.join(''),
    };
  });
}

/** Of copies that overlap, the one with most lines of each set of assets: the same passage may stand in several covered files. */
function apart(copies: readonly ExplainedCopy[]): ExplainedCopy[] {
  const kept: ExplainedCopy[] = [];
  for (const copy of [...copies].sort((a, b) => b.pairs.length - a.pairs.length || b.score - a.score)) {
    const isTold = kept.some(
      (other) =>
        other.lines.start <= copy.lines.end &&
        copy.lines.start <= other.lines.end &&
        copy.assets.every((asset) => other.assets.includes(asset)),
    );
    if (!isTold) kept.push(copy);
  }
  return kept.sort((a, b) => a.lines.start - b.lines.start);
}

/** What covers the origin of a copy, as a decision is asked about it. */
function originOf(copy: ExplainedCopy, isAsset: (id: string) => boolean): FileRegions {
  const regions = copy.assets.map((asset): Region => ({
    asset,
    known: isAsset(asset),
    by: 'marker',
    lines: copy.from,
  }));
  return { path: copy.origin.path, regions, problems: [] };
}

/** True when most lines of the origin were taken out by the same change. */
function wasCut({ pairs }: ExplainedCopy, taken: readonly Lines[]): boolean {
  const gone = pairs.filter(({ there }) => taken.some(({ start, end }) => start <= there && there < end));
  return gone.length * 2 > pairs.length;
}
