import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGuarded } from './startGuarded.js';

describe('startGuarded', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'developer-terms-guard-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A program that starts another, writes both process ids to a file, and never ends by itself. */
  const family = (ids: string, extra = '') =>
    `const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(`${extra};setInterval(() => {}, 1000)`)}]);
     ${extra};
     require('node:fs').writeFileSync(${JSON.stringify(ids)}, process.pid + ' ' + child.pid);
     console.log('ready');
     setInterval(() => {}, 1000);`;

  it('ends the program and what the program started', async () => {
    const ids = join(folder, 'ids');
    const guarded = startGuarded(process.execPath, ['-e', family(ids)]);
    await until(() => guarded.output().includes('ready'));
    const pids = await read(ids);
    assert.deepEqual(pids.map(isAlive), [true, true]);
    await guarded.stop();
    await until(() => !pids.some(isAlive));
  });

  it('ends a program that does not listen to signals', async () => {
    const ids = join(folder, 'ids');
    const guarded = startGuarded(process.execPath, ['-e', family(ids, "process.on('SIGTERM', () => {})")]);
    await until(() => guarded.output().includes('ready'));
    const pids = await read(ids);
    await guarded.stop();
    await until(() => !pids.some(isAlive));
  });

  it('ends everything when the one who started it is killed', async () => {
    const ids = join(folder, 'ids');
    const asker = join(folder, 'asker.mts');
    await writeFile(
      asker,
      `import { startGuarded } from ${JSON.stringify(join(import.meta.dirname, 'startGuarded.ts'))};
       startGuarded(process.execPath, ['-e', ${JSON.stringify(family(ids))}]);
       setInterval(() => {}, 1000);`,
    );
    const process1 = spawn(process.execPath, ['--import', 'tsx', asker], { stdio: 'ignore' });
    await until(async () => (await read(ids)).length === 2);
    const pids = await read(ids);
    process1.kill('SIGKILL');
    await once(process1, 'exit');
    await until(() => !pids.some(isAlive));
  });

  it('tells the exit code of a program that ends by itself, and what it said', async () => {
    const guarded = startGuarded(process.execPath, ['-e', 'console.error("so long"); process.exit(3)']);
    assert.equal(await guarded.ended, 3);
    assert.equal(guarded.output(), 'so long\n');
  });

  it('ends with code 127 when there is no such program', async () => {
    const guarded = startGuarded(join(folder, 'nothing'), []);
    assert.equal(await guarded.ended, 127);
    assert.match(guarded.output(), /ENOENT/);
  });
});

async function read(ids: string): Promise<number[]> {
  const text = await readFile(ids, 'utf8').catch(() => '');
  return text === '' ? [] : text.split(' ').map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + 15_000;
  while (!(await isSo())) {
    if (Date.now() > limit) assert.fail('It did not come to pass in 15 s.');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
