import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Network, StoreAccess } from '../ports.js';
import { cacheFolder } from './cacheFolder.js';
import { environmentAccess } from './environmentAccess.js';
import { fetchHttp } from './fetchHttp.js';
import { folderCache } from './folderCache.js';

/** Record stores as the command line reaches them. Throws a `UserError` when the environment names an endpoint that is none. */
export function nodeNetwork(): Network {
  return networkWith(environmentAccess(process.env), join(cacheFolder(), 'records'));
}

/** Record stores that `access` opens, with what they said kept in a folder of this person's own. */
export function networkWith(access: StoreAccess, folder: string): Network {
  return { http: fetchHttp(), access, cache: folderCache(folder), pause: (milliseconds) => pause(milliseconds) };
}
