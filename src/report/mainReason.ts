import type { Decision, Reason } from '../decision/Decision.js';

/** The reason that matters first: of the decision's own effect, in the agreement's words where it has some. */
export function mainReason(decision: Decision): Reason | undefined {
  const deciding = decision.because.filter(({ effect }) => effect === decision.effect);
  // A rule in the agreement's own words explains more than the mere absence of a grant.
  return deciding.find(({ rule }) => !rule.startsWith('default:')) ?? deciding[0];
}
