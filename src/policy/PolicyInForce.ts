import type { ParsedPolicy, Policy } from './Policy.js';
import type { Problem } from './Problem.js';

/** How the policy file was found: read and parsed, gone, or there but not readable. */
export type PolicyReading =
  | { readonly kind: 'parsed'; readonly parsed: ParsedPolicy; readonly sha256: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly problem: Problem };

/** Why the policy in force is not the one in the file. */
export type Staleness = 'invalid' | 'missing' | 'unreadable';

/** What governs a repository at this moment. */
export interface PolicyInForce {
  /** The policy that decides; undefined when there never was a good one. */
  readonly policy: Policy | undefined;
  /** Hash of the text that `policy` was read from, in lower-case hex. */
  readonly sha256: string | undefined;
  /** Problems of the file as it is now, which need not be the policy in force. */
  readonly problems: readonly Problem[];
  /** Set when the file cannot be used: `policy` is then the last good one, if there was one. */
  readonly stale: Staleness | undefined;
}

export const NO_POLICY: PolicyInForce = { policy: undefined, sha256: undefined, problems: [], stale: undefined };

/**
 * The state after a new reading of the file. A policy with errors, an unreadable one and a deleted one never switch the
 * guard off: the last good policy stays in force and `stale` says why.
 */
export function policyInForce(before: PolicyInForce, reading: PolicyReading): PolicyInForce {
  switch (reading.kind) {
    case 'parsed': {
      const { policy, problems } = reading.parsed;
      if (policy !== undefined) return { policy, sha256: reading.sha256, problems, stale: undefined };
      return { ...before, problems, stale: 'invalid' };
    }
    case 'missing':
      return before.policy === undefined ? NO_POLICY : { ...before, problems: [], stale: 'missing' };
    case 'unreadable':
      return { ...before, problems: [reading.problem], stale: 'unreadable' };
  }
}
