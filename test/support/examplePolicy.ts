import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import type { Policy } from '../../src/policy/Policy.js';

/** A policy from its text; the test fails when there is an error in it. */
export function policyFrom(text: string): Policy {
  const { policy, problems } = parsePolicy(text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, []);
  assert.ok(policy);
  return policy;
}

/** A policy file of the repository, by its path from the root. */
export function policyAt(path: string): Policy {
  return policyFrom(readFileSync(path, 'utf8'));
}

/**
 * A policy with a text replaced by one that its checks refuse. A decision has to be safe for it all the same: it may
 * come from another host than ours.
 */
export function spoilt(policy: Policy, sound: string, spoil: string): Policy {
  return JSON.parse(JSON.stringify(policy).replaceAll(JSON.stringify(sound), JSON.stringify(spoil))) as Policy;
}
