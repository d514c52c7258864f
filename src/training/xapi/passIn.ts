import { parseInstant } from '../../policy/moments.js';
import { isTrusted, personOf, plainObject, type Identity } from './Identity.js';

export const PASSED = 'http://adlnet.gov/expapi/verbs/passed';
export const COMPLETED = 'http://adlnet.gov/expapi/verbs/completed';
/** Both count: some systems record that a course was passed, some that it was completed, some both. */
export const VERBS: readonly string[] = [PASSED, COMPLETED];

/** What makes a statement count. */
export interface Wanted {
  /** The course of each activity. */
  readonly courses: ReadonlyMap<string, string>;
  readonly identity: Identity;
  readonly authority: readonly string[];
}

/** A pass that a statement records: who, which course, and when, in epoch milliseconds. */
export interface StatedPass {
  readonly person: string;
  readonly course: string;
  readonly at: number;
}

/**
 * The pass that a statement records; undefined when it records none. A store also gives statements about statements and
 * about groups, so verb, activity and person are looked at again, whatever was asked for. It counts when it happened
 * (`timestamp`), not when it reached the store (`stored`).
 */
export function passIn(statement: unknown, wanted: Wanted): StatedPass | undefined {
  const whole = plainObject(statement);
  const object = plainObject(whole?.['object']);
  const verb = plainObject(whole?.['verb'])?.['id'];
  const activity = object?.['id'];
  if (whole === undefined || typeof activity !== 'string' || typeof verb !== 'string') return undefined;
  if (object?.['objectType'] !== undefined && object['objectType'] !== 'Activity') return undefined;
  const course = wanted.courses.get(activity);
  if (course === undefined || !VERBS.includes(verb)) return undefined;
  const result = plainObject(whole['result']);
  if (result?.['success'] === false || result?.['completion'] === false) return undefined;
  if (!isTrusted(whole['authority'], wanted.authority)) return undefined;
  const person = personOf(whole['actor'], wanted.identity);
  const at = momentOf(whole['timestamp'] ?? whole['stored']);
  return person === undefined || at === undefined ? undefined : { person, course, at };
}

/** Epoch milliseconds of a statement's time. xAPI 1.0 allows one without an offset, which is UTC. */
export function momentOf(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  return parseInstant(/T[^Z+-]*$/.test(text) ? `${text}Z` : text);
}
