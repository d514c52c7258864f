import type { Range } from '../ports.js';

export type Severity = 'error' | 'warning' | 'notice';

/** A change of the policy's text that mends a problem: `range` is replaced by `text`. */
export interface Fix {
  /** What the fix does, as a button says it: "Change to 'restricted'". */
  readonly title: string;
  readonly range: Range;
  readonly text: string;
}

/** Something wrong, or worth knowing, in a policy file. An error keeps the policy from being used; the rest does not. */
export interface Problem {
  /** Stable, lower-case, with dashes: `unknown-key`. Listed in docs/policy-reference.md. */
  readonly code: string;
  readonly severity: Severity;
  /** The policy file, as a path from the repository's root. */
  readonly file: string;
  readonly range: Range;
  /** One or two plain sentences that say what is wrong and what to change. */
  readonly message: string;
  readonly fix?: Fix;
}
