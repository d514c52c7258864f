import type { Action, Duty } from '../policy/language.js';
import type { Reason } from './Decision.js';
import type { Situation } from './Situation.js';

/** What a prohibition has to say in a situation that it is about. */
export interface Verdict {
  /** Left out when it only gives notice. */
  readonly reason?: Reason;
  readonly notice?: string;
  readonly duties?: readonly Duty[];
}

/** A wall, a course or a guardrail, as it bears on one asset. */
export interface Prohibition {
  /** The id by which waivers lift it. */
  readonly id: string;
  readonly waivable: boolean;
  readonly actions: ReadonlySet<Action>;
  /** Undefined when it does not apply. Asked only for its own actions. */
  judge(situation: Situation): Verdict | undefined;
}
