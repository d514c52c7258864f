import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { serveCopyIndex } from '../../../../src/changes/serveCopyIndex.js';
import { CopyIndexHost } from '../../../../src/editor/CopyIndexHost.js';
import { FolderTerms } from '../../../../src/editor/FolderTerms.js';
import { diskFiles } from '../../../../src/node/diskFiles.js';
import { sha256 } from '../../../../src/node/sha256.js';
import { systemClock } from '../../../../src/node/systemClock.js';
import { channelPair } from '../../../changes/channelPair.js';
import { eventually } from '../../host/eventually.js';
import { fileIn, onDisk } from '../../host/files.js';

describe('a worker that ends while it holds the copy index', () => {
  const owned: vscode.Disposable[] = [];
  afterEach(() => {
    for (const disposable of owned.splice(0)) disposable.dispose();
  });

  it('is started again once, and that is said; when it ends again, the index says that copies are not recognised', async () => {
    const said: string[] = [];
    const log = {
      info: () => undefined,
      warn: (message: string) => said.push(message),
      error: (message: string) => said.push(message),
    };
    const folder = new FolderTerms(vscode.Uri.joinPath(fileIn('x'), '..'), {
      ...{ clock: systemClock, hash: sha256, log, storage: undefined },
      disk: (root) => diskFiles(root, true),
      person: () => Promise.resolve({ address: 'ana@helio.example', source: 'the test' }),
      exposures: () => Promise.resolve([]),
      badges: () => Promise.resolve([]),
      network: () => undefined,
      memory: { get: () => undefined, update: () => Promise.resolve(), keys: () => [] },
    });
    await folder.open();
    const workers: ReturnType<typeof channelPair>[] = [];
    const host = new CopyIndexHost(folder, {
      startWorker: () => {
        const pair = channelPair();
        workers.push(pair);
        serveCopyIndex(pair.there);
        return pair.here;
      },
      storage: vscode.Uri.joinPath(fileIn('x'), '..', '..', 'storage-of-the-test'),
      ...{ hash: sha256, log },
    });
    owned.push(host, folder);
    host.followPolicy();
    const text = (await onDisk('partners/radar/link.ts')).split('\n').slice(8, 30).join('\n');
    const finds = async (): Promise<boolean> => {
      const copies = await host.ask({ kind: 'inspect', snippet: { path: 'a.ts', text }, assets: [] });
      return copies?.[0]?.origin.asset === 'radar-link';
    };
    await eventually('the index', () => host.isReady && finds());

    workers[0]?.breakDown(new Error('The worker was ended by the test.'));
    assert.equal(await finds(), false, 'the question that meets the end is not answered');
    await eventually('the index again', () => host.isReady && finds());
    assert.equal(workers.length, 2);
    assert.deepEqual(said, ['The worker with the copy index ended and is started again once']);
    assert.equal(host.problem, undefined);

    workers[1]?.breakDown(new Error('The worker was ended by the test, again.'));
    assert.equal(await finds(), false);
    assert.equal(workers.length, 2, 'not a third time');
    assert.match(host.problem ?? '', /^Copies of covered code are not recognised in this window; the log says why\.$/);
    assert.equal(said[1], 'The worker with the copy index ended again');
  });
});
