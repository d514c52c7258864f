import type { SourceText } from '../copies/CopyIndex.js';
import type { Range } from '../ports.js';
import type { RegionPolicy } from '../regions/fileReading.js';
import type { Copy, ExplainedCopy, IndexedFile, OpenOverlap, RepositoryCopies } from './RepositoryCopies.js';

/** What is asked of the worker that holds the copy index. */
export type IndexRequest =
  | {
      readonly kind: 'open';
      readonly policy: RegionPolicy;
      readonly sha256: string;
      readonly stored: Uint8Array | undefined;
    }
  | { readonly kind: 'update'; readonly files: readonly IndexedFile[] }
  /** Every file is in: from now on open code is looked at before it counts as open. */
  | { readonly kind: 'complete' }
  | { readonly kind: 'remove'; readonly paths: readonly string[] }
  | { readonly kind: 'find'; readonly snippet: SourceText }
  /** Copies in a text that is about to stand where `assets` cover everything. */
  | { readonly kind: 'inspect'; readonly snippet: SourceText; readonly assets: readonly string[] }
  | { readonly kind: 'explain'; readonly snippet: SourceText; readonly copy: Copy }
  | { readonly kind: 'follow'; readonly key: string; readonly document: SourceText }
  | {
      readonly kind: 'change';
      readonly key: string;
      readonly changes: readonly { readonly range: Range; readonly text: string }[];
    }
  | { readonly kind: 'leave'; readonly key: string }
  | { readonly kind: 'describe' }
  | { readonly kind: 'serialize' };

/** What each request is answered with. */
export interface IndexAnswers {
  /** Stamps of the files that the stored index holds; empty when it starts anew, and `problem` says why. */
  readonly open: {
    readonly stamps: Readonly<Record<string, string>>;
    readonly problem: string | undefined;
    /** Files that held copies, to be taken in last. */
    readonly doubted: readonly string[];
  };
  readonly update: undefined;
  readonly complete: undefined;
  readonly remove: undefined;
  readonly find: readonly Copy[];
  /** The copies that carry an asset to where it does not cover, by line. */
  readonly inspect: readonly ExplainedCopy[];
  readonly explain: ExplainedCopy | undefined;
  /** The copies that carry an asset to lines which it does not cover, by line. */
  readonly follow: readonly ExplainedCopy[];
  /** The same; undefined when the document is not followed: follow it anew. */
  readonly change: readonly ExplainedCopy[] | undefined;
  readonly leave: undefined;
  readonly describe: { readonly stats: RepositoryCopies['stats']; readonly overlaps: readonly OpenOverlap[] };
  readonly serialize: Uint8Array;
}

/** A request with the ticket that its answer carries. */
export interface Ticketed {
  readonly ticket: number;
  readonly request: IndexRequest;
}

export interface Answered {
  readonly ticket: number;
  readonly answer?: IndexAnswers[keyof IndexAnswers];
  /** Set instead of `answer` when the request failed. It names no text. */
  readonly failure?: string;
}
