import { createHmac } from 'node:crypto';
import type { KeyedHash } from '../ports.js';

/** Bytes that are kept of a hash: coincidences are out of the question for as many texts as a machine sees. */
const KEPT = 15;

/** HMAC-SHA-256 under `key`, cut to 120 bits, in base64url. */
export function keyedHash(key: Uint8Array): KeyedHash {
  return (text) => createHmac('sha256', key).update(text).digest().subarray(0, KEPT).toString('base64url');
}
