import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from '../openWindow.js';
import { theServer, WORKSPACES } from '../stage.js';

describe('npm start', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    it(`prints the address at which the workspace opens, and ends everything on ${signal}`, async () => {
      await theServer(); // The editor is installed by now.
      const start = spawn(
        process.execPath,
        ['--import', 'tsx', join(ROOT, 'test/editor/start.ts'), join(WORKSPACES, 'perception')],
        { cwd: ROOT, env: { ...process.env, DEVTERMS_EDITOR: 'server' }, stdio: ['ignore', 'pipe', 'pipe'] },
      );
      let said = '';
      start.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      start.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const exited = once(start, 'exit') as Promise<[number | null]>;
      while (!said.includes('Press Ctrl+C')) {
        assert.equal(start.exitCode, null, said);
        await Promise.race([once(start.stdout, 'data'), exited]);
      }

      const address = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(said)?.[0] ?? '';
      const copy = new URL(address).searchParams.get('folder') ?? '';
      assert.equal((await fetch(address)).status, 200);
      assert.ok(existsSync(join(copy, 'developer-terms.yaml')), copy);
      assert.notEqual(copy, join(WORKSPACES, 'perception'));

      start.kill(signal);
      const [code] = await exited;
      assert.equal(code, 0, said);
      await assert.rejects(fetch(address), 'nobody listens at the address any more');
      assert.equal(existsSync(copy), false, 'an unchanged copy is removed');
    });

  it('says what is wrong when there is nothing to open', async () => {
    const start = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'test/editor/start.ts'), '/no/such/folder'], {
      cwd: ROOT,
      env: { ...process.env, DEVTERMS_EDITOR: 'server' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    start.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await Promise.race([once(start, 'close'), pause(30_000, [undefined])])) as [number | undefined];
    assert.equal(code, 1);
    assert.match(said, /^\s*There is no folder \/no\/such\/folder\.\s*$/);
  });
});
