/**
 * Days and instants. A bare date is a whole day in the agreement's zone, whoever asks and wherever; an instant carries
 * its offset. Everything is compared as epoch milliseconds. Zones come from Temporal, because a day may have 23 or 25
 * hours, or no midnight.
 */
import { fromEpochMilliseconds, fromString, toZonedDateTimeISO } from 'temporal-polyfill/fns/Instant';
import { addDays, create, toZonedDateTime } from 'temporal-polyfill/fns/PlainDate';

/** A calendar day without a zone. Months and days count from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** What a policy or record writes for a point in time: a bare date, or an instant with an offset. */
export type Moment = { readonly kind: 'day'; readonly day: Day } | { readonly kind: 'instant'; readonly epoch: number };

/** A stretch of time in epoch milliseconds: `start` belongs to it, `end` does not. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

export const ALWAYS: Window = { start: -Infinity, end: Infinity };
export const NEVER: Window = { start: Infinity, end: -Infinity };

const BARE_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** An instant of UTC on a day that its month has in every year. */
const PLAIN =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

/** The moment that `text` writes, or undefined when it is neither a real day nor an instant with an offset. */
export function parseMoment(text: string): Moment | undefined {
  const date = BARE_DATE.exec(text);
  if (date === null) {
    const epoch = parseInstant(text);
    return epoch === undefined ? undefined : { kind: 'instant', epoch };
  }
  const day: Day = { year: Number(date[1]), month: Number(date[2]), day: Number(date[3]) };
  return isRealDay(day) ? { kind: 'day', day } : undefined;
}

/** Epoch milliseconds of an ISO 8601 instant with an offset; undefined for anything else, a missing offset included. */
export function parseInstant(text: string): number | undefined {
  // The commonest form is read a hundred times faster by JavaScript itself, which errs in days that a month does not have.
  if (PLAIN.test(text)) return Date.parse(text);
  if (!INSTANT.test(text)) return undefined;
  try {
    return fromString(text).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** True for a zone of the IANA database that this platform knows: `Europe/Berlin`, `UTC`. */
export function isZone(zone: string): boolean {
  // A fixed offset such as `+02:00` is accepted by Temporal, but it is no zone: it knows no summer time.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    toZonedDateTimeISO(fromEpochMilliseconds(0), zone);
    return true;
  } catch {
    return false;
  }
}

/** The first millisecond of a day in a zone: 00:00, or the first moment that exists where clocks skip midnight. */
export function startOfDay(day: Day, zone: string): number {
  return toZonedDateTime(create(day.year, day.month, day.day), zone).epochMilliseconds;
}

/** The first millisecond after a day in a zone. */
export function endOfDay(day: Day, zone: string): number {
  return toZonedDateTime(addDays(create(day.year, day.month, day.day), 1), zone).epochMilliseconds;
}

/** The day that it is in a zone at an instant, given in epoch milliseconds. */
export function dayAt(epoch: number, zone: string): Day {
  const { year, month, day } = toZonedDateTimeISO(fromEpochMilliseconds(Math.floor(epoch)), zone);
  return { year, month, day };
}

/** When a `from` takes effect, inclusive: a day from its 00:00, an instant from itself. */
export function beginning(moment: Moment, zone: string): number {
  return moment.kind === 'day' ? startOfDay(moment.day, zone) : moment.epoch;
}

/** When an `until` ends, exclusive: a day is included to its end, an instant is not. */
export function ending(moment: Moment, zone: string): number {
  return moment.kind === 'day' ? endOfDay(moment.day, zone) : moment.epoch;
}

/**
 * The window from `from` to `until`, either of which may be open. Undefined when one of them cannot be read: whoever
 * asks decides what is safe then, since a permission must not last for ever and a prohibition must not vanish.
 */
export function windowOf(from: string | undefined, until: string | undefined, zone: string): Window | undefined {
  const first = from === undefined ? undefined : parseMoment(from);
  const last = until === undefined ? undefined : parseMoment(until);
  if ((from !== undefined && first === undefined) || (until !== undefined && last === undefined)) return undefined;
  return {
    start: first === undefined ? -Infinity : beginning(first, zone),
    end: last === undefined ? Infinity : ending(last, zone),
  };
}

/** The time that two windows share; empty (no instant is within) when they share none. */
export function overlap(one: Window, other: Window): Window {
  return { start: Math.max(one.start, other.start), end: Math.min(one.end, other.end) };
}

export function isWithin(window: Window, epoch: number): boolean {
  return window.start <= epoch && epoch < window.end;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A day as a letter writes it: "30 June 2026". */
export function dayInWords({ year, month, day }: Day): string {
  return `${day} ${MONTHS[month - 1] ?? String(month)} ${year}`;
}

/** An instant as a letter writes it, in a zone: "1 July 2026, 08:30 (Europe/Berlin)". */
export function instantInWords(epoch: number, zone: string): string {
  const { year, month, day, hour, minute } = toZonedDateTimeISO(fromEpochMilliseconds(Math.floor(epoch)), zone);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${dayInWords({ year, month, day })}, ${two(hour)}:${two(minute)} (${zone})`;
}

/** A moment as a letter writes it; a text that is no moment comes back as it is. */
export function momentInWords(text: string, zone: string): string {
  const moment = parseMoment(text);
  if (moment === undefined) return text;
  return moment.kind === 'day' ? dayInWords(moment.day) : instantInWords(moment.epoch, zone);
}

/** A day as ISO 8601 writes it: `2026-06-30`. */
export function isoDay({ year, month, day }: Day): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isRealDay({ year, month, day }: Day): boolean {
  try {
    create(year, month, day);
    return year > 0;
  } catch {
    return false;
  }
}
