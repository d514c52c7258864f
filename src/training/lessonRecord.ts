/** What is written when somebody passes the editor's own lesson: a statement for a record store, or a line for a register. */
import type { Course, RecordSource } from '../policy/language.js';
import type { Instant } from '../ports.js';
import { lessonCounts, type Score } from './lesson.js';
import { REGISTER_COLUMNS, type RegisterColumns } from './readRegister.js';
import { agentsOf } from './xapi/Identity.js';
import { PASSED } from './xapi/passIn.js';

/** A lesson that somebody took to its end. */
export interface TakenLesson {
  readonly person: string;
  readonly course: Course;
  readonly score: Score;
  readonly at: Instant;
  /** How long it took (ms). */
  readonly took: number;
}

/** A statement of xAPI, as it is sent. Its id makes that it can be sent twice and counts once. */
export interface Statement {
  readonly id: string;
  readonly [part: string]: unknown;
}

/**
 * The statement that a lesson was passed, with score and duration; `id` is a fresh UUID. Undefined when it was not passed,
 * does not count for the course, or the store knows neither the course nor the person.
 */
export function lessonStatement(taken: TakenLesson, source: RecordSource, id: string): Statement | undefined {
  const { person, course, score, at, took } = taken;
  const [actor] = agentsOf([person.toLowerCase()], source.account);
  if (!mayBeRecorded(taken) || course.activity === undefined || actor === undefined) return undefined;
  return {
    id,
    actor: { objectType: 'Agent', ...actor },
    verb: { id: PASSED, display: { 'en-GB': 'passed' } },
    object: {
      objectType: 'Activity',
      id: course.activity,
      definition: { name: { 'en-GB': course.title }, type: 'http://adlnet.gov/expapi/activities/lesson' },
    },
    result: {
      success: true,
      completion: true,
      score: { scaled: Math.round(score.scaled * 100) / 100, raw: score.right, min: 0, max: score.of },
      duration: `PT${(took / 1000).toFixed(2).replace(/\.?0+$/, '')}S`,
    },
    context: { platform: 'Developer Terms' },
    timestamp: at,
  };
}

/**
 * The line that records a passed lesson in the register at `path`, which now holds `text`: in its columns and their order.
 * Undefined when the lesson was not passed, does not count, or the register cannot be read.
 */
export function registerLine(
  taken: TakenLesson,
  path: string,
  text: string,
  columns: RegisterColumns = REGISTER_COLUMNS,
): string | undefined {
  if (!mayBeRecorded(taken)) return undefined;
  const values = new Map([
    [columns.person, taken.person.toLowerCase()],
    [columns.course, taken.course.id],
    [columns.passed, taken.at],
  ]);
  if (/\.ya?ml$/i.test(path)) {
    const fields = [...values].map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
    return `- {${fields.join(', ')}}`;
  }
  const heading = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
  const delimiter = [',', ';', '\t'].find((candidate) => heading.includes(candidate)) ?? ',';
  const names = heading.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  if ([...values.keys()].some((name) => !names.includes(name))) return undefined;
  return names.map((name) => cell(values.get(name) ?? '', delimiter)).join(delimiter);
}

function mayBeRecorded({ course, score }: TakenLesson): boolean {
  return score.passed && lessonCounts(course);
}

function cell(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
