/** What a person is told of their own courses: in the status bar, before the first edit, as a day comes near, after a pass. */
import { actionsOf } from '../policy/actions.js';
import { ACTIONS, type Course } from '../policy/language.js';
import { zoneOf } from '../policy/membership.js';
import { dayAt, dayInWords, momentInWords, startOfDay, type Day } from '../policy/moments.js';
import type { Policy } from '../policy/Policy.js';
import type { CourseStanding, CourseState } from '../training/courseStandings.js';
import { inSentence } from '../policy/inSentence.js';
import { actionsInSentence, counted } from './words.js';

/** A few words for the status bar, and sentences for its tooltip and a screen reader. */
export interface TrainingStatus {
  readonly short: string;
  readonly long: string;
}

/** What matters first. */
const FIRST: readonly (readonly CourseState[])[] = [['missing', 'expired'], ['unknown'], ['overdue'], ['due soon']];

/**
 * What there is to do about a person's courses; undefined when all are current. `at` is in epoch milliseconds; `isSettled` is
 * false while the first answer of a record store is on its way.
 */
export function trainingStatus(
  standings: readonly CourseStanding[],
  at: number,
  policy: Policy,
  isSettled = true,
): TrainingStatus | undefined {
  const zone = zoneOf(policy);
  const worst = FIRST.find((states) => standings.some(({ state }) => states.includes(state)));
  if (worst === undefined) return undefined;
  const meant = standings.filter(({ state }) => worst.includes(state));
  const courses = counted(meant.length, 'course');
  const until = (end: (standing: CourseStanding) => number | undefined): string => {
    const first = Math.min(...meant.map((standing) => end(standing) ?? Infinity));
    return Number.isFinite(first) ? ` ${shortDay(dayAt(first - 1, zone), dayAt(at, zone))}` : '';
  };
  const long = standings
    .filter(({ state }) => state !== 'current')
    .map((standing) => standingInWords(standing, policy, at))
    .join(' ');
  switch (worst[0]) {
    case 'missing':
      return { short: `${courses} to take`, long };
    case 'unknown':
      return isSettled
        ? { short: `${courses} not checked`, long }
        : { short: `checking ${courses}`, long: 'Your courses are being checked.' };
    case 'overdue':
      return { short: `${courses} overdue, closes after${until(({ graceEnd }) => graceEnd)}`, long };
    default:
      return { short: `${courses} due${until(({ due }) => due)}`, long };
  }
}

/** One standing in one or two sentences, with how long the course takes, its clause, and whom to ask. */
export function standingInWords(standing: CourseStanding, policy: Policy, at: number): string {
  const { course, state, passed, due, graceEnd, unchecked } = standing;
  const zone = zoneOf(policy);
  const name = `“${course.title}”`;
  const until = due === undefined ? '' : dayInWords(dayAt(due - 1, zone));
  const facts = factsOf(course, policy);
  switch (state) {
    case 'current':
      return `${name} is passed${until === '' ? '' : `, and good until ${until}`}.`;
    case 'due soon':
      return `${name} is good until ${until}, ${daysInWords(due, at, zone)}. ${facts}`;
    case 'overdue':
      return `${name} was good until ${until} and is tolerated until ${
        graceEnd === undefined ? '' : dayInWords(dayAt(graceEnd - 1, zone))
      }, ${daysInWords(graceEnd, at, zone)}. ${facts}`;
    case 'expired':
      return `${name} has to be passed again: the last pass was good until ${until} only. ${facts}`;
    case 'missing':
      return `${name} has not been passed yet. ${facts}`;
    case 'unknown': {
      const since = unchecked?.since === undefined ? '' : ` since ${momentInWords(unchecked.since, zone)}`;
      const last = passed === undefined ? '' : ` The last pass that is known was good until ${until}.`;
      return `Whether ${name} is passed could not be checked${since}: ${unchecked?.why ?? 'a source cannot be read'}.${last} ${askOf(course, policy)}`;
    }
  }
}

/** What is said before a course that is missing or has to be passed again; a title, and what belongs below it. */
export interface Invitation {
  readonly title: string;
  readonly detail: string;
}

/** Invites somebody to the courses that keep code closed to them. */
export function invitation(standings: readonly CourseStanding[], policy: Policy): Invitation {
  const courses = standings.flatMap(({ course }) => policy.training.filter(({ id }) => id === course.id));
  const actions = new Set(courses.flatMap((course) => [...actionsOf(course.actions)]));
  const names = inSentence(standings.map(({ course }) => `“${course.title}”`));
  const again = standings.every(({ state }) => state === 'expired') ? ' again' : '';
  const closed =
    actions.size === ACTIONS.length ? '' : `Until then you may not ${actionsInSentence([...actions], 'or')}. `;
  const covered = covers(courses, policy);
  const lines = standings.map(({ course }) => {
    const heading = course.clause === undefined ? undefined : policy.agreement.clauses?.[course.clause];
    return [
      standings.length === 1 ? '' : `“${course.title}”: `,
      course.minutes === undefined ? '' : `About ${counted(course.minutes, 'minute')}. `,
      course.clause === undefined
        ? ''
        : `Required by clause ${course.clause}${heading === undefined ? '' : `, ${heading}`}. `,
      askOf(course, policy),
    ].join('');
  });
  const reading = actions.has('view') ? '' : 'Reading stays available.';
  return {
    title: `Pass ${names}${again} before you work with ${covered}.`,
    detail:
      `${closed}${reading}\n\n${lines.join('\n')}\n\nOnce you have passed, the code opens by itself within a minute.`.trim(),
  };
}

/** What is said once after a pass was seen. */
export function passedInWords(standing: CourseStanding, policy: Policy): string {
  const { course, passed, due } = standing;
  const zone = zoneOf(policy);
  const until = due === undefined ? '' : `, good until ${dayInWords(dayAt(due - 1, zone))}`;
  const when = passed === undefined ? '' : ` on ${momentInWords(passed, zone)}`;
  return `You passed “${course.title}”${when}${until}. The code that waited for it is open to you now.`;
}

/** "in 12 days", "tomorrow", "today": how far the last day before `end` is. */
function daysInWords(end: number | undefined, at: number, zone: string): string {
  if (end === undefined) return '';
  const day = (epoch: number) => startOfDay(dayAt(epoch, zone), zone);
  const days = Math.round((day(end - 1) - day(at)) / 86_400_000);
  return days <= 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
}

function factsOf(course: CourseStanding['course'], policy: Policy): string {
  const facts = [
    ...(course.minutes === undefined ? [] : [`about ${counted(course.minutes, 'minute')}`]),
    ...(course.clause === undefined ? [] : [`clause ${course.clause}`]),
  ].join(', ');
  const said = facts === '' ? '' : `${facts.charAt(0).toUpperCase()}${facts.slice(1)}. `;
  return `${said}${askOf(course, policy)}`.trim();
}

function askOf(course: Pick<Course, 'contact'>, policy: Policy): string {
  const contact = course.contact ?? policy.agreement.contact;
  return contact === undefined ? '' : `Ask ${contact}.`;
}

function covers(courses: readonly Course[], policy: Policy): string {
  const listed = new Set(courses.flatMap((course) => course.covers));
  const assets = [...listed];
  const areAssets = assets.every((id) => policy.assets.some((asset) => asset.id === id));
  return areAssets && assets.length <= 2 ? inSentence(assets) : 'the covered code of this repository';
}

/** "3 Dec", and with the year where it is not this one. */
function shortDay(day: Day, today: Day): string {
  const [, month = ''] = dayInWords(day).split(' ');
  return `${day.day} ${month.slice(0, 3)}${day.year === today.year ? '' : ` ${day.year}`}`;
}
