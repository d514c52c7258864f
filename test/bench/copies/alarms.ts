import { readFileSync } from 'node:fs';
import type { Corpus } from './Corpus.js';
import type { Match } from './engine.js';
import type { Negative } from './negatives.js';
import { likeness } from './likeness.js';

/** What a person wrote down after reading an alarm. */
interface Reading {
  readonly verdict: 'copy' | 'false alarm';
  readonly why: string;
}

/** An alarm on a paste that was meant to be no copy, and what is to be thought of it. */
export interface Alarm {
  readonly negative: Negative;
  readonly match: Match;
  readonly exact: number;
  readonly structure: number;
  /** The region's lines the paste is most like, 1-based. */
  readonly regionLines: readonly [number, number];
  readonly verdict: 'copy' | 'false alarm' | 'unread';
  readonly why: string;
}

/** Verdicts by origin and region, each reached by reading both places. */
const readings = JSON.parse(readFileSync(new URL('./readings.json', import.meta.url), 'utf8')) as Record<
  string,
  Reading
>;

/**
 * Judges an alarm: by the reading that is on record, else by the oracle, else it stays unread, which counts as false.
 * To the oracle, six matched lines or more are a copy when 75 % of their tokens stand in the region in the same order,
 * names and literals equal: as like as a piece with a quarter of its lines edited, which has to be found. Open
 * code is allowed and idioms are everyone's, so an alarm on them is false whatever it resembles.
 */
export function judgeAlarm(negative: Negative, match: Match, corpus: Corpus): Alarm {
  const region = corpus.restricted.find((file) => file.id === match.id);
  const lines = negative.text.split('\n').slice(match.startLine - 1, match.endLine);
  const text = lines.join('\n');
  const like = region
    ? likeness({ path: negative.path, text }, region)
    : { exact: 0, structure: 0, startLine: 1, endLine: 1 };
  const base = {
    negative,
    match,
    exact: like.exact,
    structure: like.structure,
    regionLines: [like.startLine, like.endLine] as const,
  };
  const reading = readings[`${negative.origin} ~ ${match.id}`];
  if (negative.kind === 'idioms') return { ...base, verdict: 'false alarm', why: 'everyone writes this' };
  if (negative.kind.startsWith('open code')) return { ...base, verdict: 'false alarm', why: 'allowed code' };
  if (reading !== undefined) return { ...base, ...reading };
  if (like.exact >= 0.75 && lines.length >= 6)
    return {
      ...base,
      verdict: 'copy',
      why: `${Math.round(like.exact * 100)} % of its tokens stand there in the same order`,
    };
  return { ...base, verdict: 'unread', why: '' };
}
