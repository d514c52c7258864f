/** What a change of one file does to covered code: edits, markers that go, cover that ends. */
import type { LineSpan } from '../ports.js';
import { assetsAt } from '../regions/assetsAt.js';
import type { RegionPolicy } from '../regions/fileReading.js';
import type { FileRegions, Region } from '../regions/Region.js';
import { regionsOf } from '../regions/regionsOf.js';
import type { Act, Subject } from './Act.js';
import { changedLines, type ChangedLines, type FileChange, type FileVersion } from './FileChange.js';
import { linesWithEnds, survivors, type Hunk, type Lines } from './changedLines.js';

/** A change with what covers both of its sides, worked out once. */
export interface ReadChange {
  readonly change: FileChange;
  readonly changed: ChangedLines;
  /** What it was against the first parent. */
  readonly before: Side | undefined;
  readonly after: Side | undefined;
}

interface Side {
  readonly version: FileVersion;
  readonly regions: FileRegions;
  /** With what ends each. */
  readonly lines: readonly string[];
}

/** Reads a change under the policy that judges it. */
export function readChange(policy: RegionPolicy, change: FileChange): ReadChange {
  const side = (version: FileVersion | undefined): Side | undefined =>
    version && {
      version,
      regions: regionsOf(policy, version.path, version.text ?? '', version.target),
      lines: linesWithEnds(version.text ?? ''),
    };
  return {
    change,
    changed: changedLines(change),
    before: side(change.before.find((version) => version !== undefined)),
    after: side(change.after),
  };
}

/** A change without the stretches that other changes of the same file tell already. */
export function withoutTold(read: ReadChange, told: readonly ReadChange[]): ReadChange {
  const same = told.filter(({ after, before }) =>
    read.after === undefined
      ? after === undefined && before?.version.path === read.before?.version.path
      : after?.version.path === read.after.version.path,
  );
  if (same.length === 0) return read;
  if (read.changed === 'whole' || same.some(({ changed }) => changed === 'whole')) return { ...read, changed: [] };
  const hunks = same.flatMap(({ changed }) => (changed === 'whole' ? [] : changed));
  const isTold = ({ after }: Hunk): boolean =>
    hunks.some(({ after: other }) => other.start <= after.end && after.start <= other.end);
  return { ...read, changed: read.changed.filter((hunk) => !isTold(hunk)) };
}

/**
 * The edits, removed markers and renames out of an asset in a change. `unlisted` says that code which no asset covers is
 * asked about, too.
 */
export function actsIn(read: ReadChange, unlisted: boolean): Act[] {
  const lost = assetsLostByRename(read);
  return [...renames(read, lost), ...edits(read, lost, unlisted), ...removedMarkers(read)];
}

/** Where a side's lines are shown: the lines themselves, or the line that follows where there are none. */
function placeOf(side: Side, lines: Lines): Pick<Act, 'path' | 'lines' | 'lastColumn'> {
  const count = Math.max(1, side.lines.length);
  const start = Math.min(lines.start, count);
  const end = Math.max(start, Math.min(lines.end - 1, count));
  return { path: side.version.path, lines: { start, end }, lastColumn: widthOf(side.lines[end - 1]) };
}

function widthOf(line: string | undefined): number {
  return line?.replace(/[\r\n]+$/, '').length ?? 0;
}

/** Ids of the assets that covered the file by its path, and do not cover it under its new one. */
function assetsLostByRename({ before, after }: ReadChange): ReadonlySet<string> {
  if (before === undefined || after === undefined || before.version.path === after.version.path) return new Set();
  const still = new Set(wholeFile(after.regions).map(({ asset }) => asset));
  return new Set(
    wholeFile(before.regions)
      .map(({ asset }) => asset)
      .filter((asset) => !still.has(asset)),
  );
}

const wholeFile = ({ regions }: FileRegions): readonly Region[] => regions.filter(({ by }) => by !== 'marker');

/** The regions of these assets alone. */
function regionsOnly(regions: FileRegions, wanted: (region: Region) => boolean): FileRegions {
  return { ...regions, regions: regions.regions.filter(wanted) };
}

function renames({ before, after }: ReadChange, lost: ReadonlySet<string>): Act[] {
  if (before === undefined || after === undefined || before.version.path === after.version.path) return [];
  const acts: Act[] = [];
  const place = placeOf(after, { start: 1, end: after.lines.length + 1 });
  const was = { path: before.version.path, lines: { start: 1, end: Math.max(1, before.lines.length) } };
  if (lost.size > 0) {
    const regions = regionsOnly(before.regions, ({ asset, by }) => by !== 'marker' && lost.has(asset));
    const shared = {
      kind: 'cover-lost' as const,
      subjects: [{ regions }],
      into: after.version.path,
      ...place,
      before: was,
      source: { asset: [...lost].sort().join(', '), path: before.version.path },
      text: '',
    };
    acts.push({ ...shared, action: 'move' }, { ...shared, action: 'unmark' });
  }
  const kept = regionsOnly(before.regions, ({ asset, by }) => by !== 'marker' && !lost.has(asset));
  const subjects = [kept, regionsOnly(after.regions, ({ by }) => by !== 'marker')].filter(
    ({ regions }) => regions.length > 0,
  );
  if (subjects.length > 0) {
    acts.push({
      kind: 'change',
      action: 'edit',
      subjects: subjects.map((regions) => ({ regions })),
      ...place,
      before: was,
      text: '',
    });
  }
  return acts;
}

function edits(read: ReadChange, lost: ReadonlySet<string>, unlisted: boolean): Act[] {
  const { before, after, changed } = read;
  const isRenamed = before !== undefined && after !== undefined && before.version.path !== after.version.path;
  if (changed === 'whole') {
    const subjects = [before, after].flatMap((side): Subject[] =>
      side !== undefined && (side.regions.regions.length > 0 || unlisted) ? [{ regions: side.regions }] : [],
    );
    const shown = after ?? before;
    if (subjects.length === 0 || shown === undefined || isRenamed) return [];
    return [
      {
        kind: 'change',
        action: 'edit',
        subjects,
        ...placeOf(shown, { start: 1, end: 2 }),
        ...(before === undefined ? {} : { before: { path: before.version.path, lines: { start: 1, end: 1 } } }),
        text: '',
      },
    ];
  }
  const acts: Act[] = [];
  let toldUnlisted = false;
  for (const hunk of changed) {
    const old = before === undefined ? undefined : touched(before, hunk.before);
    const now = after === undefined ? undefined : touched(after, hunk.after);
    const all = [old, now].filter((subject) => subject !== undefined);
    // What a rename took out of its asset is told as that; the lines that were changed on the way are told as edits of what is left.
    const covered = all
      .map((subject) => ({
        ...subject,
        regions: regionsOnly(subject.regions, ({ asset, by }) => by === 'marker' || !lost.has(asset)),
      }))
      .filter(({ regions, lines }) => assetsAt(regions, lines).length > 0);
    const subjects = covered.length > 0 || !unlisted || toldUnlisted || lost.size > 0 ? covered : all;
    if (subjects.length === 0) continue;
    if (covered.length === 0) toldUnlisted = true;
    acts.push({ ...editOf(read, hunk), subjects });
  }
  return acts;
}

/** The lines of a side as a question asks about them; undefined where the side has none. */
function touched(side: Side, { start, end }: Lines): (Subject & { readonly lines: LineSpan }) | undefined {
  return end > start ? { regions: side.regions, lines: { start, end: end - 1 } } : undefined;
}

function editOf({ before, after }: ReadChange, hunk: Hunk): Omit<Act, 'subjects'> {
  const shown = after ?? before;
  if (shown === undefined) throw new Error('A change has a side.');
  const old = before?.lines.slice(hunk.before.start - 1, hunk.before.end - 1) ?? [];
  const now = after?.lines.slice(hunk.after.start - 1, hunk.after.end - 1) ?? [];
  return {
    kind: 'change',
    action: 'edit',
    ...placeOf(shown, after === undefined ? hunk.before : hunk.after),
    ...(before === undefined || old.length === 0
      ? {}
      : { before: { path: before.version.path, lines: { start: hunk.before.start, end: hunk.before.end - 1 } } }),
    text: `${old.join('')}\n${now.join('')}`,
    added: now.length,
    removed: old.length,
  };
}

const spanOf = (lines: readonly number[]): Lines => ({ start: Math.min(...lines), end: Math.max(...lines) + 1 });

/** A shorter line occurs in many places, and moves nowhere. */
const TELLING = 8;

/** The lines that a change adds, by their text. */
function addedLines({ lines }: Side, changed: readonly Hunk[]): ReadonlyMap<string, number> {
  const added = new Map<string, number>();
  for (const { after } of changed) {
    for (let line = after.start; line < after.end; line++) {
      const text = lines[line - 1]?.trim() ?? '';
      if (text.length >= TELLING) added.set(text, line);
    }
  }
  return added;
}

/** Of a region whose markers are both gone, this share of its lines has to be left for it to be more than deleted. */
const FEW_LEFT = 0.2;

/**
 * Regions that a marker made, some of whose lines are still there and no longer covered: the marker was taken out, altered or
 * moved. A region that was deleted with all its lines is an edit and nothing else.
 */
function removedMarkers({ before, after, changed }: ReadChange): Act[] {
  if (before === undefined || after === undefined || changed === 'whole' || changed.length === 0) return [];
  const marked = before.regions.regions.filter(({ by }) => by !== 'path');
  if (marked.length === 0) return [];
  const now = survivors(changed, before.lines.length);
  const moved = addedLines(after, changed);
  const acts: Act[] = [];
  for (const region of marked) {
    const last = Math.min(region.lines.end, before.lines.length);
    const covering = after.regions.regions.filter(({ asset }) => asset === region.asset);
    const isCovered = (line: number): boolean => covering.some(({ lines }) => lines.start <= line && line <= lines.end);
    const bared: number[] = [];
    let counted = 0;
    for (let line = region.lines.start; line <= last; line++) {
      const text = before.lines[line - 1] ?? '';
      const isMarker = region.by === 'marker' && (line === region.lines.start || line === region.lines.end);
      if (isMarker || !/[\p{L}\p{N}]/u.test(text)) continue;
      counted++;
      // Where a marker and a line change places, it is the line that seems to have moved.
      const place = (now[line] ?? 0) || (moved.get(text.trim()) ?? 0);
      if (place === 0 || isCovered(place)) continue;
      now[line] = place;
      bared.push(line);
    }
    const isGone = region.by === 'marker' && (now[region.lines.start] ?? 0) === 0 && (now[region.lines.end] ?? 0) === 0;
    const [first] = bared;
    const end = bared.at(-1);
    if (first === undefined || end === undefined || (isGone && bared.length < counted * FEW_LEFT)) continue;
    const lines = { start: first, end };
    acts.push({
      kind: 'marker-removed',
      action: 'unmark',
      subjects: [{ regions: regionsOnly(before.regions, (other) => other === region) }],
      into: after.version.path,
      ...placeOf(after, spanOf(bared.map((line) => now[line] ?? 1))),
      before: { path: before.version.path, lines },
      source: { asset: region.asset, path: before.version.path, lines: region.lines },
      text: bared.map((line) => before.lines[line - 1]).join(''),
      removed: bared.length,
    });
  }
  return acts;
}
