import type { Decision } from '../decision/Decision.js';
import { zoneOf } from '../policy/membership.js';
import { momentInWords } from '../policy/moments.js';
import type { Policy } from '../policy/Policy.js';
import { decidingAssets } from './decidingAssets.js';
import { mainReason } from './mainReason.js';
import { whose } from '../policy/whose.js';
import { asSentence } from './words.js';

/** What a person is told when an act was not let through, or is to be minded. No text of the code is in it. */
export interface Refusal {
  /** The whole of it: what happened, whose code, which clause, until when, what instead, whom to ask. */
  readonly text: string;
  /** The same in a few words, for the status bar. */
  readonly short: string;
}

/** What a decision says to a person, apart from what happened. */
export interface Grounds {
  /** "protected as palisade-energy of Palisade Automation Ltd, clause B.4.1, until 30 June 2027"; '' when there is nothing. */
  readonly facts: string;
  /** What must not be done, what instead, whom to ask: whole sentences. */
  readonly advice: string;
}

/** The grounds of a decision, in the agreement's own words. */
export function groundsInWords(decision: Decision, policy: Policy): Grounds {
  const reason = mainReason(decision);
  const clause = reason?.clause === undefined ? undefined : `clause ${reason.clause}`;
  const until = reason?.until === undefined ? undefined : `until ${momentInWords(reason.until, zoneOf(policy))}`;
  const whom = decision.assets.length === 0 ? undefined : `protected as ${whose(decidingAssets(decision), policy)}`;
  const contact = reason?.contact ?? policy.agreement.contact;
  const sentences = [
    asSentence(reason?.what ?? DEFAULT_WHAT[decision.effect] ?? DEFAULT_WHAT.deny),
    ...(reason?.instead === undefined ? [] : [`Instead: ${asSentence(reason.instead)}`]),
    ...(contact === undefined ? [] : [`Ask ${contact}.`]),
  ];
  return {
    facts: [whom, clause, until].filter((fact) => fact !== undefined).join(', '),
    advice: sentences.join(' '),
  };
}

/**
 * `deed` says what happened, and ends without a full stop: "Edit undone in edge/limits.cpp, lines 12–14", "Paste blocked: 34
 * lines match edge/limits.cpp, lines 3–40".
 */
export function refusalInWords(deed: string, decision: Decision, policy: Policy): Refusal {
  const clause = clauseOf(decision);
  return {
    text: deedInWords(deed, groundsInWords(decision, policy)),
    short: `${deed}${clause === undefined ? '' : ` (clause ${clause})`}`,
  };
}

/** The clause that a decision rests on; undefined when its rule names none. */
export function clauseOf(decision: Decision): string | undefined {
  return mainReason(decision)?.clause;
}

/** What happened and on what grounds, in whole sentences. */
export function deedInWords(deed: string, { facts, advice }: Grounds): string {
  return `${deed}${facts === '' ? '' : ` (${facts})`}. ${advice}`;
}

const DEFAULT_WHAT = {
  deny: 'No grant permits this to you.',
  justify: 'This needs a reason, which is kept.',
  warn: 'You may do this; mind the terms.',
  allow: 'You may do this.',
} as const;
