import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { devterms, type Outcome } from '../support/commandLine.js';

/** Stands in for devterms: notes how it was called, and ends as the file `verdict` says. */
const STAND_IN = '#!/bin/sh\necho "$*" >> "$DEVTERMS_LOG"\n[ ! -e verdict ] || exit "$(cat verdict)"\n';

describe('devterms hooks', function () {
  // Windows runs hooks by the sh that comes with git; these tests make scripts executable in the way of POSIX.
  if (process.platform === 'win32') this.pending = true;

  let top: string;
  let root: string;
  let environment: NodeJS.ProcessEnv;

  const write = (path: string, text: string | Uint8Array, mode?: number): string => {
    const place = join(root, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    if (mode !== undefined) chmodSync(place, mode);
    return place;
  };
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, env: environment, encoding: 'utf8' });
  const hooks = (...args: string[]): Promise<Outcome> => devterms(root, 'hooks', ...args);
  /** Commits a change of `file`, as a person does. */
  const commit = (...args: string[]): { readonly code: number | null; readonly said: string } => {
    write('file.txt', `${Math.random()}\n`);
    git('add', '-A');
    const { status, stdout, stderr } = spawnSync('git', ['commit', '-m', 'A change', ...args], {
      cwd: root,
      env: environment,
      encoding: 'utf8',
    });
    return { code: status, said: stdout + stderr };
  };
  const calls = (): string[] =>
    existsSync(join(top, 'calls')) ? readFileSync(join(top, 'calls'), 'utf8').trim().split('\n') : [];
  /** Every file below a folder, with its mode and bytes. */
  const snapshot = (folder: string): Record<string, string> =>
    Object.fromEntries(
      (readdirSync(folder, { recursive: true }) as string[])
        .filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true)
        .sort()
        .map((name) => [
          name,
          `${statSync(join(folder, name)).mode.toString(8)} ${readFileSync(join(folder, name), 'base64')}`,
        ]),
    );
  const homeOf = (folder: string): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    GIT_CONFIG_NOSYSTEM: '1',
    DEVTERMS_LOG: join(folder, 'calls'),
    GIT_AUTHOR_NAME: 'Ann',
    GIT_AUTHOR_EMAIL: 'ann@x.example',
    GIT_COMMITTER_NAME: 'Ann',
    GIT_COMMITTER_EMAIL: 'ann@x.example',
  });
  const withEnvironment = async (body: () => Promise<void>): Promise<void> => {
    const before = { ...process.env };
    Object.assign(process.env, environment);
    try {
      await body();
    } finally {
      for (const name of Object.keys(environment)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    }
  };

  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'devterms hooks ')));
    root = join(top, 'a tree');
    mkdirSync(root);
    environment = homeOf(top);
    git('init', '-q', '-b', 'main');
    write('developer-terms.yaml', 'version: 1\n');
    write('.gitignore', 'node_modules\nverdict\n');
    write('node_modules/.bin/devterms', STAND_IN, 0o755);
  });
  afterEach(() => {
    rmSync(top, { recursive: true, force: true });
  });

  it('judge what is staged before a commit, and the reason in its message', async () => {
    const { code, out, err } = await hooks('install');
    assert.equal(code, 0, err);
    assert.match(out, /^pre-commit: installed in .*\ncommit-msg: installed in /);
    assert.equal(commit().code, 0);
    assert.deepEqual(calls(), [
      'check --staged --await-reason',
      'check --staged --quiet --message .git/COMMIT_EDITMSG',
    ]);
  });

  it('stop a commit that the check does not pass, and one that could not be checked, and say which', async () => {
    await hooks('install');
    write('verdict', '1');
    const stopped = commit();
    assert.equal(stopped.code, 1);
    assert.match(
      stopped.said,
      /stopped by the developer terms\. git commit --no-verify skips this hook; CI judges the same/,
    );
    write('verdict', '2');
    assert.match(commit().said, /could not be checked \(exit code 2\), so it was stopped/);
    write('verdict', '127');
    assert.match(commit().said, /did not start.* Is Node\.js on the PATH/);
    assert.equal(
      spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, env: environment }).status,
      128,
      'nothing came in',
    );
    assert.equal(commit('--no-verify').code, 0);
  });

  it('stop a commit when devterms is missing, and say how to install it and how to go on without', async () => {
    await hooks('install');
    rmSync(join(root, 'node_modules'), { recursive: true });
    const { code, said } = commit();
    assert.equal(code, 1);
    assert.match(said, /devterms was not found, so this commit was not checked against developer-terms\.yaml/);
    assert.match(said, /npm install --save-dev developer-terms/);
    assert.match(said, /git commit --no-verify/);
  });

  it('find devterms on the PATH where node_modules has none', async () => {
    await hooks('install');
    rmSync(join(root, 'node_modules'), { recursive: true });
    mkdirSync(join(top, 'my bin'));
    writeFileSync(join(top, 'my bin/devterms'), STAND_IN, { mode: 0o755 });
    environment['PATH'] = `${join(top, 'my bin')}:${environment['PATH']}`;
    assert.equal(commit().code, 0);
    assert.equal(calls().length, 2);
  });

  it('have nothing to say in a repository without terms, but stop the commit that takes them away unchecked', async () => {
    await hooks('install');
    assert.equal(commit().code, 0);
    write('verdict', '1');
    git('rm', '-q', '--cached', 'developer-terms.yaml');
    rmSync(join(root, 'developer-terms.yaml'));
    assert.equal(spawnSync('git', ['commit', '-qm', 'x'], { cwd: root, env: environment }).status, 1);
    git('commit', '-qm', 'x', '--no-verify');
    assert.equal(commit().code, 0, 'now there are none');
  });

  it('keep a hook that was there, run it afterwards with its arguments, and put it back byte for byte', async () => {
    const own = Buffer.from(
      '#!/bin/sh\n# \xe9 no text in UTF-8\necho "mine $1 $(cat "$1")" >> "$DEVTERMS_LOG"\n',
      'latin1',
    );
    write('.git/hooks/commit-msg', own, 0o750);
    symlinkSync('../../script.sh', join(root, '.git/hooks/pre-commit'));
    write('script.sh', '#!/bin/sh\necho script >> "$DEVTERMS_LOG"\n', 0o755);
    const before = snapshot(join(root, '.git/hooks'));
    assert.match((await hooks('install')).out, /kept as commit-msg\.before-devterms, and run afterwards/);
    assert.equal(commit().code, 0);
    assert.deepEqual(calls(), [
      'check --staged --await-reason',
      'script',
      'check --staged --quiet --message .git/COMMIT_EDITMSG',
      'mine .git/COMMIT_EDITMSG A change',
    ]);
    write('verdict', '1');
    commit();
    assert.equal(calls().length, 5, 'what did not pass goes no further');
    const { code, out } = await hooks('uninstall');
    assert.equal(code, 0);
    assert.match(out, /pre-commit: removed\. What was there before is back\./);
    assert.deepEqual(snapshot(join(root, '.git/hooks')), before);
  });

  it('change nothing when they are in place, bring an older version up to date, and leave what is not theirs', async () => {
    await hooks('install');
    const installed = snapshot(join(root, '.git'));
    assert.match((await hooks('install')).out, /pre-commit: is in place already/);
    assert.deepEqual(snapshot(join(root, '.git')), installed);
    assert.equal((await hooks('status')).code, 0);
    const [shebang, sign] = readFileSync(join(root, '.git/hooks/pre-commit'), 'utf8').split('\n');
    write('.git/hooks/pre-commit', `${shebang}\n${sign}\nexit 0\n`, 0o755);
    const status = await hooks('status');
    assert.equal(status.code, 1);
    assert.match(status.out, /pre-commit +in place, of another version/);
    assert.match((await hooks('install')).out, /pre-commit: updated/);
    assert.deepEqual(snapshot(join(root, '.git')), installed);
    write('.git/hooks/pre-commit', '#!/bin/sh\n', 0o755);
    assert.match(
      (await hooks('uninstall')).out,
      /pre-commit: is not ours, and was left as it is\.\ncommit-msg: removed/,
    );
    assert.equal(readFileSync(join(root, '.git/hooks/pre-commit'), 'utf8'), '#!/bin/sh\n');
    assert.match((await hooks('uninstall')).out, /commit-msg: was not there/);
  });

  it('do not lose a kept hook when another tool has written over ours', async () => {
    write('.git/hooks/pre-commit', '#!/bin/sh\n# first\n', 0o755);
    await hooks('install');
    write('.git/hooks/pre-commit', '#!/bin/sh\n# second\n', 0o755);
    const before = snapshot(join(root, '.git/hooks'));
    const { code, err } = await hooks('install');
    assert.equal(code, 2);
    assert.match(err, /Another hook has taken the place of ours/);
    assert.deepEqual(snapshot(join(root, '.git/hooks')), before);
  });

  it('go where core.hooksPath leads inside the repository', async () => {
    git('config', 'core.hooksPath', '.githooks');
    assert.equal((await hooks('install')).code, 0);
    assert.deepEqual(readdirSync(join(root, '.githooks')).sort(), ['commit-msg', 'pre-commit']);
    assert.equal(commit().code, 0);
    assert.equal(calls().length, 2);
  });

  it('do not write into a folder that serves other repositories, unless somebody says so', async () => {
    const shared = join(top, 'shared hooks');
    mkdirSync(shared);
    for (const scope of ['--global', '--local']) {
      git('config', scope, 'core.hooksPath', shared);
      await withEnvironment(async () => {
        const { code, err } = await hooks('install');
        assert.equal(code, 2, scope);
        assert.match(err, /core\.hooksPath is '.*shared hooks', set in git's (global|local) configuration/);
        assert.match(err, /runs in other repositories too.*hooks install --force/);
        assert.deepEqual(readdirSync(shared), []);
        assert.equal((await hooks('install', '--force')).code, 0);
        assert.equal(commit().code, 0);
        assert.equal((await hooks('uninstall')).code, 2);
        assert.equal((await hooks('uninstall', '--force')).code, 0);
        assert.deepEqual(readdirSync(shared), []);
      });
    }
    assert.equal(calls().length, 4);
  });

  it('serve every worktree of a repository, and find the devterms of the main one', async () => {
    commit();
    git('worktree', 'add', '-q', '-b', 'second', join(top, 'second tree'));
    root = join(top, 'second tree');
    assert.equal((await hooks('install')).code, 0);
    assert.equal(commit().code, 0);
    const [first, second] = calls();
    assert.equal(first, 'check --staged --await-reason');
    assert.match(
      second ?? '',
      /^check --staged --quiet --message .*\/worktrees\/second-tree\/COMMIT_EDITMSG$|^check .*COMMIT_EDITMSG$/,
    );
  });

  it('are a submodule’s own', async () => {
    commit();
    const source = root;
    root = join(top, 'outer');
    mkdirSync(root);
    git('init', '-q', '-b', 'main');
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', source, 'inner');
    root = join(root, 'inner');
    write('node_modules/.bin/devterms', STAND_IN, 0o755);
    assert.equal((await hooks('install')).code, 0);
    assert.equal(commit().code, 0);
    assert.equal(calls().length, 2);
    root = dirname(root);
    assert.equal((await hooks('status')).code, 1, 'the outer repository has none');
  });

  describe('beside husky 9', () => {
    const husky = join(import.meta.dirname, '../../node_modules/husky/bin.js');
    const setUpHusky = (): void => void execFileSync(process.execPath, [husky], { cwd: root, env: environment });

    it('stand in its scripts, before what was there, and leave them as they were', async () => {
      setUpHusky();
      write('.husky/pre-commit', 'echo own >> "$DEVTERMS_LOG"\nexit 0');
      const before = snapshot(join(root, '.husky'));
      const { code, out } = await hooks('install');
      assert.equal(code, 0);
      assert.match(out, /pre-commit: installed in .*\.husky\/pre-commit\. What was there is run afterwards/);
      assert.equal(commit().code, 0);
      assert.deepEqual(calls(), [
        'check --staged --await-reason',
        'own',
        'check --staged --quiet --message .git/COMMIT_EDITMSG',
      ]);
      write('verdict', '1');
      assert.equal(commit().code, 1);
      assert.equal((await hooks('status')).code, 0);
      const installed = snapshot(join(root, '.husky'));
      await hooks('install');
      assert.deepEqual(snapshot(join(root, '.husky')), installed);
      await hooks('uninstall');
      assert.deepEqual(snapshot(join(root, '.husky')), before);
    });

    it('come back byte for byte whatever the script was like', async () => {
      setUpHusky();
      for (const text of [
        '',
        '\n',
        '#!/bin/sh',
        '#!/usr/bin/env sh\n',
        '#!/bin/sh\r\necho\r\n',
        'true',
        '\ufeffecho\n',
      ]) {
        write('.husky/pre-commit', text);
        const before = snapshot(join(root, '.husky'));
        await hooks('install');
        assert.equal((await hooks('status')).code, 0);
        await hooks('uninstall');
        assert.deepEqual(snapshot(join(root, '.husky')), before, JSON.stringify(text));
      }
    });

    it('say so where husky is not set up in this clone', async () => {
      write('.husky/pre-commit', 'true\n');
      const { err } = await hooks('install');
      assert.match(err, /husky itself is not set up in this clone/);
      assert.equal((await hooks('status')).code, 1);
    });
  });

  for (const [tool, config, empty] of [
    ['lefthook', 'lefthook.yml', 'pre-push:\n  jobs: []\n'],
    ['pre-commit', '.pre-commit-config.yaml', 'repos: []\n'],
  ] as const) {
    it(`show the lines for ${config}, and change nothing of their own accord`, async () => {
      write(config, empty);
      const before = snapshot(root);
      const { code, out, err } = await hooks('install');
      assert.equal(code, 2);
      assert.match(err, new RegExp(`^${tool} runs the hooks here.*Nothing was changed`));
      assert.match(out, /devterms check --staged --quiet --message/);
      assert.deepEqual(snapshot(root), before);
      assert.equal((await hooks('status')).code, 1);
      write(config, out);
      assert.equal((await hooks('install')).code, 0);
      assert.equal((await hooks('status')).code, 0);
    });
  }

  it('say in a sentence what is wrong, and end with 2', async () => {
    const cases: [string[], RegExp][] = [
      [[], /Say what to do: install, uninstall or status/],
      [['instal'], /no 'hooks instal'/],
      [['install', 'x'], /'x' is one word too many/],
      [['install', '--now'], /--force/],
    ];
    for (const [args, words] of cases) {
      const { code, err } = await hooks(...args);
      assert.equal(code, 2);
      assert.match(err, words);
    }
    root = top;
    assert.match((await hooks('install')).err, /no git repository/);
    execFileSync('git', ['init', '-q', '--bare', join(top, 'bare.git')], { env: environment });
    root = join(top, 'bare.git');
    assert.match((await hooks('status')).err, /repository is bare/);
  });
});
