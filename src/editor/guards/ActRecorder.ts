import type { LineSpan } from '../../ports.js';
import type { Verdict } from './Verdict.js';

/**
 * What became of an act:
 * - `allowed`, `warned`, `justified`: it happened
 * - `refused`: it did not happen
 * - `undone`: it happened and was taken back
 * - `cancelled`: the person was asked for a reason or a purpose, gave none, and it did not stay
 * - `flagged`: it happened where we could not refuse it, and was pointed out
 * - `exposed`: covered code of one side of a wall was seen
 */
export type Outcome = 'allowed' | 'warned' | 'justified' | 'refused' | 'undone' | 'cancelled' | 'flagged' | 'exposed';

/** An act that a guard judged, for the evidence. */
export interface RecordedAct {
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  /** Where it happened: for a copy, where the code went. */
  readonly place: { readonly path: string; readonly lines?: LineSpan };
  /** The text concerned; only its hashes are kept. */
  readonly texts?: readonly string[];
}

/** Takes acts for the evidence. Returns at once and never throws; what the policy does not want recorded is left out. */
export interface ActRecorder {
  record(act: RecordedAct): void;
}
