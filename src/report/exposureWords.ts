import type { Consequence } from '../decision/exposureConsequences.js';
import { zoneOf } from '../policy/membership.js';
import { momentInWords } from '../policy/moments.js';
import type { Policy } from '../policy/Policy.js';
import { whose } from '../policy/whose.js';
import { actionsInSentence } from './words.js';

/** What a person is told before seeing one side of a wall. */
export interface ExposureNotice {
  /** "Opening partners/palisade/roadmap.md shows you palisade-roadmap of Palisade Automation Ltd." */
  readonly message: string;
  /** What it will mean: one sentence for each wall, and that it is recorded. */
  readonly detail: string;
}

/** Says beforehand what seeing `place` will close to the person. `consequences` is not empty. */
export function exposureInWords(place: string, consequences: readonly Consequence[], policy: Policy): ExposureNotice {
  const seen = [...new Set(consequences.flatMap((consequence) => consequence.seen))];
  const sentences = consequences.map(({ closed, actions, clause, until }) => {
    const from = until === undefined ? 'From then on' : `Until ${momentInWords(until, zoneOf(policy))}`;
    const paper = clause === undefined ? '' : ` (clause ${clause})`;
    return `${from} you will not be able to ${actionsInSentence(actions, 'or')} ${whose(closed, policy)}${paper}.`;
  });
  const contacts = [...new Set(consequences.flatMap(({ contact }) => contact ?? policy.agreement.contact ?? []))];
  return {
    message: `Opening ${place} shows you ${whose(seen, policy)}.`,
    detail: [
      ...sentences,
      'That you saw it is kept with your name and the time.',
      ...(contacts.length === 0 ? [] : [`If you are not sure, ask ${contacts.join(' or ')} first.`]),
    ].join(' '),
  };
}
