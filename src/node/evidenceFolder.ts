import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { link, lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError, type EvidenceStore, type StoredFile } from '../ports.js';

/**
 * Evidence below a folder of this machine, for this person only to read. The secrets lie in a folder of their own, `keys`,
 * so that handing a folder of evidence on does not hand its secret on.
 *
 * @see evidenceAtOnce for what has to be known before anything else goes on
 */
export function evidenceFolder(root: string): EvidenceStore {
  return {
    async list(folder) {
      const place = join(root, folder);
      const names = await attempt(place, 'be listed', () => readdir(place), []);
      const files: StoredFile[] = [];
      for (const name of [...(names ?? [])].sort()) {
        const stats = await lstat(join(place, name)).catch(() => undefined);
        if (stats?.isFile() === true) files.push({ name, size: stats.size });
      }
      return files;
    },
    read(folder, name, start, end) {
      const place = join(root, folder, name);
      return attempt(
        place,
        'be read',
        async () => {
          const file = await open(place, 'r');
          try {
            const { size } = await file.stat();
            const bytes = new Uint8Array(Math.max(0, Math.min(end ?? size, size) - start));
            const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
            return bytes.subarray(0, bytesRead);
          } finally {
            await file.close();
          }
        },
        undefined,
      );
    },
    async append(folder, name, bytes, { durable }) {
      const place = join(root, folder, name);
      await attempt(place, 'be written', async () => {
        await mkdir(dirname(place), { recursive: true, mode: 0o700 });
        const file = await open(place, 'a', 0o600);
        try {
          await file.appendFile(bytes);
          if (durable) await file.datasync();
        } finally {
          await file.close();
        }
      });
    },
    async remove(folder, name) {
      const place = join(root, folder, name);
      await attempt(place, 'be removed', () => rm(place, { force: true }));
    },
    secret(folder) {
      const place = join(root, 'keys', `${folder}.key`);
      return attempt(place, 'be read', () => secretAt(place));
    },
  };
}

/** So many files of a folder (their number, and each one's bytes) are read without giving way: some ten milliseconds' worth. */
const AT_ONCE = { files: 100, bytes: 65_536 } as const;

/**
 * Lists and reads as `evidenceFolder` does, a small folder without giving way to others: for what decisions wait for while an
 * editor starts, where every turn of the event loop may take as long as whatever else is starting.
 */
export function evidenceAtOnce(root: string): Pick<EvidenceStore, 'list' | 'read'> {
  const store = evidenceFolder(root);
  const small = new Set<string>();
  return {
    list(folder) {
      small.clear();
      const files = listed(join(root, folder));
      // Of what cannot be listed it says why.
      if (files === undefined) return store.list(folder);
      for (const { name, size } of files) if (size <= AT_ONCE.bytes) small.add(join(folder, name));
      return Promise.resolve(files);
    },
    read(folder, name, start, end) {
      if (!small.has(join(folder, name))) return store.read(folder, name, start, end);
      try {
        return Promise.resolve(new Uint8Array(readFileSync(join(root, folder, name)).subarray(start, end)));
      } catch {
        // It says why.
        return store.read(folder, name, start, end);
      }
    },
  };
}

/** The files of a folder; undefined when there are many, or it cannot be listed. */
function listed(place: string): StoredFile[] | undefined {
  try {
    const names = readdirSync(place);
    if (names.length > AT_ONCE.files) return undefined;
    return [...names].sort().flatMap((name) => {
      const stats = lstatSync(join(place, name), { throwIfNoEntry: false });
      return stats?.isFile() === true ? [{ name, size: stats.size }] : [];
    });
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? [] : undefined;
  }
}

const SECRET = /^[0-9a-f]{64}$/;

/** The secret in a file; made when there is none. Of several that make it at once, the first one's counts for all. */
async function secretAt(place: string): Promise<string> {
  const known = await readSecret(place);
  if (known !== undefined) return known;
  const beside = `${place}.${randomBytes(6).toString('hex')}.part`;
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(beside, place);
  } catch (error) {
    // Somebody else was first, or the file system knows no links.
    if (codeOf(error) !== 'EEXIST') await rename(beside, place);
  } finally {
    await rm(beside, { force: true });
  }
  const made = await readSecret(place);
  if (made === undefined) throw new UserError(`${place} is damaged. Move it away; a new secret is made then.`);
  return made;
}

async function readSecret(place: string): Promise<string | undefined> {
  try {
    const text = (await readFile(place, 'utf8')).trim();
    return SECRET.test(text) ? text : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this account is used up',
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a file is in its way',
  EEXIST: 'a file is in its way',
};

/** What `work` gives; `absent`, where it is stated, when the file or folder is not there. Rejects with a `UserError`. */
async function attempt<T>(place: string, what: string, work: () => Promise<T>, ...absent: [T] | []): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT' && absent.length === 1) return absent[0];
    throw new UserError(`${place} cannot ${what}: ${WHY[code] ?? code}.`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
