import assert from 'node:assert/strict';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { policyChanges } from '../../src/policy/policyChanges.js';
import type { Policy } from '../../src/policy/Policy.js';

const POLICY = `version: 1
agreement: {id: A-1, title: An agreement, from: 2026-01-01, until: 2027-12-31, zone: UTC, contact: desk@helio.example}
parties:
  - {id: helio, name: Helio}
  - {id: north, name: Northlight}
teams:
  - {id: helio-fusion, party: helio, members: [ana@helio.example, ben@helio.example]}
  - {id: helio-tent, party: helio, members: [mia@helio.example]}
  - {id: north-core, party: north, members: [nia@north.example]}
tiers: [{name: confidential}, {name: restricted, ungranted: {view: warn}}]
assets:
  - {id: camera, owner: north, tier: restricted, paths: ["camera/**", "!camera/api/**"]}
  - {id: fusion, owner: helio, tier: confidential, paths: ["fusion/**"]}
walls:
  - id: apart
    sides: [{name: camera, who: [helio-tent], assets: [camera]}, {name: fusion, who: [helio-fusion], assets: [fusion]}]
training:
  - {id: intro, title: Introduction, covers: [camera], actions: [edit], repeat: P1Y}
guardrails:
  - {id: no-copy, covers: [camera], actions: [copy, move], effect: deny, what: Do not., why: So., instead: Ask.}
grants:
  - {id: reading, to: [helio-fusion], covers: [camera], actions: [view], until: 2026-12-31}
approvers: [{person: nia@north.example, party: north}]
`;

function policyOf(text: string): Policy {
  const { policy, problems } = parsePolicy(text);
  assert.ok(policy, JSON.stringify(problems));
  return policy;
}

/** What changes when a piece of the policy is written differently: "loosens guardrail:no-copy: …". */
function changed(from: string, to: string): string[] {
  assert.ok(POLICY.includes(from), from);
  const [before, after] = [policyOf(POLICY), policyOf(POLICY.replace(from, to))];
  return policyChanges(before, after).map(({ direction, rule, sentence }) => `${direction} ${rule}: ${sentence}`);
}

describe('what a change of the policy means', () => {
  it('is nothing where only its layout changes', () => {
    assert.deepEqual(changed('actions: [copy, move]', 'actions: [copy,   move]'), []);
  });

  const loosening: readonly (readonly [string, string, string])[] = [
    [
      'effect: deny, what',
      'effect: warn, what',
      "guardrail:no-copy: 'effect' of the guardrail 'no-copy' was deny and is now warn.",
    ],
    [
      'actions: [copy, move]',
      'actions: [copy]',
      "guardrail:no-copy: 'actions' of the guardrail 'no-copy' no longer has move.",
    ],
    [
      'effect: deny, what',
      'except: [helio-fusion], effect: deny, what',
      "guardrail:no-copy: 'except' of the guardrail 'no-copy' has helio-fusion in addition.",
    ],
    [
      'actions: [view], until',
      'actions: [view, edit], until',
      "grant:reading: 'actions' of the grant 'reading' has edit in addition.",
    ],
    [
      'until: 2026-12-31}',
      'until: 2027-06-30}',
      "grant:reading: 'until' of the grant 'reading' was 2026-12-31 and is now 2027-06-30.",
    ],
    [
      'until: 2027-12-31, zone',
      'until: 2029-12-31, zone',
      "agreement: 'until' of the agreement was 2027-12-31 and is now 2029-12-31.",
    ],
    ['paths: ["camera/**", ', 'paths: [', "asset:camera: 'paths' of the asset 'camera' no longer has camera/**."],
    [
      '"!camera/api/**"]',
      '"!camera/api/**", "!camera/x/**"]',
      "asset:camera: 'paths' of the asset 'camera' has !camera/x/** in addition.",
    ],
    [
      'owner: north, tier',
      'owner: [north, helio], tier',
      "asset:camera: 'owner' of the asset 'camera' has helio in addition.",
    ],
    [
      'tier: restricted, paths',
      'tier: confidential, paths',
      "asset:camera: 'tier' of the asset 'camera' was restricted and is now confidential.",
    ],
    [
      'ungranted: {view: warn}',
      'ungranted: {view: allow}',
      "tier:restricted: 'ungranted' of the tier 'restricted' was changed.",
    ],
    ['repeat: P1Y', 'repeat: P2Y', "training:intro: 'repeat' of the course 'intro' was P1Y and is now P2Y."],
    [
      'ben@helio.example]',
      'ben@helio.example, eve@helio.example]',
      "team:helio-fusion: 'members' of the team 'helio-fusion' was changed.",
    ],
    [
      '[{person: nia@north.example, party: north}]',
      '[{person: nia@north.example, party: north}, {person: ana@helio.example, party: helio}]',
      "approver:ana@helio.example of helio: The approver 'ana@helio.example of helio' was added.",
    ],
  ];
  for (const [from, to, expected] of loosening) {
    it(`loosens where ${to} stands for ${from}`, () => {
      assert.deepEqual(changed(from, to), [`loosens ${expected}`]);
    });
  }

  it('tightens where the same is done the other way round', () => {
    const before = policyOf(
      POLICY.replace('effect: deny, what', 'effect: warn, what').replace('repeat: P1Y', 'repeat: P2Y'),
    );
    assert.deepEqual(
      policyChanges(before, policyOf(POLICY)).map(({ direction, rule }) => `${direction} ${rule}`),
      ['tightens training:intro', 'tightens guardrail:no-copy'],
    );
  });

  it('loosens where a prohibition goes or a permission comes, and tightens the other way round', () => {
    const guardrail = /guardrails:\n {2}.*\n/.exec(POLICY)?.[0] ?? '';
    assert.deepEqual(changed(guardrail, ''), ["loosens guardrail:no-copy: The guardrail 'no-copy' was taken out."]);
    const grant = /grants:\n {2}.*\n/.exec(POLICY)?.[0] ?? '';
    assert.deepEqual(changed(grant, ''), ["tightens grant:reading: The grant 'reading' was taken out."]);
  });

  it('loosens where somebody leaves a team that a wall binds', () => {
    assert.match(
      changed('ana@helio.example, ben@helio.example', 'ana@helio.example')[0] ?? '',
      /^loosens team:helio-fusion/,
    );
    assert.match(changed('members: [nia@north.example]', 'members: []')[0] ?? '', /^tightens team:north-core/);
  });

  it('alters where only words change', () => {
    assert.deepEqual(changed('what: Do not.', 'what: Do not copy.'), [
      "alters guardrail:no-copy: 'what' of the guardrail 'no-copy' was “Do not.” and is now “Do not copy.”.",
    ]);
    assert.match(changed('name: Northlight', 'name: Northlight Inc.')[0] ?? '', /^alters party:north/);
  });

  it('names the assets that are protected less, and the place', () => {
    const [change] = policyChanges(
      policyOf(POLICY),
      policyOf(POLICY.replace('effect: deny, what', 'effect: warn, what')),
    );
    assert.deepEqual(change?.assets, ['camera']);
    assert.equal(change.place?.range.start.line, 20);
  });
});
