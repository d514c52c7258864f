import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How old a lock may grow without a sign of life before another process takes it, in ms. */
const STALE_AFTER = 60_000;
const SIGN_OF_LIFE_EVERY = 10_000;
const LOOK_AGAIN_AFTER = 500;

/**
 * Does `work` while holding the lock file, so that two clones do not install into one folder at once.
 *
 * Waits for another holder to finish, calling `waiting` once. A lock whose process is gone, or that has shown no sign of
 * life for a minute (its machine was switched off, its process id belongs to another now), is taken over.
 */
export async function withLock<T>(file: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  let told = false;
  while (!(await take(file))) {
    if (await isStale(file)) {
      await rm(file, { force: true });
      continue;
    }
    if (!told) waiting();
    told = true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_AFTER));
  }
  const life = setInterval(() => void writeFile(file, String(process.pid)).catch(() => undefined), SIGN_OF_LIFE_EVERY);
  life.unref();
  try {
    return await work();
  } finally {
    clearInterval(life);
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(file: string): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = [await readFile(file, 'utf8'), await stat(file)];
    if (Date.now() - mtimeMs > STALE_AFTER) return true;
    const pid = Number(text);
    // An empty lock has just been made, and its holder is about to write its process id.
    return pid > 0 && !isAlive(pid);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
