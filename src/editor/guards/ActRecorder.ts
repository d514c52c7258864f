import type { Outcome } from '../../evidence/Entry.js';
import type { LineSpan } from '../../ports.js';
import type { Evidence } from '../Evidence.js';
import type { Verdict } from './Verdict.js';

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

/**
 * Records what guards judge. An entry names the covered code (for a copy, its origin) and, where the code went elsewhere,
 * that place as its destination.
 */
export function actRecorder(evidence: Evidence): ActRecorder {
  return {
    record({ verdict, outcome, place, texts }) {
      const { question, decision, reason } = verdict;
      const { folder, regions, action } = question;
      const isElsewhere = place.path !== regions.path;
      const lines = isElsewhere ? question.lines : (place.lines ?? question.lines);
      const into = question.into ?? (isElsewhere && place.path !== '' ? place.path : undefined);
      evidence.record({
        ...{ folder, action, decision, outcome },
        place: { path: regions.path, ...(lines === undefined ? {} : { lines }) },
        ...(into === undefined ? {} : { into }),
        ...(reason === undefined ? {} : { reason }),
        ...(texts === undefined ? {} : { texts }),
      });
    },
  };
}
