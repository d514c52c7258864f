import { inSentence } from './inSentence.js';
import type { PolicyContent } from './language.js';

/** "palisade-energy of Palisade Automation Ltd": whose code it is, each owner once; '' for code that no asset covers. */
export function whose(ids: readonly string[], { assets, parties }: Pick<PolicyContent, 'assets' | 'parties'>): string {
  const owners = new Set(ids.flatMap((id) => assets.find((asset) => asset.id === id)?.owner ?? []));
  const named = [...owners].map((id) => parties.find((party) => party.id === id)?.name ?? id);
  const names = inSentence(ids.map((id) => (id === '' ? 'an unnamed asset' : id)));
  return named.length === 0 ? names : `${names} of ${inSentence(named)}`;
}
