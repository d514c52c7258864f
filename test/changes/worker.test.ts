import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { CopyIndexClient } from '../../src/changes/CopyIndexClient.js';
import { workerChannel } from '../../src/node/workerChannel.js';
import { asset, regionPolicy } from '../regions/regionPolicy.js';
import { demoText, linesFrom } from './partnerCode.js';

const CURVE = demoText('partners/palisade/energy/charge_curve.py');

describe('the copy index in a thread of its own', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'devterms-worker-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('answers as bundled for the editor', async () => {
    const outfile = join(folder, 'worker.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, '../../src/copyIndex.worker.ts')],
      ...{ outfile, bundle: true, format: 'esm', platform: 'neutral', mainFields: ['module', 'main'] },
      external: ['node:*'],
    });
    const client = new CopyIndexClient(workerChannel(pathToFileURL(outfile)));
    try {
      const policy = regionPolicy([asset('energy', 'energy/**')]);
      await client.ask({ kind: 'open', policy, sha256: 'a', stored: undefined });
      await client.ask({ kind: 'update', files: [{ path: 'energy/curve.py', text: CURVE, stamp: '1' }] });
      const [copy] = await client.ask({ kind: 'find', snippet: { path: 'a.py', text: linesFrom(CURVE, 23, 50) } });
      assert.equal(copy?.origin.asset, 'energy');
      assert.ok((await client.ask({ kind: 'serialize' })) instanceof Uint8Array);
    } finally {
      client.close();
    }
  });

  it('fails what is asked of a worker that ended or never started', async () => {
    const ending = join(folder, 'ending.mjs');
    await writeFile(
      ending,
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));",
    );
    const client = new CopyIndexClient(workerChannel(pathToFileURL(ending)));
    await assert.rejects(client.ask({ kind: 'describe' }), /ended with code 3/);
    const missing = new CopyIndexClient(workerChannel(pathToFileURL(join(folder, 'missing.mjs'))));
    await assert.rejects(missing.ask({ kind: 'describe' }));
    await assert.rejects(missing.ask({ kind: 'describe' }));
  });
});
