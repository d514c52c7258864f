import { summaryOf, type CheckResult, type Finding } from '../../src/check/Finding.js';
import type { Decision, Reason } from '../../src/decision/Decision.js';
import { policyAt } from './examplePolicy.js';

/** The policy that the findings below were judged by. */
export const policy = policyAt('examples/cobuild/developer-terms.yaml');

export const guardrail: Reason = {
  rule: 'guardrail:no-reuse',
  effect: 'deny',
  clause: '6.2',
  what: 'Do not copy <supplier> code & friends',
  why: 'It is theirs.',
  instead: 'Call the published interface.',
  contact: 'legal@partner.example',
};

/** A decision with these reasons, of the first one's effect. */
export function decided(reasons: readonly Reason[], waived: readonly string[] = []): Decision {
  const effect = reasons[0]?.effect ?? 'allow';
  const rules = reasons.map(({ rule }) => rule);
  return { effect, rules, waived, notices: [], duties: [], assets: ['palisade-energy'], because: reasons };
}

/** A copy that fails, but for what is given. */
export function finding(given: Partial<Finding> = {}): Finding {
  const decision = given.decision ?? decided([guardrail]);
  return {
    kind: 'copy',
    action: 'copy',
    effect: decision.effect,
    outcome: 'fails',
    path: 'src/a b.ts',
    range: { start: { line: 4, column: 1 }, end: { line: 9, column: 17 } },
    source: { asset: 'palisade-energy', path: 'partners/x.py', lines: { start: 10, end: 15 } },
    assets: ['palisade-energy'],
    decision,
    message: 'Lines 4–9 repeat lines 10–15 of partners/x.py: palisade-energy of Palisade.',
    fingerprint: '0123456789abcdef0123456789abcdef',
    ...given,
  };
}

/** What a check with these findings results in. */
export function checked(...findings: Finding[]): CheckResult {
  return {
    policy: { path: 'developer-terms.yaml', sha256: 'a'.repeat(64) },
    findings,
    policyChanges: [],
    notes: [{ code: 'binary', path: 'logo, "50%".png', message: 'A binary file was not looked into.' }],
    summary: summaryOf(findings, { files: 3 }),
  };
}
