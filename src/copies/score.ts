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
  /** Tokens of the longest stretch whose structure runs on without a break in snippet and region alike. */
  readonly longestRun: number;
  /** Tokens by which snippet and region shift against each other between hits, added up. */
  readonly shift: number;
}

/** Weighted tokens of one tier that are worth a copy by themselves, roughly. */
const EXACT_TOKENS = 18;
const ABSTRACT_TOKENS = 42;
const BOTH = 0.6;
/** Without names, a stretch of structure up to about this long is an idiom that others write too; a longer one says no more. */
const LONG_RUN = 60;
/** Keeps the logarithm of a run finite where there is none. */
const NO_RUN = 10;
/** Keeps the abstract part of very little evidence near a half. */
const LITTLE = 0.05;

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
  // Shared names vouch for a chain; what rests on structure alone has to run on, and in step with its region.
  const nameless = (a + LITTLE) / (e + a + 2 * LITTLE);
  const run = Math.min(evidence.longestRun, LONG_RUN);
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
    nameless * Math.log((run + NO_RUN) / (LONG_RUN + NO_RUN)),
    nameless * Math.min(1, evidence.shift / span),
  ];
}

const WEIGHTS = [2.309, 0.608, -0.307, 1.282, 2.7, 2.16, -3.619, -2.744, 0.484, 3.611, 7.104, -1.727];
/**
 * The model's offset, so that a copy begins at zero: placed on the tuning corpus, where false alarms are half of what they
 * were without the last two features and renamed copies are found as before.
 */
const OFFSET = -2.729 - 1.763;
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
