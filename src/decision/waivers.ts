import { actionsOf } from '../policy/actions.js';
import { foldAddress } from '../policy/addresses.js';
import { destinationTest } from '../policy/destinations.js';
import type { Action, Asset, Waiver } from '../policy/language.js';
import { overlap, windowOf } from '../policy/moments.js';
import { namedTest, selectorTest } from '../policy/selectors.js';
import type { Prohibition } from './Prohibition.js';
import type { Situation } from './Situation.js';
import type { Terms } from './Terms.js';

/** What the waivers of an asset do to one prohibition in one situation. */
export interface Lifting {
  /** Ids of the waivers that lift it; empty when it stands. */
  readonly waived: readonly string[];
  /** `waiver-invalid:ID` and `waiver-expired:ID`, only when nothing lifts it. */
  readonly notices: readonly string[];
}

/** A waiver, as it bears on one asset. */
export interface WaiverRule {
  readonly id: string;
  readonly lifts: readonly string[];
  readonly actions: ReadonlySet<Action>;
  /**
   * Undefined when it is about something else, or has not begun. `void`: it has a defect that no date mends. `over`:
   * it was good, and its time is up.
   */
  standing(prohibition: Prohibition, situation: Situation): 'valid' | 'void' | 'over' | undefined;
}

/**
 * A waiver lifts rules that it lists and that may be waived, for people, assets, actions and destinations that it
 * names. It is good when an approver of a party that owns the asset gave it, to someone else, with a reason and an
 * end, and while both it and the agreement are in force.
 */
export function waiverRule(waiver: Waiver, asset: Asset, named: boolean, terms: Terms): WaiverRule {
  const { agreement, approvers } = terms.policy;
  const own = windowOf(waiver.from, waiver.until, terms.zone);
  const window = own === undefined ? undefined : overlap(own, terms.term);
  const receives = named ? namedTest(waiver.to) : selectorTest(waiver.to);
  const reach = waiver.into === undefined ? undefined : destinationTest(waiver.into);
  const by = foldAddress(waiver.by);
  const isApproved = approvers.some(({ person, party }) => foldAddress(person) === by && asset.owner.includes(party));
  const isComplete = waiver.reason.trim() !== '' && waiver.until.trim() !== '';
  return {
    id: waiver.id,
    lifts: waiver.lifts,
    actions: actionsOf(waiver.actions),
    standing(prohibition, { someone, owns, into, at }) {
      // A destination that nobody stated is not one that the waiver names.
      if (!receives(someone, owns) || (reach !== undefined && reach(into) !== 'inside')) return undefined;
      if (!prohibition.waivable || !isApproved || !isComplete || by === someone.address || window === undefined)
        return 'void';
      if (at < window.start) return undefined;
      if (at >= window.end || agreement.status === 'ended') return 'over';
      return agreement.status === 'suspended' ? 'void' : 'valid';
    },
  };
}

const NOTHING: Lifting = { waived: [], notices: [] };

/** Which waivers lift a prohibition, or nearly do. */
export function liftingOf(prohibition: Prohibition, waivers: readonly WaiverRule[], situation: Situation): Lifting {
  if (waivers.length === 0) return NOTHING;
  const waived: string[] = [];
  const notices: string[] = [];
  for (const waiver of waivers) {
    if (!waiver.lifts.includes(prohibition.id)) continue;
    switch (waiver.standing(prohibition, situation)) {
      case 'valid':
        waived.push(waiver.id);
        break;
      case 'void':
        notices.push(`waiver-invalid:${waiver.id}`);
        break;
      case 'over':
        notices.push(`waiver-expired:${waiver.id}`);
        break;
      case undefined:
        break;
    }
  }
  return waived.length > 0 ? { waived, notices: [] } : { waived: [], notices };
}
