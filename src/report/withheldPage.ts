import type { Decision, Reason } from '../decision/Decision.js';
import { zoneOf } from '../policy/membership.js';
import { momentInWords } from '../policy/moments.js';
import type { Policy } from '../policy/Policy.js';
import type { ExposureNotice } from './exposureWords.js';
import { courseInTheWay } from './courseInTheWay.js';
import { mainReason } from './mainReason.js';
import { whose } from '../policy/whose.js';
import { asSentence } from './words.js';

/** Why a file is not shown. */
export type Withheld =
  | { readonly kind: 'refused' | 'purpose' | 'other-purpose' | 'reason'; readonly decision: Decision }
  | { readonly kind: 'wall'; readonly decision: Decision; readonly notice: ExposureNotice };

/** What stands where a file's text would. Plain words; nothing of the file's text is in it. */
export interface WithheldPage {
  readonly title: string;
  /** The first paragraph: what is the matter, in one or two sentences. */
  readonly lead: string;
  readonly facts: readonly { readonly label: string; readonly words: string }[];
  /** The address in `facts` that can be written to. */
  readonly contact?: string;
  /** What a press of the main button does; left out when nothing can be done here. */
  readonly open?: string;
  /** The course that opens it, where that is all that is missing; its id. */
  readonly course?: string;
  /** True when there are reasons to be explained. */
  readonly hasReasons: boolean;
}

/**
 * The page for a file that nothing covers any more. It is not opened unasked: a file that was just moved out of its terms
 * may be moved back the next moment.
 */
export function uncoveredPage(path: string): WithheldPage {
  return {
    title: `${nameOf(path)} is not covered`,
    lead: 'The developer terms do not cover this file where it is now.',
    facts: [{ label: 'File', words: path }],
    open: 'Open It',
    hasReasons: false,
  };
}

/**
 * The page for a file that is not shown to a person, from the decision's own reasons. `you` says who that is taken to be, or
 * why nobody is known: somebody who is not recognised has to see that.
 */
export function withheldPage(path: string, withheld: Withheld, policy: Policy, you?: string): WithheldPage {
  const { decision } = withheld;
  const reason = mainReason(decision);
  const contact = reason?.contact ?? policy.agreement.contact;
  const course = withheld.kind === 'wall' ? undefined : courseInTheWay(decision);
  const shared = {
    title: `${nameOf(path)} is not shown`,
    hasReasons: true,
    ...(course === undefined ? {} : { course }),
    ...(contact === undefined ? {} : { contact }),
  };
  const owned = `It is ${whose(decision.assets, policy)}`;
  const tier = policy.tiers.find(({ name }) => name === decision.tier);
  const label = tier === undefined ? '' : `, ${tier.label ?? tier.name}`;
  const facts = factsOf(path, reason, decision, policy, contact, you);
  switch (withheld.kind) {
    case 'refused':
      return { ...shared, lead: `${owned}${label}. You may not view it.`, facts };
    case 'purpose':
      return {
        ...shared,
        lead: `${owned}${label}. You may view it once you state what your work is for.`,
        facts,
        open: 'State Your Purpose',
      };
    case 'other-purpose':
      return {
        ...shared,
        lead: `${owned}${label}. You may not view it for the purpose you stated, but for another one.`,
        facts,
        open: 'Change Your Purpose',
      };
    case 'reason':
      return {
        ...shared,
        lead: `${owned}${label}. You may view it once you give a reason, which is kept.`,
        facts,
        open: 'Give a Reason',
      };
    case 'wall':
      return { ...shared, lead: `${withheld.notice.message} ${withheld.notice.detail}`, facts, open: 'Open It…' };
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function factsOf(
  path: string,
  reason: Reason | undefined,
  decision: Decision,
  policy: Policy,
  contact: string | undefined,
  you: string | undefined,
): WithheldPage['facts'] {
  const heading = reason?.clause === undefined ? undefined : policy.agreement.clauses?.[reason.clause];
  const about = policy.assets.filter(({ id }) => decision.assets.includes(id)).flatMap((asset) => asset.about ?? []);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['File', path],
    ['You', you],
    ['About', about.length === 0 ? undefined : about.join(' ')],
    ['What', reason?.what === undefined ? undefined : asSentence(reason.what)],
    ['Why', reason?.why === undefined ? undefined : asSentence(reason.why)],
    ['Clause', reason?.clause === undefined ? undefined : [reason.clause, heading].filter(Boolean).join(' ')],
    ['Until', reason?.until === undefined ? undefined : momentInWords(reason.until, zoneOf(policy))],
    ['Instead', reason?.instead === undefined ? undefined : asSentence(reason.instead)],
    ['Ask', contact],
  ];
  return rows.flatMap(([label, words]) => (words === undefined ? [] : [{ label, words }]));
}
