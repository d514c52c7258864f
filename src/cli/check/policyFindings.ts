import { decisionOn, type Judgement } from '../../check/judge.js';
import { loosening, policyProblem } from '../../check/findingsOf.js';
import type { Unmarked } from '../../check/fingerprints.js';
import type { Policy } from '../../policy/Policy.js';
import { policyChanges, type PolicyChange } from '../../policy/policyChanges.js';
import type { Files } from '../../ports.js';
import { regionsOf } from '../../regions/regionsOf.js';
import { POLICY_FILE, readPolicyIn } from './judgingPolicy.js';

/** What became of the policy in a change. */
export interface ChangedPolicy {
  /** The policy after the change; the one before it where that cannot be used. */
  readonly policy: Policy;
  readonly changes: readonly PolicyChange[];
  readonly findings: readonly Unmarked[];
}

/** The files that a policy is read from: itself, and what it extends. */
export function policyFilesOf(policy: Policy): ReadonlySet<string> {
  return new Set([
    POLICY_FILE,
    ...policy.extends.map(({ path }) => path),
    ...Object.values(policy.places).map(({ file }) => file),
  ]);
}

/**
 * Compares the policy before a change with the one in `files`, and judges whoever changed it: what it loosens, that it is gone, or that it
 * cannot be used any more.
 */
export async function changedPolicy(judgement: Judgement, before: Policy, files: Files): Promise<ChangedPolicy> {
  const edit = decisionOn(judgement, {
    action: 'edit',
    subjects: [{ regions: regionsOf(judgement.policy, POLICY_FILE, '') }],
  });
  const reading = await readPolicyIn(files);
  if (reading.kind === 'missing') {
    const gone: PolicyChange = {
      rule: 'policy',
      direction: 'loosens',
      sentence: 'The policy was taken out: nothing is protected any more.',
      place: undefined,
      assets: before.assets.map(({ id }) => id).sort(),
    };
    return { policy: before, changes: [gone], findings: [loosening(judgement, POLICY_FILE, gone, edit)] };
  }
  if (reading.kind === 'unreadable')
    return { policy: before, changes: [], findings: [policyProblem(judgement, reading.problem)] };
  const { policy, problems } = reading.parsed;
  if (policy === undefined) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    return { policy: before, changes: [], findings: errors.map((problem) => policyProblem(judgement, problem)) };
  }
  const changes = policyChanges(before, policy);
  const loose = changes.filter(({ direction }) => direction === 'loosens');
  return { policy, changes, findings: loose.map((change) => loosening(judgement, POLICY_FILE, change, edit)) };
}
