import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder below the user's cache (XDG) where editors are installed once, for every clone on this machine. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_CACHE_HOME'];
  // The XDG specification has relative paths ignored.
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'developer-terms');
}
