/** What a range of commits comes to: by it, what a later commit took back is told from what is still there. */
import type { Policy } from '../policy/Policy.js';
import type { ReadChange } from './actsIn.js';
import type { Finding } from './Finding.js';
import { actsOfChanges, type Lookups } from './findingsOf.js';

type Found = Pick<Finding, 'kind' | 'path' | 'source' | 'policyChange' | 'assets'>;

export class NetChange {
  /** Where a file that a commit touched is now. */
  private readonly names = new Map<string, string>();

  private constructor(
    /** What is still done, by kind, path and asset; undefined: everything. */
    private readonly acts: Set<string> | undefined,
    /** The rules that are looser at the end; undefined where the policy cannot be used. */
    private readonly loosened: ReadonlySet<string> | undefined,
    /** Files that are different at the end. */
    readonly files: number,
  ) {}

  /** For a range without a beginning: nothing is known to be taken back. */
  static ofEverything(): NetChange {
    return new NetChange(undefined, undefined, 0);
  }

  static of(
    policy: Policy,
    changes: readonly ReadChange[],
    lookups: Lookups,
    loosened: ReadonlySet<string> | undefined,
  ): NetChange {
    const problems = changes.flatMap(({ after }) =>
      (after?.regions.problems ?? []).map(() => keyOf('marker-problem', after?.version.path ?? '')),
    );
    const net = new NetChange(new Set(problems), loosened, changes.length);
    net.add(policy, changes, lookups);
    return net;
  }

  /** Adds what these changes do, by other lookups. */
  add(policy: Policy, changes: readonly ReadChange[], lookups: Lookups): void {
    for (const { kind, path } of actsOfChanges(policy, changes, lookups)) this.acts?.add(keyOf(kind, path));
  }

  /** Keeps track of the names of files, commit by commit. */
  follow(changes: readonly ReadChange[]): void {
    for (const { before, after } of changes) {
      if (before === undefined || after === undefined || before.version.path === after.version.path) continue;
      for (const [first, last] of this.names)
        if (last === before.version.path) this.names.set(first, after.version.path);
      this.names.set(before.version.path, after.version.path);
    }
  }

  /** The findings that still hold at the end of the range. */
  surviving<F extends Found>(findings: readonly F[]): F[] {
    return findings.filter((finding) => this.holds(finding));
  }

  /** Those that do not: one for each file. */
  undone<F extends Found>(findings: readonly F[]): F[] {
    const gone = findings.filter((finding) => !this.holds(finding));
    return gone.filter((finding, at) => gone.findIndex(({ path }) => path === finding.path) === at);
  }

  private holds({ kind, path, policyChange }: Found): boolean {
    if (kind === 'policy-loosened') return this.loosened === undefined || this.loosened.has(policyChange?.rule ?? '');
    if (this.acts === undefined) return true;
    if (kind === 'policy-problem') return this.loosened === undefined;
    return this.acts.has(keyOf(kind, path)) || this.acts.has(keyOf(kind, this.names.get(path) ?? path));
  }
}

/** A cut and a copy are told apart by the commit they were made in, and come to the same. */
function keyOf(kind: Finding['kind'], path: string): string {
  return `${kind === 'move' ? 'copy' : kind} ${path}`;
}
