import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decide } from '../../src/decision/decide.js';
import { ACTIONS, type Action } from '../../src/policy/language.js';
import type { Decision } from '../../src/decision/Decision.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { assetsAt } from '../../src/regions/assetsAt.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { explainRegions, type Explanation } from '../../src/report/explainRegions.js';
import { explanationText, headline, ownership, permissions } from '../../src/report/explanationText.js';

const { policy } = parsePolicy(readFileSync('examples/automotive-perception/automotive-perception.yaml', 'utf8'));
assert.ok(policy);
const SECRET = 'static const float CAL[3] = {0.1f, 0.2f, 0.3f};';
const text = ['int shift(int a);', '// TERMS-BEGIN asset=radar-cal', SECRET, '// TERMS-END', ''].join('\n');
const records = ['ana', 'ben'].flatMap((name) => [
  { person: `${name}@helio.example`, course: 'dt-2026', passed: '2026-01-20' },
  { person: `${name}@helio.example`, course: 'compete', passed: '2026-02-01' },
]);

/** What is explained to a person who rests the mouse on a line of a file on 20 May 2026. */
function explained(who: string, file: string, line: number, purpose?: string): Explanation {
  assert.ok(policy);
  const regions = regionsOf(policy, file, text);
  const lines = { start: line, end: line };
  const decisions = Object.fromEntries(
    ACTIONS.map((action) => {
      const ask = {
        who,
        action,
        file,
        lines,
        at: '2026-05-20T10:00:00+02:00',
        ...(purpose === undefined ? {} : { purpose }),
      };
      return [action, decide(policy, regions, ask, { records, exposures: [] })];
    }),
  ) as Record<Action, Decision>;
  return explainRegions(policy, assetsAt(regions, lines), decisions, 5);
}

describe('the explanation of restricted lines', () => {
  it('names the innermost asset first, with its owner, tier and lines', () => {
    const { assets } = explained('ana@helio.example', 'perception/fusion/align.cpp', 3);
    assert.deepEqual(
      assets.map((asset) => [asset.id, ownership(asset)]),
      [
        ['radar-cal', 'Kestrel Radar Ltd, HIGHLY CONFIDENTIAL - SOURCE CODE (lines 2–4)'],
        ['fusion', 'Helio Motors AG, CONFIDENTIAL (the whole file)'],
      ],
    );
  });

  it('leads with a rule in the words of the agreement, and keeps the others in the order they matter', () => {
    const { main, also, contact } = explained('ana@helio.example', 'perception/fusion/align.cpp', 3);
    assert.equal(main?.rule, 'guardrail:no-supplier-copy');
    assert.equal(main.heading, "No copying of the other party's source");
    assert.deepEqual([...main.actions].sort(), ['copy', 'move']);
    assert.equal(also[0]?.rule, 'default:ungranted');
    assert.equal(contact, 'legal-ip@helio.example');
  });

  it('says what a person may do, after a reason or a purpose may do, and may not do', () => {
    const without = explained('ana@helio.example', 'perception/camera/net.py', 1);
    assert.equal(headline(without), 'Protected, state your purpose to view');
    assert.deepEqual(permissions(without), [
      { label: 'Once you state your purpose (integration) you may', words: 'view and import or call' },
      {
        label: 'You may not',
        words: 'edit, copy, move, export, publish, give it to an AI assistant or remove its markers',
      },
    ]);
    const stated = explained('ana@helio.example', 'perception/camera/net.py', 1, 'integration');
    assert.equal(headline(stated), 'Protected, view only');
    assert.deepEqual(permissions(stated)[0], {
      label: 'You may',
      words: 'view and import or call, until 30 June 2026',
    });
  });

  it('tells an owner what is open and what is not', () => {
    const { access, may } = explained('ben@helio.example', 'perception/fusion/grid.cpp', 1);
    assert.equal(access, 'conditions apply');
    assert.deepEqual(may, ['view', 'edit', 'copy', 'move', 'use', 'export']);
  });

  it('says of an unknown asset that it counts as the highest tier', () => {
    assert.ok(policy);
    const regions = regionsOf(policy, 'a.c', '// TERMS-BEGIN asset=nobody\n// TERMS-END\n');
    const decisions = Object.fromEntries(
      ACTIONS.map((action) => [
        action,
        decide(
          policy,
          regions,
          { who: 'ana@helio.example', action, file: 'a.c', at: '2026-05-20T10:00:00Z' },
          { records, exposures: [] },
        ),
      ]),
    ) as Record<Action, Decision>;
    const explanation = explainRegions(policy, regions.regions, decisions, 3);
    assert.equal(headline(explanation), 'Protected, no access');
    assert.equal(
      ownership(explanation.assets[0] ?? assert.fail()),
      'The policy does not know this asset, so the code counts as the highest tier until it does.',
    );
  });

  it('is complete as text, and quotes no line of the code', () => {
    const explanation = explained('ana@helio.example', 'perception/fusion/align.cpp', 3);
    const whole = explanationText(explanation, 'align.cpp, line 3', 'ana@helio.example');
    for (const action of ACTIONS) assert.match(whole, new RegExp(`^  ${action} +(yes|no|only)`, 'm'));
    assert.match(whole, /Do not copy or move supplier source to another place\. \[clause 6\.2 \(No copying/);
    assert.match(whole, /Instead: Call the published interface/);
    assert.ok(!whole.includes(SECRET));
  });
});
