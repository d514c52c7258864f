import { EFFECTS } from '../policy/language.js';
import type { Reason } from './Decision.js';

/** Strictest first, then by rule and asset: an order that does not depend on the policy's. */
export function byStrictness(one: Reason, other: Reason): number {
  return (
    EFFECTS.indexOf(other.effect) - EFFECTS.indexOf(one.effect) ||
    compare(one.rule, other.rule) ||
    compare(one.asset ?? '', other.asset ?? '') ||
    compare(one.what ?? '', other.what ?? '')
  );
}

/** One reason for each thing said: where a rule says the same of several assets it is said once, and of no single one. */
export function mergedReasons(reasons: readonly Reason[]): Reason[] {
  const [only] = reasons;
  if (only !== undefined && reasons.length === 1) return [only];
  const merged = new Map<string, Reason>();
  for (const reason of reasons) {
    const key = `${reason.rule} ${reason.effect} ${reason.what ?? ''}`;
    const same = merged.get(key);
    if (same === undefined) merged.set(key, reason);
    else if (same.asset !== reason.asset) merged.set(key, withoutAsset(same));
  }
  return [...merged.values()];
}

function withoutAsset({ asset: _, ...reason }: Reason): Reason {
  return reason;
}

/** By code units, not by locale: the order is the same on every machine. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
