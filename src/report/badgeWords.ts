/** What a person is told of a badge that they paste: what it is good for, or what is wrong with it and what to do. */
import { foldAddress } from '../policy/addresses.js';
import { inSentence } from '../policy/inSentence.js';
import type { PolicyContent } from '../policy/language.js';
import { zoneOf } from '../policy/membership.js';
import { momentInWords } from '../policy/moments.js';
import type { BadgeFault, BadgeReading } from '../training/badge.js';

/** The parts of a policy that a badge is explained by. */
export type BadgeWordsPolicy = Pick<PolicyContent, 'agreement' | 'records' | 'training'>;

/** What is to be said of a badge before it is added, and whether it may be. */
export interface BadgeVerdict {
  readonly isGood: boolean;
  readonly words: string;
}

/** Judges a badge for the person at hand: one that is good, but somebody else's, is none for them. Never shows the badge. */
export function badgeInWords(badge: BadgeReading, person: string, policy: BadgeWordsPolicy): BadgeVerdict {
  if (badge.kind === 'bad') return { isGood: false, words: faultInWords(badge.fault, badge.why, person, policy) };
  if (foldAddress(badge.person) !== foldAddress(person))
    return {
      isGood: false,
      words: `This badge is for ${badge.person}, and you are ${person}. Paste one of your own, or correct your address in Git.`,
    };
  const course = policy.training.find(({ id }) => id === badge.course);
  return {
    isGood: true,
    words: `“${course?.title ?? badge.course}”, passed on ${momentInWords(badge.passed, zoneOf(policy))}.`,
  };
}

function faultInWords(fault: BadgeFault, why: string, person: string, policy: BadgeWordsPolicy): string {
  const ask = policy.agreement.contact === undefined ? '' : ` Ask ${policy.agreement.contact}.`;
  const issuers = policy.records.flatMap(({ kind, issuer }) => (kind === 'badge' && issuer ? [issuer] : []));
  const from = inSentence([...new Set(issuers)]);
  switch (fault) {
    case 'no-token':
      return 'This is no signed badge. A badge (JWT) is one long word of three parts with dots between them; the page or the message with your certificate has it.';
    case 'strange-key':
      return `This badge is not signed with a key of the policy, or was changed on the way. The policy takes badges of ${from}. Copy it once more, whole.${ask}`;
    case 'no-badge':
      return `This is signed by ${from}, but it is no Open Badge 3.0.${ask}`;
    case 'other-issuer':
      return `This badge names another issuer. The policy takes badges of ${from} only.${ask}`;
    case 'no-dates':
      return `This badge does not say from when it is valid, so nobody can tell how long it counts.${ask}`;
    case 'over':
      return `This badge has expired: ${why}. Take the course again, and paste the new badge.`;
    case 'other-achievement': {
      const titles = policy.training.map(({ title }) => `“${title}”`);
      return `This badge is for another achievement than the courses of the policy: ${inSentence(titles)}.${ask}`;
    }
    case 'other-person':
      return `This badge is for somebody else, or for several people: you are ${person}, and it names nobody of the policy by address.${ask}`;
  }
}
