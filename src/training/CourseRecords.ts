/** What the sources of course records gave, and how each of them is. */
import type { RecordSource } from '../policy/language.js';
import type { Instant } from '../ports.js';
import type { RegisterEntry } from './readRegister.js';

/** How a source is. Only `read` and `kept` give all that is known; after every other, a pass may be missing. */
export type SourceState =
  | { readonly kind: 'read' }
  /** Not asked, since it was asked a moment ago. */
  | { readonly kind: 'kept' }
  /** The store answered, but has not yet taken in what happened after `through`. */
  | { readonly kind: 'behind'; readonly through: Instant }
  | SourceFault;

/** Why a source could not be read. */
export type SourceFault =
  /** There is no such file. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly why: string }
  /** A register that has to be signed has no signature beside it. */
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'bad-signature'; readonly why: string }
  /** Signed, and by nobody who may. */
  | { readonly kind: 'strange-signature' }
  /** Its answer is not there yet. */
  | { readonly kind: 'being-asked' }
  /** Nothing is fetched here: the folder is not trusted, or the host has no network. */
  | { readonly kind: 'not-asked' }
  /** Nobody agreed to this endpoint for this repository; `confirmed` are those to which somebody did. */
  | { readonly kind: 'unconfirmed'; readonly confirmed: readonly string[] }
  | { readonly kind: 'no-credential' }
  /** 401. */
  | { readonly kind: 'unauthorised' }
  /** 403. */
  | { readonly kind: 'forbidden' }
  /** 404. */
  | { readonly kind: 'not-found' }
  /** 429, or 503 with a time. */
  | { readonly kind: 'busy'; readonly retryAt: Instant | undefined }
  /** 5xx. */
  | { readonly kind: 'failing'; readonly status: number }
  /** Any other status that is no success. */
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'time-out' }
  | { readonly kind: 'tls' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'too-large' }
  /** It sent us elsewhere; we did not go. */
  | { readonly kind: 'redirected'; readonly to: string }
  /** It says that more statements are elsewhere; we did not go. */
  | { readonly kind: 'strange-page'; readonly to: string }
  | { readonly kind: 'malformed'; readonly why: string };

/** One source of the policy, as it was found. */
export interface SourceStatus {
  readonly kind: RecordSource['kind'];
  /** The file, the endpoint, or what pasted badges are called. */
  readonly name: string;
  /** Ids of the courses of which it has records. */
  readonly courses: readonly string[];
  readonly state: SourceState;
  /** How many of its records count. */
  readonly records: number;
  /** When it was last read with success; undefined when it never was. */
  readonly readAt: Instant | undefined;
  /** For a source that cannot be read now: until when its last known records count; undefined when none do. */
  readonly keptUntil?: Instant;
  /** What is wrong with single entries, one sentence each. */
  readonly problems: readonly string[];
}

/** One source as it was found, and the records of it that count. */
export interface Reading {
  readonly status: SourceStatus;
  readonly records: readonly RegisterEntry[];
  /** The latest moment that the source is known to have seen, in epoch milliseconds. */
  readonly seen?: number;
}

/** A course of which somebody may have passed without our knowing. */
export interface Unchecked {
  readonly course: string;
  /** From when on passes may be missing; undefined when nothing was ever known. */
  readonly since?: Instant;
  /** Why, as the end of a sentence: "the record store lrs.example did not answer in time". */
  readonly why: string;
}

/** The course records of a policy's sources, and what is wrong with them, one sentence each. */
export interface CourseRecords {
  readonly records: readonly RegisterEntry[];
  readonly sources: readonly SourceStatus[];
  readonly unchecked: readonly Unchecked[];
  readonly problems: readonly string[];
  /** The moment to judge by: the clock's, or a later one that a store told or that we saw before. */
  readonly now: Instant;
  /** True when `now` is not the clock's. */
  readonly clockIsBehind: boolean;
}
