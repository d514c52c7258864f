import type { ExplainedCopy } from '../changes/RepositoryCopies.js';
import type { Decision } from '../decision/Decision.js';
import type { Policy } from '../policy/Policy.js';
import { mainReason } from './mainReason.js';
import { whose } from '../policy/whose.js';
import { asSentence } from './words.js';

/** What a decision asks of the person: the clause and the rule, what to do instead, whom to ask. */
function terms(decision: Decision, policy: Policy): string[] {
  const reason = mainReason(decision);
  const clause = reason?.clause === undefined ? '' : `Clause ${reason.clause}: `;
  const what =
    reason?.what ?? (decision.effect === 'justify' ? 'This needs a reason.' : 'No grant permits this to you.');
  const contact = reason?.contact ?? policy.agreement.contact;
  return [
    `${clause}${asSentence(what)}`,
    ...(reason?.instead === undefined ? [] : [`Instead: ${asSentence(reason.instead)}`]),
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
