import type { Decision } from '../decision/Decision.js';

/** True when nothing but a purpose is missing: the grant that would permit it is bound to one. */
export function waitsForPurpose(decision: Decision): boolean {
  return decision.effect === 'justify' && decision.rules.every((rule) => rule.startsWith('grant:'));
}
