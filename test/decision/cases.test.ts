import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCases, runCases } from '../../src/decision/cases.js';
import { policyAt } from '../support/examplePolicy.js';

const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.cases.yaml'))
  .map((path) => join('examples', path));

for (const path of examples) {
  describe(`the cases of ${path}`, () => {
    const { cases, problems } = readCases(readFileSync(path, 'utf8'), path);
    assert.deepEqual(problems, []);
    assert.ok(cases);
    const policy = policyAt(join(dirname(path), cases.policy));
    for (const { case: one, decision, differences } of runCases(cases, policy)) {
      it(`${one.id}: ${one.why ?? one.expect.effect}`, () => {
        assert.deepEqual(differences, []);
        const reasoned = new Set(decision.because.map(({ rule }) => rule));
        assert.deepEqual(
          decision.rules.filter((rule) => !reasoned.has(rule)),
          [],
          'every rule has a reason',
        );
        assert.ok(decision.because.every(({ what }) => what !== undefined && what !== ''));
      });
    }
  });
}
