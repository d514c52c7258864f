import assert from 'node:assert/strict';
import { runCases } from '../../src/decision/cases.js';
import type { Policy } from '../../src/policy/Policy.js';
import { exampleCases } from '../support/exampleCases.js';

const KINDS = ['walls', 'training', 'guardrails', 'grants', 'waivers'] as const;

/**
 * A policy without each of its rules in turn. The grants of a suspended agreement do nothing that could be missed; that
 * they sleep is what cases have to notice, so each is woken instead, alone.
 */
function* without(policy: Policy): Generator<{ readonly rule: string; readonly mutant: Policy }> {
  for (const kind of KINDS)
    for (const entry of policy[kind]) {
      const { id } = entry;
      const rule = `${kind}:${id}`;
      if (kind === 'grants' && policy.agreement.status === 'suspended') {
        const awake = { ...policy, agreement: { ...policy.agreement, status: 'live' as const } };
        yield { rule, mutant: { ...awake, grants: policy.grants.filter((grant) => grant.id === id) } };
        continue;
      }
      const left = (policy[kind] as readonly { readonly id: string }[]).filter((other) => other.id !== id);
      yield { rule, mutant: { ...policy, [kind]: left } };
    }
}

for (const { path, cases, policy } of exampleCases()) {
  const rules = [...without(policy)];
  const missed = rules.filter(({ mutant }) =>
    runCases(cases, mutant).every(({ differences }) => differences.length === 0),
  );
  const share = `${rules.length - missed.length} of ${rules.length} rules`;

  describe(`the cases of ${path}`, () => {
    it(`notice when a rule is taken away: ${share}`, () => {
      assert.ok(rules.length > 0);
      assert.deepEqual(
        missed.map(({ rule }) => rule),
        [],
      );
    });
  });
}
