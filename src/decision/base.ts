import { EFFECTS, type Action, type Effect, type Tier } from '../policy/language.js';
import type { Reason } from './Decision.js';
import { defined } from './defined.js';
import type { GrantAnswer, GrantRule } from './grants.js';
import type { Situation } from './Situation.js';
import type { Terms } from './Terms.js';

/** What a person may do on the ground of who they are and what they were granted, before any prohibition. */
export interface Base {
  readonly reasons: readonly Reason[];
  readonly notices: readonly string[];
}

/**
 * The base of one asset: its owner's people are allowed; a person in no team gets `defaults.unknown`; everybody else
 * needs a grant. The kindest grant counts, and every grant of that kindness is named. Without one, the tier says what
 * a recipient gets.
 */
export function baseOf(situation: Situation, grants: readonly GrantRule[], tier: Tier | undefined, terms: Terms): Base {
  const { someone, asset, owns } = situation;
  const contact = defined({ contact: terms.custodianOf(asset) });
  if (owns) {
    const what = `'${asset.id}' belongs to ${terms.ownersOf(asset)}, for whom ${someone.address} works.`;
    return { reasons: [{ rule: 'default:owner', effect: 'allow', asset: asset.id, what, ...contact }], notices: [] };
  }
  if (someone.parties.length === 0) {
    const reason: Reason = {
      rule: 'default:unknown',
      effect: terms.policy.defaults.unknown,
      asset: asset.id,
      what: `${someone.address === '' ? 'This person' : someone.address} is in no team of the agreement '${terms.policy.agreement.title}'.`,
      why: 'Only people whom the parties have named can receive protected code.',
      instead: 'Ask for the address to be added to a team, or check which address the work is done under.',
      ...contact,
    };
    return { reasons: [reason], notices: [] };
  }
  return granted(situation, grants, tier, terms);
}

function granted(situation: Situation, grants: readonly GrantRule[], tier: Tier | undefined, terms: Terms): Base {
  const answers = grants.flatMap((grant): readonly { readonly id: string; readonly answer: GrantAnswer }[] => {
    const answer = grant.answer(situation);
    return answer === undefined ? [] : [{ id: grant.id, answer }];
  });
  const matches = answers.flatMap(({ id, answer }) => (answer.kind === 'match' ? [{ id, ...answer }] : []));
  const notices = answers
    .filter(({ id, answer }) => answer.over && !matches.some((match) => match.id !== id && supersedes(match, answer)))
    .map(({ id }) => `grant-expired:${id}`);

  const kindest = Math.min(...matches.map(({ effect }) => EFFECTS.indexOf(effect)));
  const effect = EFFECTS[kindest];
  if (effect !== undefined) {
    const reasons = matches.filter((match) => match.effect === effect).map(({ reason }) => reason);
    return { reasons: reasons.map((reason) => ({ ...reason, asset: situation.asset.id })), notices };
  }
  return {
    reasons: [
      ungranted(
        situation,
        answers.map(({ answer }) => answer),
        tier,
        terms,
      ),
    ],
    notices,
  };
}

/** True when a matching grant makes it idle to say that another is over: it is in force, or the other is quite gone. */
function supersedes(match: { readonly over: boolean }, other: GrantAnswer): boolean {
  return !match.over || other.kind === 'miss';
}

function ungranted(
  { someone, asset, action }: Situation,
  answers: readonly GrantAnswer[],
  tier: Tier | undefined,
  terms: Terms,
): Reason {
  const near = [...new Set(answers.flatMap((answer) => (answer.kind === 'miss' ? [answer.because] : [])))].sort();
  const none = `No grant lets ${someone.address} ${action} '${asset.id}'.`;
  return {
    rule: 'default:ungranted',
    effect: effectWithoutGrant(tier, action),
    asset: asset.id,
    what: [none, ...near].join(' '),
    why: `It belongs to ${terms.ownersOf(asset)}, and others may only do what a grant permits.`,
    instead: `Ask for a grant${near.length > 0 ? ', or for the one that there was to be renewed or widened' : ''}.`,
    ...defined({ contact: terms.custodianOf(asset) }),
  };
}

/** What the tier gives to a recipient without a grant: one effect for all, or one an action, `deny` where it is silent. */
function effectWithoutGrant(tier: Tier | undefined, action: Action): Effect {
  if (tier === undefined) return 'deny';
  return typeof tier.ungranted === 'string' ? tier.ungranted : (tier.ungranted[action] ?? 'deny');
}
