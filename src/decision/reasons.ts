import { EFFECTS } from '../policy/language.js';
import type { Reason } from './Decision.js';

/**
 * The reasons, strictest first, then by rule and asset: an order that does not depend on the policy's. Where a rule
 * says the same of several assets it is said once, and of no single one.
 */
export function sortedReasons(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.length < 2 ? [...reasons] : merged(reasons).sort(byStrictness);
}

function byStrictness(one: Reason, other: Reason): number {
  return (
    EFFECTS.indexOf(other.effect) - EFFECTS.indexOf(one.effect) ||
    compare(one.rule, other.rule) ||
    compare(one.asset ?? '', other.asset ?? '') ||
    compare(one.what ?? '', other.what ?? '')
  );
}

function merged(reasons: readonly Reason[]): Reason[] {
  const kept: Reason[] = [];
  for (const reason of reasons) {
    const at = kept.findIndex(
      (other) => other.rule === reason.rule && other.effect === reason.effect && other.what === reason.what,
    );
    const same = kept[at];
    if (same === undefined) kept.push(reason);
    else if (same.asset !== reason.asset) kept[at] = withoutAsset(same);
  }
  return kept;
}

function withoutAsset({ asset: _, ...reason }: Reason): Reason {
  return reason;
}

/** By code units, not by locale: the order is the same on every machine. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
