import type { Place } from '../ports.js';
import type { Policy } from './Policy.js';

type PlaceOf = (entry: object, key?: string, index?: number) => Place | undefined;

const known = new WeakMap<Policy, PlaceOf>();

/** Keeps, for as long as a policy lives, the way from its entries to their places. */
export function rememberPlaces(policy: Policy, placeOf: PlaceOf): void {
  known.set(policy, placeOf);
}

/**
 * Where a value of a policy's entry is written: `placeIn(policy, asset, 'paths', 2)`. The entry has to be the very object
 * that the policy holds. Undefined for a policy that was not read from a file, and for an entry that was filled in.
 */
export function placeIn(policy: Policy, entry: object, key?: string, index?: number): Place | undefined {
  return known.get(policy)?.(entry, key, index);
}
