/** What the copy index takes and gives. */

/** A file or a part of one; the extension of `path` tells the language. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

export interface RegionText extends SourceText {
  /** Names the region; adding the same id again replaces it. */
  readonly id: string;
}

/** A part of the snippet that was taken from a region. */
export interface CopyMatch {
  readonly id: string;
  /** 1 and up is a copy; 1.2 and up stands even where hardly any false alarm is tolerable. */
  readonly score: number;
  /** 1-based lines of the snippet, both included. */
  readonly startLine: number;
  readonly endLine: number;
}

/** Which lines go with which, and how surely. */
export interface Explanation {
  readonly id: string;
  /** The region's path. */
  readonly path: string;
  readonly kind: 'verbatim' | 'changed' | 'renamed';
  readonly strength: 'likely' | 'strong' | 'certain';
  /** 1-based lines, ascending in the snippet; lines that correspond to nothing are left out. */
  readonly lines: readonly { readonly snippet: number; readonly region: number }[];
  /** 1-based lines of the region, both included. */
  readonly startLine: number;
  readonly endLine: number;
  /** One sentence for a person. It quotes nothing. */
  readonly sentence: string;
}

/** Lines of a region that also stand in allowed code. */
export interface Overlap {
  readonly id: string;
  readonly path: string;
  /** 1-based lines of the region, both included. */
  readonly startLine: number;
  readonly endLine: number;
}

export interface CopyIndexOptions {
  /** The secret, 16 bytes. Without one the index draws its own. Answers do not depend on it. */
  readonly key?: Uint8Array;
  /** The score from which text is reported; 1 where nothing is said, 1.2 for fewer false alarms. */
  readonly threshold?: number;
}

/** How much work was done, counted and not timed. */
export interface CopyCounters {
  characters: number;
  tokens: number;
  lookups: number;
  postings: number;
  chainSteps: number;
}

export interface CopyIndex {
  /** Takes a region in; one with the same id is replaced. */
  add(region: RegionText): void;
  /** Takes a region out; an unknown id changes nothing. */
  remove(id: string): void;
  /** Takes open code in: what occurs there is no evidence of copying, in regions added before or after. */
  allow(file: SourceText): void;
  /** The parts of a snippet that were copied, best first; empty when there are none. */
  query(snippet: SourceText): CopyMatch[];
  /** Which lines of the snippet a match took from which lines of its region; undefined when it took none. */
  explain(snippet: SourceText, match: CopyMatch): Explanation | undefined;
  /** Restricted lines that also stand in allowed code: shared by right, or leaked in the past. */
  overlaps(): Overlap[];
  /**
   * The whole index as bytes, the same for the same content however it came about. The key goes with it, so that
   * `from` needs nothing else, unless it is left out to be kept elsewhere.
   */
  serialize(options?: { readonly withoutKey?: boolean }): Uint8Array;
  /**
   * The part of the index that may be handed on: exact tier only, no key, no lines, places rounded. Who has the key
   * besides recognises unrenamed copies with it.
   */
  exportFingerprints(): Uint8Array;
  /** Regions and lines held, fingerprints in both tiers, and bytes of memory once updates have settled. */
  readonly stats: {
    readonly regions: number;
    readonly lines: number;
    readonly fingerprints: number;
    readonly bytes: number;
  };
  readonly counters: Readonly<CopyCounters>;
}
