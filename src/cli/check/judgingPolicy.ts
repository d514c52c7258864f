import type { CheckNote, CheckResult } from '../../check/Finding.js';
import { createEngine } from '../../engine.js';
import { sha256 } from '../../node/sha256.js';
import type { Policy } from '../../policy/Policy.js';
import type { PolicyReading } from '../../policy/PolicyInForce.js';
import { UserError, type Files } from '../../ports.js';
import { problemsInWords } from '../../report/problems.js';
import type { Io } from '../Command.js';

export const POLICY_FILE = 'developer-terms.yaml';

/** The policy that judges, and what had to be said about how it came to. */
export interface JudgingPolicy {
  readonly policy: Policy;
  readonly told: CheckResult['policy'];
  readonly notes: readonly CheckNote[];
  /** False where the policy of the base side judges; then a change of it is judged, too. */
  readonly isNew: boolean;
}

/** The policy in these files. */
export function readPolicyIn(files: Files): Promise<PolicyReading> {
  return createEngine({ files, hash: sha256 }).readPolicy(POLICY_FILE);
}

/**
 * The policy on the base side of a change; where there is none, or none that can be used, the one that the change brings, and a note
 * says so. Rejects with a `UserError` where neither can be used.
 *
 * @param base undefined where there is no base: nothing was committed before
 */
export async function judgingPolicy(
  base: { readonly files: Files; readonly commit: string } | undefined,
  changed: { readonly files: Files; readonly commit?: string; readonly where: string },
  io: Io,
): Promise<JudgingPolicy> {
  const before = base === undefined ? ({ kind: 'missing' } as const) : await readPolicyIn(base.files);
  if (base !== undefined && before.kind === 'parsed' && before.parsed.policy !== undefined) {
    const told = { path: POLICY_FILE, sha256: before.sha256, commit: base.commit };
    return { policy: before.parsed.policy, told, notes: [], isNew: false };
  }
  const after = await readPolicyIn(changed.files);
  if (after.kind === 'missing' && before.kind === 'missing')
    throw new UserError(
      `There is no ${POLICY_FILE} on the base side, nor ${changed.where}. Add one to the repository's root and to git, or leave --staged and --since out to judge by the one on disk.`,
    );
  if (after.kind !== 'parsed' || after.parsed.policy === undefined) {
    const problems =
      after.kind === 'parsed' ? after.parsed.problems : after.kind === 'unreadable' ? [after.problem] : [];
    io.err(problemsInWords(problems.filter(({ severity }) => severity === 'error')));
    throw new UserError(`${POLICY_FILE} has errors, so that nothing can be judged by it.`);
  }
  const told = {
    path: POLICY_FILE,
    sha256: after.sha256,
    ...(changed.commit === undefined ? {} : { commit: changed.commit }),
  };
  const note: CheckNote =
    before.kind === 'missing'
      ? {
          code: 'first-policy',
          path: POLICY_FILE,
          message: 'There were no terms before this change, so it is judged by the ones that it brings.',
        }
      : {
          code: 'base-policy-invalid',
          path: POLICY_FILE,
          message: 'The terms before this change have errors, so it is judged by the ones that it brings.',
        };
  return { policy: after.parsed.policy, told, notes: [note], isNew: true };
}
