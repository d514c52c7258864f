import assert from 'node:assert/strict';
import type { CourseRecord, Facts, UncheckedCourse } from '../../src/decision/Ask.js';
import { decide } from '../../src/decision/decide.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { trainingPolicy } from '../support/recordPorts.js';

const AT = '2026-05-20T12:00:00+02:00';
const pass = (passed: string, course = 'c', person = 'ana@helio.example'): CourseRecord => ({ person, course, passed });

/** The decision on an edit by Ana, who has a grant and needs the course. */
function edit(facts: Partial<Facts>, { course = '', at = AT, who = 'ana@helio.example' } = {}) {
  const policy = trainingPolicy('', { course });
  const ask = { who, action: 'edit' as const, file: 'net/a.c', at };
  return decide(policy, regionsOf(policy, 'net/a.c', ''), ask, { records: [], exposures: [], ...facts });
}

const DOWN: UncheckedCourse = {
  course: 'c',
  since: '2026-05-18T08:00:00Z',
  why: 'the record store lrs.example cannot be reached',
};

describe('the training gate', () => {
  it('whose records cannot be read blocks like a missing pass, and does not call anybody untrained', () => {
    const { effect, rules, because } = edit({ unchecked: [DOWN] });
    assert.deepEqual([effect, rules], ['deny', ['training:c']]);
    assert.equal(
      because[0]?.what,
      'Whether the course “Safe hands” has been passed could not be checked since 18 May 2026, 10:00 (Europe/Berlin): the record store lrs.example cannot be reached.',
    );
    assert.match(because[0]?.instead ?? '', /^Try again later, or ask\./);
    const { because: ever } = edit({ unchecked: [{ course: 'c', why: DOWN.why }] });
    assert.match(ever[0]?.what ?? '', /could not be checked: the record store/);
  });

  it('says the same of a pass that is over: a newer one may be unknown', () => {
    const facts = { records: [pass('2025-01-01')], unchecked: [DOWN] };
    assert.match(edit(facts, { course: ', repeat: P1Y' }).because[0]?.what ?? '', /could not be checked since/);
  });

  it('is open with a pass that is known, whatever cannot be read', () => {
    assert.equal(edit({ records: [pass('2026-05-01')], unchecked: [DOWN] }).effect, 'allow');
    assert.equal(edit({ unchecked: [{ ...DOWN, course: 'other' }], records: [pass('2026-05-01')] }).effect, 'allow');
  });

  it('counts the latest of several passes, wherever it stands among them', () => {
    const records = [pass('2026-05-01'), pass('2024-01-01'), pass('2025-01-01')];
    for (const order of [records, [...records].reverse()])
      assert.equal(edit({ records: order }, { course: ', repeat: P1M' }).effect, 'allow');
  });

  it('counts a pass from its day on, not before', () => {
    assert.equal(edit({ records: [pass('2026-05-21')] }).effect, 'deny');
    assert.equal(edit({ records: [pass('2026-05-21')] }, { at: '2026-05-21T00:00:00+02:00' }).effect, 'allow');
    assert.equal(edit({ records: [pass('2026-01-01'), pass('2027-01-01')] }).effect, 'allow');
  });

  it('knows a person however the address is spelled', () => {
    for (const who of ['ana@helio.example', 'ANA@Helio.Example'])
      assert.equal(edit({ records: [pass('2026-05-01', 'c', 'Ana@HELIO.example ')] }, { who }).effect, 'allow');
  });

  it('knows a course by what it was called before', () => {
    const records = [pass('2026-05-01', 'dt-2025'), pass('2026-05-02', 'yoga')];
    assert.equal(edit({ records }).effect, 'deny');
    assert.equal(edit({ records }, { course: ', formerly: dt-2025' }).effect, 'allow');
  });
});
