import type { PolicyContent } from './language.js';

/** The full names of the parties that own some of these assets, each once, in the order of the assets. */
export function ownersOf(assets: readonly string[], policy: Pick<PolicyContent, 'assets' | 'parties'>): string[] {
  const owners = assets.flatMap((id) => policy.assets.find((asset) => asset.id === id)?.owner ?? []);
  return [...new Set(owners)].map((id) => policy.parties.find((party) => party.id === id)?.name ?? id);
}
