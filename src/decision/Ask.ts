import type { Action } from '../policy/language.js';
import type { Instant, LineSpan } from '../ports.js';

/** The question: may `who` do `action` to these lines of `file`, at this moment? */
export interface Ask {
  /** The person's address; compared without case. */
  readonly who: string;
  readonly action: Action;
  /** Path from the repository's root, with `/`. */
  readonly file: string;
  /** Left out: the whole file. */
  readonly lines?: LineSpan;
  /** Where the code would go: a path (bare or `path:`), `remote:HOST/PATH` or `tool:NAME`. */
  readonly into?: string;
  readonly purpose?: string;
  readonly at: Instant;
}

/** A course that a person passed, on a day or at an instant. */
export interface CourseRecord {
  readonly person: string;
  readonly course: string;
  readonly passed: string;
}

/** A person saw an asset, at an instant. Cooling-off runs from it. */
export interface Exposure {
  readonly person: string;
  readonly asset: string;
  readonly at: Instant;
}

/** A course of which somebody may have passed without our knowing: its records could not be read, or not up to now. */
export interface UncheckedCourse {
  readonly course: string;
  /** From when on passes may be missing; left out when nothing was ever known. */
  readonly since?: Instant;
  /** Why, as the end of a sentence: "the record store lrs.example cannot be reached". */
  readonly why: string;
}

/** What is known of people beside the policy. */
export interface Facts {
  readonly records: readonly CourseRecord[];
  readonly exposures: readonly Exposure[];
  /** Left out when every source of records was read. */
  readonly unchecked?: readonly UncheckedCourse[];
}
