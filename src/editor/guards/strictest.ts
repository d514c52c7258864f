import type { Verdict, VerdictKind } from './Verdict.js';

const STRICTEST_FIRST: readonly VerdictKind[] = ['refused', 'cancelled', 'unsettled', 'justified', 'warned', 'allowed'];

/** The verdict that counts when several have to hold; undefined of none. */
export function strictest<V extends Verdict>(verdicts: readonly V[]): V | undefined {
  return [...verdicts].sort((a, b) => STRICTEST_FIRST.indexOf(a.kind) - STRICTEST_FIRST.indexOf(b.kind))[0];
}
