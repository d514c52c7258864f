import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readExposures } from '../../src/evidence/readExposures.js';
import { sha256 } from '../../src/node/sha256.js';
import { answer } from '../support/asking.js';
import { policyFrom } from '../support/examplePolicy.js';
import { MemoryStore } from '../support/MemoryStore.js';
import { actOf, RECORDED, RECORDING, recorderOn } from '../support/recordedActs.js';

describe('the evidence recorder', () => {
  it('writes an act down in the words of the agreement, behind a header', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    recorder.record(
      actOf({ into: 'tool:chat', purpose: 'integration', reason: 'Needed  for\nthe test', texts: ['x = 1'] }),
    );
    await recorder.flush();
    const [header, entry] = store.entries;
    assert.equal(header?.entry, 'header');
    assert.equal(header.agreement, 'A');
    assert.equal(header.keep, 'P1Y');
    const { content, previous, hash, ...rest } = entry ?? {};
    assert.deepEqual(rest, {
      entry: 'act',
      sequence: 2,
      at: '2026-05-20T10:00:00.000Z',
      session: 's1',
      policy: 'ab'.repeat(32),
      person: 'ana@helio.example',
      source: "git's user.email",
      action: 'copy',
      outcome: 'refused',
      effect: 'deny',
      rules: ['default:ungranted', 'guardrail:no-copy'],
      waived: [],
      notices: [],
      duties: [],
      assets: ['net'],
      tier: 'restricted',
      clauses: ['6.10'],
      path: 'net/a.py',
      lines: '12-40',
      into: 'tool:chat',
      purpose: 'integration',
      reason: 'Needed for the test',
    });
    assert.equal((content as string[]).length, 1);
    assert.equal(previous, header.hash);
    assert.match(String(hash), /^[0-9a-f]{64}$/);
  });

  it('makes no file before there is something to record', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    recorder.record(actOf({ action: 'edit' }));
    await recorder.close();
    assert.equal(store.files.size, 0);
  });

  it('records only what the policy names, and what a guardrail wants logged', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    for (const action of ['view', 'edit', 'copy', 'use', 'export'] as const) recorder.record(actOf({ action }));
    const silent = policyFrom(RECORDED);
    recorder.record(actOf({ policy: silent, decision: answer(silent, { action: 'copy' }) }));
    await recorder.flush();
    assert.deepEqual(
      store.entries.filter(({ entry }) => entry === 'act').map(({ action }) => action),
      ['view', 'copy', 'export'],
    );
  });

  it('records nothing of code that no asset covers', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    recorder.record(actOf({ decision: answer(RECORDING, { action: 'copy', file: 'own/free.py' }) }));
    await recorder.close();
    assert.equal(store.files.size, 0);
  });

  it('keeps the order in which acts were told, however long their texts are', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    recorder.record(actOf({ reason: 'first', texts: ['long '.repeat(100_000)] }));
    recorder.record(actOf({ reason: 'second' }));
    await recorder.flush();
    assert.deepEqual(
      store.entries.flatMap(({ reason }) => reason ?? []),
      ['first', 'second'],
    );
  });

  it('leaves out a reason that repeats the code', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    const texts = ['int a;\n  return  secretFactor * 42;\n'];
    recorder.record(actOf({ texts, reason: 'I need return secretFactor * 42; in my file' }));
    recorder.record(actOf({ texts, reason: 'I need int a;' }));
    await recorder.flush();
    assert.deepEqual(
      store.entries.flatMap(({ reason }) => reason ?? []),
      ['(left out: the reason repeats the code)', 'I need int a;'],
    );
  });

  it('gives exposures back to the session that follows, for assets of walls and known people only', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    const seen = actOf({ action: 'view', outcome: 'exposed' });
    assert.deepEqual(recorder.record(seen), [
      { person: 'ana@helio.example', asset: 'net', at: '2026-05-20T10:00:00.000Z' },
    ]);
    recorder.record({ ...seen, decision: { ...seen.decision, assets: ['weights'] } });
    recorder.record({ ...seen, person: { address: undefined, source: 'nobody' } });
    recorder.record({ ...seen, outcome: 'allowed' });
    await recorder.close();
    assert.deepEqual(await readExposures(store, 'A', sha256), [
      { person: 'ana@helio.example', asset: 'net', at: '2026-05-20T10:00:00.000Z' },
    ]);
    assert.deepEqual(await readExposures(store, 'Another agreement', sha256), []);
  });

  it('keeps exposures also where the policy records no views: the walls need them', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    const silent = policyFrom(RECORDED);
    recorder.record(actOf({ policy: silent, action: 'view', outcome: 'exposed', decision: answer(silent, {}) }));
    await recorder.close();
    assert.deepEqual(
      store.entries.map(({ entry }) => entry),
      ['header', 'exposure', 'ended'],
    );
  });

  it('holds entries while the disk is full, says so, and writes them in order when it can', async () => {
    const store = new MemoryStore();
    let changes = 0;
    const recorder = recorderOn(store, {}, () => changes++);
    recorder.record(actOf({ reason: 'one' }));
    await recorder.flush();
    store.room = 100;
    recorder.record(actOf({ reason: 'two' }));
    recorder.record(actOf({ reason: 'three' }));
    await recorder.flush();
    assert.deepEqual(recorder.status, { held: 2, trouble: 'The disk is full.' });
    store.room = Infinity;
    await recorder.flush();
    assert.deepEqual(recorder.status, { held: 0, trouble: undefined });
    assert.ok(changes >= 2);
    assert.deepEqual(
      store.entries.flatMap(({ reason }) => reason ?? []),
      ['one', 'two', 'three'],
    );
    // Behind the torn line nothing was added: the next file begins by naming it.
    const [first = '', second = ''] = store.chains;
    assert.match(store.text(first), /[^\n]$/);
    assert.match(store.text(second), /^\{"entry":"header".*"torn":\{"bytes":100,/);
  });

  it('counts what it can no longer hold, and says so in the chain', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store, { heldLimit: 3 });
    store.refusal = 'There is no permission.';
    for (const reason of ['a', 'b', 'c', 'd', 'e']) recorder.record(actOf({ reason }));
    await recorder.flush();
    assert.equal(recorder.status.held, 3);
    store.refusal = undefined;
    await recorder.flush();
    assert.deepEqual(
      store.entries.map(({ entry, reason, count }) => [entry, reason ?? count]),
      [
        ['header', undefined],
        ['lost', 2],
        ['act', 'c'],
        ['act', 'd'],
        ['act', 'e'],
      ],
    );
  });

  it('goes on in a further file when one is full, or when the policy wants entries kept for another time', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store, { sizeLimit: 1000 });
    for (const reason of ['a', 'b', 'c']) {
      recorder.record(actOf({ reason }));
      await recorder.flush();
    }
    const longer = policyFrom(`${RECORDED}evidence: {record: [copy], keep: P2Y}\n`);
    recorder.record(actOf({ policy: longer, reason: 'd' }));
    await recorder.close();
    const headers = store.entries.filter(({ entry }) => entry === 'header');
    assert.ok(headers.length >= 3);
    assert.deepEqual([headers[0]?.keep, headers.at(-1)?.keep], ['P1Y', 'P2Y']);
    const sequences = store.entries.map(({ sequence }) => sequence);
    assert.deepEqual(
      sequences,
      sequences.map((_, at) => at + 1),
    );
    for (const [at, { previous }] of store.entries.entries()) {
      if (at > 0) assert.equal(previous, store.entries[at - 1]?.hash);
    }
  });

  it('never lets a word of the code into a file, whatever is told with it', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40 }), fc.string({ maxLength: 40 }), async (one, other) => {
        const canary = 'zqCanary93';
        const text = `  ${one}${canary} = ${other};\n${canary}(${other})\n`;
        recorder.record(
          actOf({ texts: [text, canary], reason: `because ${text}`, outcome: 'exposed', into: 'tool:chat' }),
        );
        await recorder.flush();
      }),
      { numRuns: 50 },
    );
    await recorder.close();
    for (const path of store.files.keys()) assert.ok(!store.text(path).includes('zqCanary'), path);
    assert.equal(store.entries.filter(({ entry }) => entry === 'act').length, 50);
  });

  it('records nothing after it was closed', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    recorder.record(actOf());
    await recorder.close();
    recorder.record(actOf());
    await recorder.flush();
    assert.deepEqual(
      store.entries.map(({ entry }) => entry),
      ['header', 'act', 'ended'],
    );
  });
});
