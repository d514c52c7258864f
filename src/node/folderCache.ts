import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TextCache } from '../ports.js';
import { writeWhole } from './writeWhole.js';

/** Texts in a folder that only this person reads, each in a file named by the hash of its key. */
export function folderCache(folder: string): TextCache {
  const place = (key: string) => join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
  return {
    read: (key) => readFile(place(key), 'utf8').catch(() => undefined),
    write: (key, text) => {
      try {
        writeWhole(place(key), new TextEncoder().encode(text));
      } catch {
        // Asking again costs a moment more, nothing else.
      }
      return Promise.resolve();
    },
  };
}
