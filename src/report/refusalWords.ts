import type { Decision } from '../decision/Decision.js';
import { zoneOf } from '../policy/membership.js';
import { momentInWords } from '../policy/moments.js';
import type { Policy } from '../policy/Policy.js';
import { mainReason } from './mainReason.js';
import { whose } from './whose.js';
import { asSentence } from './words.js';

/** What a person is told when an act was not let through, or is to be minded. No text of the code is in it. */
export interface Refusal {
  /** The whole of it: what happened, whose code, which clause, until when, what instead, whom to ask. */
  readonly text: string;
  /** The same in a few words, for the status bar. */
  readonly short: string;
}

/**
 * `deed` says what happened, and ends without a full stop: "Edit undone in edge/limits.cpp, lines 12–14", "Paste blocked: 34
 * lines match edge/limits.cpp, lines 3–40".
 */
export function refusalInWords(deed: string, decision: Decision, policy: Policy): Refusal {
  const reason = mainReason(decision);
  const clause = reason?.clause === undefined ? undefined : `clause ${reason.clause}`;
  const until = reason?.until === undefined ? undefined : `until ${momentInWords(reason.until, zoneOf(policy))}`;
  const whom = decision.assets.length === 0 ? undefined : `protected as ${whose(decision.assets, policy)}`;
  const facts = [whom, clause, until].filter((fact) => fact !== undefined).join(', ');
  const contact = reason?.contact ?? policy.agreement.contact;
  const sentences = [
    `${deed}${facts === '' ? '' : ` (${facts})`}.`,
    asSentence(reason?.what ?? DEFAULT_WHAT[decision.effect] ?? DEFAULT_WHAT.deny),
    ...(reason?.instead === undefined ? [] : [`Instead: ${asSentence(reason.instead)}`]),
    ...(contact === undefined ? [] : [`Ask ${contact}.`]),
  ];
  return { text: sentences.join(' '), short: `${deed}${clause === undefined ? '' : ` (${clause})`}` };
}

const DEFAULT_WHAT = {
  deny: 'No grant permits this to you.',
  justify: 'This needs a reason, which is kept.',
  warn: 'You may do this; mind the terms.',
  allow: 'You may do this.',
} as const;
