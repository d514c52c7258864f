import { plainObject } from './Identity.js';
import type { StatedPass } from './passIn.js';

const FORMAT = 1;

/** One person's passes of one course, in epoch milliseconds, as far as they matter. */
interface Held {
  readonly person: number;
  readonly course: number;
  readonly passes: number[];
}

/**
 * The passes that a store gave at one time, small enough to be kept: people and courses once each, and then three numbers a
 * pass. What is kept holds no statement and no credential.
 */
export class StoredPasses {
  private readonly people = new Map<string, number>();
  private readonly courses = new Map<string, number>();
  private readonly held = new Map<string, Held>();
  /** How far the store had taken in what happened, in epoch milliseconds; undefined when it did not tell. */
  through: number | undefined;
  /** The store's own time; undefined when it did not tell. */
  private date: number | undefined;

  /**
   * `readAt` is when the store was asked, by our clock, in epoch milliseconds. Without `history`, a pass that a later one
   * has replaced by then is let go: nothing rests on it any more.
   */
  constructor(
    readonly readAt: number,
    private readonly history: boolean,
  ) {}

  /** The latest moment that is known to have been. */
  get seen(): number {
    return Math.max(this.readAt, this.date ?? -Infinity, this.through ?? -Infinity);
  }

  add({ person, course, at }: StatedPass): void {
    this.put(numberOf(person, this.people), numberOf(course, this.courses), at);
  }

  /** Takes in what a query told of the store: the earliest `through`, the latest date. */
  reach(through: number | undefined, date: number | undefined): void {
    if (through !== undefined) this.through = Math.min(this.through ?? through, through);
    if (date !== undefined) this.date = Math.max(this.date ?? date, date);
  }

  /** Every pass that matters, by person and course. */
  passes(): readonly StatedPass[] {
    const [people, courses] = [[...this.people.keys()], [...this.courses.keys()]];
    const passes: StatedPass[] = [];
    for (const held of this.held.values()) {
      const [person, course] = [people[held.person], courses[held.course]];
      if (person === undefined || course === undefined) continue;
      for (const at of held.passes) passes.push({ person, course, at });
    }
    return passes;
  }

  print(): string {
    return JSON.stringify({
      format: FORMAT,
      readAt: this.readAt,
      history: this.history,
      through: this.through,
      date: this.date,
      people: [...this.people.keys()],
      courses: [...this.courses.keys()],
      rows: [...this.held.values()].flatMap(({ person, course, passes }) =>
        passes.flatMap((at) => [person, course, at]),
      ),
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
    const { format, readAt, history, through, date, people, courses, rows } = kept ?? {};
    if (format !== FORMAT || typeof readAt !== 'number' || typeof history !== 'boolean') return undefined;
    if (!isListOf('string', people) || !isListOf('string', courses) || !isListOf('number', rows)) return undefined;
    const passes = new StoredPasses(readAt, history);
    for (const person of people) numberOf(person, passes.people);
    for (const course of courses) numberOf(course, passes.courses);
    for (let at = 0; at + 2 < rows.length; at += 3) {
      const [person, course, epoch] = [rows[at], rows[at + 1], rows[at + 2]];
      if (person !== undefined && course !== undefined && epoch !== undefined) passes.put(person, course, epoch);
    }
    passes.reach(typeof through === 'number' ? through : undefined, typeof date === 'number' ? date : undefined);
    return passes;
  }

  private put(person: number, course: number, at: number): void {
    const key = `${person} ${course}`;
    let held = this.held.get(key);
    if (held === undefined) this.held.set(key, (held = { person, course, passes: [] }));
    if (this.history || at > this.readAt) {
      held.passes.push(at);
      return;
    }
    const latest = held.passes.findIndex((other) => other <= this.readAt);
    if (latest < 0) held.passes.push(at);
    else if (at > (held.passes[latest] ?? -Infinity)) held.passes[latest] = at;
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
