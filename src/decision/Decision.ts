import type { Effect } from '../policy/language.js';

/**
 * The name of a rule as decisions, cases, reports and evidence spell it: `guardrail:ID`, `wall:ID`, `training:ID`,
 * `grant:ID`, `default:owner`, `default:unknown`, `default:ungranted`, `default:unlisted`, `marker:unknown`.
 */
export type RuleName = string;

/** One reason behind a decision, in the policy's own words. */
export interface Reason {
  readonly rule: RuleName;
  readonly effect: Effect;
  readonly asset?: string;
  readonly clause?: string;
  readonly what?: string;
  readonly why?: string;
  readonly instead?: string;
  readonly contact?: string;
  /** When this reason ends, as an instant or a bare date as the policy writes it; left out when it does not end. */
  readonly until?: string;
}

/** The answer to "may this person do this to this code, now?" Data only: the same in editor, command line and evidence. */
export interface Decision {
  readonly effect: Effect;
  /** All rules that contributed the decision's effect, sorted. */
  readonly rules: readonly RuleName[];
  /** Ids of the waivers that lifted a rule, sorted. */
  readonly waived: readonly string[];
  /** What nearly applied or will soon: `grant-expired:ID`, `training-due-soon:ID`, …; sorted. */
  readonly notices: readonly string[];
  readonly duties: readonly string[];
  /** The highest tier among the assets; left out when no asset covers the code. */
  readonly tier?: string;
  /** Ids of the assets that cover the code, sorted. */
  readonly assets: readonly string[];
  /** A reason for every rule in `rules`, strictest first, and after them what else contributed. */
  readonly because: readonly Reason[];
}
