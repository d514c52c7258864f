import type { StatedPass } from './passIn.js';
import { StoredPasses } from './StoredPasses.js';

/** The passes that a store tells of, while it tells them. */
export class GatheredPasses {
  /** By person, then by course: the moments that matter, in epoch milliseconds. */
  private readonly byPerson = new Map<string, Map<string, number[]>>();
  private through: number | undefined;
  private date: number | undefined;

  /**
   * `askedAt` is when the store was asked, by our clock, in epoch milliseconds. Without `history`, a pass that a later one
   * has replaced by then is let go: nothing rests on it any more.
   */
  constructor(
    private readonly askedAt: number,
    private readonly history: boolean,
  ) {}

  add({ person, course, at }: StatedPass): void {
    let own = this.byPerson.get(person);
    if (own === undefined) this.byPerson.set(person, (own = new Map<string, number[]>()));
    const passes = own.get(course);
    if (passes === undefined) {
      own.set(course, [at]);
      return;
    }
    const latest = this.history || at > this.askedAt ? -1 : passes.findIndex((other) => other <= this.askedAt);
    if (latest < 0) passes.push(at);
    else if (at > (passes[latest] ?? -Infinity)) passes[latest] = at;
  }

  /** Takes in what a query told of the store: the earliest `through`, the latest date. */
  reach(through: number | undefined, date: number | undefined): void {
    if (through !== undefined) this.through = Math.min(this.through ?? through, through);
    if (date !== undefined) this.date = Math.max(this.date ?? date, date);
  }

  /** All that was told by now, as the passes of a source. */
  stored(source: string): StoredPasses {
    const passes = [...this.byPerson].flatMap(([person, courses]) =>
      [...courses].flatMap(([course, moments]) =>
        moments.map((at) => ({ person, course, passed: new Date(at).toISOString(), source })),
      ),
    );
    return new StoredPasses(this.askedAt, this.through, this.date, passes);
  }
}
