import { appendFile, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LineFiles } from '../ports.js';

/** The `.jsonl` files of a folder that only this person reads; the folder is made when something is written. */
export function lineFiles(folder: string): LineFiles {
  return {
    async list() {
      const names = await readdir(folder).catch(() => []);
      const found = await Promise.all(
        names
          .filter((name) => name.endsWith('.jsonl'))
          .map(async (name) => {
            const about = await stat(join(folder, name)).catch(() => undefined);
            return about?.isFile() === true ? [{ name, size: about.size, changed: about.mtimeMs }] : [];
          }),
      );
      return found.flat();
    },
    async read(name, offset) {
      const file = await open(join(folder, name)).catch(() => undefined);
      if (file === undefined) return undefined;
      try {
        const { size } = await file.stat();
        const bytes = new Uint8Array(Math.max(0, size - offset));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    async append(name, text) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await appendFile(join(folder, name), text, { mode: 0o600 });
    },
    async remove(name) {
      await rm(join(folder, name), { force: true });
    },
  };
}
