import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FolderTerms } from '../../../../src/editor/FolderTerms.js';
import { LessonRecords } from '../../../../src/editor/training/LessonRecords.js';
import { PastedBadges } from '../../../../src/editor/training/PastedBadges.js';
import { RecordAccess } from '../../../../src/editor/training/RecordAccess.js';
import { diskFiles } from '../../../../src/node/diskFiles.js';
import { networkWith } from '../../../../src/node/nodeNetwork.js';
import { sha256 } from '../../../../src/node/sha256.js';
import { systemClock } from '../../../../src/node/systemClock.js';
import { startFaultyProxy, type FaultyProxy } from '../../../support/lrs/FaultyProxy.js';
import { eventually } from '../../host/eventually.js';
import { fileIn, onDisk, otherProgramWrites, POLICY } from '../../host/files.js';

const ANA = 'ana@harbor.example';
const CANARY = 'canary-90b7d4';
const COURSE = 'https://learn.harbor.example/courses/safe-hands';
const REGISTER = '- {kind: file, path: terms/training.csv}';

/** Secrets and choices that a test can look at. */
class Remembered implements vscode.SecretStorage, vscode.Memento {
  readonly kept = new Map<string, unknown>();
  private readonly changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.changed.event;

  get(key: string): Promise<string | undefined> & undefined {
    return this.kept.get(key) as Promise<string | undefined> & undefined;
  }

  store(key: string, value: string): Promise<void> {
    this.kept.set(key, value);
    this.changed.fire({ key });
    return Promise.resolve();
  }

  update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, value);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.kept.delete(key);
    this.changed.fire({ key });
    return Promise.resolve();
  }

  keys(): Promise<string[]> & readonly string[] {
    return [...this.kept.keys()] as unknown as Promise<string[]> & readonly string[];
  }
}

describe('course records in the editor', () => {
  const owned: vscode.Disposable[] = [];
  const said: string[] = [];
  let store: FaultyProxy;
  let other: FaultyProxy;
  let secrets: Remembered;
  let choices: Remembered;
  let access: RecordAccess;
  let isTrusted: boolean;
  let passes: readonly object[];
  const root = () => vscode.Uri.joinPath(fileIn('x'), '..');
  const storage = () => vscode.Uri.joinPath(root(), '..', `storage-${owned.length}-of-the-test`);
  const log = {
    info: (message: string) => said.push(message),
    warn: (message: string) => said.push(message),
    error: (message: string, cause?: unknown) => said.push(message, String(cause)),
  };

  const answering = (proxy: FaultyProxy): void => {
    proxy.fail(({ method }, response) => {
      response.writeHead(method === 'PUT' ? 204 : 200, { 'content-type': 'application/json' });
      response.end(method === 'PUT' ? '' : JSON.stringify({ statements: passes, more: '' }));
      return true;
    });
  };

  beforeEach(async () => {
    said.length = 0;
    passes = [];
    isTrusted = true;
    [store, other] = await Promise.all([startFaultyProxy(), startFaultyProxy()]);
    answering(store);
    answering(other);
    secrets = new Remembered();
    choices = new Remembered();
    access = new RecordAccess(secrets, choices);
    owned.push(access);
    const policy = await onDisk(POLICY);
    await otherProgramWrites(POLICY, policy.replace(REGISTER, `- {kind: xapi, endpoint: "${store.endpoint}"}`));
  });
  afterEach(async () => {
    for (const disposable of owned.splice(0)) disposable.dispose();
    await Promise.all([store.stop(), other.stop()]);
  });

  const network = (of: vscode.Uri, place: vscode.Uri) =>
    isTrusted ? networkWith(access.of(of), vscode.Uri.joinPath(place, 'records').fsPath) : undefined;

  const opened = async (place = storage()): Promise<FolderTerms> => {
    const folder = new FolderTerms(root(), {
      ...{ clock: systemClock, hash: sha256, log, storage: undefined, memory: choices },
      disk: (path) => diskFiles(path, true),
      person: () => Promise.resolve({ address: ANA, source: 'the test' }),
      exposures: () => Promise.resolve([]),
      badges: () => Promise.resolve([]),
      network: (of) => network(of, place),
    });
    owned.push(folder);
    await folder.open();
    return folder;
  };
  const agree = async (endpoint: string) => {
    await access.keep(endpoint, { kind: 'basic', user: 'ana', password: CANARY });
    await access.agree(root(), endpoint, [endpoint]);
  };
  const stands = (folder: FolderTerms) => folder.records.standings.map(({ state }) => state);
  /** The policy was written a moment ago: reading it again may come between, by what is known already. */
  const comesTo = (folder: FolderTerms, state: string) =>
    eventually(
      state,
      async () => {
        await folder.refreshRecords();
        return stands(folder).join() === state;
      },
      () => folder.records.standings,
    );
  const pass = (person: string) => ({
    actor: { mbox: `mailto:${person}` },
    verb: { id: 'http://adlnet.gov/expapi/verbs/passed' },
    object: { id: COURSE },
    timestamp: new Date(Date.now() - 60_000).toISOString(),
  });

  it('asks no store that nobody agreed to, and says unknown, never missing', async () => {
    const folder = await opened();
    await eventually('an answer', () => folder.records.isSettled);
    assert.deepEqual(stands(folder), ['unknown']);
    assert.deepEqual(store.seen, []);
    assert.match(said.join('\n'), /nobody has agreed to it for this repository/);
  });

  it('asks at once after somebody agreed, about this person alone, and a pass is known without a reload', async () => {
    const folder = await opened();
    await agree(store.endpoint);
    await comesTo(folder, 'missing');
    passes = [pass(ANA.toUpperCase()), pass('somebody@else.example')];
    await comesTo(folder, 'current');
    assert.ok(store.seen.length > 0);
    for (const { url } of store.seen) assert.match(decodeURIComponent(url), /"mbox":"mailto:ana@harbor\.example"/);
    assert.deepEqual(
      folder.facts.records.map(({ person }) => person),
      [ANA],
    );
  });

  it('fetches nothing in Restricted Mode', async () => {
    isTrusted = false;
    await agree(store.endpoint);
    const folder = await opened();
    await folder.refreshRecords();
    assert.deepEqual([store.seen, stands(folder)], [[], ['unknown']]);
  });

  it('sends a credential to no store but the one that it was given for, and shows it nowhere', async () => {
    await agree(store.endpoint);
    const folder = await opened();
    await folder.refreshRecords();
    const before = store.seen.length;
    assert.ok(before > 0);
    const policy = await onDisk(POLICY);
    await otherProgramWrites(POLICY, policy.replace(store.endpoint, other.endpoint));
    const named = () => folder.records.current.sources.some(({ name }) => name === other.endpoint);
    await eventually('the other store in the policy', () => named() && folder.records.isSettled);
    await folder.refreshRecords();
    assert.deepEqual(stands(folder), ['unknown']);
    assert.deepEqual(other.seen, []);
    // Agreeing to the other one does not bring along what was given for the first.
    await access.agree(root(), other.endpoint, [other.endpoint]);
    await folder.refreshRecords();
    assert.deepEqual(other.seen, []);
    assert.deepEqual(access.agreedFor(root()), [other.endpoint], 'a store that comes back is asked about again');
    store.fail((_, response) => {
      response.writeHead(500).end(CANARY);
      return true;
    });
    await folder.refreshRecords();
    const shown = JSON.stringify([said, folder.records.current, folder.facts, [...choices.kept]]);
    for (const secret of [CANARY, btoa(`ana:${CANARY}`)]) assert.ok(!shown.includes(secret), shown);
    const settings = JSON.stringify(vscode.workspace.getConfiguration());
    assert.ok(!settings.includes(CANARY));
    assert.ok(
      [...secrets.kept.values()].some((value) => String(value).includes(CANARY)),
      'the canary was there',
    );
  });

  it('goes on with what it knew while the store cannot be asked, and says so', async () => {
    await agree(store.endpoint);
    passes = [pass(ANA)];
    const place = storage();
    const folder = await opened(place);
    await comesTo(folder, 'current');
    store.fail((_, response) => {
      response.writeHead(404).end();
      return true;
    });
    await eventually('what is wrong with the store', async () => {
      await folder.refreshRecords();
      return /has no statements at this address/.test(folder.records.standings[0]?.unchecked?.why ?? '');
    });
    assert.deepEqual(stands(folder), ['current']);
    const next = await opened(place);
    assert.deepEqual(stands(next), ['current'], 'a new window begins with what is kept');
  });

  it('keeps the record of a lesson until the store takes it, and then sends it once', async () => {
    await agree(store.endpoint);
    const folder = await opened();
    const place = storage();
    const records = new LessonRecords({
      ...{ clock: systemClock, log, storage: vscode.Uri.joinPath(place, 'lessons') },
      network: (of) => network(of, place),
    });
    const course = folder.policy?.training[0];
    assert.ok(course);
    store.fail((_, response) => {
      response.writeHead(503).end();
      return true;
    });
    const score = { right: 4, of: 4, scaled: 1, passed: true, again: [] };
    const taken = { person: ANA, course, score, at: systemClock.now(), took: 61_000 };
    assert.equal((await records.record(folder, taken)).kind, 'queued');
    assert.deepEqual(await records.sendWaiting(folder), { sent: [], waiting: 1 });
    answering(store);
    const before = store.seen.length;
    assert.deepEqual(await records.sendWaiting(folder), { sent: [store.endpoint], waiting: 0 });
    assert.deepEqual(await records.sendWaiting(folder), { sent: [], waiting: 0 });
    assert.deepEqual(
      store.seen.slice(before).map(({ method }) => method),
      ['PUT'],
    );
    assert.equal(
      (await records.record(folder, { ...taken, course: { ...course, url: 'https://x.example' } })).kind,
      'nowhere',
    );
  });

  it('keeps pasted badges by their issuer, for every window, and reads none where something else was written', async () => {
    const place = storage();
    const [one, other] = ['https://one.example', 'https://other.example'];
    const badges = new PastedBadges(place);
    assert.deepEqual(await badges.of([one]), []);
    await badges.keep(one, ['a.b.c', 'd.e.f', 'a.b.c']);
    await badges.keep(other, ['g.h.i']);
    const window = new PastedBadges(place);
    assert.deepEqual(await window.of([one]), ['a.b.c', 'd.e.f']);
    assert.deepEqual(await window.of([other, one, one]), ['g.h.i', 'a.b.c', 'd.e.f']);
    const [[file] = ['']] = await vscode.workspace.fs.readDirectory(place);
    for (const text of ['{', '7', '{"a": 1}', '[["https://one.example", [1]], 7, [], null]']) {
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(place, file), new TextEncoder().encode(text));
      assert.deepEqual(await window.of([one]), [], text);
    }
    await window.keep(one, ['a.b.c']);
    assert.deepEqual(await badges.of([one]), ['a.b.c']);
  });
});
