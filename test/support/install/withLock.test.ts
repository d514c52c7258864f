import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from './withLock.js';

describe('withLock', () => {
  let folder: string;
  let lock: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'developer-terms-lock-'));
    lock = join(folder, 'below', 'it.lock');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const never = () => assert.fail('It had nobody to wait for.');

  it('lets one work at a time, in turn', async () => {
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      events.push(`${name} ends`);
    };
    await Promise.all([withLock(lock, () => undefined, work('one')), withLock(lock, () => undefined, work('two'))]);
    assert.equal(events.length, 4);
    assert.equal(events[0]?.split(' ')[0], events[1]?.split(' ')[0]);
  });

  it('takes the lock of a process that is gone', async () => {
    await withLock(lock, never, () => Promise.resolve());
    await writeFile(lock, '999999999');
    assert.equal(await withLock(lock, never, () => Promise.resolve('done')), 'done');
  });

  it('takes a lock that has shown no sign of life, though its process id is in use', async () => {
    await withLock(lock, never, () => Promise.resolve());
    await writeFile(lock, String(process.pid));
    await utimes(lock, new Date(0), new Date(0));
    assert.equal(await withLock(lock, never, () => Promise.resolve('done')), 'done');
  });

  it('gives the lock back when the work fails', async () => {
    await assert.rejects(
      withLock(lock, never, () => Promise.reject(new Error('no luck'))),
      /no luck/,
    );
    assert.equal(existsSync(lock), false);
  });
});
