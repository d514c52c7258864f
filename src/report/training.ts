/** Standings of people in courses: as a table for a terminal, as CSV for a spreadsheet, as JSON for programs. */
import { dayAt, dayInWords, instantInWords, isoDay, momentInWords } from '../policy/moments.js';
import type { CourseRecords, SourceStatus } from '../training/CourseRecords.js';
import {
  COURSE_STATES,
  type CourseStanding,
  type CourseState,
  type TrainingTable,
} from '../training/courseStandings.js';
import { stateInWords } from '../training/sourceInWords.js';
import { PLAIN, type Paint } from './paint.js';
import { counted } from './words.js';

/** A table with everything that is said beside it. */
export interface TrainingReport {
  readonly table: TrainingTable;
  readonly records: Pick<CourseRecords, 'sources'>;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly zone: string;
}

/** A product lead wants to know this long before that a refresher is due. */
export const SOON_DAYS = 30;

/** The states in which a gate stays shut. */
const SHUT: readonly CourseState[] = ['missing', 'unknown', 'expired'];

/** True when a course keeps its code closed to somebody. */
export function isShut({ state }: Pick<CourseStanding, 'state'>): boolean {
  return SHUT.includes(state);
}

/** Those whose pass stops counting within 30 days, the earliest first. */
export function expiringSoon({ table, at }: TrainingReport): readonly CourseStanding[] {
  const end = at + SOON_DAYS * 86_400_000;
  return table.standings
    .filter(({ due, state }) => due !== undefined && due > at && due <= end && !isShut({ state }))
    .sort((one, other) => (one.due ?? 0) - (other.due ?? 0));
}

/** One person's standings, a paragraph each. */
export function standingsInWords(person: string, report: TrainingReport, paint: Paint = PLAIN): string {
  const { table, at, zone } = report;
  const lines = [paint.bold(`${person} on ${dayInWords(dayAt(at, zone))}`), ''];
  if (table.standings.length === 0) lines.push('  No course of the policy binds this person.');
  for (const standing of table.standings) {
    const { course, state } = standing;
    lines.push(`  ${painted(state, paint)}  ${course.title} (${course.id})`);
    for (const sentence of sentencesOf(standing, zone)) lines.push(`    ${sentence}`);
  }
  return `${lines.join('\n')}\n${sourcesInWords(report)}`;
}

/** What there is to say of a standing, one sentence each. */
export function sentencesOf(standing: CourseStanding, zone: string): readonly string[] {
  const { state, passed, source, due, graceEnd, next, ahead, unchecked, course } = standing;
  const recorded = source === undefined ? '' : ` (recorded in ${source})`;
  const when = passed === undefined ? '' : `${momentInWords(passed, zone)}${recorded}`;
  const until = due === undefined ? '' : lastDay(due, zone);
  const sentences: string[] = [];
  switch (state) {
    case 'current':
    case 'due soon':
      sentences.push(due === undefined ? `Passed on ${when}, for good.` : `Passed on ${when}, good until ${until}.`);
      break;
    case 'overdue':
      sentences.push(
        `Passed on ${when}, good until ${until}; tolerated until ${graceEnd === undefined ? '' : lastDay(graceEnd, zone)}.`,
      );
      break;
    case 'expired':
      sentences.push(`Passed on ${when}, good until ${until} only.`);
      break;
    case 'missing':
      sentences.push('No pass is recorded.');
      break;
    case 'unknown': {
      const since = unchecked?.since === undefined ? '' : ` since ${momentInWords(unchecked.since, zone)}`;
      sentences.push(`This could not be checked${since}: ${unchecked?.why ?? 'a source cannot be read'}.`);
      if (passed !== undefined) sentences.push(`The last pass that is known, of ${when}, was good until ${until}.`);
      break;
    }
  }
  if (ahead !== undefined) sentences.push(`A pass is dated ${momentInWords(ahead, zone)}; it counts from then on.`);
  if (next !== undefined && next.state !== state && !isShut({ state }))
    sentences.push(`From ${dayInWords(dayAt(next.at, zone))}: ${next.state}.`);
  if (state !== 'current' && state !== 'unknown') {
    const minutes = course.minutes === undefined ? '' : `, about ${counted(course.minutes, 'minute')}`;
    if (course.url !== undefined) sentences.push(`Take it${minutes}: ${course.url}`);
    if (course.contact !== undefined) sentences.push(`Ask: ${course.contact}`);
  }
  return sentences;
}

/** Everybody, a line each; then who expires soon, who cannot be listed, and how the sources are. */
export function trainingInWords(report: TrainingReport, paint: Paint = PLAIN): string {
  const { table, at, zone } = report;
  const heading = ['PERSON', 'COURSE', 'STANDING', 'PASSED', 'GOOD UNTIL'];
  const rows = table.standings.map((standing) => [
    standing.person,
    standing.course.id,
    standing.state,
    dayOf(standing.passed),
    standing.due === undefined ? '' : isoLastDay(standing.due, zone),
  ]);
  const widths = heading.map((_, column) => Math.max(...[heading, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], state?: CourseState): string =>
    row
      .map((cell, column) => {
        const padded = cell.padEnd(widths[column] ?? 0);
        return column === 2 && state !== undefined ? padded.replace(state, () => painted(state, paint)) : padded;
      })
      .join('  ')
      .trimEnd();
  const lines = [
    paint.bold(line(heading)),
    ...rows.map((row, index) => line(row, table.standings[index]?.state)),
    '',
    `${counted(new Set(table.standings.map(({ person }) => person)).size, 'person').replace('persons', 'people')}, ${tally(table)}.`,
  ];
  const soon = expiringSoon(report);
  if (soon.length > 0) {
    lines.push('', paint.bold(`Due again within ${SOON_DAYS} days`));
    for (const { person, course, due } of soon)
      lines.push(`  ${person}: ${course.title}, good until ${due === undefined ? '' : lastDay(due, zone)}`);
  }
  if (table.patterns.length > 0)
    lines.push('', `Members by pattern are listed once a record tells of them: ${table.patterns.join(', ')}.`);
  return `${lines.join('\n')}\n${sourcesInWords({ ...report, at })}`;
}

function tally({ standings }: TrainingTable): string {
  const counts = new Map<CourseState, number>();
  for (const { state } of standings) counts.set(state, (counts.get(state) ?? 0) + 1);
  return (
    COURSE_STATES.flatMap((state) => {
      const count = counts.get(state);
      return count === undefined ? [] : [`${count.toLocaleString('en-US')} ${state}`];
    }).join(', ') || 'no standings'
  );
}

function sourcesInWords({ records, zone }: TrainingReport): string {
  if (records.sources.length === 0) return '\nThe policy names no source of course records.\n';
  return `\n${records.sources.map((source) => `${sourceInWords(source, zone)}\n`).join('')}`;
}

/** How a source is, in a sentence: what it gave, when it was last read, until when that counts. */
export function sourceInWords(source: SourceStatus, zone: string): string {
  const said = stateInWords(source, zone);
  const { readAt, keptUntil, records, state } = source;
  const read = readAt === undefined ? '' : `${state.kind === 'kept' ? ',' : ''} on ${momentInWords(readAt, zone)}`;
  const count = counted(records, 'record');
  if (state.kind === 'read' || state.kind === 'kept') return `${capital(said)}${read}: ${count}.`;
  const last =
    readAt === undefined ? 'It was never read.' : `It was last read on ${momentInWords(readAt, zone)}: ${count}.`;
  const kept = keptUntil === undefined ? '' : ` These count until ${momentInWords(keptUntil, zone)}.`;
  return `${capital(said)}. ${state.kind === 'behind' ? `${capital(count)}.` : last}${kept}`;
}

/** Rows for a spreadsheet (RFC 4180), with a heading. */
export function trainingAsCsv({ table, zone }: TrainingReport): string {
  const heading = [
    'person',
    'course',
    'title',
    'standing',
    'passed',
    'good_until',
    'tolerated_until',
    'next',
    'next_on',
    'recorded_in',
  ];
  const rows = table.standings.map(({ person, course, state, passed, source, due, graceEnd, next }) => [
    person,
    course.id,
    course.title,
    state,
    passed ?? '',
    due === undefined ? '' : isoLastDay(due, zone),
    graceEnd === undefined || graceEnd === due ? '' : isoLastDay(graceEnd, zone),
    next?.state ?? '',
    next === undefined ? '' : isoDay(dayAt(next.at, zone)),
    source ?? '',
  ]);
  return [heading, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A row of a table on the screen. Days are written as `2026-06-30`, so that they sort as they read. */
export interface TrainingRow {
  readonly person: string;
  readonly course: string;
  readonly title: string;
  readonly standing: CourseState;
  readonly passed: string;
  readonly goodUntil: string;
  /** What changes next, and on which day: "overdue on 2026-12-04". */
  readonly next: string;
  /** True when the pass stops counting within 30 days. */
  readonly soon: boolean;
}

/** The rows of a table on the screen, in the order of the standings. */
export function trainingRows(report: TrainingReport): readonly TrainingRow[] {
  const { table, zone } = report;
  const soon = new Set(expiringSoon(report));
  return table.standings.map((standing) => ({
    person: standing.person,
    course: standing.course.id,
    title: standing.course.title,
    standing: standing.state,
    passed: dayOf(standing.passed),
    goodUntil: standing.due === undefined ? '' : isoLastDay(standing.due, zone),
    next: standing.next === undefined ? '' : `${standing.next.state} on ${isoDay(dayAt(standing.next.at, zone))}`,
    soon: soon.has(standing),
  }));
}

/** A cell that a spreadsheet takes for text: one that begins like a formula would be worked out when it is opened. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** The same as data. Days are the last on which something counts; instants are in UTC. */
export function trainingAsJson(report: TrainingReport): object {
  const { table, records, at, zone } = report;
  const row = ({ person, course, state, passed, source, due, graceEnd, next, ahead, unchecked }: CourseStanding) => ({
    person,
    course: course.id,
    title: course.title,
    standing: state,
    passed,
    recordedIn: source,
    goodUntil: due === undefined ? undefined : isoLastDay(due, zone),
    toleratedUntil: graceEnd === undefined || graceEnd === due ? undefined : isoLastDay(graceEnd, zone),
    next: next && { standing: next.state, at: new Date(next.at).toISOString() },
    ahead,
    unchecked: state === 'unknown' ? unchecked : undefined,
  });
  return {
    at: new Date(at).toISOString(),
    zone,
    standings: table.standings.map(row),
    dueWithin30Days: expiringSoon(report).map(({ person, course, due }) => ({
      person,
      course: course.id,
      goodUntil: due === undefined ? undefined : isoLastDay(due, zone),
    })),
    patterns: table.patterns,
    sources: records.sources,
  };
}

function painted(state: CourseState, paint: Paint): string {
  if (isShut({ state })) return paint.bad(state);
  return state === 'current' ? paint.good(state) : paint.warning(state);
}

function lastDay(end: number, zone: string): string {
  const day = dayInWords(dayAt(end - 1, zone));
  // An end within a day is told to the minute.
  return isoDay(dayAt(end - 1, zone)) === isoDay(dayAt(end, zone)) ? instantInWords(end, zone) : day;
}

function isoLastDay(end: number, zone: string): string {
  return isoDay(dayAt(end - 1, zone));
}

function dayOf(passed: string | undefined): string {
  return passed?.slice(0, 10) ?? '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
