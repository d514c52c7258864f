import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { VERSION } from './Flavour.js';
import { installServer, whyNpmFailed, type InstallOptions } from './installServer.js';
import { SetUpError } from './SetUpError.js';

describe('installServer', () => {
  let cache: string;
  let said: string[];
  let calls: string[];
  /** An npm that puts in place the least that an editor consists of. */
  const npm: NonNullable<InstallOptions['npm']> = async (args, cwd) => {
    calls.push(args[0] ?? '');
    const vscode = join(cwd, 'node_modules/code-server/lib/vscode');
    if (args[0] === 'ci') {
      await put(join(vscode, 'out/server-main.js'), `console.log(${JSON.stringify(VERSION.newest)})`);
      await mkdir(join(vscode, 'extensions'), { recursive: true });
    } else if (args.includes('--no-save')) {
      const name = args.find((it) => it.startsWith('node-'))?.split('@')[0] ?? '';
      await mkdir(join(cwd, 'node_modules', name, 'bin'), { recursive: true });
      await symlink(process.execPath, join(cwd, 'node_modules', name, 'bin/node'));
    } else {
      await mkdir(join(cwd, 'node_modules'), { recursive: true });
    }
    return { code: 0, output: '' };
  };
  const install = (options: InstallOptions = {}) =>
    installServer('newest', { cache, npm, say: (line) => said.push(line), ...options });
  const folder = () => join(cache, `vscode-${VERSION.newest}`);
  const main = () => join(folder(), 'node_modules/code-server/lib/vscode/out/server-main.js');

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'developer-terms-cache-'));
    said = [];
    calls = [];
  });
  afterEach(() => rm(cache, { recursive: true, force: true }));

  it('installs once, says so, and is silent ever after', async () => {
    const first = await install();
    assert.equal(first.main, main());
    assert.match(said.join('\n'), /Installing VS Code 1\.139\.1 .*happens once.*is installed\./s);
    said = [];
    calls = [];
    assert.deepEqual(await install(), first);
    assert.deepEqual([said, calls], [[], []]);
  });

  it('does a half-finished install again', async () => {
    await install();
    await rm(join(folder(), 'installed'));
    await put(join(folder(), 'left-over'), '');
    said = [];
    await install();
    assert.match(said.join('\n'), /an earlier install did not finish/);
    assert.equal(existsSync(join(folder(), 'left-over')), false);
  });

  it('does an install again that no longer runs', async () => {
    await install();
    await put(main(), 'syntax error(');
    said = [];
    await install();
    assert.match(said.join('\n'), /the one there does not run/);
  });

  it('does an install again that lacks a part', async () => {
    await install();
    await rm(join(dirname(main()), '../node_modules.asar'));
    said = [];
    await install();
    assert.match(said.join('\n'), /the one there lacks node_modules\.asar/);
  });

  it('does an install again when the package that brings it has changed', async () => {
    const packages = join(cache, 'packages');
    await put(join(packages, 'newest/package.json'), '{}');
    await put(join(packages, 'newest/package-lock.json'), '{}');
    await install({ packages });
    await put(join(packages, 'newest/package-lock.json'), '{ "changed": true }');
    said = [];
    await install({ packages });
    assert.match(said.join('\n'), /the one there is another version/);
  });

  it('lets two that come at once install once', async () => {
    const [one, other] = await Promise.all([install(), install()]);
    assert.deepEqual(one, other);
    assert.equal(calls.filter((call) => call === 'ci').length, 1);
    assert.match(said.join('\n'), /Waiting: another process is installing/);
  });

  it('leaves no finished install behind when npm fails, and says in plain words why', async () => {
    const offline = install({
      npm: () => Promise.resolve({ code: 1, output: 'npm error code ENOTFOUND\nnpm error registry.npmjs.org' }),
    });
    await assert.rejects(offline, (error) => {
      assert.ok(error instanceof SetUpError);
      assert.match(error.message, /registry cannot be reached[\s\S]*npm ci[\s\S]*ENOTFOUND/);
      return true;
    });
    assert.equal(existsSync(join(folder(), 'installed')), false);
    assert.equal(existsSync(`${folder()}.lock`), false);
    await install();
    assert.match(await readFile(join(folder(), 'installed'), 'utf8'), /^[0-9a-f]{64} /);
  });

  it('reports an install that finished and still does not run', async () => {
    const broken: NonNullable<InstallOptions['npm']> = async (args, cwd) => {
      const outcome = await npm(args, cwd);
      if (args[0] === 'ci') await put(join(cwd, 'node_modules/code-server/lib/vscode/out/server-main.js'), 'throw 1');
      return outcome;
    };
    await assert.rejects(
      install({ npm: broken }),
      /was installed into .*, but does not run: the one there does not run/,
    );
  });
});

describe('whyNpmFailed', () => {
  const why = (output: string) => whyNpmFailed(['ci'], output).split('\n')[0];

  it('tells the usual reasons apart, and says what to do', () => {
    assert.match(why('npm error code EAI_AGAIN') ?? '', /cannot be reached/);
    assert.match(why('npm error code ENOSPC') ?? '', /disk is full/);
    assert.match(why('npm error code E404') ?? '', /does not have one of the packages/);
    assert.match(why('npm error code E401') ?? '', /npm login/);
    assert.match(why('npm error code EACCES') ?? '', /XDG_CACHE_HOME/);
    assert.equal(why('npm error something new'), 'npm failed.');
  });
});

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
