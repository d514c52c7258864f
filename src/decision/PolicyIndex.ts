/** A policy made ready for decisions: for each asset and action, the rules that bear on it. Built once a policy. */
import { coverTest, rankOf } from '../policy/covers.js';
import type { Action, Asset, PolicyContent, Tier } from '../policy/language.js';
import { baseOf, type Base } from './base.js';
import { gateProhibition } from './gates.js';
import { grantRule, type GrantRule } from './grants.js';
import { guardrailProhibition } from './guardrails.js';
import type { Prohibition } from './Prohibition.js';
import { remembered } from './remembered.js';
import { termsOf, type Terms } from './Terms.js';
import { wallProhibition } from './walls.js';
import type { Situation } from './Situation.js';
import { waiverRule, type WaiverRule } from './waivers.js';

/** What bears on one asset for one action. */
export interface Rules {
  readonly prohibitions: readonly Prohibition[];
  readonly grants: readonly GrantRule[];
  readonly waivers: readonly WaiverRule[];
}

export interface IndexedAsset {
  readonly asset: Asset;
  /** 0 for the lowest tier. */
  readonly rank: number;
  /** Undefined when the policy does not list the asset's tier. */
  readonly tier: Tier | undefined;
  /** True when a person of these parties is of the asset's owners alone. */
  isOwnedBy(parties: readonly string[]): boolean;
  base(situation: Situation, grants: readonly GrantRule[]): Base;
  rulesFor(action: Action): Rules;
}

export interface PolicyIndex {
  readonly terms: Terms;
  assetOf(id: string): IndexedAsset | undefined;
}

const indexes = new WeakMap<PolicyContent, PolicyIndex>();

/** The index of a policy. A policy is data and never changes in place, so that its index is kept as long as it is. */
export function indexOf(policy: PolicyContent): PolicyIndex {
  let index = indexes.get(policy);
  if (index === undefined) {
    index = build(policy);
    indexes.set(policy, index);
  }
  return index;
}

function build(policy: PolicyContent): PolicyIndex {
  const terms = termsOf(policy);
  const covering = <Rule extends { readonly covers: readonly string[] }>(rules: readonly Rule[]) => {
    const tested = rules.map((rule) => ({ rule, covers: coverTest(rule.covers, policy.tiers) }));
    return (asset: Asset) => tested.filter(({ covers }) => covers(asset)).map(({ rule }) => rule);
  };
  const coursesOf = covering(policy.training);
  const guardrailsOf = covering(policy.guardrails);
  const grantsOf = covering(policy.grants);
  const waiversOf = covering(policy.waivers);
  // A guardrail or course is read once, for all its assets.
  const gate = remembered((course: PolicyContent['training'][number]) => gateProhibition(course, terms), Infinity);
  const rail = remembered((entry: PolicyContent['guardrails'][number]) => guardrailProhibition(entry, terms), Infinity);

  const assets = new Map(policy.assets.map((asset) => [asset.id, asset]));
  const indexed = remembered((id: string): IndexedAsset | undefined => {
    const asset = assets.get(id);
    if (asset === undefined) return undefined;
    const tier = policy.tiers.find(({ name }) => name === asset.tier);
    const named = tier?.named ?? true;
    const walls = policy.walls.filter(({ sides }) => sides.some((side) => side.assets.includes(id)));
    const prohibitions = [
      ...walls.map((wall) => wallProhibition(wall, asset, terms)),
      ...coursesOf(asset).map((course) => gate(course)(asset)),
      ...guardrailsOf(asset).map((guardrail) => rail(guardrail)(asset)),
    ];
    const grants = grantsOf(asset).map((grant) => grantRule(grant, asset, named, terms));
    const waivers = waiversOf(asset).map((waiver) => waiverRule(waiver, asset, named, terms));
    const about =
      (action: Action) =>
      ({ actions }: { readonly actions: ReadonlySet<Action> }) =>
        actions.has(action);
    return {
      asset,
      rank: rankOf(policy.tiers, asset.tier),
      tier,
      isOwnedBy: (parties) => {
        for (const party of parties) if (!asset.owner.includes(party)) return false;
        return parties.length > 0;
      },
      base: baseOf(asset, tier, terms),
      rulesFor: remembered((action) => ({
        prohibitions: prohibitions.filter(about(action)),
        grants: grants.filter(about(action)),
        waivers: waivers.filter(about(action)),
      })),
    };
  });
  return { terms, assetOf: (id) => indexed(id) };
}
