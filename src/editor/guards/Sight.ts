import { exposureConsequences, type Consequence } from '../../decision/exposureConsequences.js';
import type { Policy } from '../../policy/Policy.js';
import type { FileRegions, Region } from '../../regions/Region.js';
import type { FolderTerms } from '../FolderTerms.js';
import type { Permissions } from './Permissions.js';
import { isLetThrough, type Question, type Verdict } from './Verdict.js';

/** What `Sight` looks at: a file and what covers it. */
export interface Seen {
  readonly folder: FolderTerms;
  readonly policy: Policy;
  readonly regions: FileRegions;
}

/** Something that a person sees as one: a whole file, or a marked region in it. */
export interface Subject {
  /** The marked region; undefined for the whole file. */
  readonly region: Region | undefined;
  readonly question: Question;
}

/**
 * - `shown`: the person may see it
 * - `refused`: not
 * - `unsettled`: a purpose or a reason comes first
 * - `wall`: seeing it would close something else, which the person has not agreed to yet
 */
export type View =
  | { readonly kind: 'shown'; readonly verdict: Verdict }
  | { readonly kind: 'refused' | 'unsettled'; readonly verdict: Verdict }
  | { readonly kind: 'wall'; readonly verdict: Verdict; readonly consequences: readonly Consequence[] };

/** Answers what the person at hand may see of a file, now and without asking anybody. */
export class Sight {
  /** What the person agreed to see, by folder and assets: it is not asked twice in a session. */
  private readonly agreed = new Set<string>();

  constructor(private readonly permissions: Permissions) {}

  /** The whole file, where something covers all of it, and each marked region. */
  subjectsOf({ folder, policy, regions }: Seen): { readonly whole?: Subject; readonly parts: readonly Subject[] } {
    const whole = regions.regions.filter(({ by }) => by !== 'marker');
    const shared = { folder, policy, action: 'view' } as const;
    const parts = regions.regions
      .filter(({ by }) => by === 'marker')
      .map((region): Subject => ({
        region,
        // What stands inside or around it is a subject of its own.
        question: { ...shared, regions: { ...regions, regions: [region] }, lines: region.lines },
      }));
    if (whole.length === 0) return { parts };
    return { whole: { region: undefined, question: { ...shared, regions: { ...regions, regions: whole } } }, parts };
  }

  /** May the person see it? */
  view({ question }: Subject): View {
    const verdict = this.permissions.judge(question);
    if (verdict.kind === 'unsettled') return { kind: 'unsettled', verdict };
    if (!isLetThrough(verdict)) return { kind: 'refused', verdict };
    if (this.agreed.has(keyOf(verdict))) return { kind: 'shown', verdict };
    const { folder, policy } = question;
    const consequences = exposureConsequences(
      policy,
      verdict.decision.assets,
      {
        ...{ who: folder.person.address ?? '', at: folder.now() },
        ...(folder.purpose === undefined ? {} : { purpose: folder.purpose }),
      },
      folder.facts,
    );
    return consequences.length === 0 ? { kind: 'shown', verdict } : { kind: 'wall', verdict, consequences };
  }

  /** True when the person may not see it for the stated purpose, and may for another that the policy knows. */
  hasOtherPurpose({ question }: Subject): boolean {
    const { folder, policy, regions, lines } = question;
    const { purpose, purposes, person, facts, engine } = folder;
    if (purpose === undefined) return false;
    return purposes.some(
      (other) =>
        other !== purpose &&
        engine.decide(
          policy,
          regions,
          {
            ...{ who: person.address ?? '', action: 'view', file: regions.path, at: folder.now(), purpose: other },
            ...(lines === undefined ? {} : { lines }),
          },
          facts,
        ).effect !== 'deny',
    );
  }

  /** Remembers that the person wants to see it, whatever it closes. */
  agree(verdict: Verdict): void {
    this.agreed.add(keyOf(verdict));
  }
}

function keyOf({ question, decision }: Verdict): string {
  return JSON.stringify([question.folder.root.toString(), decision.assets]);
}
