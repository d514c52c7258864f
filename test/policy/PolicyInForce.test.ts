import assert from 'node:assert/strict';
import type { Policy } from '../../src/policy/Policy.js';
import type { Problem } from '../../src/policy/Problem.js';
import { NO_POLICY, policyInForce } from '../../src/policy/PolicyInForce.js';

const good = { agreement: { title: 'Good' } } as unknown as Policy;
const start = { line: 1, column: 1 };
const error: Problem = {
  code: 'unknown-key',
  severity: 'error',
  file: 'developer-terms.yaml',
  range: { start, end: start },
  message: 'x',
};
const reading = (policy: Policy | undefined, problems: Problem[] = [], sha256 = 'a') =>
  ({ kind: 'parsed', parsed: { policy, problems }, sha256 }) as const;

describe('the policy in force', () => {
  it('is the one in the file when the file is good', () => {
    assert.deepEqual(policyInForce(NO_POLICY, reading(good)), {
      policy: good,
      sha256: 'a',
      problems: [],
      stale: undefined,
    });
  });

  it('stays the last good one when the file is broken, deleted or unreadable, and says why', () => {
    const before = policyInForce(NO_POLICY, reading(good));
    const after = [
      policyInForce(before, reading(undefined, [error], 'b')),
      policyInForce(before, { kind: 'missing' }),
      policyInForce(before, { kind: 'unreadable', problem: error }),
    ];
    assert.deepEqual(
      after.map((state) => [state.policy === good, state.sha256, state.stale]),
      [
        [true, 'a', 'invalid'],
        [true, 'a', 'missing'],
        [true, 'a', 'unreadable'],
      ],
    );
    assert.deepEqual(after[0]?.problems, [error]);
  });

  it('is current again as soon as the file is mended', () => {
    const broken = policyInForce(policyInForce(NO_POLICY, reading(good)), reading(undefined, [error]));
    assert.equal(policyInForce(broken, reading(good, [], 'c')).stale, undefined);
  });

  it('is none, without complaint, where there never was a file', () => {
    assert.equal(policyInForce(NO_POLICY, { kind: 'missing' }), NO_POLICY);
  });
});
