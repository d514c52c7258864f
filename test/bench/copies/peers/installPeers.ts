import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheFolder } from '../fetchPackages.js';

const manifest = fileURLToPath(new URL('./package.json', import.meta.url));

/** Installs the peers into the benchmark's cache, once for each state of their package.json, and returns that folder. */
export async function installPeers(): Promise<string> {
  const folder = join(cacheFolder(), 'peers');
  const done = join(folder, '.installed');
  const wanted = readFileSync(manifest, 'utf8');
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return folder;
  process.stderr.write(`Installing jscpd, scanoss and dolos into ${folder} …\n`);
  mkdirSync(folder, { recursive: true });
  cpSync(manifest, join(folder, 'package.json'));
  // dolos compiles its parsers; where that fails the others still run.
  await promisify(execFile)(
    'npm',
    ['install', '--no-audit', '--no-fund', '--include=optional', '--ignore-scripts=false'],
    {
      cwd: folder,
      maxBuffer: 1 << 24,
    },
  ).catch((error: unknown) => process.stderr.write(`npm install: ${String(error).slice(0, 300)}\n`));
  writeFileSync(done, wanted);
  return folder;
}
