import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../ports.js';

/**
 * Writes a file that only this person reads, as a whole or not at all: beside it first, then in its place. A signal that
 * comes in between takes effect afterwards. Throws a `UserError` when it cannot be written.
 */
export function writeWhole(path: string, bytes: Uint8Array): void {
  write(path, bytes, { folder: 0o700, file: 0o600 });
}

/** The same for a file that others may read as well: a report, a file of the repository. */
export function writeShared(path: string, bytes: Uint8Array): void {
  write(path, bytes, { folder: 0o777, file: 0o666 });
}

function write(path: string, bytes: Uint8Array, mode: { readonly folder: number; readonly file: number }): void {
  const pending: NodeJS.Signals[] = [];
  const later = (signal: NodeJS.Signals): void => {
    pending.push(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, later);
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    makeFolder(dirname(path), mode.folder);
    writeFileSync(beside, bytes, { mode: mode.file });
    renameSync(beside, path);
  } catch (error) {
    try {
      rmSync(beside, { force: true });
    } catch {
      // Where the folder is none, there is nothing to take away.
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UserError(`${path} cannot be written (${code}).`);
  } finally {
    // Signals are delivered by the event loop, so listeners that are gone by then would let them pass unseen.
    setImmediate(() => {
      for (const signal of signals) process.off(signal, later);
      for (const signal of pending.slice(0, 1)) process.kill(process.pid, signal);
    });
  }
}

/** A folder with those above it. Node's own way of it never ends where a file system says that nothing can be there, as /proc does. */
function makeFolder(path: string, mode: number): void {
  if (existsSync(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Somebody else may have been quicker.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
