import type { Instant } from '../ports.js';
import type { ChainKind, Head } from './Entry.js';

/** What can be wrong with evidence. */
export type FindingCode =
  /** An entry's content does not have the hash that it carries. */
  | 'changed'
  /** An entry is whole, but not the one that the next entry, another file or the list of heads names. */
  | 'replaced'
  /** Entries are not there. */
  | 'missing'
  /** Entries at the end of a file are not there. */
  | 'cut'
  /** An entry stands in another place than it was written. */
  | 'moved'
  /** An entry stands there that does not belong there. */
  | 'added'
  /** A line is no entry. */
  | 'no-entry'
  /** The last line is incomplete, and nothing that was written later says so. */
  | 'torn'
  /** A file is not there. */
  | 'missing-file'
  /** The list of heads is not there. */
  | 'no-heads'
  /** A file is there twice. */
  | 'twice'
  /** Another program converted the file: line ends or a byte order mark. */
  | 'converted';

/** What is worth knowing and no sign of tampering. */
export type NoteCode =
  /** An interrupted write, which a later file acknowledges. */
  | 'interrupted'
  /** The session did not say that it ended. */
  | 'open'
  /** Entries that the product itself could not write, and said so. */
  | 'lost'
  /** Files that were removed because they were kept long enough. */
  | 'removed'
  /** The file has another name than when it was written. */
  | 'renamed'
  /** What comes before or is named by these files was not looked at. */
  | 'not-given'
  /** A link, which is not followed. */
  | 'link'
  /** A deposited hash was found. */
  | 'anchored';

/** Something about one place. */
export interface Remark<Code> {
  readonly code: Code;
  readonly file: string;
  /** 1-based; left out where it is about a whole file. */
  readonly line?: number;
  /** A sentence or two for somebody who has to rely on the file and knows nothing of hashes. */
  readonly message: string;
}
export type Finding = Remark<FindingCode>;
export type Note = Remark<NoteCode>;

/** One file that was looked at. */
export interface VerifiedFile {
  readonly file: string;
  readonly kind: ChainKind | undefined;
  readonly agreement: string | undefined;
  /** Whole entries, headers included. */
  readonly entries: number;
}

/** What verifying the files of one folder gave. It is consistent when there is no finding. */
export interface Verification {
  readonly files: readonly VerifiedFile[];
  readonly entries: number;
  readonly bytes: number;
  /** The instants of the first and the last entry, as the entries say. */
  readonly from: Instant | undefined;
  readonly until: Instant | undefined;
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  /** The ends of all chains; together they stand for everything. */
  readonly heads: readonly Head[];
  /** Those of the deposited hashes that were found. */
  readonly anchored: readonly string[];
}
