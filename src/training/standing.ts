/** Where a person stands in a course: never passed, passed, soon due, due but tolerated, or lapsed. */
import { endAfter, eventAt, parseDuration, startBefore, type Event } from '../policy/durations.js';
import type { Course } from '../policy/language.js';
import { beginning, dayAt, parseMoment } from '../policy/moments.js';

/** A pass, as a record writes it, with when it took place. A bare date counts from its first moment. */
export interface Pass {
  readonly passed: string;
  readonly event: Event;
}

/** The moments that a pass leads to, in epoch milliseconds. All are Infinity for a course that never has to be repeated. */
export interface Limits {
  /** The first millisecond after the pass's last good day. */
  readonly due: number;
  /** The first millisecond at which the reminder shows; equal to `due` when the course has none. */
  readonly reminder: number;
  /** The first millisecond after the tolerance; equal to `due` when the course has none. */
  readonly graceEnd: number;
}

export type Standing =
  | { readonly state: 'never' }
  /** `soon` is true inside the reminder. */
  | { readonly state: 'passed'; readonly soon: boolean; readonly pass: Pass; readonly limits: Limits }
  /** Past the due day, inside the tolerance. */
  | { readonly state: 'overdue'; readonly pass: Pass; readonly limits: Limits }
  | { readonly state: 'lapsed'; readonly pass: Pass; readonly limits: Limits };

/** The pass that a record's `passed` writes, in the agreement's zone; undefined when it is no moment. */
export function passAt(passed: string, zone: string): Pass | undefined {
  const moment = parseMoment(passed);
  if (moment === undefined) return undefined;
  const epoch = beginning(moment, zone);
  return { passed, event: moment.kind === 'day' ? { day: moment.day, epoch } : eventAt(epoch, zone) };
}

/**
 * What a pass is good for. It is due after `repeat`; a pass before `since` is due on that day at the latest, because
 * passes before it no longer count. A `repeat` or `since` that cannot be read leaves the pass good for nothing.
 */
export function limitsOf(
  course: Pick<Course, 'repeat' | 'remind' | 'grace' | 'since'>,
  pass: Pass,
  zone: string,
): Limits {
  let due = Infinity;
  // The day or instant that a reminder leads up to and a tolerance runs from.
  let event: Event | undefined;
  if (course.repeat !== undefined) {
    const repeat = parseDuration(course.repeat);
    due = repeat === undefined ? -Infinity : endAfter(pass.event, repeat, zone);
    // The last good day is the event; for hours it is the instant itself.
    if (repeat !== undefined && isOnCalendar(due))
      event = repeat.kind === 'hours' ? eventAt(due, zone) : { day: dayAt(due - 1, zone), epoch: due };
  }
  if (course.since !== undefined) {
    const since = parseMoment(course.since);
    const start = since === undefined ? -Infinity : beginning(since, zone);
    if (pass.event.epoch < start && start < due) {
      due = start;
      event = eventAt(start, zone);
    } else if (since === undefined) due = -Infinity;
  }
  if (event === undefined || !isOnCalendar(due)) return { due, reminder: due, graceEnd: due };
  const grace = course.grace === undefined ? undefined : parseDuration(course.grace);
  const remind = course.remind === undefined ? undefined : parseDuration(course.remind);
  return {
    due,
    reminder: remind === undefined ? due : startBefore(event, remind, zone),
    graceEnd: grace === undefined ? due : Math.max(due, endAfter(event, grace, zone)),
  };
}

/**
 * A person's standing at an instant (epoch milliseconds), from their passes of the course in any order. Passes later
 * than the instant do not count yet; of the others the latest does.
 */
export function standingOf(
  course: Pick<Course, 'repeat' | 'remind' | 'grace' | 'since'>,
  passes: readonly Pass[],
  at: number,
  zone: string,
  limits: (pass: Pass) => Limits = (pass) => limitsOf(course, pass, zone),
): Standing {
  let pass: Pass | undefined;
  for (const candidate of passes) {
    if (candidate.event.epoch <= at && (pass === undefined || candidate.event.epoch > pass.event.epoch))
      pass = candidate;
  }
  if (pass === undefined) return { state: 'never' };
  const found = limits(pass);
  if (at < found.due) return { state: 'passed', soon: at >= found.reminder, pass, limits: found };
  return { state: at < found.graceEnd ? 'overdue' : 'lapsed', pass, limits: found };
}

/** False for infinities and for what lies beyond the calendar that dates can show. */
function isOnCalendar(epoch: number): boolean {
  return Math.abs(epoch) < 8e15;
}
