import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Network } from '../ports.js';
import { cacheFolder } from './cacheFolder.js';
import { environmentAccess } from './environmentAccess.js';
import { fetchHttp } from './fetchHttp.js';
import { folderCache } from './folderCache.js';

/** Record stores as the command line reaches them. Throws a `UserError` when the environment names an endpoint that is none. */
export function nodeNetwork(): Network {
  return {
    http: fetchHttp(),
    access: environmentAccess(process.env),
    cache: folderCache(join(cacheFolder(), 'records')),
    pause: (milliseconds) => pause(milliseconds),
  };
}
