import type { Policy } from '../policy/Policy.js';
import { inSentence } from './words.js';

/** "palisade-energy of Palisade Automation Ltd": whose code it is. */
export function whose(assets: readonly string[], policy: Policy): string {
  const owners = new Set<string>();
  for (const id of assets) {
    for (const owner of policy.assets.find((asset) => asset.id === id)?.owner ?? [])
      owners.add(policy.parties.find((party) => party.id === owner)?.name ?? owner);
  }
  const names = inSentence(assets.map((id) => (id === '' ? 'an unnamed asset' : id)));
  return owners.size === 0 ? names : `${names} of ${inSentence([...owners])}`;
}
