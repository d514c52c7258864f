/**
 * How strong a chain of shared grams is. What a chain shows is weighed by a logistic model that was fitted to pastes of
 * restricted and of other code (test/bench/copies, tuning corpus); the weights stand here, nothing is learned at run time.
 */

/** What a chain has gathered. Tokens are those of the snippet. */
export interface Evidence {
  /** Covered tokens of the exact tier, each weighted by what its gram tells and how rare it is. */
  readonly exact: number;
  /** The same of the abstract tier. */
  readonly abstract: number;
  /** Covered tokens without weights. */
  readonly coveredExact: number;
  readonly coveredAbstract: number;
  /** All tokens from the first covered one to the last, in the snippet and in the region. */
  readonly span: number;
  readonly regionSpan: number;
  /** Lines from the first covered one to the last. */
  readonly lines: number;
  /** The part of the snippet's tokens that is covered, 0 to 1. */
  readonly coverage: number;
  /** Other regions that the same lines resemble nearly as much: a family of alike code rather than one origin. */
  readonly alike: number;
}

/** Weighted tokens of one tier that are worth a copy by themselves, roughly. */
const EXACT_TOKENS = 18;
const ABSTRACT_TOKENS = 42;
const BOTH = 0.6;
/** The exact tier drops about this part of all tokens. */
const EXACT_PART = 0.72;

/** The model knows pieces from six lines up; fewer than these are hardly anybody's work unless they are long. */
const FEW_LINES = 4;

/** The n-th occurrence of a gram in one text counts `1 / n ** FADING`. */
export const FADING = 2;

/** From this score on, text counts as a copy. */
export const COPY = 1;
/** Chains weaker than this cannot reach any sensible threshold. */
export const NEGLIGIBLE = 0.2;

/** The weight of a fingerprint that occurs in this many regions: the rarer, the more it says. */
export function rarityOf(regions: number): number {
  return 1 / (1 + 0.4 * Math.log2(regions));
}

/** How much is shared, whatever surrounds it; 1 is roughly what a copy of ten lines has. */
export function strengthOf(exact: number, abstract: number): number {
  const e = exact / EXACT_TOKENS;
  const a = abstract / ABSTRACT_TOKENS;
  return Math.max(e, a, BOTH * (e + a));
}

/** What the model looks at, in the order of its weights. */
export function featuresOf(evidence: Evidence): readonly number[] {
  const e = evidence.exact / EXACT_TOKENS;
  const a = evidence.abstract / ABSTRACT_TOKENS;
  const { coveredExact, coveredAbstract, span, regionSpan, coverage } = evidence;
  return [
    Math.log(0.15 + Math.max(e, a)),
    Math.log(0.15 + e + a),
    Math.min(1, coveredExact / Math.max(1, EXACT_PART * span)),
    Math.min(1, coveredAbstract / span),
    coverage,
    Math.max(0, coverage - 0.7) / 0.3,
    Math.min(1.5, Math.abs(Math.log((regionSpan + 5) / (span + 5)))),
    Math.log(1 + evidence.alike),
    (evidence.exact + evidence.abstract) / (coveredExact + coveredAbstract + 1),
    Math.min(evidence.lines, 6) / 6,
  ];
}

const WEIGHTS = [7.711, -3.005, 2.621, 0.935, 2.67, 0.631, -4.635, -1.942, -1.147, 2.967];
/** The model's offset, so that a copy begins at zero. */
const OFFSET = -3.482 - 0.9;
/** How many of the model's units make the score e times as large. */
const UNIT = 3;

/** The score of a chain: 1 and up is a copy. */
export function scoreOf(evidence: Evidence): number {
  let sum = OFFSET;
  const features = featuresOf(evidence);
  for (let i = 0; i < WEIGHTS.length; i++) sum += (WEIGHTS[i] as number) * (features[i] as number);
  const score = Math.exp(Math.min(20, sum) / UNIT);
  return evidence.lines < FEW_LINES ? (score * evidence.lines) / FEW_LINES : score;
}
