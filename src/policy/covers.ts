/** What a rule is about: one asset, a tier, a tier and all above it, or everything. */
import type { Asset, PolicyContent, Tier } from './language.js';

export type Cover =
  | { readonly kind: 'all' }
  | { readonly kind: 'tier'; readonly tier: string; readonly above: boolean }
  | { readonly kind: 'asset'; readonly asset: string };

const TIER = 'tier:';

/** What a cover's text means: `all`, `tier:NAME`, `tier:NAME+`; anything else is an asset's id. */
export function parseCover(text: string): Cover {
  if (text === 'all') return { kind: 'all' };
  if (!text.startsWith(TIER)) return { kind: 'asset', asset: text };
  const above = text.endsWith('+');
  return { kind: 'tier', tier: text.slice(TIER.length, above ? -1 : undefined), above };
}

/**
 * A tier's rank, 0 for the lowest. A tier that the policy does not list ranks above all others, so that a mistake
 * protects more, not less.
 */
export function rankOf(tiers: readonly Pick<Tier, 'name'>[], name: string): number {
  const rank = tiers.findIndex((tier) => tier.name === name);
  return rank < 0 ? tiers.length : rank;
}

/** True when one of `covers` means the asset. `tier:NAME+` of an unlisted tier means nothing. */
export function isCovered(
  covers: readonly string[],
  asset: Pick<Asset, 'id' | 'tier'>,
  tiers: readonly Pick<Tier, 'name'>[],
): boolean {
  return covers.some((text) => {
    const cover = parseCover(text);
    switch (cover.kind) {
      case 'all':
        return true;
      case 'asset':
        return cover.asset === asset.id;
      case 'tier':
        if (!cover.above) return cover.tier === asset.tier;
        return rankOf(tiers, cover.tier) < tiers.length && rankOf(tiers, asset.tier) >= rankOf(tiers, cover.tier);
    }
  });
}

/** The assets that `covers` means, in the policy's order. */
export function coveredAssets(
  policy: Pick<PolicyContent, 'assets' | 'tiers'>,
  covers: readonly string[],
): readonly Asset[] {
  return policy.assets.filter((asset) => isCovered(covers, asset, policy.tiers));
}
