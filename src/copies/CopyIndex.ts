/** The door of this room: making a copy index, and reading one back. */
import { UserError } from '../ports.js';
import { CopyIndexEngine } from './CopyIndexEngine.js';
import type { CopyIndex as CopyIndexContract, CopyIndexOptions } from './CopyMatch.js';
import type { IndexProblem } from './serialize.js';

export type {
  CopyCounters,
  CopyIndexOptions,
  CopyMatch,
  Explanation,
  Overlap,
  RegionText,
  SourceText,
} from './CopyMatch.js';
export { FollowedDocument } from './FollowedDocument.js';
export type { IndexProblem } from './serialize.js';

/** Reading back what `serialize` and `exportFingerprints` wrote. */
export const CopyIndex = {
  /**
   * The index in these bytes.
   * @throws {UserError} saying what is wrong, when they are no index, damaged, or lack their key
   */
  from(bytes: Uint8Array, options?: { readonly key?: Uint8Array }): CopyIndexContract {
    const read = CopyIndexEngine.read(bytes, options);
    if (read instanceof CopyIndexEngine) return read;
    throw new UserError(read.message);
  },

  /** The same, with what is wrong as data. */
  read(bytes: Uint8Array, options?: { readonly key?: Uint8Array }): CopyIndexContract | IndexProblem {
    return CopyIndexEngine.read(bytes, options);
  },
};
export type CopyIndex = CopyIndexContract;

/** An empty index; see `CopyIndexOptions` for its key and threshold. */
export function createCopyIndex(options?: CopyIndexOptions): CopyIndexContract {
  return new CopyIndexEngine(options);
}
