import { grantedActions } from '../policy/actions.js';
import { destinationTest } from '../policy/destinations.js';
import { durationInWords, endAfter, eventAt, parseDuration } from '../policy/durations.js';
import type { Action, Asset, Effect, Grant } from '../policy/language.js';
import { NEVER, overlap, windowOf } from '../policy/moments.js';
import { namedTest, selectorTest } from '../policy/selectors.js';
import type { Reason } from './Decision.js';
import { defined } from './defined.js';
import type { Situation } from './Situation.js';
import { inList, type Terms } from './Terms.js';

/** What a grant says in a situation that its people, actions and destination fit. */
export type GrantAnswer =
  /** It permits, with this effect. `over` is true in the tolerance after its end. */
  | { readonly kind: 'match'; readonly effect: Effect; readonly reason: Reason; readonly over: boolean }
  /** It would have permitted; the reason says why it does not. */
  | { readonly kind: 'miss'; readonly over: boolean; readonly because: string };

/** A grant, as it bears on one asset. */
export interface GrantRule {
  readonly id: string;
  readonly actions: ReadonlySet<Action>;
  /** Undefined for a person or purpose that it is not about. Asked only for its own actions. */
  answer(situation: Situation): GrantAnswer | undefined;
}

/**
 * The only source of permission for a recipient. It lives within the agreement's term, and so does the tolerance after
 * its end: once the agreement is over, nothing is permitted. In a tier for named persons only spelled-out persons are
 * recipients. Dates that cannot be read permit nothing.
 */
export function grantRule(grant: Grant, asset: Asset, named: boolean, terms: Terms): GrantRule {
  const { status } = terms.policy.agreement;
  const window = overlap(windowOf(grant.from, grant.until, terms.zone) ?? NEVER, terms.term);
  const graceEnd = Math.min(endOfGrace(grant.grace, window.end, terms.zone), terms.term.end);
  const receives = named ? namedTest(grant.to) : selectorTest(grant.to);
  const reach = grant.into === undefined ? undefined : destinationTest(grant.into);
  const purposes = grant.purpose === undefined ? undefined : inList(grant.purpose, 'or');
  const permits = inList(grant.actions.includes('any') ? ['everything'] : grant.actions);
  const last = terms.lastDay(window.end);
  const graceLast = terms.lastDay(graceEnd);
  const ended = `The grant '${grant.id}' ended${last === undefined ? '' : ` on ${last.words}`}`;
  const forPurpose = purposes === undefined ? '' : ` for the purpose ${purposes}`;

  const shared = {
    rule: `grant:${grant.id}`,
    asset: asset.id,
    ...defined({ clause: grant.clause, contact: grant.contact ?? terms.contact }),
  };
  const permitted: Reason = {
    ...shared,
    effect: 'allow',
    what: `The grant '${grant.id}' permits ${permits}${forPurpose}${last === undefined ? '' : ` until ${last.words}`}.`,
    ...defined({ until: grant.until ?? last?.iso }),
  };
  const tolerated: Reason = {
    ...shared,
    effect: 'warn',
    what: `${ended}; it is tolerated until ${graceLast?.words ?? 'further notice'}.`,
    why: `The agreement gives ${durationInWords(grant.grace ?? '')} to finish.`,
    instead: 'Finish soon, or ask for the grant to be renewed.',
    ...defined({ until: graceLast?.iso }),
  };
  const purposeless: Reason = {
    ...permitted,
    effect: 'justify',
    what: `The grant '${grant.id}' permits ${permits} for the purpose ${purposes ?? ''} only, and no purpose was stated.`,
    why: 'What a recipient may do depends on what it is for.',
    instead: `State the purpose: ${purposes ?? ''}.`,
  };

  return {
    id: grant.id,
    actions: grantedActions(grant.actions),
    answer({ at, someone, owns, into, action, purpose }) {
      if (!receives(someone, owns)) return undefined;
      // Looking takes code nowhere, so that a destination does not limit it.
      if (reach !== undefined && action !== 'view' && reach(into) !== 'inside')
        return {
          kind: 'miss',
          over: false,
          because: `The grant '${grant.id}' holds only for ${inList(grant.into ?? [])}.`,
        };
      if (purpose !== undefined && grant.purpose !== undefined && !grant.purpose.includes(purpose))
        return {
          kind: 'miss',
          over: false,
          because: `The grant '${grant.id}' is for the purpose ${purposes ?? ''} only.`,
        };
      if (at < window.start) {
        const first = terms.lastDay(window.start + 1)?.words;
        return {
          kind: 'miss',
          over: false,
          because: `The grant '${grant.id}' has not begun${first === undefined ? '' : `; it begins on ${first}`}.`,
        };
      }
      const over = at >= window.end || status === 'ended';
      if (status === 'suspended')
        return { kind: 'miss', over, because: 'The agreement is suspended, and every grant sleeps with it.' };
      if (status === 'ended')
        return { kind: 'miss', over, because: 'The agreement has ended, and every grant with it.' };
      if (over && at >= graceEnd) return { kind: 'miss', over, because: `${ended}.` };
      if (purpose === undefined && grant.purpose !== undefined)
        return { kind: 'match', effect: 'justify', reason: purposeless, over };
      const reason = over ? tolerated : permitted;
      return { kind: 'match', effect: reason.effect, reason, over };
    },
  };
}

function endOfGrace(grace: string | undefined, end: number, zone: string): number {
  if (grace === undefined || Math.abs(end) > 8e15) return end;
  const duration = parseDuration(grace);
  if (duration === undefined) return end;
  // The last day is the event; hours run from its end.
  return endAfter(eventAt(duration.kind === 'hours' ? end : end - 1, zone), duration, zone);
}
