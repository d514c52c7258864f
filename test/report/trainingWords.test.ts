import assert from 'node:assert/strict';
import type { Policy } from '../../src/policy/Policy.js';
import { invitation, passedInWords, standingInWords, trainingStatus } from '../../src/report/trainingWords.js';
import { courseStandings, type CourseStanding } from '../../src/training/courseStandings.js';
import { trainingPolicy } from '../support/recordPorts.js';

const COURSE = ', repeat: P1Y, remind: P30D, grace: P14D, minutes: 12, clause: "3.1"';
const policy: Policy = trainingPolicy('', { course: COURSE });
const AT = Date.parse('2026-05-20T10:00:00+02:00');
const stands = (passed?: string, at = AT): readonly CourseStanding[] =>
  courseStandings(
    policy,
    { records: passed === undefined ? [] : [{ person: 'ana@helio.example', course: 'c', passed }], unchecked: [] },
    at,
    'ana@helio.example',
  ).standings;
const short = (passed?: string, at = AT) => trainingStatus(stands(passed, at), at, policy)?.short;

describe('what a person is told of their own courses', () => {
  it('is a few words for the status bar: what to take, what is due when, what closes when', () => {
    assert.equal(short(), '1 course to take');
    assert.equal(short('2025-06-01'), '1 course due 1 Jun');
    assert.equal(short('2025-05-15'), '1 course overdue, closes after 29 May');
    assert.equal(short('2024-05-15'), '1 course to take');
    assert.equal(short('2026-05-01'), undefined);
    const december = Date.parse('2026-12-20T10:00:00+01:00');
    assert.equal(short('2026-01-10', december), '1 course due 10 Jan 2027');
  });

  it('counts down in days', () => {
    const said = (passed: string) =>
      stands(passed)
        .map((standing) => standingInWords(standing, policy, AT))
        .join();
    assert.equal(
      said('2025-06-01'),
      '“Safe hands” is good until 1 June 2026, in 12 days. About 12 minutes, clause 3.1. Ask legal@helio.example.',
    );
    assert.match(said('2025-05-21'), /good until 21 May 2026, tomorrow\./);
    assert.match(said('2025-05-20'), /good until 20 May 2026, today\./);
    assert.match(said('2025-05-15'), /was good until 15 May 2026 and is tolerated until 29 May 2026, in 9 days\./);
    assert.match(said('2024-05-15'), /has to be passed again: the last pass was good until 15 May 2025 only\./);
  });

  it('never calls anybody untrained whose pass could not be checked', () => {
    const unchecked = [{ course: 'c', why: 'the record store lrs.example cannot be reached' }];
    const { standings } = courseStandings(policy, { records: [], unchecked }, AT, 'ana@helio.example');
    const status = trainingStatus(standings, AT, policy);
    assert.equal(status?.short, '1 course not checked');
    assert.match(
      status.long,
      /^Whether “Safe hands” is passed could not be checked: the record store lrs\.example cannot/,
    );
    assert.doesNotMatch(status.long, /not been passed/);
    assert.equal(trainingStatus(standings, AT, policy, false)?.short, 'checking 1 course');
  });

  it('invites to a course by name, with minutes, clause and whom to ask, and says that reading stays open', () => {
    const { title, detail } = invitation(stands(), policy);
    assert.equal(title, 'Pass “Safe hands” before you work with net.');
    for (const words of [
      'Until then you may not edit. Reading stays available.',
      'About 12 minutes.',
      'Required by clause 3.1.',
      'Ask legal@helio.example.',
    ])
      assert.ok(detail.includes(words), `${words} in ${detail}`);
    assert.equal(invitation(stands('2024-05-15'), policy).title, 'Pass “Safe hands” again before you work with net.');
  });

  it('says once what a pass has opened, and until when', () => {
    const [standing] = stands('2026-05-19');
    assert.ok(standing);
    assert.equal(
      passedInWords(standing, policy),
      'You passed “Safe hands” on 19 May 2026, good until 19 May 2027. The code that waited for it is open to you now.',
    );
  });
});
