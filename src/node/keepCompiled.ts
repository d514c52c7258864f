import nodeModule from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder.js';

/**
 * Keeps what is compiled from now on for the next start, where Node can do that (from 22.1 on): in this person's own cache
 * folder, and not where others may write, since it is run as it is found.
 */
export function keepCompiled(): void {
  const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: (folder: string) => unknown };
  enableCompileCache?.(join(cacheFolder(), 'compiled'));
}
