import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const KEY_BYTES = 32;

/**
 * The secret in the file at `path`, as `sharedKey` gives it; where the disk refuses, one of this process alone, and `onTrouble` is
 * told why.
 */
export function sharedKeyOr(path: string, onTrouble: (error: unknown) => void): Uint8Array {
  try {
    return sharedKey(path);
  } catch (error) {
    onTrouble(error);
    return new Uint8Array(randomBytes(KEY_BYTES));
  }
}

/**
 * The secret in the file at `path`, which only this person reads; made by whichever process asks first. All processes get the
 * same, also when several ask at once. A file that holds no key, as a full disk leaves it, is replaced.
 */
export function sharedKey(path: string): Uint8Array {
  const known = readKey(path);
  if (known !== undefined) return known;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}.${randomBytes(6).toString('hex')}.part`;
  writeFileSync(beside, randomBytes(KEY_BYTES), { mode: 0o600 });
  try {
    // A link comes into being whole, and only once: whoever comes second takes what is there.
    linkSync(beside, path);
  } catch {
    // There already; or the file system has no links, or what is there is no key: then the last one counts.
    if (readKey(path) === undefined) renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
  const made = readKey(path);
  if (made === undefined) throw new Error('The key of the copy ledger could not be written.');
  return made;
}

function readKey(path: string): Uint8Array | undefined {
  try {
    const bytes = readFileSync(path);
    return bytes.length === KEY_BYTES ? new Uint8Array(bytes) : undefined;
  } catch {
    return undefined;
  }
}
