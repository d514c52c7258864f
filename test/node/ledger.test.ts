import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CopyLedger } from '../../src/changes/CopyLedger.js';
import { copyLedgerIn } from '../../src/node/copyLedger.js';
import { sharedKey } from '../../src/node/sharedKey.js';

const WRITER = join(import.meta.dirname, 'ledgerWriter.ts');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'developer-terms-ledger-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A window of its own: a process that remembers copies and says each one's number once it is written. */
function startWriter(name: string, count: number): { child: ChildProcess; said: () => number[]; ended: Promise<void> } {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, folder, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  return {
    child,
    said: () => out.split('\n').slice(0, -1).map(Number),
    ended: new Promise((resolve) => child.once('close', () => resolve())),
  };
}

async function reader(): Promise<CopyLedger> {
  const { ledger, writer, keyedHash } = copyLedgerIn(folder, rethrow);
  const opened = new CopyLedger({ files: ledger, writer, hash: keyedHash, now: () => Date.now() });
  await opened.refresh();
  return opened;
}

function rethrow(error: unknown): never {
  throw error;
}

const textOf = (name: string, at: number): string =>
  `const value_${name}_${at} = compute(${at});\nreturn value_${name}_${at};\n`;

describe('the ledger on disk', () => {
  it('keeps every copy that several processes write at the same time', async () => {
    const writers = ['a', 'b', 'c', 'd'].map((name) => ({ name, ...startWriter(name, 60) }));
    await Promise.all(writers.map(({ ended }) => ended));
    const ledger = await reader();
    for (const { name, said } of writers) {
      assert.equal(said().length, 60);
      for (const at of said()) assert.equal(ledger.find(textOf(name, at))[0]?.copy.path, `${name}/${at}.ts`);
    }
  });

  it('keeps every copy that was written before a process was killed, and lets others write on', async () => {
    for (let round = 0; round < 4; round++) {
      const doomed = startWriter(`doomed${round}`, 100_000);
      const steady = startWriter(`steady${round}`, 20);
      await steady.ended;
      while (doomed.said().length < 5) await new Promise((resolve) => doomed.child.stdout?.once('data', resolve));
      doomed.child.kill('SIGKILL');
      await doomed.ended;
      const ledger = await reader();
      assert.ok(doomed.said().length >= 5);
      for (const at of doomed.said().slice(0, 200))
        assert.equal(ledger.find(textOf(`doomed${round}`, at))[0]?.copy.path, `doomed${round}/${at}.ts`);
      for (const at of steady.said()) assert.equal(ledger.find(textOf(`steady${round}`, at)).length, 1);
    }
  });

  it('is for this person’s eyes alone', async function () {
    if (process.platform === 'win32') this.skip();
    await startWriter('a', 1).ended;
    const mode = (path: string): number => statSync(join(folder, path)).mode & 0o777;
    assert.equal(mode('ledger.key'), 0o600);
    assert.equal(mode('ledger'), 0o700);
    const { ledger } = copyLedgerIn(folder, rethrow);
    for (const { name } of await ledger.list()) assert.equal(mode(join('ledger', name)), 0o600);
  });
});

describe('the shared key', () => {
  it('is the same for all who ask, and stays', () => {
    const path = join(folder, 'below', 'ledger.key');
    const key = sharedKey(path);
    assert.equal(key.length, 32);
    assert.deepEqual(sharedKey(path), key);
    assert.deepEqual(new Uint8Array(readFileSync(path)), key);
  });

  it('is made anew where the file holds none', () => {
    const path = join(folder, 'ledger.key');
    writeFileSync(path, 'half');
    const key = sharedKey(path);
    assert.equal(key.length, 32);
    assert.deepEqual(sharedKey(path), key);
  });

  it('is of this window alone where it cannot be kept, and that is said', () => {
    writeFileSync(join(folder, 'file'), '');
    const said: unknown[] = [];
    const { keyedHash } = copyLedgerIn(join(folder, 'file'), (error) => said.push(error));
    assert.equal(said.length, 1);
    assert.equal(keyedHash('a'), keyedHash('a'));
  });
});
