import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the benchmark keeps what it fetched: the XDG cache, outside the repository. */
export function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'developer-terms', 'bench');
}

/** The folder of a fetched package. */
export function packageFolder(spec: string): string {
  return join(cacheFolder(), 'packages', spec.replaceAll('/', '+'));
}

/**
 * Fetches and unpacks packages that are not in the cache yet, without running any of their scripts.
 * Returns the ones that could not be had, each with npm's reason: the corpus goes on without them and says so.
 */
export async function fetchPackages(specs: readonly string[]): Promise<{ spec: string; reason: string }[]> {
  const missing = [...new Set(specs)].filter((spec) => !existsSync(packageFolder(spec)));
  const failures: { spec: string; reason: string }[] = [];
  const queue = [...missing];
  const worker = async (): Promise<void> => {
    for (let spec = queue.shift(); spec !== undefined; spec = queue.shift()) {
      const target = packageFolder(spec);
      const staging = `${target}.partial`;
      rmSync(staging, { recursive: true, force: true });
      mkdirSync(staging, { recursive: true });
      try {
        await run('npm', ['pack', spec, '--silent', '--pack-destination', staging], { maxBuffer: 1 << 24 });
        const archive = readdirSync(staging).find((name) => name.endsWith('.tgz'));
        if (archive === undefined) throw new Error('npm pack left no archive');
        const unpacked = join(staging, 'unpacked');
        mkdirSync(unpacked);
        await run('tar', ['xzf', join(staging, archive), '-C', unpacked, '--strip-components=1', '--no-same-owner']);
        renameSync(unpacked, target);
      } catch (error) {
        failures.push({ spec, reason: String(error instanceof Error ? error.message : error).split('\n')[0] ?? '' });
      } finally {
        rmSync(staging, { recursive: true, force: true });
      }
    }
  };
  if (missing.length > 0) process.stderr.write(`Fetching ${missing.length} packages into ${cacheFolder()} …\n`);
  await Promise.all(Array.from({ length: 4 }, worker));
  return failures;
}
