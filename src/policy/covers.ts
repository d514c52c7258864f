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

/** A test for the assets that `covers` means. `tier:NAME+` of an unlisted tier means nothing. */
export function coverTest(
  covers: readonly string[],
  tiers: readonly Pick<Tier, 'name'>[],
): (asset: Pick<Asset, 'id' | 'tier'>) => boolean {
  const parsed = covers.map(parseCover);
  if (parsed.some(({ kind }) => kind === 'all')) return () => true;
  const ids = new Set<string>();
  const exact = new Set<string>();
  let lowest = Infinity;
  for (const cover of parsed) {
    if (cover.kind === 'asset') ids.add(cover.asset);
    else if (cover.kind === 'tier' && !cover.above) exact.add(cover.tier);
    else if (cover.kind === 'tier') {
      const rank = rankOf(tiers, cover.tier);
      if (rank < tiers.length) lowest = Math.min(lowest, rank);
    }
  }
  return (asset) =>
    ids.has(asset.id) || exact.has(asset.tier) || (lowest !== Infinity && rankOf(tiers, asset.tier) >= lowest);
}

/** The assets that `covers` means, in the policy's order. */
export function coveredAssets(
  policy: Pick<PolicyContent, 'assets' | 'tiers'>,
  covers: readonly string[],
): readonly Asset[] {
  return policy.assets.filter(coverTest(covers, policy.tiers));
}
