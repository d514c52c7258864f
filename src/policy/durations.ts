/**
 * Durations as agreements mean them. Days or more: the day of the event does not count and the last day counts to its
 * end; the last day of a shorter month stands for the missing one (30 August and six months is 28 February). Hours run
 * from the instant.
 */
import { add, create, subtract } from 'temporal-polyfill/fns/PlainDate';
import { create as createDuration } from 'temporal-polyfill/fns/Duration';
import { dayAt, endOfDay, startOfDay, type Day } from './moments.js';

export type Duration =
  | {
      readonly kind: 'days';
      readonly years: number;
      readonly months: number;
      readonly weeks: number;
      readonly days: number;
    }
  | { readonly kind: 'hours'; readonly hours: number };

const DAYS = /^P(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?$/;
const HOURS = /^PT(\d{1,6})H$/;

/**
 * The duration that `text` writes: `P1Y`, `P6M`, `P2W`, `P30D` and their sums (`P1Y6M`), or hours alone (`PT72H`).
 * Undefined for everything else; days together with hours (`P1DT12H`) are refused, because the two count differently.
 */
export function parseDuration(text: string): Duration | undefined {
  const hours = HOURS.exec(text);
  if (hours !== null) return { kind: 'hours', hours: Number(hours[1]) };
  const days = DAYS.exec(text);
  if (days === null || text === 'P') return undefined;
  const [years, months, weeks, rest] = days.slice(1).map((part: string | undefined) => Number(part ?? 0));
  return { kind: 'days', years: years ?? 0, months: months ?? 0, weeks: weeks ?? 0, days: rest ?? 0 };
}

/** Something that happened: the day it happened on, and the instant from which hours run, in epoch milliseconds. */
export interface Event {
  readonly day: Day;
  readonly epoch: number;
}

/** The event of an instant, in the agreement's zone. */
export function eventAt(epoch: number, zone: string): Event {
  return { day: dayAt(epoch, zone), epoch };
}

/** The last day of a duration that counts whole days from an event; undefined beyond the calendar's end. */
export function lastDay(event: Event, duration: Duration & { kind: 'days' }): Day | undefined {
  try {
    const { year, month, day } = add(create(event.day.year, event.day.month, event.day.day), temporal(duration));
    return { year, month, day };
  } catch {
    return undefined;
  }
}

/** When a duration that runs from an event is over: the first epoch millisecond after it, Infinity when out of reach. */
export function endAfter(event: Event, duration: Duration, zone: string): number {
  if (duration.kind === 'hours') return event.epoch + duration.hours * 3_600_000;
  const last = lastDay(event, duration);
  try {
    return last === undefined ? Infinity : endOfDay(last, zone);
  } catch {
    return Infinity;
  }
}

/**
 * When a duration that leads up to an event begins, in epoch milliseconds: the day of the event does not count, the
 * first day counts from its start. -Infinity when out of reach.
 */
export function startBefore(event: Event, duration: Duration, zone: string): number {
  if (duration.kind === 'hours') return event.epoch - duration.hours * 3_600_000;
  try {
    const first = subtract(create(event.day.year, event.day.month, event.day.day), temporal(duration));
    return startOfDay(first, zone);
  } catch {
    return -Infinity;
  }
}

/** A duration as people say it: "1 year and 6 months", "180 days", "72 hours". */
export function inWords(duration: Duration): string {
  const parts: readonly (readonly [number, string])[] =
    duration.kind === 'hours'
      ? [[duration.hours, 'hour']]
      : [
          [duration.years, 'year'],
          [duration.months, 'month'],
          [duration.weeks, 'week'],
          [duration.days, 'day'],
        ];
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  if (said.length === 0) return duration.kind === 'hours' ? '0 hours' : '0 days';
  const last = said.pop() ?? '';
  return said.length === 0 ? last : `${said.join(', ')} and ${last}`;
}

/** A duration's text in words; a text that is no duration comes back as it is. */
export function durationInWords(text: string): string {
  const duration = parseDuration(text);
  return duration === undefined ? text : inWords(duration);
}

/**
 * True when `one` lasts at least as long as `other` from whatever event they run. False where it depends on the event:
 * six months may be longer or shorter than 180 days.
 */
export function isNeverShorter(one: Duration, other: Duration): boolean {
  if (one.kind === 'days' && other.kind === 'days') {
    const months = monthsIn(one) >= monthsIn(other);
    const days = one.weeks * 7 + one.days >= other.weeks * 7 + other.days;
    if (months && days) return true;
  }
  return hoursBetween(one).least >= hoursBetween(other).most;
}

function monthsIn(duration: Duration & { kind: 'days' }): number {
  return duration.years * 12 + duration.months;
}

/** The shortest and the longest that a duration can take, in hours: months differ, and the event's day is added. */
function hoursBetween(duration: Duration): { least: number; most: number } {
  if (duration.kind === 'hours') return { least: duration.hours, most: duration.hours };
  const rest = duration.weeks * 7 + duration.days;
  const least = duration.years * 365 + duration.months * 28 + rest;
  const most = duration.years * 366 + duration.months * 31 + rest + 1;
  return { least: least * 24, most: most * 24 + 1 };
}

function temporal({ years, months, weeks, days }: Duration & { kind: 'days' }): ReturnType<typeof createDuration> {
  return createDuration(years, months, weeks, days);
}
