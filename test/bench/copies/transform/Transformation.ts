import type { LineRange } from '../Corpus.js';
import type { Random } from '../random.js';
import type { SourceFile } from '../SourceFile.js';

/** A piece of restricted code on its way to being pasted. */
export interface Job {
  readonly range: LineRange;
  readonly random: Random;
  /** Code of the same language that has nothing to do with the piece: where inserted lines are taken from. */
  readonly stranger: SourceFile | undefined;
}

/** What a person, or a tool of theirs, does to code between taking and pasting it. */
export interface Transformation {
  readonly name: string;
  /** The share of pieces of 10 lines and more to be recognised, in percent; absent when only shown. */
  readonly aim?: number;
  /** The same for 6 to 9 lines. */
  readonly shortAim?: number;
  /** The changed text of every job, in their order; undefined where the change does not apply to the piece. */
  apply(jobs: readonly Job[]): Promise<(string | undefined)[]>;
}
