import assert from 'node:assert/strict';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { parseInstant } from '../../src/policy/moments.js';
import type { Unchecked } from '../../src/training/CourseRecords.js';
import { courseStandings } from '../../src/training/courseStandings.js';
import type { RegisterEntry } from '../../src/training/readRegister.js';
import { decide } from '../../src/decision/decide.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { trainingPolicy } from '../support/recordPorts.js';

const COURSE = ', repeat: P1Y, remind: P30D, grace: P14D';
const pass = (passed: string, person = 'ana@helio.example', course = 'c'): RegisterEntry => ({
  person,
  course,
  passed,
});
const instant = (text: string): number => parseInstant(text) ?? NaN;
const NOON = '2026-05-20T12:00:00+02:00';

/** Ana's standing, as words and days. */
function ana(
  records: readonly RegisterEntry[],
  { at = NOON, course = COURSE, unchecked = [] as readonly Unchecked[] } = {},
) {
  const policy = trainingPolicy('', { course });
  const [standing] = courseStandings(policy, { records, unchecked }, instant(at), 'ANA@helio.example').standings;
  assert.ok(standing);
  const day = (epoch: number | undefined) => (epoch === undefined ? undefined : new Date(epoch).toISOString());
  return {
    ...standing,
    due: day(standing.due),
    next: standing.next && `${standing.next.state} ${day(standing.next.at)}`,
  };
}

describe('the standing of a person in a course', () => {
  const states: readonly (readonly [at: string, state: string, next: string | undefined])[] = [
    ['2026-04-30T23:59:59+02:00', 'current', 'due soon 2026-04-30T22:00:00.000Z'],
    ['2026-05-01T00:00:00+02:00', 'due soon', 'overdue 2026-05-31T22:00:00.000Z'],
    ['2026-05-31T23:59:59+02:00', 'due soon', 'overdue 2026-05-31T22:00:00.000Z'],
    ['2026-06-01T00:00:00+02:00', 'overdue', 'expired 2026-06-14T22:00:00.000Z'],
    ['2026-06-14T23:59:59+02:00', 'overdue', 'expired 2026-06-14T22:00:00.000Z'],
    ['2026-06-15T00:00:00+02:00', 'expired', undefined],
  ];
  for (const [at, state, next] of states)
    it(`a year after 31 May 2025 is ${state} at ${at}, and says what changes when`, () => {
      const found = ana([pass('2025-05-31')], { at });
      assert.deepEqual([found.state, found.next, found.passed], [state, next, '2025-05-31']);
      assert.equal(found.due, '2026-05-31T22:00:00.000Z');
    });

  it('is missing without a pass, and current for good where the course is taken once', () => {
    assert.deepEqual([ana([]).state, ana([]).next], ['missing', undefined]);
    const once = ana([pass('2019-01-01')], { course: '' });
    assert.deepEqual([once.state, once.due, once.next], ['current', undefined, undefined]);
  });

  it('is unknown, not missing or expired, while a source of the course cannot be read', () => {
    const unchecked = [{ course: 'c', since: '2026-05-19T00:00:00Z', why: 'the store is down' }];
    assert.equal(ana([], { unchecked }).state, 'unknown');
    const old = ana([pass('2020-01-01')], { unchecked });
    assert.deepEqual([old.state, old.passed, old.unchecked?.since], ['unknown', '2020-01-01', '2026-05-19T00:00:00Z']);
    assert.equal(ana([pass('2026-01-01')], { unchecked }).state, 'current');
    assert.equal(ana([], { unchecked: [{ course: 'other', why: '' }] }).state, 'missing');
  });

  it('says in which source the record is that it rests on', () => {
    const from = (source: string, passed: string): RegisterEntry => ({ ...pass(passed), source });
    const found = ana([
      from('r.csv', '2025-12-01'),
      from('https://lrs.example/', '2026-01-01'),
      from('s.csv', '2025-11-01'),
    ]);
    assert.deepEqual([found.passed, found.source], ['2026-01-01', 'https://lrs.example/']);
    assert.equal(ana([]).source, undefined);
  });

  it('rests on the latest of several passes, from whatever source, and on none of the future', () => {
    const records = [pass('2026-01-10'), pass('2026-02-10T09:00:00+01:00', 'Ana@HELIO.example'), pass('2027-03-03')];
    for (const order of [records, [...records].reverse()]) {
      const found = ana(order);
      assert.deepEqual(
        [found.state, found.passed, found.ahead],
        ['current', '2026-02-10T09:00:00+01:00', '2027-03-03'],
      );
    }
    const ahead = ana([pass('2026-06-01')]);
    assert.deepEqual(
      [ahead.state, ahead.ahead, ahead.next],
      ['missing', '2026-06-01', 'current 2026-05-31T22:00:00.000Z'],
    );
  });

  it('knows a renamed course', () => {
    assert.equal(
      ana([pass('2026-01-01', 'ana@helio.example', 'c-2025')], { course: `${COURSE}, formerly: c-2025` }).state,
      'current',
    );
  });

  it('is what the gate decides, through 500 days and the changes of the clocks', () => {
    for (const course of [COURSE, ', repeat: PT72H, grace: PT24H', ', since: 2026-04-01, grace: P7D', ', repeat: P6M'])
      for (const passed of ['2025-10-25', '2025-10-26T01:30:00Z', '2025-08-30T23:30:00-11:00']) {
        const policy = trainingPolicy('', { course });
        const records = [pass(passed)];
        const regions = regionsOf(policy, 'net/a.c', '');
        for (let day = 0; day < 500; day += 3) {
          const at = new Date(instant('2025-08-01T21:59:59Z') + day * 86_400_000 + (day % 2) * 1000).toISOString();
          const [standing] = courseStandings(
            policy,
            { records, unchecked: [] },
            instant(at),
            'ana@helio.example',
          ).standings;
          const ask = { who: 'ana@helio.example', action: 'edit' as const, file: 'net/a.c', at };
          const { effect, notices } = decide(policy, regions, ask, { records, exposures: [] });
          const gate =
            effect === 'deny'
              ? ['missing', 'expired']
              : effect === 'warn'
                ? ['overdue']
                : notices.includes('training-due-soon:c')
                  ? ['due soon']
                  : ['current'];
          assert.ok(
            gate.includes(standing?.state ?? ''),
            `${course} ${passed} ${at}: ${standing?.state} and ${effect}`,
          );
        }
      }
  });
});

describe('the standing of everybody', () => {
  const policy = parsePolicy(`version: 1
agreement: {id: A, title: A, zone: UTC, contact: legal@helio.example}
parties: [{id: helio, name: Helio}, {id: north, name: North}]
teams:
  - {id: fusion, party: helio, members: [Zoe@helio.example, ana@helio.example, {person: old@helio.example, until: 2026-01-01}]}
  - {id: guests, party: helio, members: ["*@guests.helio.example"]}
  - {id: core, party: north, members: [nia@north.example]}
assets: [{id: net, owner: north, tier: confidential, paths: ["net/**"]}]
training:
  - {id: for-all, title: For all, covers: net, actions: edit}
  - {id: guests-only, title: For others, covers: net, actions: edit, for: recipients}
  - {id: core-only, title: For the core, covers: net, actions: edit, for: [core]}
  - {id: nothing, title: Nothing, covers: "tier:sealed", actions: edit}
`).policy;
  assert.ok(policy);

  it('lists each member × each course that binds them, and nobody who has left', () => {
    const { standings, patterns } = courseStandings(policy, { records: [], unchecked: [] }, instant(NOON));
    assert.deepEqual(
      standings.map(({ person, course }) => `${person} ${course.id}`),
      [
        'ana@helio.example for-all',
        'ana@helio.example guests-only',
        'nia@north.example for-all',
        'nia@north.example core-only',
        'zoe@helio.example for-all',
        'zoe@helio.example guests-only',
      ],
    );
    assert.deepEqual(patterns, ['*@guests.helio.example']);
  });

  it('lists people behind a pattern of whom a record tells, and no strangers', () => {
    const records = [
      pass('2026-01-01', 'Gus@guests.helio.example', 'for-all'),
      pass('2026-01-01', 'eve@evil.example', 'for-all'),
    ];
    const { standings } = courseStandings(policy, { records, unchecked: [] }, instant(NOON));
    assert.ok(standings.some(({ person, state }) => person === 'gus@guests.helio.example' && state === 'current'));
    assert.ok(!standings.some(({ person }) => person === 'eve@evil.example'));
  });
});
