/** How strong a chain of shared grams is. One is a copy. */

/** What a chain has gathered. */
export interface Evidence {
  /** Covered tokens of the exact tier, each weighted by what its gram tells and how rare it is. */
  readonly exact: number;
  /** The same of the abstract tier. */
  readonly abstract: number;
  /** Lines from the first covered one to the last. */
  readonly lines: number;
  /** The part of the snippet's tokens that is covered, 0 to 1. */
  readonly coverage: number;
}

/** Weighted tokens that are a copy by themselves. */
export const EXACT_TOKENS = 18;
export const ABSTRACT_TOKENS = 42;
const BOTH = 0.6;
const FEW_LINES = 4;
const MOST_OF_IT = 0.5;
const BONUS = 0.3;

/** From this score on, text counts as a copy. */
export const COPY = 1;

export function scoreOf(evidence: Evidence): number {
  const e = evidence.exact / EXACT_TOKENS;
  const a = evidence.abstract / ABSTRACT_TOKENS;
  let score = Math.max(e, a, BOTH * (e + a));
  if (evidence.lines < FEW_LINES) score *= evidence.lines / FEW_LINES;
  if (evidence.coverage > MOST_OF_IT) score *= 1 + (BONUS * (evidence.coverage - MOST_OF_IT)) / (1 - MOST_OF_IT);
  return score;
}

/** The weight of a fingerprint that occurs in this many regions: the rarer, the more it says. */
export function rarityOf(regions: number): number {
  return 1 / (1 + 0.4 * Math.log2(regions));
}
