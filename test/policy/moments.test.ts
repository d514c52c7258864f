import assert from 'node:assert/strict';
import {
  beginning,
  dayAt,
  dayInWords,
  ending,
  instantInWords,
  isWithin,
  isZone,
  momentInWords,
  parseInstant,
  parseMoment,
  windowOf,
} from '../../src/policy/moments.js';

const berlin = 'Europe/Berlin';
const instant = (text: string) => {
  const epoch = parseInstant(text);
  assert.ok(epoch !== undefined, text);
  return epoch;
};
const iso = (epoch: number) => new Date(epoch).toISOString();

describe('moments', () => {
  it('read a bare date and an instant with an offset, and nothing else', () => {
    assert.deepEqual(parseMoment('2026-06-30'), { kind: 'day', day: { year: 2026, month: 6, day: 30 } });
    assert.deepEqual(parseMoment('2026-06-30T12:00:00+02:00'), { kind: 'instant', epoch: 1782813600000 });
    assert.deepEqual(parseMoment('2026-06-30T10:00Z'), { kind: 'instant', epoch: 1782813600000 });
    for (const text of [
      '',
      '2026',
      '2026-6-3',
      '2026-02-30',
      '2026-13-01',
      '0000-01-01',
      '2026-06-30T12:00:00',
      '2026-06-30 12:00:00+02:00',
      '2026-06-30T12:00:00+02:00[Europe/Berlin]',
      '2026-06-30T25:00:00+02:00',
      '2026-06-30T12:00:00+2',
      'tomorrow',
    ])
      assert.equal(parseMoment(text), undefined, text);
  });

  it('know 29 February in leap years only', () => {
    assert.notEqual(parseMoment('2028-02-29'), undefined);
    assert.equal(parseMoment('2026-02-29'), undefined);
  });

  it('know the last day of each month in an instant, too', () => {
    const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    lengths.forEach((length, index) => {
      for (const day of [28, 29, 30, 31, 32]) {
        const text = `2026-${String(index + 1).padStart(2, '0')}-${day}T12:00:00.000Z`;
        const expected = day > length ? undefined : { kind: 'instant', epoch: Date.UTC(2026, index, day, 12) };
        assert.deepEqual(parseMoment(text), expected, text);
      }
    });
    assert.notEqual(parseMoment('2028-02-29T12:00:00Z'), undefined);
  });

  it('let a date begin at its midnight and end at the next, in the zone of the agreement', () => {
    const day = parseMoment('2026-06-30');
    assert.ok(day);
    assert.equal(iso(beginning(day, berlin)), '2026-06-29T22:00:00.000Z');
    assert.equal(iso(ending(day, berlin)), '2026-06-30T22:00:00.000Z');
    assert.equal(iso(beginning(day, 'Asia/Tokyo')), '2026-06-29T15:00:00.000Z');
  });

  it('give the days on which clocks change 23 and 25 hours', () => {
    const hours = (date: string, zone: string) => {
      const day = parseMoment(date);
      assert.ok(day);
      return (ending(day, zone) - beginning(day, zone)) / 3_600_000;
    };
    assert.equal(hours('2026-03-29', berlin), 23);
    assert.equal(hours('2026-10-25', berlin), 25);
    assert.equal(hours('2026-04-05', 'Australia/Lord_Howe'), 24.5);
  });

  it('begin a day without a midnight at its first moment', () => {
    const day = parseMoment('2018-11-04');
    assert.ok(day);
    assert.equal(iso(beginning(day, 'America/Sao_Paulo')), '2018-11-04T03:00:00.000Z');
  });

  it('include the last millisecond of an until date, and exclude an until instant itself', () => {
    const byDate = windowOf('2026-06-01', '2026-06-30', berlin);
    const byInstant = windowOf(undefined, '2026-06-30T12:00:00+02:00', berlin);
    assert.ok(byDate && byInstant);
    assert.equal(isWithin(byDate, instant('2026-05-31T23:59:59.999+02:00')), false);
    assert.equal(isWithin(byDate, instant('2026-06-01T00:00:00+02:00')), true);
    assert.equal(isWithin(byDate, instant('2026-06-30T23:59:59.999+02:00')), true);
    assert.equal(isWithin(byDate, instant('2026-07-01T00:00:00+02:00')), false);
    assert.equal(isWithin(byInstant, instant('2026-06-30T11:59:59.999+02:00')), true);
    assert.equal(isWithin(byInstant, instant('2026-06-30T12:00:00+02:00')), false);
  });

  it('leave it to the asker what an unreadable date means', () => {
    assert.equal(windowOf('soon', undefined, berlin), undefined);
    assert.equal(windowOf(undefined, '2026-02-30', berlin), undefined);
  });

  it('know the day of an instant in the zone, whatever offset it is written with', () => {
    assert.deepEqual(dayAt(instant('2026-07-01T06:30:00+09:00'), berlin), { year: 2026, month: 6, day: 30 });
    assert.deepEqual(dayAt(instant('2026-06-30T23:30:00-07:00'), berlin), { year: 2026, month: 7, day: 1 });
  });

  it('tell zones from offsets and inventions', () => {
    assert.equal(isZone('Europe/Berlin'), true);
    assert.equal(isZone('UTC'), true);
    for (const zone of ['Europe/Atlantis', '+02:00', '', 'CEST!']) assert.equal(isZone(zone), false, zone);
  });

  it('are said as a letter says them', () => {
    assert.equal(dayInWords({ year: 2026, month: 6, day: 30 }), '30 June 2026');
    assert.equal(instantInWords(instant('2026-06-30T23:30:00-07:00'), berlin), '1 July 2026, 08:30 (Europe/Berlin)');
    assert.equal(momentInWords('2026-06-30', berlin), '30 June 2026');
    assert.equal(momentInWords('whenever', berlin), 'whenever');
  });
});
