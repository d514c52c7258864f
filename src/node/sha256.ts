import { createHash } from 'node:crypto';
import type { Hash } from '../ports.js';

/** SHA-256 in lower-case hex. */
export const sha256: Hash = (bytes) => Promise.resolve(createHash('sha256').update(bytes).digest('hex'));

/** The same of a text, at once. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
