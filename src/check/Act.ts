import type { ExportedAsset } from '../changes/ExportedCopies.js';
import type { ExplainedCopy } from '../changes/RepositoryCopies.js';
import type { Decision } from '../decision/Decision.js';
import type { Action } from '../policy/language.js';
import type { LineSpan } from '../ports.js';
import type { FileRegions } from '../regions/Region.js';
import type { FindingKind, FindingSource } from './Finding.js';

/** Code that an act is about, as a decision is asked about it. */
export interface Subject {
  readonly regions: FileRegions;
  /** Left out: the whole file. */
  readonly lines?: LineSpan;
}

/** Something that a change does to code, before anybody was asked whether it may. */
export interface Act {
  readonly kind: FindingKind;
  readonly action: Action;
  /** Every side that it touches: the strictest answer counts. */
  readonly subjects: readonly Subject[];
  /** Where the code goes: a path; of an export a destination as rules name it. */
  readonly into?: string;
  /** Where the code stood until now, if it goes from one such place to another: told only if the terms there are stricter. */
  readonly formerInto?: string;
  /** Where it is shown: a file and its lines, 1-based. */
  readonly path: string;
  readonly lines: LineSpan;
  /** Where in its line it stands, if it is no whole line; the end is not part of it. */
  readonly columns?: { readonly start: number; readonly end: number };
  /** The length of the last of these lines, in UTF-16 code units; 0 where it is not known. */
  readonly lastColumn: number;
  readonly before?: { readonly path: string; readonly lines: LineSpan };
  readonly source?: FindingSource;
  readonly copy?: ExplainedCopy;
  /** Whose code was copied, where it stands in another repository: it has left that one, which is an export as well. */
  readonly imported?: ExportedAsset;
  /** The decision, where the policy has nothing to say of the code: its asset belongs to another repository. */
  readonly decision?: Decision;
  /** True for an export of a file as a whole; else it is about these lines of it. */
  readonly isWholeFile?: boolean;
  /** True where it may as well be about other code, which nothing covers: it is told and never refused. */
  readonly isDoubtful?: boolean;
  /** The text that it is about. It enters the fingerprint by its shape alone, and goes nowhere else. */
  readonly text: string;
  /** How many lines were added and taken out; for words. */
  readonly added?: number;
  readonly removed?: number;
}
