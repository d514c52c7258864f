import { homedir } from 'node:os';
import { join } from 'node:path';

/** This person's cache folder for Developer Terms: below `XDG_CACHE_HOME`, or what the platform has in its place. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME !== '') return join(XDG_CACHE_HOME, 'developer-terms');
  if (process.platform === 'win32' && LOCALAPPDATA !== undefined) return join(LOCALAPPDATA, 'developer-terms');
  const base = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  return join(base, 'developer-terms');
}
