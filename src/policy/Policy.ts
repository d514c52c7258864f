import type { Place } from '../ports.js';
import type { PolicyContent } from './language.js';
import type { Problem } from './Problem.js';

/** A policy that passed every check: its content, and where each entry stands. */
export interface Policy extends PolicyContent {
  /**
   * Where an entry is written, by the name that decisions use for it: `guardrail:ID`, `grant:ID`, `wall:ID`,
   * `training:ID`, `asset:ID`, `party:ID`, `team:ID`, `tier:NAME`, `waiver:ID`, `clause:NUMBER`. With `extends`, the
   * place names the file that the entry came from.
   */
  readonly places: Readonly<Record<string, Place>>;
}

/** What parsing gives: a policy unless there is an error among the problems. */
export interface ParsedPolicy {
  readonly policy: Policy | undefined;
  /** In the order of the file. */
  readonly problems: readonly Problem[];
}
