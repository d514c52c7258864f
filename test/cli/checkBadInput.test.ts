import assert from 'node:assert/strict';
import { spawn, type StdioOptions } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckResult } from '../../src/check/Finding.js';
import { devterms, inFolder, type Outcome } from '../support/commandLine.js';
import { inRepository } from '../support/gitRepository.js';

const ROOT = join(import.meta.dirname, '../..');
/** By its full name, since the tests run it in other folders. */
const TSX = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;
const POLICY = `version: 1
agreement: {id: A-1, title: The agreement, contact: desk@helio.example}
parties: [{id: helio, name: Helio GmbH}, {id: north, name: Northlight Inc.}]
teams: [{id: helio-dev, party: helio, members: [ana@helio.example]}, {id: north-dev, party: north, members: [nia@north.example]}]
assets: [{id: camera, owner: north, paths: ["camera/**"]}]
`;
const FILES = { 'developer-terms.yaml': POLICY, 'camera/lens.ts': 'export const lens = 1;\n' };

/** It could not be checked: exit code 2, nothing but one message, and no stack trace. */
function assertFailure({ code, out, err }: Outcome, message: RegExp): void {
  assert.equal(code, 2, err);
  assert.equal(out, '');
  assert.match(err, message);
  assert.doesNotMatch(err, /\n\s+at |node:internal/);
}

/** Runs the command line as a process of its own. */
function ownProcess(
  cwd: string,
  args: readonly string[],
  body?: (child: ReturnType<typeof spawn>) => void,
  { env = {}, stdio = 'pipe' }: { readonly env?: NodeJS.ProcessEnv; readonly stdio?: StdioOptions } = {},
): Promise<Outcome & { signal: string | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', TSX, join(ROOT, 'src/cli.ts'), ...args], {
      cwd,
      env: {
        ...process.env,
        TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.json'),
        NODE_PATH: join(ROOT, 'node_modules'),
        ...env,
      },
      stdio,
      // What never ends must not hold up all other tests.
      timeout: 100_000,
      killSignal: 'SIGKILL',
    });
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk: Buffer) => void (out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => void (err += chunk.toString()));
    body?.(child);
    child.on('close', (code, signal) => {
      resolve({ code: code ?? -1, out, err, signal });
    });
  });
}

/** Does something without the rights of root, who may read everything. */
async function asNobody<Result>(body: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return body();
  process.seteuid?.(65_534);
  try {
    return await body();
  } finally {
    process.seteuid?.(0);
  }
}

/** True while a process has git running as its child; always where that cannot be seen. */
function runsGit(pid: number): boolean {
  if (!existsSync('/proc/self/task')) return true;
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return children.some((child) => readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'git');
  } catch {
    return false;
  }
}

describe('devterms check, where it cannot', function () {
  this.timeout(120_000);

  it('says that a folder is in no git repository', async () => {
    await inFolder(FILES, async (folder) => {
      assertFailure(await devterms(folder, 'check', '--staged'), /in no git repository/);
      assertFailure(await devterms(folder, 'check', '--since', 'main'), /in no git repository/);
    });
  });

  it('says that a repository is bare, or that this is its own folder', async () => {
    await inRepository(FILES, async (repository) => {
      repository.git('init', '-q', '--bare', 'bare.git');
      assertFailure(await devterms(join(repository.root, 'bare.git'), 'check', '--staged'), /is bare/);
      assertFailure(await devterms(join(repository.root, '.git'), 'check', '--staged'), /own folder/);
    });
  });

  it('says that there is no commit, or no such revision', async () => {
    await inRepository(FILES, async (repository) => {
      assertFailure(await devterms(repository.root, 'check', '--since', 'main'), /no commit yet/);
      repository.commit('Start');
      for (const revision of ['nothing', '-x', '--all', 'HEAD~99', 'a\nb', 'HEAD:camera'])
        assertFailure(await devterms(repository.root, 'check', `--since=${revision}`), /There is no revision/);
    });
  });

  it('says of a shallow clone how to get the history', async () => {
    await inRepository(FILES, async (repository) => {
      const first = repository.commit('Start');
      repository.write('README.md', 'One.\n');
      repository.commit('Next');
      repository.git('clone', '-q', '--depth', '1', `file://${repository.root}`, '../shallow');
      const shallow = join(dirname(repository.root), 'shallow');
      assertFailure(await devterms(shallow, 'check', '--since', first), /clone is shallow.*fetch-depth: 0/s);
      assertFailure(await devterms(shallow, 'check', '--since', '0'.repeat(40)), /clone is shallow.*fetch-depth: 0/s);
    });
  });

  it('says that there are no terms, on either side', async () => {
    await inRepository({ 'README.md': 'One.\n' }, async (repository) => {
      repository.commit('Start');
      assertFailure(await devterms(repository.root, 'check', '--staged'), /no developer-terms\.yaml/);
      assertFailure(await devterms(repository.root, 'check', '--since', 'HEAD'), /no developer-terms\.yaml/);
      assertFailure(await devterms(repository.root, 'check'), /no developer-terms\.yaml/);
    });
  });

  it('says that a policy on disk has errors', async () => {
    await inFolder({ 'developer-terms.yaml': 'version: 1\n' }, async (folder) => {
      assertFailure(await devterms(folder, 'check'), /has errors/);
    });
  });

  it('says what is wrong with its arguments', async () => {
    await inFolder(FILES, async (folder) => {
      assertFailure(await devterms(folder, 'check', '--staged', '--since', 'main'), /Choose one/);
      assertFailure(await devterms(folder, 'check', '--since', ''), /since when/);
      assertFailure(await devterms(folder, 'check', '--at', 'tomorrow'), /no instant/);
      assertFailure(await devterms(folder, 'check', '--format', 'xml'), /no format 'xml'/);
      assertFailure(await devterms(folder, 'check', 'gone.ts'), /There is no gone\.ts/);
      assertFailure(await devterms(folder, 'check', '..'), /lies outside/);
      assertFailure(await devterms(folder, 'check', '--nonsense'), /--nonsense/);
    });
  });

  it('takes loops of links, text that is not UTF-8 and a file of a gigabyte in its stride', async () => {
    await inFolder(FILES, async (folder) => {
      symlinkSync('loop', join(folder, 'camera/loop'));
      symlinkSync('..', join(folder, 'camera/up'));
      symlinkSync('nowhere', join(folder, 'dangling'));
      writeFileSync(join(folder, 'camera/latin.ts'), Uint8Array.from([0x2f, 0x2f, 0xe9, 0xff, 0x0a]));
      writeFileSync(join(folder, 'camera/huge.bin'), '');
      truncateSync(join(folder, 'camera/huge.bin'), 2 ** 30);
      const { code, err } = await devterms(folder, 'check');
      assert.equal(code, 0, err);
      assert.match(err, /camera\/huge\.bin: It is over 20 MB/);
    });
  });

  it('judges a file that it may not read by its path, and says so; without its policy it fails', async function () {
    if (process.platform === 'win32') this.skip();
    await inFolder({ ...FILES, 'camera/closed.ts': 'x\n', 'camera/shut/in.ts': 'x\n' }, async (folder) => {
      // All that has to be loaded is loaded before rights are given up.
      assert.equal((await devterms(folder, 'check')).code, 0);
      chmodSync(folder, 0o755);
      chmodSync(join(folder, 'camera/closed.ts'), 0);
      chmodSync(join(folder, 'camera/shut'), 0);
      const into = ['--into', 'remote:github.com/helio/app', '--who', 'ana@helio.example', '--format', 'json'];
      const { code, out, err } = await asNobody(() => devterms(folder, 'check', ...into));
      assert.equal(code, 1, err);
      const said = 'It cannot be read, and is judged by its path alone.\n';
      assert.equal(err, `note: camera/closed.ts: ${said}note: camera/shut: ${said}`);
      const { findings } = JSON.parse(out) as CheckResult;
      assert.deepEqual(
        findings.filter(({ kind }) => kind === 'export').map(({ kind, path }) => `${kind} ${path}`),
        ['export camera/closed.ts', 'export camera/lens.ts', 'export camera/shut'],
      );
      chmodSync(join(folder, 'developer-terms.yaml'), 0);
      assertFailure(await asNobody(() => devterms(folder, 'check')), /developer-terms\.yaml cannot be read/);
      chmodSync(join(folder, 'camera/shut'), 0o700);
    });
  });

  it('says what is wrong with a value that looks like an option', async () => {
    const lacking = await devterms('.', 'check', '--since', '--');
    assertFailure(lacking, /^devterms check: --since lacks its value\. .*: --since=-x\. This command takes --staged,/);
    assert.equal(lacking.err.split('\n').length, 2);
  });

  it('ends with a sentence where neither the index nor the result can be written', async function () {
    if (!existsSync('/dev/full') || !existsSync('/proc/1')) this.skip();
    await inRepository(FILES, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      repository.write('src/a.ts', 'export const a = 1;\n'.repeat(20));
      repository.git('add', '-A');
      const full = openSync('/dev/full', 'w');
      try {
        const { code, err } = await ownProcess(repository.root, ['check', '--staged'], undefined, {
          env: { XDG_CACHE_HOME: '/proc/1' },
          stdio: ['ignore', full, 'pipe'],
        });
        assert.equal(code, 2);
        assert.match(err, /copy index is not kept for the next time: \/proc\/1\/.* cannot be written \(ENOENT\)/);
        assert.match(err, /devterms: what was found could not be written \(ENOSPC\)\.\n$/);
        assert.doesNotMatch(err, /\n\s+at /);
      } finally {
        closeSync(full);
      }
    });
  });

  it('ends quietly when whoever reads it has enough', async () => {
    await inRepository(FILES, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      for (let at = 0; at < 400; at++) repository.write(`camera/f${at}.ts`, 'export const a = 1;\n');
      repository.git('add', '-A');
      const { err, code } = await ownProcess(
        repository.root,
        ['check', '--staged', '--format', 'json'],
        ({ stdout }) => {
          stdout?.once('data', () => stdout.destroy());
        },
      );
      assert.equal(err, '');
      assert.ok(code === 1 || code === 0, String(code));
    });
  });

  it('leaves nothing half-written when it is interrupted', async () => {
    await inRepository(FILES, async (repository) => {
      for (let at = 0; at < 3000; at++)
        repository.write(`camera/f${at}.ts`, `export const a${at} = ${at};\n`.repeat(30));
      repository.commit('Start', 'nia@north.example');
      repository.write(
        'src/a.ts',
        'export const a = 1;\nexport const b = 1;\nexport const c = 1;\nexport const d = 1;\n',
      );
      repository.git('add', '-A');
      const { err, signal, code } = await ownProcess(repository.root, ['check', '--staged'], (child) => {
        // Objects are being read by the time that git runs as a child of ours.
        const poll = setInterval(() => {
          if (child.pid === undefined || !runsGit(child.pid)) return;
          clearInterval(poll);
          child.kill('SIGINT');
        }, 20);
        child.on('close', () => {
          clearInterval(poll);
        });
      });
      assert.doesNotMatch(err, /\n\s+at /);
      assert.ok(signal === 'SIGINT' || code === 130, `${signal} ${code}`);
      const index = join(process.env['XDG_CACHE_HOME'] ?? '', 'developer-terms/index');
      assert.deepEqual(existsSync(index) ? readdirSync(index).filter((name) => name.endsWith('.part')) : [], []);
      assert.equal((await devterms(repository.root, 'check', '--staged')).code, 0);
    });
  });
});
