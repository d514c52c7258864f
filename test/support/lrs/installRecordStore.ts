import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../install/cacheFolder.js';
import { whyNpmFailed } from '../install/installServer.js';
import { npm } from '../install/npm.js';
import { SetUpError } from '../install/SetUpError.js';
import { withLock } from '../install/withLock.js';

const PACKAGE = join(import.meta.dirname, 'package');

/**
 * The real record store's server, a JavaScript file, installed into the cache folder first when it is not there or is
 * another version. Throws a `SetUpError` that says what to do when it cannot be installed.
 */
export async function installRecordStore(): Promise<string> {
  const folder = join(cacheFolder(), 'record-store');
  const main = join(folder, 'node_modules/xapi-statements/dist/server.js');
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) hash.update(await readFile(join(PACKAGE, name)));
  const stamp = hash.digest('hex');
  const isThere = async () =>
    existsSync(main) && (await readFile(join(folder, 'installed'), 'utf8').catch(() => '')) === stamp;
  if (await isThere()) return main;
  return withLock(
    `${folder}.lock`,
    () => console.log(`Waiting: another process is installing the record store into ${folder} …`),
    async () => {
      if (await isThere()) return main;
      console.log(`Installing a record store from npm into ${folder}. Once on a machine; a minute and 170 MB.`);
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      for (const name of ['package.json', 'package-lock.json']) await cp(join(PACKAGE, name), join(folder, name));
      const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
      const { code, output } = await npm(args, folder);
      if (code !== 0)
        throw new SetUpError(`These tests need a real record store (xapi-statements). ${whyNpmFailed(args, output)}`);
      // Written last: a folder without it is an install that did not finish.
      await writeFile(join(folder, 'installed'), stamp);
      return main;
    },
  );
}
