import type { LineSpan, Range } from '../ports.js';

/** How an asset came to cover lines: its paths, a `TERMS-FILE` line, or a pair of markers in the text. */
export type CoveredBy = 'path' | 'file-marker' | 'marker';

/** Lines of one file that one asset covers. */
export interface Region {
  /** The asset's id; for an unknown asset the id as the marker spells it, or '' when it names none. */
  readonly asset: string;
  /** False when the policy knows no such asset: decided as `marker:unknown`, at the highest tier. */
  readonly known: boolean;
  readonly by: CoveredBy;
  /**
   * Marker lines included; a whole-file region spans line 1 to the last line. Lines are counted as editors do: a text
   * that ends in a line break has an empty last line after it.
   */
  readonly lines: LineSpan;
  /** True for a region whose end marker is missing: it runs to the end of the file. */
  readonly unclosed?: boolean;
}

/** Something wrong with the markers of a file. Shown as a warning at its place. */
export interface MarkerProblem {
  readonly code:
    'unclosed-marker' | 'unknown-asset' | 'marker-without-asset' | 'end-without-begin' | 'file-marker-too-late';
  readonly range: Range;
  readonly message: string;
}

/** What covers one file. */
export interface FileRegions {
  readonly path: string;
  /** Sorted by first line, then outermost first. */
  readonly regions: readonly Region[];
  /** In the order of the text; of very many, the first `MAX_MARKER_PROBLEMS`. */
  readonly problems: readonly MarkerProblem[];
}
