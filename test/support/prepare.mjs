// Makes this clone ready to run: the packages it needs are installed, and dist/ is built from the sources.
// Runs before everything else (`prestart`, `pretest`), with nothing but Node: plain JavaScript without imports from npm.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname ?? '.', '../..');
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Developer Terms is built with Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org.`,
  );
  process.exit(1);
}

const npmCli = [
  process.env.npm_execpath,
  join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
].find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
const npm = (...args) => {
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] };
  const { status } = npmCli
    ? spawnSync(process.execPath, [npmCli, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  return status === 0;
};

const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** Why the packages in node_modules are not those of package-lock.json, in a few words; undefined when they are. */
function whyStale() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return 'none are installed yet';
  const wanted = read('package-lock.json').packages;
  const present = read('node_modules/.package-lock.json').packages;
  for (const [path, { version, optional, link }] of Object.entries(wanted)) {
    // Optional packages are those of other platforms, too.
    if (path === '' || optional || link) continue;
    if (present[path]?.version !== version || !existsSync(join(root, path)))
      return `${path.slice('node_modules/'.length)} changed`;
  }
  return undefined;
}

const stale = whyStale();
if (stale) {
  console.log(`Installing packages (${stale}); about half a minute …`);
  // Nothing here needs an install script, and an install without them does the same everywhere.
  if (!npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error')) {
    console.error('The packages could not be installed. npm says why above; is the npm registry within reach?');
    process.exit(1);
  }
}

if (!process.argv.includes('--no-build') && !npm('run', '--silent', 'build')) {
  console.error('The build failed; the lines above say where.');
  process.exit(1);
}
