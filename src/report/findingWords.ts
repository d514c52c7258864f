/** What every output says of a finding, in the same words. No code is in any of it. */
import type { Finding, FindingKind } from '../check/Finding.js';
import type { Reason } from '../decision/Decision.js';
import { EFFECTS } from '../policy/language.js';
import { zoneOf } from '../policy/membership.js';
import { momentInWords } from '../policy/moments.js';
import type { Policy } from '../policy/Policy.js';
import { mainReason } from './mainReason.js';
import { inSentence } from '../policy/inSentence.js';
import { asSentence } from './words.js';

/** What was done, in two or three words. */
export const KIND_WORDS: Readonly<Record<FindingKind, string>> = {
  change: 'Covered code changed',
  'marker-removed': 'Marker removed',
  'cover-lost': 'Cover ended',
  copy: 'Copy of covered code',
  move: 'Covered code moved',
  import: 'Covered code imported',
  export: 'Covered code would leave',
  'marker-problem': 'Problem of a marker',
  'policy-problem': 'Problem of the policy',
  'policy-loosened': 'Policy loosened',
};

/** The rule that a finding is told under: the one that matters first, or the one that a waiver lifted. */
export interface FindingRule {
  /** As decisions name it; the finding's kind where no rule led to it. */
  readonly id: string;
  readonly reason: Reason | undefined;
}

/** The rule of a finding. */
export function ruleOf(finding: Finding, policy: Policy): FindingRule {
  const waiver = policy.waivers.find(({ id }) => finding.decision.waived.includes(id));
  const lifted = finding.outcome === 'waived' ? waiver?.lifts[0] : undefined;
  if (lifted !== undefined) return liftedRule(policy, lifted);
  const reason = mainReason(finding.decision);
  return { id: reason?.rule ?? finding.kind, reason };
}

/** What a finding asks for, a sentence each: clause and rule, why, what to do instead, whom to ask. */
export function termsOf(finding: Finding, policy: Policy): readonly string[] {
  const { reason } = ruleOf(finding, policy);
  const contact = reason?.contact ?? policy.agreement.contact;
  const what = reason?.what ?? DEFAULT_WHAT[finding.effect];
  return [
    // A finding without a rule of the policy says it all in its message.
    ...(what === finding.message ? [] : [`${clauseInWords(reason, policy)}${asSentence(what)}`]),
    ...(reason?.why === undefined ? [] : [asSentence(reason.why)]),
    ...(reason?.instead === undefined ? [] : [`Instead: ${asSentence(reason.instead)}`]),
    ...(contact === undefined ? [] : [`Ask: ${contact}.`]),
  ];
}

const DEFAULT_WHAT = {
  deny: 'No grant permits this.',
  justify: 'This needs a reason: Terms-Reason: in the commit message.',
  warn: 'This is permitted; mind the terms.',
  allow: 'This is permitted.',
} as const;

/** "Clause 6.2 (No reuse): ", or '' where the rule cites none. */
function clauseInWords(reason: Reason | undefined, policy: Policy): string {
  if (reason?.clause === undefined) return '';
  const heading = policy.agreement.clauses?.[reason.clause];
  return `Clause ${reason.clause}${heading === undefined ? '' : ` (${heading})`}: `;
}

/** Why a finding counts no more, or that its time in the baseline is over; undefined for one that simply counts. */
export function standingOf(finding: Finding, policy: Policy): string | undefined {
  const zone = zoneOf(policy);
  const { outcome, known, reason, decision } = finding;
  switch (outcome) {
    case 'waived': {
      const waivers = policy.waivers.filter(({ id }) => decision.waived.includes(id));
      if (waivers.length === 0) return `Waived: ${inSentence(decision.waived)}.`;
      return waivers
        .map(
          ({ id, by, until, reason: why }) =>
            `Waived by ${by} until ${momentInWords(until, zone)} (${id}): ${asSentence(why)}`,
        )
        .join(' ');
    }
    case 'known':
      return known && `Known until ${momentInWords(known.until, zone)}, ${known.owner}: ${asSentence(known.reason)}`;
    case 'justified':
      return reason === undefined ? undefined : `Reason given: ${asSentence(reason)}`;
    case 'fails':
    case 'warned':
      return known && `It was known until ${momentInWords(known.until, zone)} (${known.owner}): that time is over.`;
  }
}

const OUTCOMES = ['fails', 'warned', 'justified', 'known', 'waived'] as const;

/** The findings with the gravest first; among equals in their own order. */
export function gravestFirst(findings: readonly Finding[]): readonly Finding[] {
  const grave = ({ outcome, effect }: Finding): number =>
    OUTCOMES.indexOf(outcome) * EFFECTS.length - EFFECTS.indexOf(effect);
  return [...findings].sort((a, b) => grave(a) - grave(b));
}

/** A rule that is not among the reasons because a waiver lifted it, as the policy has it. */
function liftedRule(policy: Policy, id: string): FindingRule {
  const guardrail = policy.guardrails.find((entry) => entry.id === id);
  if (guardrail === undefined) {
    const kind = policy.walls.some((wall) => wall.id === id) ? 'wall' : 'training';
    return { id: `${kind}:${id}`, reason: undefined };
  }
  const { effect, what, why, instead, clause, contact } = guardrail;
  const optional = { ...(clause === undefined ? {} : { clause }), ...(contact === undefined ? {} : { contact }) };
  const rule = `guardrail:${id}`;
  return { id: rule, reason: { rule, effect, what, why, instead, ...optional } };
}
