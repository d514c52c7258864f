import { readFile, stat } from 'node:fs/promises';
import { UserError } from '../ports.js';

/** A file from elsewhere may be of any size; above this (bytes) it is not read into memory. */
const MOST_BYTES = 1024 * 1024 * 1024;

/**
 * The bytes of a file that somebody else may have written; undefined when there is no such file. Rejects with a
 * `UserError` that calls it `name` when it is no file, is larger than 1 GB, or cannot be read.
 */
export async function bytesOfFile(place: string, name: string): Promise<Uint8Array | undefined> {
  try {
    const stats = await stat(place);
    if (!stats.isFile()) throw new UserError(`${name} is no file.`);
    if (stats.size > MOST_BYTES) throw new UserError(`${name} is larger than 1 GB, so it is not read.`);
    return await readFile(place);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UserError(`${name} cannot be read (${code}).`);
  }
}
