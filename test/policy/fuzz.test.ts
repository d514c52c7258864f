import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { printPolicy } from '../../src/policy/printPolicy.js';
import { completePolicy } from '../support/completePolicy.js';
import { mutations } from './mutations.js';

const example = readFileSync(new URL('../fixtures/policy/automotive-perception.yaml', import.meta.url), 'utf8');
const tiny = completePolicy.slice(0, completePolicy.indexOf('walls:'));

describe('the parser, given 10,000 mutated policies', function () {
  this.timeout(120_000);

  it('never throws, never hangs, and gives a policy or an error, each problem within the text', () => {
    let policies = 0;
    let slowest = 0;
    fc.assert(
      fc.property(mutations([completePolicy, example, tiny, tiny]), (text) => {
        const started = performance.now();
        const { policy, problems } = parsePolicy(text);
        slowest = Math.max(slowest, performance.now() - started);
        assert.equal(
          policy === undefined,
          problems.some(({ severity }) => severity === 'error'),
        );
        const lines = text.split('\n');
        for (const { range, message, fix } of problems) {
          for (const { start, end } of fix === undefined ? [range] : [range, fix.range]) {
            assert.ok(start.line >= 1 && start.column >= 1 && end.line <= lines.length, message);
            assert.ok(start.column <= (lines[start.line - 1]?.length ?? 0) + 1, message);
            assert.ok(start.line < end.line || (start.line === end.line && start.column <= end.column), message);
          }
          assert.ok(message.length > 10 && message.length < 700 && !message.includes('undefined'), message);
        }
        if (policy !== undefined) policies += 1;
      }),
      { numRuns: 10_000, seed: 7 },
    );
    assert.ok(policies > 500, `Only ${policies} of the texts were policies.`);
    // A limit for each input, far above what any needs, so that a hang shows as a failure and not as a time-out.
    assert.ok(slowest < 3_000, `One input took ${Math.round(slowest)} ms.`);
  });

  it('takes any text at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
        const { policy, problems } = parsePolicy(text);
        assert.ok(policy === undefined && problems.length > 0);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });

  it('gives what prints and parses again, however the text was mutated', () => {
    fc.assert(
      fc.property(mutations([completePolicy]), (text) => {
        const { policy } = parsePolicy(text);
        if (policy === undefined) return;
        const again = parsePolicy(printPolicy(policy)).policy;
        assert.deepEqual({ ...again, places: undefined }, { ...policy, places: undefined });
      }),
      { numRuns: 300, seed: 8 },
    );
  });
});
