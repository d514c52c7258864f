import type { Policy } from '../policy/Policy.js';
import { compareRegions } from './compareRegions.js';
import type { MarkerProblem, Region } from './Region.js';

/** The word of the marker that covers a whole file. A policy renames only the words that open and close a region. */
export const FILE_WORD = 'TERMS-FILE';

/** How far into a file its `TERMS-FILE` may begin, in bytes of UTF-8; a line break counts as one byte. */
export const FILE_MARKER_WINDOW = 4_096;

/** A file with more wrong markers than this was not marked by hand; the rest would only cost time to show. */
export const MAX_MARKER_PROBLEMS = 1_000;

/** The words that open and close a region, as `markers` in the policy gives them. */
export type MarkerWords = Policy['markers'];

/** A marker as it stands in a line, before the policy is asked what it means. */
export interface Marker {
  readonly kind: 'begin' | 'end' | 'file';
  /** Where the word begins, 1-based in UTF-16 code units. */
  readonly column: number;
  /** Where the marker ends, its `asset=ID` included; not part of it any more. */
  readonly endColumn: number;
  /** What follows `asset=`; undefined where nothing does. Always undefined for an end marker. */
  readonly asset: string | undefined;
}

/** A line that holds at least one marker. */
export interface MarkedLine {
  /** 1-based. */
  readonly line: number;
  readonly markers: readonly Marker[];
}

/** The marked lines of a text, ascending, and how many lines it has (one more than line breaks). */
export interface MarkerScan {
  readonly marked: readonly MarkedLine[];
  readonly lineCount: number;
}

/** Finds markers in texts. Made once for the words of a policy. */
export interface MarkerScanner {
  scan(text: string): MarkerScan;
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}\p{M}]/u;

/** A letter or digit of any script. Most characters asked for are ASCII, where no search is needed. */
function isWordCharacter(character: string): boolean {
  const unit = character.charCodeAt(0);
  if (unit < 0x80) return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
  return LETTER_OR_DIGIT.test(character);
}

/** The whole character that starts, or ends, at a place, '' at the edge: half of a surrogate pair tells nothing. */
const characterAt = (text: string, at: number): string =>
  at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : '';
function characterBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return text.slice(Math.max(0, low >= 0xdc00 && low <= 0xdfff ? at - 2 : at - 1), Math.max(0, at));
}

const isDash = (text: string, at: number): boolean => text[at] === '-' || text[at] === '_';

/**
 * True when the word stands by itself and is no part of a longer one. Hyphens and underscores around it are looked
 * through, because comments begin and end in them (`--TERMS-END`, `TERMS-END-->`): `X-TERMS-END` and `TERMS-END_X` are
 * other words.
 */
function standsAlone(text: string, start: number, end: number): boolean {
  if (text[start] === '_' || isWordCharacter(characterAt(text, start))) {
    let before = start;
    while (before > 0 && isDash(text, before - 1)) before--;
    if (isWordCharacter(characterBefore(text, before))) return false;
  }
  if (text[end - 1] === '_' || isWordCharacter(characterBefore(text, end))) {
    let after = end;
    while (after < text.length && isDash(text, after)) after++;
    if (isWordCharacter(characterAt(text, after))) return false;
  }
  return true;
}

function skip(text: string, from: number, characters: string): number {
  let at = from;
  while (at < text.length && characters.includes(text.charAt(at))) at++;
  return at;
}
const BLANKS = ' \t';

/** The end of a run of letters, digits, dots, dashes and underscores: what an id is made of, in any script. */
function skipId(text: string, from: number): number {
  let at = from;
  for (;;) {
    const character = characterAt(text, at);
    if (character === '' || !(character === '.' || isDash(text, at) || isWordCharacter(character))) return at;
    at += character.length;
  }
}

/** Where `asset=` ends when it stands at `from`, white space around its parts let pass; undefined when it does not. */
function afterAssetKey(text: string, from: number): number | undefined {
  const key = skip(text, from, BLANKS);
  if (!text.startsWith('asset', key)) return undefined;
  const sign = skip(text, key + 'asset'.length, BLANKS);
  return text[sign] === '=' ? skip(text, sign + 1, BLANKS) : undefined;
}

/**
 * Where the id after a marker's `asset=` stands; empty when `asset=` has none, undefined when there is no `asset=`. A
 * colon before it and quotes around it are let pass. Several ids, however they are joined, are taken for one, which no
 * policy knows: a marker that silently meant the first would leave the others unprotected.
 *
 * Written out as loops: a regular expression's repeats run out of stack on a line of many megabytes.
 */
function assetAfter(text: string, end: number): { readonly start: number; readonly end: number } | undefined {
  const sign = skip(text, end, BLANKS);
  const start = afterAssetKey(text, ':,;('.includes(text[sign] ?? ' ') ? sign + 1 : end);
  if (start === undefined) return undefined;
  const idStart = '"\'`'.includes(text[start] ?? ' ') ? start + 1 : start;
  let idEnd = skipId(text, idStart);
  while (idEnd > idStart) {
    const joined = skip(text, idEnd, ',;:/\\+&|@');
    const next = joined > idEnd ? joined : (afterAssetKey(text, idEnd) ?? idEnd);
    const nextEnd = skipId(text, next);
    if (nextEnd === next) break;
    idEnd = nextEnd;
  }
  return { start: idStart, end: idEnd };
}

/**
 * True when a word that could open something, but names no asset, is only spoken of: in backticks, as documents quote it,
 * or, for the word that covers a whole file, in a line that has other words before it. Such a line is prose about markers;
 * taking it for one would seal every guide that explains them.
 */
function isMention(text: string, kind: Marker['kind'], lineStart: number, start: number, end: number): boolean {
  if (kind === 'end') return false;
  if (text[start - 1] === '`' && text[end] === '`') return true;
  return kind === 'file' && /[\p{L}\p{N}]/u.test(text.slice(Math.max(lineStart, start - MENTION_WINDOW), start));
}

/** How far before a word (in characters) other words are looked for: a line may be very long. */
const MENTION_WINDOW = 200;

const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * A scanner for these words. It looks for the words in the whole text at once and counts lines only as far as the next
 * word found, so a text without markers costs one search. Time and memory are linear in the text for any input.
 */
export function createMarkerScanner(words: MarkerWords): MarkerScanner {
  const kinds = new Map<string, Marker['kind']>([
    [FILE_WORD, 'file'],
    [words.end, 'end'],
    // Last, so that it wins should a policy use one word for both: too much is covered then, never too little.
    [words.begin, 'begin'],
  ]);
  const longestFirst = [...kinds.keys()].sort((a, b) => b.length - a.length);
  const search = new RegExp(longestFirst.map(escaped).join('|'), 'g');
  const wordStandsAt = (text: string, at: number): boolean =>
    longestFirst.some((word) => text.startsWith(word, at) && standsAlone(text, at, at + word.length));

  return {
    scan(text) {
      const marked: { line: number; markers: Marker[] }[] = [];
      const lines = createLineCounter(text);
      search.lastIndex = 0;
      for (let match = search.exec(text); match; match = search.exec(text)) {
        const kind = kinds.get(match[0]);
        const start = match.index;
        const end = start + match[0].length;
        if (kind === undefined || !standsAlone(text, start, end)) continue;
        let asset: string | undefined;
        let markerEnd = end;
        if (kind !== 'end') {
          const id = assetAfter(text, end);
          // `asset= TERMS-END`: the next marker is no id.
          if (id && !wordStandsAt(text, id.start)) {
            asset = id.end > id.start ? text.slice(id.start, id.end) : undefined;
            markerEnd = id.end;
            search.lastIndex = markerEnd;
          }
        }
        const { line, lineStart } = lines.upTo(start);
        if (asset === undefined && isMention(text, kind, lineStart, start, end)) continue;
        const marker = { kind, column: start - lineStart + 1, endColumn: markerEnd - lineStart + 1, asset };
        const last = marked.at(-1);
        if (last?.line === line) last.markers.push(marker);
        else marked.push({ line, markers: [marker] });
      }
      return { marked, lineCount: lines.upTo(text.length).line };
    },
  };
}

/** Counts the lines of a text up to ever later places. A line ends in LF, CR LF or a lone CR, as editors have it. */
function createLineCounter(text: string): { upTo(at: number): { line: number; lineStart: number } } {
  let line = 1;
  let lineStart = 0;
  const next = (character: string, from: number): number => {
    const found = text.indexOf(character, from);
    return found < 0 ? Infinity : found;
  };
  let lf = next('\n', 0);
  let cr = next('\r', 0);
  return {
    upTo(at) {
      for (;;) {
        // A CR right before an LF is one break with it.
        const breakEnd = Math.min(lf, cr + 1 === lf ? lf : cr) + 1;
        if (breakEnd > at) return { line, lineStart };
        line++;
        lineStart = breakEnd;
        if (lf < breakEnd) lf = next('\n', breakEnd);
        if (cr < breakEnd) cr = next('\r', breakEnd);
      }
    },
  };
}

/** Access to the lines of a text, 1-based, without their line breaks. */
export interface Lines {
  readonly lineCount: number;
  lineAt(line: number): string;
}

/** The beginning of a text, as far as `TERMS-FILE` can stand in it and a little further. */
export function windowLines(text: string): Lines {
  // No character takes less than a byte, and CR LF counts as one: twice the window always holds all of it.
  const lines = text.slice(0, 2 * FILE_MARKER_WINDOW + 2).split(/\r\n|\r|\n/);
  return { lineCount: lines.length, lineAt: (line) => lines[line - 1] ?? '' };
}

/** The first place that is outside the window for `TERMS-FILE`; undefined when the whole text is inside. */
export function endOfFileWindow(lines: Lines): { line: number; column: number } | undefined {
  let bytes = 0;
  for (let line = 1; line <= lines.lineCount; line++) {
    const text = lines.lineAt(line);
    for (let at = 0; at < text.length; at++) {
      if (bytes >= FILE_MARKER_WINDOW) return { line, column: at + 1 };
      const unit = text.charCodeAt(at);
      const surrogate = unit >= 0xd800 && unit <= 0xdfff;
      bytes += unit < 0x80 ? 1 : unit < 0x800 || surrogate ? 2 : 3;
    }
    // The same bound with LF and CR LF, or one file would be judged differently on two platforms.
    bytes++;
    if (bytes > FILE_MARKER_WINDOW) return { line: line + 1, column: 1 };
  }
  return undefined;
}

/** What the markers of a file amount to. */
export interface MarkerRegions {
  readonly regions: readonly Region[];
  readonly problems: readonly MarkerProblem[];
}

/** The marker's asset if the policy knows it, without the hyphens or the full stop that a comment or sentence adds. */
function nameOf(spelled: string, isAsset: (id: string) => boolean): { asset: string; known: boolean } {
  if (isAsset(spelled)) return { asset: spelled, known: true };
  let end = spelled.length;
  while (end > 0 && '._-'.includes(spelled.charAt(end - 1))) end--;
  const asset = spelled.slice(0, end);
  return { asset, known: isAsset(asset) };
}

/** An id in a message, cut when it is too long to be one. */
const shown = (id: string): string => `“${id.length > 64 ? `${id.slice(0, 64)}…` : id}”`;

/**
 * What these markers cover. A begin opens a region and the next unmatched end closes it; they nest, and both lines
 * belong to the region. A begin without an end covers the rest of the file. A marker that names no asset, or one the
 * policy does not know, still covers its lines (`known: false`). A `TERMS-FILE` before `windowEnd` covers the file.
 * Regions that are alike in everything, as of two equal markers in one line, are given once.
 */
export function resolveMarkers(
  scan: MarkerScan,
  windowEnd: () => { readonly line: number; readonly column: number } | undefined,
  words: MarkerWords,
  isAsset: (id: string) => boolean,
): MarkerRegions {
  interface Found {
    readonly line: number;
    readonly marker: Marker;
    readonly code: MarkerProblem['code'];
    readonly asset: string;
  }
  interface Open {
    readonly region: { asset: string; known: boolean; by: 'marker'; lines: { start: number; end: number } };
    readonly marker: Marker;
  }
  const regions: Region[] = [];
  const open: Open[] = [];
  const found: Found[] = [];
  let windowKnown = false;
  let window: { readonly line: number; readonly column: number } | undefined;
  const isLate = (line: number, column: number): boolean => {
    if (!windowKnown) window = windowEnd();
    windowKnown = true;
    return window !== undefined && (line > window.line || (line === window.line && column >= window.column));
  };

  for (const { line, markers } of scan.marked) {
    for (const marker of markers) {
      if (marker.kind === 'end') {
        const closed = open.pop();
        if (closed) closed.region.lines.end = line;
        else found.push({ line, marker, code: 'end-without-begin', asset: '' });
        continue;
      }
      const { asset, known } = nameOf(marker.asset ?? '', isAsset);
      if (marker.kind === 'file') {
        if (isLate(line, marker.column)) {
          // The bare word further down is talk about the marker, not a marker that came too late.
          if (asset !== '') found.push({ line, marker, code: 'file-marker-too-late', asset });
          continue;
        }
        regions.push({ asset, known, by: 'file-marker', lines: { start: 1, end: scan.lineCount } });
      } else {
        const region = { asset, known, by: 'marker' as const, lines: { start: line, end: scan.lineCount } };
        regions.push(region);
        open.push({ region, marker });
      }
      if (!known) {
        found.push({ line, marker, code: asset === '' ? 'marker-without-asset' : 'unknown-asset', asset });
      }
    }
  }
  // Both lists are in the order of the text, so more than the first ones of each are never shown.
  found.length = Math.min(found.length, MAX_MARKER_PROBLEMS);
  for (const { region, marker } of open.slice(0, MAX_MARKER_PROBLEMS)) {
    found.push({ line: region.lines.start, marker, code: 'unclosed-marker', asset: region.asset });
  }
  for (const { region } of open) Object.assign(region, { unclosed: true });
  found.sort((a, b) => a.line - b.line || a.marker.column - b.marker.column);
  return {
    regions: withoutRepeats(regions.sort(compareRegions)),
    problems: found.slice(0, MAX_MARKER_PROBLEMS).map(({ line, marker, code, asset }) => ({
      code,
      range: { start: { line, column: marker.column }, end: { line, column: marker.endColumn } },
      message: messageFor(code, marker, asset, words),
    })),
  };
}

/** Sorted regions without those that equal an earlier one. */
function withoutRepeats(sorted: readonly Region[]): readonly Region[] {
  const sameLines = (a: Region, b: Region | undefined) =>
    a.lines.start === b?.lines.start && a.lines.end === b.lines.end;
  // Hardly any two regions have the same lines, and most texts have none that do.
  if (!sorted.some((region, at) => sameLines(region, sorted[at - 1]))) return sorted;
  const seen = new Set<string>();
  return sorted.filter((region, at) => {
    if (!sameLines(region, sorted[at - 1])) seen.clear();
    return seen.size !== seen.add(`${region.by} ${region.unclosed === true} ${region.asset}`).size;
  });
}

function messageFor(code: MarkerProblem['code'], marker: Marker, asset: string, words: MarkerWords): string {
  const word = marker.kind === 'file' ? FILE_WORD : words.begin;
  const covered = marker.kind === 'file' ? 'this file is' : 'these lines are';
  switch (code) {
    case 'unclosed-marker':
      return `Nothing closes this region${asset === '' ? '' : ` of ${shown(asset)}`}, so it runs to the end of the file. Add ${words.end} after its last line.`;
    case 'unknown-asset':
      return `The developer terms know no asset ${shown(asset)}, so ${covered} treated as the most protected code there is. ${
        /^[\p{L}\p{N}\p{M}._-]*$/u.test(asset)
          ? 'Correct the id, or add the asset to the terms.'
          : 'A marker names one asset: use a marker for each.'
      }`;
    case 'marker-without-asset':
      return `This marker names no asset, so ${covered} treated as the most protected code there is. Write ${word} asset=ID with the id of an asset of the terms.`;
    case 'end-without-begin':
      return `No region is open here for ${words.end} to close. Remove it, or add the missing ${words.begin} asset=ID above.`;
    case 'file-marker-too-late':
      return `${FILE_WORD} counts only within the first 4 KiB of a file, so this one covers nothing. Move it to the top of the file.`;
  }
}
