import assert from 'node:assert/strict';
import { CopyIndexClient } from '../../src/changes/CopyIndexClient.js';
import { serveCopyIndex } from '../../src/changes/serveCopyIndex.js';
import { asset, regionPolicy } from '../regions/regionPolicy.js';
import { channelPair } from './channelPair.js';
import { demoText, linesFrom } from './partnerCode.js';

const CURVE = demoText('partners/palisade/energy/charge_curve.py');
const policy = regionPolicy([asset('energy', 'energy/**')]);
const FILE = { path: 'energy/curve.py', text: CURVE, stamp: '1' };
const SNIPPET = { path: 'mine.py', text: linesFrom(CURVE, 23, 55) };

function served(): CopyIndexClient {
  const { here, there } = channelPair();
  serveCopyIndex(there);
  return new CopyIndexClient(here);
}

describe('asking the worker that holds the copy index', () => {
  it('is answered in order: open, update, find, explain', async () => {
    const client = served();
    const [opened, , copies] = await Promise.all([
      client.ask({ kind: 'open', policy, sha256: 'a', stored: undefined }),
      client.ask({ kind: 'update', files: [FILE] }),
      client.ask({ kind: 'find', snippet: SNIPPET }),
    ]);
    assert.deepEqual(opened, { stamps: {}, problem: undefined, doubted: [] });
    const [copy] = copies;
    assert.equal(copy?.origin.path, 'energy/curve.py');
    const explained = await client.ask({ kind: 'explain', snippet: SNIPPET, copy });
    assert.equal(explained?.kind, 'verbatim');
    const { stats } = await client.ask({ kind: 'describe' });
    assert.equal(stats.files, 1);
  });

  it('follows documents, each under its own key, until they are left', async () => {
    const client = served();
    await client.ask({ kind: 'open', policy, sha256: 'a', stored: undefined });
    await client.ask({ kind: 'update', files: [FILE] });
    const document = { path: 'mine.py', text: 'import os\n' };
    assert.deepEqual(await client.ask({ kind: 'follow', key: '1', document }), []);
    assert.deepEqual(await client.ask({ kind: 'follow', key: '2', document }), []);
    const end = { line: 2, column: 1 };
    const changes = [{ range: { start: end, end }, text: SNIPPET.text }];
    const copies = await client.ask({ kind: 'change', key: '1', changes });
    assert.deepEqual(
      copies?.map(({ assets }) => assets),
      [['energy']],
    );
    assert.deepEqual(await client.ask({ kind: 'change', key: '2', changes: [] }), []);
    await client.ask({ kind: 'leave', key: '1' });
    assert.equal(await client.ask({ kind: 'change', key: '1', changes: [] }), undefined);
  });

  it('applies the changes of one edit from the last to the first, in whatever order they come', async () => {
    const client = served();
    await client.ask({ kind: 'open', policy, sha256: 'a', stored: undefined });
    await client.ask({ kind: 'update', files: [FILE] });
    const lines = SNIPPET.text.split('\n');
    const document = { path: 'mine.py', text: [...lines.slice(0, 10), 'X', ...lines.slice(20)].join('\n') };
    await client.ask({ kind: 'follow', key: '1', document });
    const line = (number: number, column: number) => ({ line: number, column });
    const copies = await client.ask({
      kind: 'change',
      key: '1',
      changes: [
        { range: { start: line(1, 1), end: line(1, 1) }, text: 'import os\n' },
        { range: { start: line(11, 1), end: line(11, 2) }, text: lines.slice(10, 20).join('\n') },
      ],
    });
    const [copy, ...others] = copies ?? [];
    assert.deepEqual(others, []);
    assert.ok(copy !== undefined && copy.pairs.length > 25, JSON.stringify(copy?.pairs));
    assert.ok(
      copy.pairs.every(({ here, there }) => there - here === 21),
      JSON.stringify(copy.pairs),
    );
  });

  it('opens what was stored, and says why it starts anew', async () => {
    const client = served();
    await client.ask({ kind: 'open', policy, sha256: 'a', stored: undefined });
    await client.ask({ kind: 'update', files: [FILE] });
    await client.ask({ kind: 'complete' });
    const stored = await client.ask({ kind: 'serialize' });

    const later = served();
    const opened = await later.ask({ kind: 'open', policy, sha256: 'a', stored });
    assert.deepEqual(opened, { stamps: { 'energy/curve.py': '1' }, problem: undefined, doubted: [] });
    assert.equal((await later.ask({ kind: 'find', snippet: SNIPPET })).length, 1);

    const other = await later.ask({ kind: 'open', policy, sha256: 'b', stored });
    assert.deepEqual(other.stamps, {});
    assert.match(other.problem ?? '', /policy has changed/);
    assert.deepEqual(await later.ask({ kind: 'find', snippet: SNIPPET }), []);

    stored[stored.length - 9] = (stored[stored.length - 9] ?? 0) ^ 1;
    const damaged = await later.ask({ kind: 'open', policy, sha256: 'a', stored });
    assert.match(damaged.problem ?? '', /damaged/);
    await later.ask({ kind: 'update', files: [FILE] });
    assert.equal((await later.ask({ kind: 'find', snippet: SNIPPET })).length, 1, 'it works after it was built anew');
  });

  it('takes a file that held a copy for no open code when the policy changes', async () => {
    const client = served();
    await client.ask({ kind: 'open', policy, sha256: 'a', stored: undefined });
    await client.ask({ kind: 'update', files: [FILE] });
    await client.ask({ kind: 'complete' });
    await client.ask({ kind: 'update', files: [{ ...SNIPPET, stamp: '1' }] });
    const { doubted } = await client.ask({ kind: 'open', policy, sha256: 'b', stored: undefined });
    assert.deepEqual(doubted, ['mine.py']);
    await client.ask({ kind: 'update', files: [FILE, { ...SNIPPET, stamp: '1' }] });
    assert.equal((await client.ask({ kind: 'find', snippet: SNIPPET })).length, 1);
  });

  it('fails a request alone, and answers the next', async () => {
    const client = served();
    await assert.rejects(client.ask({ kind: 'update', files: [FILE] }), /not open/);
    assert.deepEqual(await client.ask({ kind: 'find', snippet: SNIPPET }), []);
    const unsendable = { path: 'x.py', text: (() => '') as unknown as string };
    await assert.rejects(client.ask({ kind: 'find', snippet: unsendable }), { name: 'DataCloneError' });
    assert.deepEqual(await client.ask({ kind: 'find', snippet: SNIPPET }), []);
  });

  it('fails what waits and what comes once the worker is gone', async () => {
    const pair = channelPair();
    const client = new CopyIndexClient(pair.here);
    const waiting = client.ask({ kind: 'describe' });
    pair.breakDown(new Error('The worker ended with code 1.'));
    await assert.rejects(waiting, /ended with code 1/);
    await assert.rejects(client.ask({ kind: 'describe' }), /ended with code 1/);
  });

  it('fails what waits when it is closed', async () => {
    const client = served();
    const waiting = client.ask({ kind: 'describe' });
    client.close();
    await assert.rejects(waiting, /closed/);
  });
});
