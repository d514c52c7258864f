import assert from 'node:assert/strict';
import { csvParse } from 'd3-dsv';
import {
  expiringSoon,
  trainingAsCsv,
  trainingAsJson,
  trainingRows,
  type TrainingReport,
} from '../../src/report/training.js';
import type { CourseStanding, CourseState } from '../../src/training/courseStandings.js';

const DAY = 86_400_000;
const AT = Date.parse('2026-05-20T10:00:00Z');
const standing = (
  person: string,
  state: CourseState,
  due?: number,
  more: Partial<CourseStanding> = {},
): CourseStanding => ({
  person: `${person}@helio.example`,
  course: { id: 'c', title: 'Safe hands, part "one"' },
  state,
  passed: due === undefined ? undefined : '2025-06-01',
  due,
  source: due === undefined ? undefined : 'r.csv',
  graceEnd: due,
  next: due === undefined ? undefined : { at: due, state: 'expired' },
  ahead: undefined,
  unchecked: undefined,
  ...more,
});
const reportOf = (...standings: CourseStanding[]): TrainingReport => ({
  table: { standings, patterns: ['*@guests.helio.example'] },
  records: {
    sources: [
      {
        kind: 'file',
        name: 'r.csv',
        courses: ['c'],
        state: { kind: 'read' },
        records: 1,
        readAt: '2026-05-20T10:00:00.000Z',
        problems: [],
      },
    ],
  },
  at: AT,
  zone: 'Europe/Berlin',
});

describe('the training report', () => {
  it('names those whose pass ends within 30 days, the earliest first, and nobody to whom the code is closed already', () => {
    const report = reportOf(
      standing('last', 'due soon', AT + 30 * DAY),
      standing('later', 'current', AT + 30 * DAY + 1),
      standing('first', 'current', AT + DAY),
      standing('now', 'overdue', AT),
      standing('over', 'expired', AT - DAY),
      standing('hidden', 'unknown', AT + DAY),
      standing('never', 'missing'),
    );
    const people = expiringSoon(report).map(({ person }) => person.split('@')[0]);
    assert.deepEqual(people, ['first', 'last']);
    assert.deepEqual(
      trainingRows(report).flatMap(({ person, soon }) => (soon ? [person.split('@')[0]] : [])),
      ['last', 'first'],
    );
  });

  it('says the same to a spreadsheet and to a program', () => {
    const report = reportOf(
      standing('ana', 'current', Date.parse('2026-12-01T23:00:00Z'), { graceEnd: Date.parse('2026-12-15T23:00:00Z') }),
      standing('=cmd', 'expired', AT - DAY),
      standing('ben', 'missing'),
      standing('cara', 'unknown', undefined, { unchecked: { course: 'c', why: 'the record store is away' } }),
    );
    const rows = csvParse(trainingAsCsv(report));
    const { standings } = JSON.parse(JSON.stringify(trainingAsJson(report))) as {
      standings: Record<string, string | undefined>[];
    };
    assert.deepEqual(
      rows.map(({ person, course, title, standing: state, passed, good_until, tolerated_until }) => ({
        ...{ person: person?.replace(/^'/, ''), course, title, standing: state, passed, good_until, tolerated_until },
      })),
      standings.map((entry) => ({
        ...{ person: entry['person'], course: entry['course'], title: entry['title'], standing: entry['standing'] },
        ...{ passed: entry['passed'] ?? '', good_until: entry['goodUntil'] ?? '' },
        tolerated_until: entry['toleratedUntil'] ?? '',
      })),
    );
    assert.equal(rows[0]?.good_until, '2026-12-01');
    assert.equal(rows[0]?.tolerated_until, '2026-12-15');
    // A cell that begins like a formula is text.
    assert.equal(rows[1]?.person, "'=cmd@helio.example");
    assert.deepEqual(standings[3]?.['unchecked'], { course: 'c', why: 'the record store is away' });
  });
});
