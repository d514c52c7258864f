import type { Decision } from '../decision/Decision.js';
import { mainReason } from './mainReason.js';

/** The id of the course whose pass a decision waits for first; undefined where it rests on something else, or permits. */
export function courseInTheWay(decision: Decision): string | undefined {
  if (decision.effect === 'allow' || decision.effect === 'warn') return undefined;
  return courseOfRule(mainReason(decision)?.rule);
}

/** The course behind a rule of the form `training:ID`. */
export function courseOfRule(rule: string | undefined): string | undefined {
  return rule?.startsWith('training:') === true ? rule.slice('training:'.length) : undefined;
}
