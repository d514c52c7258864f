/** Says which lines of a snippet came from which lines of a region. */
import type { CopyMatch, Explanation } from './CopyMatch.js';

/** Grams that a snippet shares with one region: token of the snippet, token of the region, tokens in the gram. */
export interface SharedGrams {
  readonly count: number;
  readonly token: Int32Array;
  readonly place: Int32Array;
  readonly length: Int32Array;
}

/** The scores from which a sentence claims more; a verbatim copy of some 18 lines is certain, whatever the key. */
const STRONG = 1.5;
const CERTAIN = 2.5;

/** A gram this far off the line that most grams draw belongs to a repetition elsewhere. */
const FAR = 200;

/**
 * The explanation of a match from the grams it shares with its region.
 * @param snippetLine the 1-based line of every token of the snippet
 * @param regionLine the same of the region
 * @param sameTokens the part of the match's tokens that stand in the region as they are, 0 to 1
 */
export function explain(
  match: CopyMatch,
  path: string,
  shared: SharedGrams,
  snippetLine: Int32Array,
  regionLine: Int32Array,
  sameTokens: number,
): Explanation | undefined {
  const offset = commonOffset(shared);
  // Every gram votes, token by token, for a pair of lines.
  const votes = new Map<number, Map<number, number>>();
  for (let i = 0; i < shared.count; i++) {
    const token = shared.token[i] as number;
    const place = shared.place[i] as number;
    if (Math.abs(place - token - offset) > FAR) continue;
    for (let t = 0; t < (shared.length[i] as number); t++) {
      const mine = snippetLine[token + t] ?? 0;
      const theirs = regionLine[place + t] ?? 0;
      if (mine < match.startLine || mine > match.endLine || theirs === 0) continue;
      const forLine = votes.get(mine) ?? new Map<number, number>();
      forLine.set(theirs, (forLine.get(theirs) ?? 0) + 1);
      votes.set(mine, forLine);
    }
  }
  const lines: { snippet: number; region: number }[] = [];
  for (let line = match.startLine; line <= match.endLine; line++) {
    const forLine = votes.get(line);
    if (forLine === undefined) continue;
    let best = 0;
    let most = 0;
    for (const [region, count] of forLine) {
      if (count > most || (count === most && region < best)) {
        best = region;
        most = count;
      }
    }
    lines.push({ snippet: line, region: best });
  }
  if (lines.length === 0) return undefined;
  const startLine = lines.reduce((least, pair) => Math.min(least, pair.region), Infinity);
  const endLine = lines.reduce((most, pair) => Math.max(most, pair.region), 0);
  const kind = sameTokens >= 0.8 ? 'verbatim' : sameTokens <= 0.4 ? 'renamed' : 'changed';
  const strength = match.score >= CERTAIN ? 'certain' : match.score >= STRONG ? 'strong' : 'likely';
  return { id: match.id, path, kind, strength, lines, startLine, endLine, sentence: sentenceOf() };

  function sentenceOf(): string {
    const mine = span(match.startLine, match.endLine);
    const theirs = span(startLine, endLine);
    const sure = { certain: '', strong: 'very likely ', likely: 'probably ' }[strength];
    const how = {
      verbatim: 'word for word',
      changed: 'with changes',
      renamed: 'with other names or values',
    }[kind];
    return `${mine[0]?.toUpperCase()}${mine.slice(1)} ${sure}repeat${match.startLine === match.endLine ? 's' : ''} ${theirs} of ${path}, ${how}.`;
  }
}

const span = (start: number, end: number): string => (start === end ? `line ${start}` : `lines ${start}–${end}`);

/** The distance between snippet and region that most shared grams agree on. */
function commonOffset(shared: SharedGrams): number {
  const offsets = new Float64Array(shared.count);
  for (let i = 0; i < shared.count; i++) offsets[i] = (shared.place[i] as number) - (shared.token[i] as number);
  offsets.sort();
  return offsets[shared.count >> 1] ?? 0;
}
