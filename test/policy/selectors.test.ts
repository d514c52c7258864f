import assert from 'node:assert/strict';
import { addressMatcher, foldAddress } from '../../src/policy/addresses.js';
import { peopleOf } from '../../src/policy/membership.js';
import { parseInstant } from '../../src/policy/moments.js';
import { namedTest, parseSelector, selectorTest, selectTeam } from '../../src/policy/selectors.js';

const agreement = { id: 'A', title: 'A', zone: 'Europe/Berlin', status: 'live' } as const;
const people = peopleOf({
  agreement,
  teams: [
    { id: 'helio-fusion', party: 'helio', members: [{ person: 'Ana@Helio.example' }] },
    { id: 'helio-safety', party: 'helio', members: [{ person: '*@safety.helio.example' }] },
    { id: 'tent-camera', party: 'helio', members: [{ person: 'mia@helio.example', until: '2026-03-31' }] },
    { id: 'tent-radar', party: 'helio', members: [{ person: 'mia@helio.example', from: '2026-04-01' }] },
    { id: 'helio-north', party: 'north', members: [{ person: 'nia@north.example' }] },
    { id: 'broken', party: 'north', members: [{ person: 'ole@north.example', until: 'soon' }] },
  ],
});
const may = parseInstant('2026-05-20T10:00:00+02:00') ?? NaN;
const selects = (selectors: string[], address: string, owns = false) =>
  selectorTest(selectors)(people.at(address, may), owns);

describe('addresses', () => {
  const matches = (pattern: string, address: string) => addressMatcher(pattern)(foldAddress(address));

  it('compare without case', () => {
    assert.equal(matches('Ana@Helio.example', 'ANA@helio.EXAMPLE'), true);
    assert.equal(matches('*@Helio.example', 'ANA@helio.EXAMPLE'), true);
  });

  it('never reach a sub-domain that the pattern does not spell out', () => {
    assert.equal(matches('*@x.example', 'a@x.example'), true);
    assert.equal(matches('*@x.example', 'a@sub.x.example'), false);
    assert.equal(matches('*@*.x.example', 'a@sub.x.example'), true);
    assert.equal(matches('*@*.x.example', 'a@b.sub.x.example'), false);
    assert.equal(matches('*@*', 'a@x.example'), false);
    assert.equal(matches('*x.example', 'a@x.example'), false);
  });

  it('are not fooled by a second @, a look-alike dot or a suffix', () => {
    assert.equal(matches('*@x.example', 'a@evil.example@x.example'), false);
    assert.equal(matches('*@x.example', 'a@xqexample'), false);
    assert.equal(matches('*@x.example', 'a@x.example.evil'), false);
    assert.equal(matches('*@x.example', 'a@evilx.example'), false);
  });

  it('match part of a name, and long inputs at once', () => {
    assert.equal(matches('svc-*-ci@x.example', 'svc-north-ci@x.example'), true);
    assert.equal(matches('svc-*-ci@x.example', 'svc-north@x.example'), false);
    assert.equal(matches(`${'a*'.repeat(50)}b@x.example`, `${'a'.repeat(50_000)}@x.example`), false);
    assert.equal(matches('ab*ba@x.example', 'aba@x.example'), false);
  });
});

describe('selectors', () => {
  it('select by team, by party, by person, everyone, and recipients', () => {
    assert.equal(selects(['helio-fusion'], 'ana@helio.example'), true);
    assert.equal(selects(['helio-safety'], 'ana@helio.example'), false);
    assert.equal(selects(['party:helio'], 'zoe@Safety.helio.example'), true);
    assert.equal(selects(['party:north'], 'zoe@safety.helio.example'), false);
    assert.equal(selects(['person:ANA@helio.example'], 'ana@helio.example'), true);
    assert.equal(selects(['person:*@helio.example'], 'ana@helio.example'), true);
    assert.equal(selects(['everyone'], 'nobody@nowhere.example'), true);
    assert.equal(selects(['recipients'], 'nobody@nowhere.example', false), true);
    assert.equal(selects(['recipients'], 'ana@helio.example', true), false);
    assert.equal(selects(['helio-safety', 'helio-fusion'], 'ana@helio.example'), true);
    assert.equal(selects([], 'ana@helio.example'), false);
  });

  it('match team ids by pattern within the named party only', () => {
    assert.equal(selects(['team:helio/helio-*'], 'ana@helio.example'), true);
    assert.equal(selects(['team:helio/helio-*'], 'nia@north.example'), false);
    assert.equal(selects(['team:north/helio-*'], 'nia@north.example'), true);
    assert.equal(selects(['team:helio/Helio-*'], 'ana@helio.example'), false);
  });

  it('refuse what is no selector', () => {
    for (const text of ['', 'group:x', 'party:', 'team:helio', 'person:'])
      assert.equal(parseSelector(text), undefined, text);
    assert.equal(selects(['group:x'], 'ana@helio.example'), false);
  });

  it('count only spelled-out persons where a tier is for named persons', () => {
    const ana = people.at('ana@helio.example', may);
    assert.equal(namedTest(['person:ana@helio.example'])(ana, false), true);
    for (const selector of ['helio-fusion', 'party:helio', 'person:*@helio.example', 'everyone', 'recipients'])
      assert.equal(namedTest([selector])(ana, false), false, selector);
  });

  it('pick out whole teams, for what is said of former members', () => {
    const team = { id: 'tent-camera', party: 'helio' };
    assert.equal(selectTeam(['tent-camera'], team), true);
    assert.equal(selectTeam(['party:helio'], team), true);
    assert.equal(selectTeam(['team:helio/tent-*'], team), true);
    assert.equal(selectTeam(['team:north/tent-*', 'party:north', 'person:mia@helio.example'], team), false);
  });
});

describe('memberships', () => {
  const teamsAt = (address: string, at: string) =>
    people.at(address, parseInstant(at) ?? NaN).teams.map(({ id }) => id);

  it('change at midnight in the zone of the agreement', () => {
    assert.deepEqual(teamsAt('mia@helio.example', '2026-03-31T23:59:59+02:00'), ['tent-camera']);
    assert.deepEqual(teamsAt('mia@helio.example', '2026-04-01T00:00:00+02:00'), ['tent-radar']);
    assert.deepEqual(teamsAt('mia@helio.example', '2026-04-01T06:00:00+09:00'), ['tent-camera']);
  });

  it('give each person the parties of their teams, once', () => {
    assert.deepEqual(people.at('mia@helio.example', may).parties, ['helio']);
    assert.deepEqual(people.at('stranger@x.example', may).parties, []);
  });

  it('hold at no time when their dates cannot be read', () => {
    assert.deepEqual(teamsAt('ole@north.example', '2026-05-20T10:00:00+02:00'), []);
  });
});
