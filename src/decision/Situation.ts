import type { Destination } from '../policy/destinations.js';
import type { Action, Asset } from '../policy/language.js';
import type { Someone } from '../policy/membership.js';
import type { KnownFacts } from './facts.js';

/** One ask about one asset, with everything looked up that rules want to know. */
export interface Situation {
  readonly asset: Asset;
  readonly someone: Someone;
  /** True when the person is of a party that owns the asset, and of no other. */
  readonly owns: boolean;
  readonly action: Action;
  /** Undefined when nobody said where the code goes. */
  readonly into: Destination | undefined;
  /** Undefined when no purpose was stated. */
  readonly purpose: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly facts: KnownFacts;
}
