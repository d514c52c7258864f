/**
 * What a line of an evidence file says. Field names are the agreement's own terms, so that whoever reads the file with
 * nothing but a text search finds what they look for; docs/evidence.md explains every field.
 */
import type { Action, Effect } from '../policy/language.js';
import type { Instant } from '../ports.js';

/** What became of an act, in the past tense and about the act. A closed set: readers may rely on it. */
export const OUTCOMES = [
  /** It was allowed and took place. */
  'allowed',
  /** It took place, and the person was warned. */
  'warned',
  /** The person was asked for a reason, gave one, and it took place. */
  'justified',
  /** The person was asked for a reason or a purpose and gave none; it did not take place, or was taken back. */
  'cancelled',
  /** It was stopped before it took place. */
  'refused',
  /** It took place and was taken back at once. */
  'undone',
  /** It took place, could not be taken back, and was pointed out to the person. */
  'flagged',
  /** It came from outside the editor (a checkout, another program) and was noticed afterwards. */
  'seen',
  /** The person saw an asset that stands on a side of a wall. */
  'exposed',
  /** The person took it back after it was pointed out. */
  'withdrawn',
  /** The person says that what was found is a wrong match; the reason says why. */
  'disputed',
  /** The person asked for access or for a waiver. */
  'requested',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The version of the format that this product writes, and the newest that it reads. */
export const FORMAT = 1;

/** The two kinds of chains: what people did, and who saw which side of a wall. */
export type ChainKind = 'evidence' | 'exposures';

/** How far a file had got: its last whole entry. */
export interface Head {
  readonly file: string;
  readonly sequence: number;
  readonly hash: string;
  readonly at: Instant;
}

/** A head as a later file names it. `torn` tells of bytes after the last whole entry: a write that was interrupted. */
export interface NamedHead extends Head {
  readonly torn?: { readonly bytes: number; readonly sha256: string };
}

/** The first entry of every file. */
export interface HeaderBody {
  readonly entry: 'header';
  readonly format: number;
  readonly kind: ChainKind;
  /** The file's own name, so that a file that was renamed or put in another's place is noticed. */
  readonly file: string;
  /** 1 for the file with which a chain begins; a chain goes on in further files when one is full. */
  readonly part: number;
  readonly agreement: string;
  /** The version of Developer Terms that wrote the file. */
  readonly product: string;
  /** Names the secret under which contents are hashed, without giving it away. */
  readonly key: string;
  /** How long the policy wants these entries kept; null for ever. */
  readonly keep: string | null;
  /** The ends of other files of this agreement that no file has named before. */
  readonly after: readonly NamedHead[];
}

/** Something a person did, what the terms say of it, and what became of it. */
export interface ActBody {
  readonly entry: 'act';
  /** SHA-256 of the policy file that was in force; null when it was not known. */
  readonly policy: string | null;
  /** The person's address; null when nobody is known. */
  readonly person: string | null;
  /** Where the address comes from: "git's user.email". */
  readonly source: string;
  readonly action: Action;
  readonly outcome: Outcome;
  readonly effect: Effect;
  readonly rules: readonly string[];
  readonly waived: readonly string[];
  readonly notices: readonly string[];
  readonly duties: readonly string[];
  readonly assets: readonly string[];
  readonly tier?: string;
  readonly clauses: readonly string[];
  /** From the repository's root, with `/`. */
  readonly path: string;
  /** `12-40`, both included; left out for the whole file. */
  readonly lines?: string;
  readonly into?: string;
  readonly purpose?: string;
  /** What the person gave as their reason. */
  readonly reason?: string;
  /** Keyed hashes of the texts concerned; see `contentHash`. */
  readonly content?: readonly string[];
}

/** A person saw an asset; cooling-off periods of walls run from it. */
export interface ExposureBody {
  readonly entry: 'exposure';
  readonly person: string;
  readonly asset: string;
}

/** Files that were removed because they had been kept as long as the policy asks. */
export interface RemovedBody {
  readonly entry: 'removed';
  readonly keep: string;
  /** The last entry of what was removed; nothing older is expected to be there. */
  readonly before: Instant;
  readonly files: readonly Head[];
}

/** Entries that were waiting to be written and did not fit into memory any longer. */
export interface LostBody {
  readonly entry: 'lost';
  readonly count: number;
  readonly from: Instant;
  readonly until: Instant;
}

/** The session came to its orderly end. */
export interface EndedBody {
  readonly entry: 'ended';
}

export type Body = HeaderBody | ActBody | ExposureBody | RemovedBody | LostBody | EndedBody;

/** A body with its place in a chain. */
export type Entry = Body & {
  /** Counts from 1 through all files of a chain. */
  readonly sequence: number;
  readonly at: Instant;
  readonly session: string;
  /** The hash of the entry before; 64 zeros for the first of a chain. */
  readonly previous: string;
  /** See `sealed`. */
  readonly hash: string;
};
