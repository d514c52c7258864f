import { plainObject } from './Identity.js';
import type { StatedPass } from './passIn.js';

const FORMAT = 1;

/**
 * The passes that a store gave at one time, small enough to be kept: people and courses once each, and then three numbers a
 * pass. What is kept holds no statement and no credential.
 */
export class StoredPasses {
  private readonly people = new Map<string, number>();
  private readonly courses = new Map<string, number>();
  private readonly rows: number[] = [];
  /** How far the store had taken in what happened, in epoch milliseconds; undefined when it did not tell. */
  through: number | undefined;
  /** The store's own time; undefined when it did not tell. */
  private date: number | undefined;

  /** `readAt` is when the store was asked, by our clock, in epoch milliseconds. */
  constructor(readonly readAt: number) {}

  /** The latest moment that is known to have been. */
  get seen(): number {
    return Math.max(this.readAt, this.date ?? -Infinity, this.through ?? -Infinity);
  }

  add({ person, course, at }: StatedPass): void {
    this.rows.push(numberOf(person, this.people), numberOf(course, this.courses), at);
  }

  /** Takes in what a query told of the store: the earliest `through`, the latest date. */
  reach(through: number | undefined, date: number | undefined): void {
    if (through !== undefined) this.through = Math.min(this.through ?? through, through);
    if (date !== undefined) this.date = Math.max(this.date ?? date, date);
  }

  /** Every pass, in the order in which they came. */
  passes(): readonly StatedPass[] {
    const [people, courses] = [[...this.people.keys()], [...this.courses.keys()]];
    const passes: StatedPass[] = [];
    for (let at = 0; at + 2 < this.rows.length; at += 3) {
      const [person, course, epoch] = [
        people[this.rows[at] ?? -1],
        courses[this.rows[at + 1] ?? -1],
        this.rows[at + 2],
      ];
      if (person !== undefined && course !== undefined && epoch !== undefined)
        passes.push({ person, course, at: epoch });
    }
    return passes;
  }

  print(): string {
    return JSON.stringify({
      format: FORMAT,
      readAt: this.readAt,
      through: this.through,
      date: this.date,
      people: [...this.people.keys()],
      courses: [...this.courses.keys()],
      rows: this.rows,
    });
  }

  /** What was kept; undefined for nothing, and for anything that `print` did not write. */
  static parse(text: string | undefined): StoredPasses | undefined {
    if (text === undefined) return undefined;
    let kept: Readonly<Record<string, unknown>> | undefined;
    try {
      kept = plainObject(JSON.parse(text));
    } catch {
      return undefined;
    }
    const { format, readAt, through, date, people, courses, rows } = kept ?? {};
    if (format !== FORMAT || typeof readAt !== 'number') return undefined;
    if (!isListOf('string', people) || !isListOf('string', courses) || !isListOf('number', rows)) return undefined;
    const passes = new StoredPasses(readAt);
    for (const person of people) numberOf(person, passes.people);
    for (const course of courses) numberOf(course, passes.courses);
    for (const row of rows) passes.rows.push(row);
    passes.reach(typeof through === 'number' ? through : undefined, typeof date === 'number' ? date : undefined);
    return passes;
  }
}

function numberOf(name: string, known: Map<string, number>): number {
  let number = known.get(name);
  if (number === undefined) known.set(name, (number = known.size));
  return number;
}

function isListOf<T extends 'string' | 'number'>(
  type: T,
  value: unknown,
): value is readonly (T extends 'string' ? string : number)[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === type);
}
