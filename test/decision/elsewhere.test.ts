import assert from 'node:assert/strict';
import { decide } from '../../src/decision/decide.js';
import { withKindestDestination } from '../../src/decision/elsewhere.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';

const FRAME = `version: 1
agreement: {id: A, title: A, zone: Europe/Berlin, contact: x@y.example}
parties: [{id: own, name: Own}, {id: guest, name: Guest}]
teams: [{id: guests, party: guest, members: [ana@guest.example]}]
assets: [{id: code, owner: own, paths: ["src/**"]}]
approvers: [{person: lex@own.example, party: own}]
`;

/** The effect of a copy under the kindest destination, by these rules. */
function kindest(rules: string): string {
  const { policy, problems } = parsePolicy(FRAME + rules);
  assert.ok(policy, JSON.stringify(problems));
  const ask = { who: 'ana@guest.example', action: 'copy', file: 'src/a.ts', at: '2026-05-20T10:00:00Z' } as const;
  const regions = {
    path: 'src/a.ts',
    regions: [{ asset: 'code', known: true, by: 'path' as const, lines: { start: 1, end: 9 } }],
    problems: [],
  };
  return decide(withKindestDestination(policy), regions, ask, { records: [], exposures: [] }).effect;
}

const GRANT = 'grants: [{id: g, to: [guests], covers: [code], actions: [copy]}]\n';
const RAIL = (more: string): string =>
  `guardrails: [{id: r, covers: [code], actions: copy, effect: deny, what: W., why: W., instead: I.${more}}]\n`;

describe('the destination that suits the asker best', () => {
  it('is none where nothing is granted, or a guardrail holds everywhere: then a copy is denied wherever it goes', () => {
    assert.equal(kindest(''), 'deny');
    assert.equal(kindest(GRANT + RAIL('')), 'deny');
  });

  it('is the one that a grant names', () => {
    assert.equal(
      kindest('grants: [{id: g, to: [guests], covers: [code], actions: [copy], into: ["test/**"]}]\n'),
      'allow',
    );
  });

  it('is one that a guardrail does not name', () => {
    assert.equal(kindest(GRANT + RAIL(', into: ["tool:*"]')), 'allow');
  });

  it('is the one for which a waiver lifts the guardrail', () => {
    const waiver =
      'waivers: [{id: w, lifts: [r], to: ["person:ana@guest.example"], covers: [code], actions: [copy], into: ["test/**"], ' +
      'until: 2026-12-31, by: lex@own.example, reason: Harness., signed: 2026-05-01}]\n';
    assert.equal(kindest(GRANT + RAIL('') + waiver), 'allow');
  });
});
