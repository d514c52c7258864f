import type { ExplainedCopy } from '../changes/RepositoryCopies.js';
import type { Decision, Reason } from '../decision/Decision.js';
import type { Policy } from '../policy/Policy.js';
import { inSentence } from './words.js';

/** The reason that matters first: of the decision's own effect, in the agreement's words where it has some. */
function mainReason(decision: Decision): Reason | undefined {
  const deciding = decision.because.filter(({ effect }) => effect === decision.effect);
  // A rule in the agreement's own words explains more than the mere absence of a grant.
  return deciding.find(({ rule }) => !rule.startsWith('default:')) ?? deciding[0];
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** "palisade-energy of Palisade Automation Ltd": whose code it is. */
export function whose(assets: readonly string[], policy: Policy): string {
  const owners = new Set<string>();
  for (const id of assets) {
    for (const owner of policy.assets.find((asset) => asset.id === id)?.owner ?? [])
      owners.add(policy.parties.find((party) => party.id === owner)?.name ?? owner);
  }
  const names = inSentence(assets.map((id) => (id === '' ? 'an unnamed asset' : id)));
  return owners.size === 0 ? names : `${names} of ${inSentence([...owners])}`;
}

/** What a decision asks of the person: the clause and the rule, what to do instead, whom to ask. */
function terms(decision: Decision, policy: Policy): string[] {
  const reason = mainReason(decision);
  const clause = reason?.clause === undefined ? '' : `Clause ${reason.clause}: `;
  const what =
    reason?.what ?? (decision.effect === 'justify' ? 'This needs a reason.' : 'No grant permits this to you.');
  const contact = reason?.contact ?? policy.agreement.contact;
  return [
    `${clause}${sentence(what)}`,
    ...(reason?.instead === undefined ? [] : [`Instead: ${sentence(reason.instead)}`]),
    ...(contact === undefined ? [] : [`Ask: ${contact}.`]),
  ];
}

/** A copy as its diagnostic says it: which lines are whose, how surely, under which clause, what instead, whom to ask. */
export function copyInWords(copy: ExplainedCopy, decision: Decision, policy: Policy): string {
  const asked =
    decision.effect === 'justify'
      ? ' You may do this with a reason.'
      : decision.effect === 'warn'
        ? ' You may do this; mind the terms.'
        : '';
  const first = `${copy.sentence.replace(/\.$/, '')}: ${whose(copy.assets, policy)} (${copy.kind}, ${copy.strength}).${asked}`;
  return [first, ...terms(decision, policy)].join('\n');
}

/** Why the origin of a copy is not shown to this person. Nothing of it is quoted. */
export function originIsClosed(copy: ExplainedCopy, decision: Decision, policy: Policy): string {
  const how = decision.effect === 'justify' ? 'only with a reason or a stated purpose' : 'not';
  return [
    `The origin of these lines is ${whose(copy.assets, policy)}, which you may ${how} view.`,
    ...terms(decision, policy),
  ].join(' ');
}
