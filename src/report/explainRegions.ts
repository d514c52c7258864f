import type { Decision, Reason } from '../decision/Decision.js';
import { ACTIONS, EFFECTS, type Action, type Effect } from '../policy/language.js';
import { zoneOf } from '../policy/membership.js';
import type { Policy } from '../policy/Policy.js';
import type { LineSpan } from '../ports.js';
import type { Region } from '../regions/Region.js';
import { waitsForPurpose } from './waitsForPurpose.js';

/** What one person may do with some covered lines, in one word for a title. */
export type Access =
  | 'no access'
  | 'state your purpose to view'
  | 'view only'
  | 'no editing'
  | 'no copying'
  | 'conditions apply'
  | 'open to you';

/** An asset as people know it. */
export interface ExplainedAsset {
  readonly id: string;
  /** Names of the owning parties; empty when the policy does not know the asset. */
  readonly owners: readonly string[];
  /** The tier's legend, or its name where it has none; undefined for an unknown asset. */
  readonly tier: string | undefined;
  readonly about: string | undefined;
  readonly lines: LineSpan;
  readonly wholeFile: boolean;
  readonly known: boolean;
}

/** One rule with everything it is responsible for here. */
export interface ExplainedRule extends Reason {
  /** Heading of `clause` in the agreement. */
  readonly heading: string | undefined;
  readonly actions: readonly Action[];
}

/** Why some lines are restricted and what that means for one person: the content of hover, details and status. */
export interface Explanation {
  /** The innermost asset first. */
  readonly assets: readonly ExplainedAsset[];
  readonly access: Access;
  readonly may: readonly Action[];
  /** What is permitted for a purpose only, while none of `purposes` is stated. */
  readonly afterPurpose: readonly Action[];
  /** The purposes that the grants behind `afterPurpose` know. */
  readonly purposes: readonly string[];
  readonly afterReason: readonly Action[];
  readonly mayNot: readonly Action[];
  /** The rule that matters first to somebody at the keyboard; undefined when nothing is held back. */
  readonly main: ExplainedRule | undefined;
  /** The other rules that hold something back, in the order they matter. */
  readonly also: readonly ExplainedRule[];
  /** Whom to ask: the main rule's contact, else the agreement's. */
  readonly contact: string | undefined;
  /** When the person's permission ends, as the policy writes it. */
  readonly permittedUntil: string | undefined;
  /** The zone in which the policy's bare dates are days. */
  readonly zone: string;
  readonly decisions: Readonly<Record<Action, Decision>>;
}

/** What somebody at the keyboard is most likely about to do comes first. */
const BY_LIKELIHOOD: readonly Action[] = [
  'edit',
  'copy',
  'move',
  'prompt',
  'use',
  'view',
  'export',
  'publish',
  'unmark',
];

const rank = (effect: Effect): number => EFFECTS.indexOf(effect);

/**
 * Explains the regions that cover some lines to the person for whom `decisions` (one per action) were made. Nothing is
 * decided here: every word comes from the policy and the decisions' reasons.
 */
export function explainRegions(
  policy: Policy,
  regions: readonly Region[],
  decisions: Readonly<Record<Action, Decision>>,
  lastLine: number,
): Explanation {
  const having = (test: (effect: Effect) => boolean): Action[] =>
    ACTIONS.filter((action) => test(decisions[action].effect));
  const waiting = ACTIONS.filter((action) => waitsForPurpose(decisions[action]));
  const mayNot = having((effect) => effect === 'deny');
  const rules = heldBackBy(policy, decisions);
  const until = Object.values(decisions)
    .filter((decision) => decision.effect !== 'deny')
    .flatMap((decision) => decision.because.filter((reason) => reason.rule.startsWith('grant:')))
    .map((reason) => reason.until)
    .filter((moment) => moment !== undefined)
    .sort()[0];
  return {
    assets: [...regions]
      .sort((a, b) => a.lines.end - a.lines.start - (b.lines.end - b.lines.start))
      .map((region) => explainedAsset(policy, region, lastLine)),
    access: accessOf(decisions),
    may: having((effect) => effect === 'allow' || effect === 'warn'),
    afterPurpose: waiting,
    purposes: [...new Set(waiting.flatMap((action) => purposesOf(policy, decisions[action])))],
    afterReason: having((effect) => effect === 'justify').filter((action) => !waiting.includes(action)),
    mayNot,
    main: rules[0],
    also: rules.slice(1),
    contact: rules[0]?.contact ?? policy.agreement.contact,
    permittedUntil: until,
    zone: zoneOf(policy),
    decisions,
  };
}

function purposesOf(policy: Policy, decision: Decision): readonly string[] {
  return policy.grants
    .filter((grant) => decision.rules.includes(`grant:${grant.id}`))
    .flatMap((grant) => grant.purpose ?? []);
}

function accessOf(decisions: Readonly<Record<Action, Decision>>): Access {
  const denied = (action: Action): boolean => decisions[action].effect === 'deny';
  if (denied('view')) return 'no access';
  if (waitsForPurpose(decisions.view)) return 'state your purpose to view';
  if (denied('edit') && denied('copy')) return 'view only';
  if (denied('edit')) return 'no editing';
  if (denied('copy')) return 'no copying';
  return ACTIONS.every((action) => decisions[action].effect === 'allow') ? 'open to you' : 'conditions apply';
}

/** Every rule that holds an action back, once, strictest first and then by what a person is likely to do. */
function heldBackBy(policy: Policy, decisions: Readonly<Record<Action, Decision>>): ExplainedRule[] {
  const found = new Map<string, ExplainedRule & { actions: Action[] }>();
  for (const action of BY_LIKELIHOOD) {
    const decision = decisions[action];
    if (decision.effect === 'allow') continue;
    for (const reason of decision.because) {
      if (!decision.rules.includes(reason.rule)) continue;
      const known = found.get(reason.rule);
      if (known === undefined) {
        found.set(reason.rule, {
          ...reason,
          heading: reason.clause === undefined ? undefined : policy.agreement.clauses?.[reason.clause],
          actions: [action],
        });
      } else if (!known.actions.includes(action)) known.actions.push(action);
    }
  }
  const rules = [...found.values()].sort((a, b) => rank(b.effect) - rank(a.effect));
  // A rule in the agreement's own words explains more than the mere absence of a grant.
  const main = rules.findIndex((rule) => rule.effect === rules[0]?.effect && !rule.rule.startsWith('default:'));
  return main <= 0 ? rules : [...rules.splice(main, 1), ...rules];
}

function explainedAsset(policy: Policy, region: Region, lastLine: number): ExplainedAsset {
  const asset = policy.assets.find((candidate) => candidate.id === region.asset);
  const tier = policy.tiers.find((candidate) => candidate.name === asset?.tier);
  return {
    id: region.asset,
    owners: (asset?.owner ?? []).map((owner) => policy.parties.find((party) => party.id === owner)?.name ?? owner),
    tier: tier?.label ?? asset?.tier,
    about: asset?.about,
    lines: region.lines,
    wholeFile: region.by !== 'marker' || (region.lines.start === 1 && region.lines.end >= lastLine),
    known: region.known,
  };
}
