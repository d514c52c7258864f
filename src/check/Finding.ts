/** What `devterms check` finds, as data: every output format, the baseline and the exit code read these. */
import type { Decision } from '../decision/Decision.js';
import type { Action, Effect } from '../policy/language.js';
import type { PolicyChange } from '../policy/policyChanges.js';
import type { LineSpan, Range } from '../ports.js';

/**
 * What sort of thing was found. Stable: reports and baselines name it.
 * - `change`: covered lines were changed, added or deleted
 * - `marker-removed`: a marker was taken out or altered
 * - `cover-lost`: a rename, or a change of the policy, ended the cover of code
 * - `copy`: lines repeat covered lines of another place
 * - `move`: covered lines were cut, and stand where their asset does not reach
 * - `import`: code outside an asset imports, includes or links code inside it
 * - `export`: covered code would leave the repository for the place that was asked about
 * - `marker-problem`: a marker that is not closed, names no asset, or cannot mean anything
 * - `policy-problem`: the policy itself has a problem
 * - `policy-loosened`: a change of the policy lets somebody do more than before
 */
export const FINDING_KINDS = [
  'change',
  'marker-removed',
  'cover-lost',
  'copy',
  'move',
  'import',
  'export',
  'marker-problem',
  'policy-problem',
  'policy-loosened',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/**
 * What a finding amounts to.
 * - `fails`: denied, or it needs a reason and none was given: the check ends with exit code 1
 * - `warned`: told, and passed
 * - `justified`: it needed a reason, and one was given
 * - `waived`: nothing is left of it because of a waiver in the policy (`decision.waived` names it)
 * - `known`: listed in a baseline that still holds
 */
export type Outcome = 'fails' | 'warned' | 'justified' | 'waived' | 'known';

/** Whose commit a finding is from. */
export interface FoundIn {
  /** The commit's full id, in hex. */
  readonly commit: string;
  /** Its first line, shortened. */
  readonly subject: string;
}

/** Where covered code comes from. */
export interface FindingSource {
  readonly asset: string;
  /** From the repository's root; left out for code that only an imported index knows. */
  readonly path?: string;
  readonly lines?: LineSpan;
}

/** One thing that somebody has to know, or that the terms do not permit. No code is ever in it. */
export interface Finding {
  readonly kind: FindingKind;
  readonly action: Action;
  /** As decided; `outcome` says what it amounts to here. */
  readonly effect: Effect;
  readonly outcome: Outcome;
  /** From the repository's root, with `/`; of the new text, or of the old one where the file is gone. */
  readonly path: string;
  /** In the new text. Where lines were only taken out, the line that follows them now; where the file is gone, the old lines. */
  readonly range: Range;
  /** The lines as they were, where lines were changed or taken out. */
  readonly before?: { readonly path: string; readonly lines: LineSpan };
  /** Where the covered code that it is about stands: of a copy, a move or an import. */
  readonly source?: FindingSource;
  /** Where the code would go, of an `export`: as rules name it. */
  readonly into?: string;
  /** The assets that it is about, sorted. */
  readonly assets: readonly string[];
  readonly decision: Decision;
  /** One or two plain sentences: what was done to which code. It names the act, not the person, and quotes nothing. */
  readonly message: string;
  /**
   * The same for the same thing wherever its lines move: 32 hex digits of a hash over kind, action, asset, path, source and
   * the shape of the lines. Names, numbers and strings of the code do not enter, so that they cannot be guessed from it.
   * Unique within one result.
   */
  readonly fingerprint: string;
  /** The person it was judged for; left out where it was judged for nobody in particular. */
  readonly who?: string;
  /** The reason that was given in `Terms-Reason:`. */
  readonly reason?: string;
  readonly in?: FoundIn;
  /** How a rule of the policy was changed. */
  readonly policyChange?: PolicyChange;
  /** What a baseline says of it. It holds where `outcome` is `known`; otherwise its time is over. */
  readonly known?: Known;
}

/** Why a finding that is listed in a baseline may stay, who answers for that, and its last day (YYYY-MM-DD). */
export interface Known {
  readonly reason: string;
  readonly owner: string;
  readonly until: string;
}

/** What was not looked into, or how the check came to judge as it did. Never a finding by itself. */
export interface CheckNote {
  readonly code:
    | 'first-policy'
    | 'base-policy-invalid'
    | 'submodule'
    | 'lfs-pointer'
    | 'binary'
    | 'too-large'
    | 'not-unicode'
    | 'unreadable'
    | 'records'
    | 'conflict'
    | 'undone'
    | 'before-the-terms'
    | 'whole-history'
    | 'baseline-new'
    | 'baseline-stale';
  readonly path?: string;
  readonly message: string;
}

/** How many findings of each outcome, and what was looked at. */
export interface CheckSummary {
  readonly findings: number;
  readonly fails: number;
  readonly warned: number;
  readonly justified: number;
  readonly waived: number;
  readonly known: number;
  /** Files that were looked at. */
  readonly files: number;
  /** Commits that were judged; left out where no commits were. */
  readonly commits?: number;
}

/** What one run of `check` found. */
export interface CheckResult {
  readonly policy: {
    /** From the repository's root. */
    readonly path: string;
    /** Of the policy that judged, in lower-case hex. */
    readonly sha256: string;
    /** The commit it was read from; left out where it is the one on disk. */
    readonly commit?: string;
  };
  /** By path, then by line. */
  readonly findings: readonly Finding[];
  /** How the policy itself was changed, whether or not that is a finding. */
  readonly policyChanges: readonly PolicyChange[];
  readonly notes: readonly CheckNote[];
  readonly summary: CheckSummary;
}

/** The counts of these findings. */
export function summaryOf(findings: readonly Finding[], looked: { files: number; commits?: number }): CheckSummary {
  const count = (outcome: Outcome): number => findings.filter((finding) => finding.outcome === outcome).length;
  return {
    findings: findings.length,
    fails: count('fails'),
    warned: count('warned'),
    justified: count('justified'),
    waived: count('waived'),
    known: count('known'),
    ...looked,
  };
}
