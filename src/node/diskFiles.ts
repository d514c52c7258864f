import { readFileSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UserError, type Files } from '../ports.js';

/**
 * The files under one folder. A path that leads out of it is answered as if there were no such file. `atOnce` reads without
 * giving way to others: for small files whose reader would otherwise wait behind everything else that starts.
 */
export function diskFiles(root: string, atOnce = false): Files {
  return {
    async read(path) {
      const place = placeOf(root, path);
      if (place === undefined) return undefined;
      try {
        return atOnce ? readFileSync(place) : await readFile(place);
      } catch (error) {
        const code = codeOf(error);
        if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
        throw new UserError(
          code === 'EISDIR' ? `${path} is a folder, not a file.` : `${path} cannot be read (${code}).`,
        );
      }
    },
    async target(path) {
      const place = placeOf(root, path);
      if (place === undefined) return path;
      try {
        // The root itself may be reached through a link; only links inside it matter.
        return slashed(relative(await realpath(root), await realpath(place)));
      } catch {
        return path;
      }
    },
  };
}

/** A path as a person gives it, from where they stand, as a path from the root with `/`; undefined outside the root. */
export function pathFromRoot(root: string, from: string, path: string): string | undefined {
  const found = relative(root, resolve(from, path));
  return found === '' || found.startsWith(`..${sep}`) || found === '..' || isAbsolute(found)
    ? undefined
    : slashed(found);
}

function placeOf(root: string, path: string): string | undefined {
  const place = join(root, path);
  const found = relative(root, place);
  return found.startsWith(`..${sep}`) || found === '..' || isAbsolute(found) ? undefined : place;
}

function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
