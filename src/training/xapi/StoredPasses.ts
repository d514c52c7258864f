import type { RegisterEntry } from '../readRegister.js';
import { plainObject } from './Identity.js';

const FORMAT = 2;
/** An instant as `toISOString` writes it: what is kept is written in no other way. */
const INSTANT = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What a store gave at one time, in a form to be kept. It holds no statement and no credential. */
export class StoredPasses {
  /**
   * `readAt` is when the store was asked, by our clock; `through` how far the store had taken in what happened, and `date`
   * its own time, both undefined when it did not tell. All in epoch milliseconds.
   */
  constructor(
    readonly readAt: number,
    readonly through: number | undefined,
    private readonly date: number | undefined,
    readonly passes: readonly RegisterEntry[],
  ) {}

  /** The latest moment that is known to have been. */
  get seen(): number {
    return Math.max(this.readAt, this.date ?? -Infinity, this.through ?? -Infinity);
  }

  /** As text: courses and people once each, and for each of the people the number of a course and a moment by turns. */
  print(): string {
    const courses = new Map<string, number>();
    const byPerson = new Map<string, (number | string)[]>();
    for (const { person, course, passed } of this.passes) {
      let number = courses.get(course);
      if (number === undefined) courses.set(course, (number = courses.size));
      const own = byPerson.get(person);
      if (own === undefined) byPerson.set(person, [number, passed]);
      else own.push(number, passed);
    }
    return JSON.stringify({
      format: FORMAT,
      readAt: this.readAt,
      through: this.through,
      date: this.date,
      courses: [...courses.keys()],
      people: [...byPerson.keys()],
      passes: [...byPerson.values()],
    });
  }

  /** What was kept of a source; undefined for nothing, and for anything that `print` did not write. */
  static parse(text: string | undefined, source: string): StoredPasses | undefined {
    if (text === undefined) return undefined;
    let kept: Readonly<Record<string, unknown>> | undefined;
    try {
      kept = plainObject(JSON.parse(text));
    } catch {
      return undefined;
    }
    const { format, readAt, through, date, courses, people, passes } = kept ?? {};
    if (format !== FORMAT || typeof readAt !== 'number' || !isMoment(through) || !isMoment(date)) return undefined;
    if (!Array.isArray(courses) || !Array.isArray(people) || !Array.isArray(passes)) return undefined;
    if (people.length !== passes.length) return undefined;
    const entries: RegisterEntry[] = [];
    for (let at = 0; at < people.length; at++) {
      const person: unknown = people[at];
      const own: unknown = passes[at];
      if (typeof person !== 'string' || !Array.isArray(own)) return undefined;
      for (let pair = 0; pair < own.length; pair += 2) {
        const course: unknown = courses[own[pair] as number];
        const passed: unknown = own[pair + 1];
        if (typeof course !== 'string' || typeof passed !== 'string' || !INSTANT.test(passed)) return undefined;
        entries.push({ person, course, passed, source });
      }
    }
    return new StoredPasses(readAt, through, date, entries);
  }
}

function isMoment(value: unknown): value is number | undefined {
  return value === undefined || typeof value === 'number';
}
