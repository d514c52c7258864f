import { ACTIONS, EFFECTS, type Effect } from '../policy/language.js';
import { momentInWords } from '../policy/moments.js';
import type { ExplainedAsset, ExplainedRule, Explanation } from './explainRegions.js';
import { inSentence } from '../policy/inSentence.js';
import { linesInWords } from '../regions/linesInWords.js';
import { actionsInSentence } from './words.js';

/** "Protected, view only": what a person reads, or hears, first. */
export function headline(explanation: Explanation): string {
  return explanation.access === 'open to you'
    ? 'Covered by the terms, open to you'
    : `Protected, ${explanation.access}`;
}

/** `radar-cal` of Kestrel Radar Ltd, "HIGHLY CONFIDENTIAL": one line about one asset, without its name. */
export function ownership(asset: ExplainedAsset): string {
  if (!asset.known) {
    return asset.id === ''
      ? 'This marker does not name an asset, so the code counts as the highest tier until it does.'
      : 'The policy does not know this asset, so the code counts as the highest tier until it does.';
  }
  const where = asset.wholeFile ? 'the whole file' : linesInWords(asset.lines);
  return `${inSentence(asset.owners)}, ${asset.tier ?? ''} (${where})`;
}

/** What this person may do, may do after giving a reason, and may not do: one sentence each, empty ones left out. */
export function permissions(explanation: Explanation): { readonly label: string; readonly words: string }[] {
  const words = (actions: Explanation['may'], last: string): string =>
    actions.length === ACTIONS.length ? 'do anything with this code' : actionsInSentence(actions, last);
  const until =
    explanation.permittedUntil === undefined
      ? ''
      : `, until ${momentInWords(explanation.permittedUntil, explanation.zone)}`;
  return [
    { label: 'You may', words: explanation.may.length === 0 ? '' : words(explanation.may, 'and') + until },
    {
      label: `Once you state your purpose (${inSentence(explanation.purposes, 'or')}) you may`,
      words: words(explanation.afterPurpose, 'and'),
    },
    { label: 'After giving a reason you may', words: words(explanation.afterReason, 'and') },
    { label: 'You may not', words: words(explanation.mayNot, 'or') },
  ].filter((row) => row.words !== '');
}

/** "clause 6.2 (No copying of the other party's source)"; undefined for a rule without a clause. */
export function clauseInWords(rule: ExplainedRule): string | undefined {
  if (rule.clause === undefined) return undefined;
  return rule.heading === undefined ? `clause ${rule.clause}` : `clause ${rule.clause} (${rule.heading})`;
}

const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  allow: 'yes',
  warn: 'yes, with a warning',
  justify: 'only with a reason',
  deny: 'no',
};

/**
 * The whole explanation as plain text, for a details document, a terminal or a letter. `person` is the address it was
 * made for, or a sentence that says why nobody is known.
 */
export function explanationText(explanation: Explanation, place: string, person: string): string {
  const out: string[] = [`Developer terms for ${place}`, `As they apply to ${person}`, ''];
  for (const asset of explanation.assets) {
    out.push(`${asset.id === '' ? 'Unnamed marker' : asset.id}: ${ownership(asset)}`);
    if (asset.about !== undefined) out.push(`  ${asset.about}`);
  }
  out.push('', `${headline(explanation)}.`);
  for (const row of permissions(explanation)) out.push(`${row.label} ${row.words}.`);
  const rules = [...(explanation.main === undefined ? [] : [explanation.main]), ...explanation.also];
  if (rules.length > 0) out.push('', 'Why');
  for (const rule of rules) {
    const clause = clauseInWords(rule);
    out.push('', `* ${rule.what ?? rule.rule}${clause === undefined ? '' : ` [${clause}]`}`);
    out.push(`  Applies when you ${actionsInSentence(rule.actions, 'or')}. Rule: ${rule.rule}.`);
    if (rule.why !== undefined) out.push(`  Why: ${rule.why}`);
    if (rule.instead !== undefined) out.push(`  Instead: ${rule.instead}`);
    if (rule.contact !== undefined) out.push(`  Ask: ${rule.contact}`);
    if (rule.until !== undefined) out.push(`  Until: ${momentInWords(rule.until, explanation.zone)}`);
  }
  out.push('', 'Each action');
  const width = Math.max(...ACTIONS.map((action) => action.length));
  for (const action of ACTIONS) {
    const decision = explanation.decisions[action];
    const notices = decision.notices.length === 0 ? '' : `; note: ${decision.notices.join(', ')}`;
    const waived = decision.waived.length === 0 ? '' : `; waived by ${decision.waived.join(', ')}`;
    out.push(
      `  ${action.padEnd(width)}  ${EFFECT_WORDS[decision.effect]}  (${decision.rules.join(', ')}${waived}${notices})`,
    );
  }
  return `${out.join('\n')}\n`;
}

/** The strictest effect that any action has here. */
export function strictest(explanation: Explanation): Effect {
  return (
    [...EFFECTS]
      .reverse()
      .find((effect) => ACTIONS.some((action) => explanation.decisions[action].effect === effect)) ?? 'allow'
  );
}
