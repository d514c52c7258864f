import assert from 'node:assert/strict';
import { readExposures } from '../../src/evidence/readExposures.js';
import { verifyFolder } from '../../src/evidence/verifyFolder.js';
import { sha256 } from '../../src/node/sha256.js';
import type { Policy } from '../../src/policy/Policy.js';
import { policyFrom } from '../support/examplePolicy.js';
import { MemoryStore } from '../support/MemoryStore.js';
import { actOf, RECORDED, recorderOn } from '../support/recordedActs.js';

const keeping = (keep: string, cooling = ''): Policy =>
  policyFrom(
    `${cooling === '' ? RECORDED : RECORDED.replace('above: [fusion]', `above: [fusion], cooling: ${cooling}`)}evidence: {record: [copy, view]${keep === '' ? '' : `, keep: ${keep}`}}\n`,
  );

/** Records a copy and an exposure in a session of its own, and what the sweep at its start left. */
async function session(store: MemoryStore, from: string, policy: Policy, sweepBy = policy): Promise<readonly string[]> {
  const recorder = recorderOn(store, { from, session: from });
  await recorder.sweep(sweepBy);
  recorder.record(actOf({ policy }));
  recorder.record(actOf({ policy, action: 'view', outcome: 'exposed' }));
  await recorder.close();
  return store.chains.map((path) => path.replace(/^.*\/(\w+)-(\d{4}-\d\d-\d\d).*$/, '$1 $2'));
}

async function findings(store: MemoryStore): Promise<readonly string[]> {
  const folder = store.chains[0]?.split('/')[0] ?? '';
  const read = async (name: string, start: number, end: number) =>
    (await store.read(folder, name, start, end)) ?? new Uint8Array();
  const { findings } = await verifyFolder({ files: await store.list(folder), isWhole: true, read }, sha256);
  return findings.map(({ message }) => message);
}

describe('how long evidence is kept', () => {
  it('is as long as the policy says, counted from the last entry; the removal is recorded, and nothing counts as missing', async () => {
    const store = new MemoryStore();
    const policy = keeping('P30D');
    await session(store, '2026-01-01T10:00:00Z', policy);
    await session(store, '2026-01-20T10:00:00Z', policy);
    assert.equal((await session(store, '2026-01-31T10:00:00Z', policy)).length, 6);
    const kept = await session(store, '2026-02-01T10:00:00Z', policy);
    assert.deepEqual(kept, [
      'evidence 2026-01-20',
      'evidence 2026-01-31',
      'evidence 2026-02-01',
      'exposures 2026-01-20',
      'exposures 2026-01-31',
      'exposures 2026-02-01',
    ]);
    const [removed] = store.entries.filter(({ entry }) => entry === 'removed');
    assert.equal((removed?.files as unknown[]).length, 2);
    assert.deepEqual(await findings(store), []);
  });

  it('is for ever when the policy does not say', async () => {
    const store = new MemoryStore();
    await session(store, '2026-01-01T10:00:00Z', keeping(''));
    assert.equal((await session(store, '2099-01-01T10:00:00Z', keeping(''))).length, 4);
  });

  it('cannot be shortened for what is there already, neither by another policy nor from "for ever"', async () => {
    const store = new MemoryStore();
    await session(store, '2026-01-01T10:00:00Z', keeping('P7Y'));
    await session(store, '2026-01-02T10:00:00Z', keeping(''));
    assert.equal((await session(store, '2026-06-01T10:00:00Z', keeping('PT1H'))).length, 6);
  });

  it('is longer for exposures, as long as a cooling-off period may run from them', async () => {
    const store = new MemoryStore();
    const policy = keeping('P30D', 'P1Y');
    await session(store, '2026-01-01T10:00:00Z', policy);
    assert.deepEqual(await session(store, '2026-06-01T10:00:00Z', policy), [
      'evidence 2026-06-01',
      'exposures 2026-01-01',
      'exposures 2026-06-01',
    ]);
    assert.equal((await readExposures(store, 'A', sha256)).length, 2);
    assert.deepEqual(await findings(store), []);
  });

  it('leaves a file alone whose session may still be open', async () => {
    const store = new MemoryStore();
    const policy = keeping('PT1H');
    const open = recorderOn(store, { session: 'open' });
    open.record(actOf({ policy }));
    await open.flush();
    const other = recorderOn(store, { from: '2026-05-20T20:00:00Z' });
    await other.sweep(policy);
    assert.equal(store.chains.length, 1);
    const later = recorderOn(store, { from: '2026-05-23T20:00:00Z' });
    await later.sweep(policy);
    await later.close();
    assert.deepEqual(
      store.entries.map(({ entry }) => entry),
      ['header', 'removed', 'ended'],
    );
  });

  it('removes nothing when it cannot write down that it does', async () => {
    const store = new MemoryStore();
    const policy = keeping('P30D');
    await session(store, '2026-01-01T10:00:00Z', policy);
    store.room = 0;
    const recorder = recorderOn(store);
    await recorder.sweep(policy);
    store.room = Infinity;
    assert.equal(store.chains.filter((path) => path.includes('2026-01-01')).length, 2);
  });
});
