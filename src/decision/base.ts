import { EFFECTS, type Action, type Asset, type Effect, type Tier } from '../policy/language.js';
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
export function baseOf(
  asset: Asset,
  tier: Tier | undefined,
  terms: Terms,
): (situation: Situation, grants: readonly GrantRule[]) => Base {
  const owners = terms.ownersOf(asset);
  const shared = { asset: asset.id, ...defined({ contact: terms.custodianOf(asset) }) };
  const owner = { ...shared, rule: 'default:owner', effect: 'allow' } as const;
  const unknown = {
    ...shared,
    rule: 'default:unknown',
    effect: terms.policy.defaults.unknown,
    why: 'Only people whom the parties have named can receive protected code.',
    instead: 'Ask for the address to be added to a team, or check which address the work is done under.',
  };
  const ungranted = {
    ...shared,
    rule: 'default:ungranted',
    why: `It belongs to ${owners}, and others may only do what a grant permits.`,
  };

  function withoutGrant({ someone, action }: Situation, misses: ReadonlySet<string>): Reason {
    const none = `No grant lets ${someone.address} ${action} '${asset.id}'.`;
    return {
      ...ungranted,
      effect: effectWithoutGrant(tier, action),
      what: misses.size === 0 ? none : [none, ...[...misses].sort()].join(' '),
      instead: `Apply for a grant${misses.size > 0 ? ', or for the earlier one to be renewed or widened' : ''}.`,
    };
  }

  return (situation, grants) => {
    const { someone, owns } = situation;
    if (owns) return only({ ...owner, what: `'${asset.id}' belongs to ${owners}, for whom ${someone.address} works.` });
    if (someone.parties.length === 0) {
      const who = someone.address === '' ? 'This person' : someone.address;
      return only({ ...unknown, what: `${who} is in no team of the agreement '${terms.policy.agreement.title}'.` });
    }
    const answers = answersOf(situation, grants);
    const kindest = kindestOf(answers);
    const notices = expired(answers);
    if (kindest === undefined) return { reasons: [withoutGrant(situation, missesOf(answers))], notices };
    const reasons: Reason[] = [];
    for (const { answer } of answers)
      if (answer.kind === 'match' && answer.effect === kindest) reasons.push(answer.reason);
    return { reasons, notices };
  };
}

const NONE: readonly never[] = [];

function only(reason: Reason): Base {
  return { reasons: [reason], notices: NONE };
}

interface Answered {
  readonly id: string;
  readonly answer: GrantAnswer;
}

function answersOf(situation: Situation, grants: readonly GrantRule[]): readonly Answered[] {
  const answers: Answered[] = [];
  for (const grant of grants) {
    const answer = grant.answer(situation);
    if (answer !== undefined) answers.push({ id: grant.id, answer });
  }
  return answers;
}

function kindestOf(answers: readonly Answered[]): Effect | undefined {
  let kindest = Infinity;
  for (const { answer } of answers)
    if (answer.kind === 'match') kindest = Math.min(kindest, EFFECTS.indexOf(answer.effect));
  return EFFECTS[kindest];
}

function missesOf(answers: readonly Answered[]): ReadonlySet<string> {
  const misses = new Set<string>();
  for (const { answer } of answers) if (answer.kind === 'miss') misses.add(answer.because);
  return misses;
}

/**
 * A notice for each grant that is over. It is idle beside another that matches and is in force, or, for one that is
 * quite gone, beside another that is still tolerated.
 */
function expired(answers: readonly Answered[]): readonly string[] {
  const over = answers.filter(({ answer }) => answer.over);
  if (over.length === 0) return NONE;
  return over
    .filter(
      ({ id, answer }) =>
        !answers.some(
          (other) => other.id !== id && other.answer.kind === 'match' && (!other.answer.over || answer.kind === 'miss'),
        ),
    )
    .map(({ id }) => `grant-expired:${id}`);
}

/** What the tier gives to a recipient without a grant: one effect for all, or one an action, `deny` where it is silent. */
function effectWithoutGrant(tier: Tier | undefined, action: Action): Effect {
  if (tier === undefined) return 'deny';
  return typeof tier.ungranted === 'string' ? tier.ungranted : (tier.ungranted[action] ?? 'deny');
}
