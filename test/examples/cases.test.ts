import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readCases, runCases, type CaseResult } from '../../src/decision/cases.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';

const lists = ['walls', 'training', 'guardrails', 'grants', 'waivers'] as const;

/** What a case compares of a decision. */
const compared = (results: readonly CaseResult[]) =>
  results.map(({ decision: { effect, rules, waived, notices, duties } }) => ({ effect, rules, waived, notices, duties }));

const files = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.cases.yaml'))
  .map((path) => join('examples', path));

for (const path of files) {
  describe(`the example ${path}`, () => {
    const { cases, problems } = readCases(readFileSync(path, 'utf8'), path);
    assert.ok(cases, JSON.stringify(problems));
    const { policy, problems: ofPolicy } = parsePolicy(readFileSync(join(dirname(path), cases.policy), 'utf8'));
    assert.ok(policy, JSON.stringify(ofPolicy));

    it('says of every case why', () => {
      assert.deepEqual(
        cases.cases.filter(({ why }) => why === undefined || why === '').map(({ id }) => id),
        [],
      );
    });

    it('has for every rule a case that changes when the rule is removed', () => {
      const before = compared(runCases(cases, policy));
      const idle: string[] = [];
      for (const list of lists) {
        // A suspended agreement's grants sleep, so that removing one can change nothing.
        if (list === 'grants' && policy.agreement.status === 'suspended') continue;
        for (const rule of policy[list]) {
          const without = { ...policy, [list]: (policy[list] as readonly object[]).filter((other) => other !== rule) };
          if (isDeepStrictEqual(compared(runCases(cases, without)), before)) idle.push(`${list} ${rule.id}`);
        }
      }
      assert.deepEqual(idle, []);
    });
  });
}
