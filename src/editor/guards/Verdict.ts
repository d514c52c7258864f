import type { Decision } from '../../decision/Decision.js';
import type { Action } from '../../policy/language.js';
import type { Policy } from '../../policy/Policy.js';
import type { LineSpan } from '../../ports.js';
import type { FileRegions } from '../../regions/Region.js';
import type { FolderTerms } from '../FolderTerms.js';

/** What a guard asks: may the person at hand do this to these lines, now? */
export interface Question {
  readonly folder: FolderTerms;
  readonly policy: Policy;
  /** Of the code that the action is done to: for a copy, of its origin. */
  readonly regions: FileRegions;
  readonly action: Action;
  /** 1-based; left out: the whole file. */
  readonly lines?: LineSpan;
  /** Where the code would go, as `Ask.into`. */
  readonly into?: string;
}

/**
 * - `allowed`, `warned`: it may happen; a warning is to be shown
 * - `justified`: it may happen, `reason` was given for it in this session
 * - `unsettled`: it waits for a purpose or a reason: `Permissions.settle` asks for them
 * - `refused`: no
 * - `cancelled`: the person was asked and gave none
 */
export type VerdictKind = 'allowed' | 'warned' | 'justified' | 'unsettled' | 'refused' | 'cancelled';

/** The decision on a question, with what the person said when asked. */
export interface Verdict {
  readonly kind: VerdictKind;
  readonly question: Question;
  readonly decision: Decision;
  readonly reason?: string;
}

/** True when the act may happen as things stand. */
export function isLetThrough({ kind }: Verdict): boolean {
  return kind === 'allowed' || kind === 'warned' || kind === 'justified';
}
