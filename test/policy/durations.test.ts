import assert from 'node:assert/strict';
import {
  durationInWords,
  endAfter,
  eventAt,
  isNeverShorter,
  parseDuration,
  startBefore,
} from '../../src/policy/durations.js';
import { parseInstant } from '../../src/policy/moments.js';

const berlin = 'Europe/Berlin';
const duration = (text: string) => {
  const parsed = parseDuration(text);
  assert.ok(parsed, text);
  return parsed;
};
const event = (text: string, zone = berlin) => {
  const epoch = parseInstant(text);
  assert.ok(epoch !== undefined, text);
  return eventAt(epoch, zone);
};
const end = (at: string, text: string, zone = berlin) =>
  new Date(endAfter(event(at, zone), duration(text), zone)).toISOString();

describe('durations', () => {
  it('are whole days or hours, and never both', () => {
    assert.deepEqual(parseDuration('P1Y6M'), { kind: 'days', years: 1, months: 6, weeks: 0, days: 0 });
    assert.deepEqual(parseDuration('PT72H'), { kind: 'hours', hours: 72 });
    for (const text of [
      '',
      'P',
      'PT',
      'P1DT12H',
      'PT1H30M',
      'P1.5D',
      '-P1D',
      'P1H',
      '30D',
      'p30d',
      'P6M1Y',
      'P999999D',
    ])
      assert.equal(parseDuration(text), undefined, text);
  });

  it('skip the day of the event and run to the end of the last day', () => {
    assert.equal(end('2026-03-31T09:00:00+02:00', 'P180D'), '2026-09-27T22:00:00.000Z');
    assert.equal(end('2026-03-31T00:00:00+02:00', 'P180D'), '2026-09-27T22:00:00.000Z');
    assert.equal(end('2026-03-31T23:59:59.999+02:00', 'P180D'), '2026-09-27T22:00:00.000Z');
    assert.equal(end('2026-06-01T12:00:00+02:00', 'P0D'), '2026-06-01T22:00:00.000Z');
  });

  it('let the last day of a short month stand for the missing one', () => {
    assert.equal(end('2026-08-30T12:00:00+02:00', 'P6M'), '2027-02-28T23:00:00.000Z');
    assert.equal(end('2027-08-31T12:00:00+02:00', 'P6M'), '2028-02-29T23:00:00.000Z');
    assert.equal(end('2028-02-29T12:00:00+01:00', 'P1Y'), '2029-02-28T23:00:00.000Z');
  });

  it('run from the instant when they are hours, through a change of clocks', () => {
    assert.equal(end('2026-03-28T12:00:00+01:00', 'PT24H'), '2026-03-29T11:00:00.000Z');
    assert.equal(end('2026-03-28T12:00:00+01:00', 'P1D'), '2026-03-29T22:00:00.000Z');
  });

  it('take the day of an event from the zone of the agreement', () => {
    assert.equal(end('2026-07-01T06:30:00+09:00', 'P1D'), '2026-07-01T22:00:00.000Z');
    assert.equal(end('2026-07-01T06:30:00+09:00', 'P1D', 'Asia/Tokyo'), '2026-07-02T15:00:00.000Z');
  });

  it('lead up to an event from the start of the first day', () => {
    const start = startBefore(event('2026-06-01T12:00:00+02:00'), duration('P30D'), berlin);
    assert.equal(new Date(start).toISOString(), '2026-05-01T22:00:00.000Z');
  });

  it('beyond the calendar never end, and never fail', () => {
    const late = event('9999-12-31T00:00:00Z');
    assert.equal(endAfter(late, duration('P99999Y99999M'), berlin) > late.epoch, true);
    assert.equal(endAfter(late, duration('P99999Y99999M99999W99999D'), berlin) > late.epoch, true);
    assert.equal(endAfter({ ...late, day: { year: 270000, month: 1, day: 1 } }, duration('P9999Y'), berlin), Infinity);
    assert.equal(startBefore(event('0001-01-01T00:00:00Z'), duration('P99999Y99999M'), berlin) < 0, true);
  });

  it('are said in words', () => {
    assert.equal(durationInWords('P180D'), '180 days');
    assert.equal(durationInWords('P1Y'), '1 year');
    assert.equal(durationInWords('P1Y6M2D'), '1 year, 6 months and 2 days');
    assert.equal(durationInWords('PT1H'), '1 hour');
    assert.equal(durationInWords('P0D'), '0 days');
    assert.equal(durationInWords('forever'), 'forever');
  });

  it('are compared only as far as every calendar agrees', () => {
    const never = (one: string, other: string) => isNeverShorter(duration(one), duration(other));
    assert.equal(never('P180D', 'P180D'), true);
    assert.equal(never('P181D', 'P180D'), true);
    assert.equal(never('P1Y', 'P12M'), true);
    assert.equal(never('P2Y', 'P365D'), true);
    assert.equal(never('P6M', 'P180D'), false);
    assert.equal(never('P180D', 'P6M'), false);
    assert.equal(never('PT72H', 'PT24H'), true);
    assert.equal(never('PT24H', 'P1D'), false);
    assert.equal(never('PT49H', 'P1D'), true);
  });
});
