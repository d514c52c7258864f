import { createHash } from 'node:crypto';
import type { Hash } from '../ports.js';

/** SHA-256 in lower-case hex. */
export const sha256: Hash = (bytes) => Promise.resolve(createHash('sha256').update(bytes).digest('hex'));
