import type { ImportedCopies } from '../../changes/ExportedCopies.js';
import type { Instant } from '../../ports.js';
import type { Io } from '../Command.js';

/** What a person asks `devterms check` for, with the arguments read. */
export interface CheckRequest {
  readonly io: Io;
  readonly range:
    { readonly kind: 'tree' } | { readonly kind: 'staged' } | { readonly kind: 'since'; readonly revision: string };
  /** As given, from where the person stands; none means everything. */
  readonly paths: readonly string[];
  readonly who: string | undefined;
  readonly purpose: string | undefined;
  readonly reason: string | undefined;
  /** The message of the commit that is being made. */
  readonly message: string | undefined;
  /** True before there is such a message. */
  readonly isReasonAwaited: boolean;
  readonly at: Instant;
  /** Where the files would go, as rules name places: then it is judged whether they may. */
  readonly into: string | undefined;
  /** Code of other repositories that is looked for as well. */
  readonly imported: readonly ImportedCopies[];
  /** How many threads may look at files; undefined for as many as it is worth. */
  readonly threads: number | undefined;
  /** No progress and no remarks. */
  readonly isQuiet: boolean;
}
