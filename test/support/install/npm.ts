import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, type Outcome } from './run.js';

/** Runs npm with these arguments in a folder, as the npm that runs us when there is one, and the `npm` on PATH otherwise. */
export function npm(args: readonly string[], cwd: string): Promise<Outcome> {
  // npm hands its own settings down as variables; the install in the cache is no part of that project.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(?!config_(registry|cache|cafile|.*proxy)$)/i.test(name)),
  );
  const cli = [
    process.env['npm_execpath'],
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
  ].find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  return cli ? run(process.execPath, [cli, ...args], { cwd, env }) : run('npm', args, { cwd, env });
}
