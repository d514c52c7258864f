import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decide } from '../../src/decision/decide.js';
import { EFFECTS, type Effect, type PolicyContent } from '../../src/policy/language.js';
import { pathCoverOf } from '../../src/regions/pathCover.js';
import type { Region } from '../../src/regions/Region.js';
import { asks, policies } from '../support/arbitraryPolicy.js';
import { CedarPolicy } from '../support/cedar.js';

const POLICIES = 250;
const ASKS = 40;

/** The part of a random policy that Cedar can express. */
const expressible = policies.map((policy): PolicyContent => {
  const agreement = { ...policy.agreement };
  delete (agreement as { survives?: string }).survives;
  return {
    ...policy,
    agreement: { ...agreement, zone: 'UTC', status: agreement.status === 'suspended' ? 'suspended' : 'live' },
    tiers: policy.tiers.map((tier) => ({ ...tier, ungranted: 'deny' as const })),
    training: [],
    waivers: [],
    walls: policy.walls.map((wall) => {
      const { id, sides, above, blocks, waivable } = wall;
      return { id, sides, above, blocks, waivable };
    }),
    grants: policy.grants.map(({ grace, ...grant }) => (grace === undefined ? grant : { ...grant, grace: 'P30D' })),
  };
});

describe('a second evaluator, Cedar', function () {
  this.timeout(180_000);

  it(`gives the same effects and rules to ${POLICIES * ASKS} random questions about ${POLICIES} policies`, () => {
    const seen = new Map<Effect, number>();
    let compared = 0;
    fc.assert(
      fc.property(expressible, fc.array(asks, { minLength: ASKS, maxLength: ASKS }), (policy, questions) => {
        const second = new CedarPolicy(policy);
        for (const ask of questions) {
          compared += 1;
          const assets = pathCoverOf(policy).assetsOf(ask.file);
          const regions = assets.map((asset): Region => ({
            asset,
            known: true,
            by: 'path',
            lines: { start: 1, end: 1 },
          }));
          const decision = decide(policy, { path: ask.file, regions, problems: [] }, ask, {
            records: [],
            exposures: [],
          });
          if (assets.length === 0) {
            assert.equal(decision.effect, policy.defaults.unlisted);
            continue;
          }
          const answers = assets.map((asset) => second.judge(ask, asset));
          const strictest = Math.max(...answers.map(({ effect }) => EFFECTS.indexOf(effect)));
          assert.equal(decision.effect, EFFECTS[strictest], JSON.stringify(ask));
          seen.set(decision.effect, (seen.get(decision.effect) ?? 0) + 1);
          const deciding = answers.filter(({ effect }) => effect === decision.effect);
          const named = (kinds: RegExp) => decision.rules.filter((rule) => kinds.test(rule));
          const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort();
          // At the kindest level nothing forbids, and every permit that holds is named: the same grants and defaults.
          if (decision.effect === 'allow')
            assert.deepEqual(
              named(/^(grant|default):/),
              union(deciding.map(({ permitting }) => permitting)),
              JSON.stringify(ask),
            );
          else
            assert.deepEqual(
              named(/^(guardrail|wall):/),
              union(deciding.map(({ forbidding }) => forbidding)),
              JSON.stringify(ask),
            );
        }
      }),
      { numRuns: POLICIES },
    );
    assert.ok(compared >= 10_000, `${compared} were compared`);
    for (const effect of EFFECTS)
      assert.ok((seen.get(effect) ?? 0) > 100, `${effect} was decided ${seen.get(effect) ?? 0} times`);
  });
});
