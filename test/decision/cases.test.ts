import assert from 'node:assert/strict';
import { runCases } from '../../src/decision/cases.js';
import { exampleCases } from '../support/exampleCases.js';

for (const { path, cases, policy } of exampleCases()) {
  describe(`the cases of ${path}`, () => {
    for (const { case: one, decision, differences } of runCases(cases, policy)) {
      it(`${one.id}: ${one.why ?? one.expect.effect}`, () => {
        assert.deepEqual(differences, []);
        const reasoned = new Set(decision.because.map(({ rule }) => rule));
        const unreasoned = decision.rules.filter((rule) => !reasoned.has(rule));
        assert.deepEqual(unreasoned, [], 'every rule has a reason');
        assert.ok(decision.because.every(({ what }) => what !== undefined && what !== ''));
      });
    }
  });
}
