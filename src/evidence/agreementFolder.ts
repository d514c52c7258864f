import type { Hash } from '../ports.js';

/**
 * The name of the folder that holds an agreement's evidence: readable, and different for different agreements. Each has
 * its own, so that one party is never handed what belongs to another agreement.
 */
export async function agreementFolder(agreement: string, hash: Hash): Promise<string> {
  const own = (await hash(new TextEncoder().encode(agreement))).slice(0, 8);
  const readable = agreement
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return readable === '' ? own : `${readable}-${own}`;
}
