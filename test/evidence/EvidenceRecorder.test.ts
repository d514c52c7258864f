import assert from 'node:assert/strict';
import type { Act } from '../../src/evidence/Act.js';
import { EvidenceRecorder } from '../../src/evidence/EvidenceRecorder.js';
import { readExposures } from '../../src/evidence/readExposures.js';
import { sha256 } from '../../src/node/sha256.js';
import { answer, CO_BUILD } from '../support/asking.js';
import { policyFrom } from '../support/examplePolicy.js';
import { MemoryStore } from '../support/MemoryStore.js';

const RULES = `
walls:
  - {id: w, sides: [{name: one, who: [fusion], assets: [notes]}, {name: two, who: [north-core], assets: [net]}], above: [fusion]}
guardrails:
  - {id: no-copy, covers: [net], actions: [copy], effect: deny, clause: "6.2", what: W., why: Y., instead: I.}
  - {id: logged, covers: [net], actions: [export], effect: deny, what: W., why: Y., instead: I., duties: [log]}
`;
const policy = policyFrom(`${CO_BUILD}${RULES}evidence: {record: [copy, view], keep: P1Y}\n`);

function act(more: Partial<Act> = {}): Act {
  const action = more.action ?? 'copy';
  return {
    policy,
    policyHash: 'ab'.repeat(32),
    person: { address: 'ana@helio.example', source: "git's user.email" },
    action,
    decision: answer(policy, { action }),
    outcome: 'refused',
    place: { path: 'net/a.py', lines: { start: 12, end: 40 } },
    ...more,
  };
}

function recorderOn(store: MemoryStore, more: { heldLimit?: number; sizeLimit?: number } = {}) {
  let minute = 0;
  const clock = { now: () => new Date(Date.UTC(2026, 4, 20, 10, minute++)).toISOString() };
  return new EvidenceRecorder({ store, clock, hash: sha256, session: 's1', product: '1.2.3', ...more });
}

describe('the evidence recorder', () => {
  it('writes an act down in the words of the agreement, behind a header', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    recorder.record(
      act({ into: 'tool:chat', purpose: 'integration', reason: 'Needed  for\nthe test', texts: ['x = 1'] }),
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
      clauses: ['6.2'],
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
    recorder.record(act({ action: 'edit' }));
    await recorder.close();
    assert.equal(store.files.size, 0);
  });

  it('records only what the policy names, and what a guardrail wants logged', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    for (const action of ['view', 'edit', 'copy', 'use', 'export'] as const) recorder.record(act({ action }));
    const silent = policyFrom(CO_BUILD + RULES);
    recorder.record(act({ policy: silent, decision: answer(silent, { action: 'copy' }) }));
    await recorder.flush();
    assert.deepEqual(
      store.entries.filter(({ entry }) => entry === 'act').map(({ action }) => action),
      ['view', 'copy', 'export'],
    );
  });

  it('records nothing of code that no asset covers', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    recorder.record(act({ decision: answer(policy, { action: 'copy', file: 'own/free.py' }) }));
    await recorder.close();
    assert.equal(store.files.size, 0);
  });

  it('keeps the order in which acts were told, however long their texts are', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    recorder.record(act({ reason: 'first', texts: ['long '.repeat(100_000)] }));
    recorder.record(act({ reason: 'second' }));
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
    recorder.record(act({ texts, reason: 'I need return secretFactor * 42; in my file' }));
    recorder.record(act({ texts, reason: 'I need int a;' }));
    await recorder.flush();
    assert.deepEqual(
      store.entries.flatMap(({ reason }) => reason ?? []),
      ['(left out: the reason repeats the code)', 'I need int a;'],
    );
  });

  it('gives exposures back to the session that follows, for assets of walls and known people only', async () => {
    const store = new MemoryStore();
    const recorder = recorderOn(store);
    const seen = act({ action: 'view', outcome: 'exposed' });
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
    const silent = policyFrom(CO_BUILD + RULES);
    recorder.record(act({ policy: silent, action: 'view', outcome: 'exposed', decision: answer(silent, {}) }));
    await recorder.close();
    assert.deepEqual(
      store.entries.map(({ entry }) => entry),
      ['header', 'exposure', 'ended'],
    );
  });

  it('holds entries while the disk is full, says so, and writes them in order when it can', async () => {
    const store = new MemoryStore();
    let changes = 0;
    const recorder = new EvidenceRecorder(
      { store, clock: { now: () => '2026-05-20T10:00:00.000Z' }, hash: sha256, session: 's1', product: '1' },
      () => changes++,
    );
    recorder.record(act({ reason: 'one' }));
    await recorder.flush();
    store.room = 100;
    recorder.record(act({ reason: 'two' }));
    recorder.record(act({ reason: 'three' }));
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
    for (const reason of ['a', 'b', 'c', 'd', 'e']) recorder.record(act({ reason }));
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
      recorder.record(act({ reason }));
      await recorder.flush();
    }
    const longer = policyFrom(`${CO_BUILD}${RULES}evidence: {record: [copy], keep: P2Y}\n`);
    recorder.record(act({ policy: longer, reason: 'd' }));
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
});
