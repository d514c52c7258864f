import { inSentence } from './inSentence.js';
import type { PolicyContent } from './language.js';
import { ownersOf } from './ownersOf.js';

/** "palisade-energy of Palisade Automation Ltd": whose code it is; '' for code that no asset covers. */
export function whose(assets: readonly string[], policy: Pick<PolicyContent, 'assets' | 'parties'>): string {
  const owners = ownersOf(assets, policy);
  const names = inSentence(assets.map((id) => (id === '' ? 'an unnamed asset' : id)));
  return owners.length === 0 ? names : `${names} of ${inSentence(owners)}`;
}
