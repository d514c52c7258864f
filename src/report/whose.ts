import { ownersOf } from '../policy/ownersOf.js';
import type { Policy } from '../policy/Policy.js';
import { inSentence } from './words.js';

/** "palisade-energy of Palisade Automation Ltd": whose code it is. */
export function whose(assets: readonly string[], policy: Policy): string {
  const owners = ownersOf(assets, policy);
  const names = inSentence(assets.map((id) => (id === '' ? 'an unnamed asset' : id)));
  return owners.length === 0 ? names : `${names} of ${inSentence(owners)}`;
}
