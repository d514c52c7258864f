import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ChainWriter } from '../../src/evidence/ChainWriter.js';
import { OUTCOMES, type Body } from '../../src/evidence/Entry.js';
import type { Verification } from '../../src/evidence/Verification.js';
import { verifyFolder } from '../../src/evidence/verifyFolder.js';
import { sha256 } from '../../src/node/sha256.js';
import { ACTIONS, EFFECTS } from '../../src/policy/language.js';
import { MemoryStore } from '../support/MemoryStore.js';

const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 30 }));
const lists = fc.array(texts, { maxLength: 3 });
const acts: fc.Arbitrary<Body> = fc
  .record({
    person: fc.option(texts),
    source: texts,
    action: fc.constantFrom(...ACTIONS),
    outcome: fc.constantFrom(...OUTCOMES),
    effect: fc.constantFrom(...EFFECTS),
    rules: lists,
    assets: lists,
    path: texts,
    reason: texts,
  })
  .map((fields) => ({
    ...{ entry: 'act', policy: null, waived: [], notices: [], duties: [], clauses: [] },
    ...fields,
  }));

/** A clock that goes on by a second whenever it is asked. */
function ticking() {
  let second = 0;
  return { now: () => new Date(Date.UTC(2026, 4, 20, 10, 0, second++)).toISOString() };
}

interface Session {
  readonly bodies: readonly Body[];
  /** Where to write what was taken so far. */
  readonly flushAt: ReadonlySet<number>;
}
const sessions: fc.Arbitrary<Session> = fc.record({
  bodies: fc.array(acts, { minLength: 1, maxLength: 8 }),
  flushAt: fc.uniqueArray(fc.nat(8)).map((at) => new Set(at)),
});

/** Writes sessions into one folder, one after the other or all at once. */
async function written(
  all: readonly Session[],
  { sizeLimit = 1e9, atOnce = false, ends = true } = {},
): Promise<MemoryStore> {
  const store = new MemoryStore();
  const clock = ticking();
  const run = async ({ bodies, flushAt }: Session, at: number): Promise<void> => {
    const place = { folder: 'f', kind: 'evidence', agreement: 'A' } as const;
    const ports = { store, clock, hash: sha256, session: `s${at}`, product: '1', sizeLimit };
    const writer = new ChainWriter(place, ports);
    for (const [number, body] of bodies.entries()) {
      writer.add(body, clock.now(), null);
      if (flushAt.has(number)) await writer.flush();
    }
    if (ends) writer.end(clock.now());
    await writer.flush();
    assert.equal(writer.trouble, undefined);
  };
  if (atOnce) await Promise.all(all.map(run));
  else for (const [at, session] of all.entries()) await run(session, at);
  return store;
}

async function verified(store: MemoryStore, anchors: readonly string[] = []): Promise<Verification> {
  const given = {
    files: await store.list('f'),
    isWhole: true,
    read: async (name: string, start: number, end: number) =>
      (await store.read('f', name, start, end)) ?? new Uint8Array(),
  };
  return verifyFolder(given, sha256, anchors);
}

/** What was found, in short: `changed 3`. */
async function found(store: MemoryStore): Promise<string[]> {
  return (await verified(store)).findings.map(({ code, line }) => (line === undefined ? code : `${code} ${line}`));
}

function linesOf(store: MemoryStore, path: string): string[] {
  return store.text(path).split('\n').slice(0, -1);
}

function setLines(store: MemoryStore, path: string, lines: readonly string[]): void {
  store.files.set(path, new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));
}

/** One session of six acts: header, entries 2 to 7, `ended`. */
async function oneSession(
  more: { ends?: boolean } = {},
): Promise<{ store: MemoryStore; path: string; lines: string[] }> {
  const body: Body = {
    ...{ entry: 'act', policy: null, person: 'ana@helio.example', source: 'git', action: 'copy', outcome: 'refused' },
    ...{ effect: 'deny', rules: [], waived: [], notices: [], duties: [], assets: ['net'], clauses: [], path: 'a.c' },
  };
  const store = await written([{ bodies: Array<Body>(6).fill(body), flushAt: new Set() }], more);
  const [path = ''] = store.chains;
  return { store, path, lines: linesOf(store, path) };
}

describe('verifying evidence', () => {
  it('finds nothing wrong with what was written, whatever the entries say, in any number of files and sessions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(sessions, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(600, 2000, 1e9),
        fc.boolean(),
        async (all, sizeLimit, atOnce) => {
          const store = await written(all, { sizeLimit, atOnce });
          const { findings, notes, entries } = await verified(store);
          assert.deepEqual(findings, []);
          assert.deepEqual(notes, []);
          const acts = all.reduce((sum, { bodies }) => sum + bodies.length, 0);
          assert.ok(entries >= acts + 2 * all.length);
        },
      ),
    );
  });

  it('finds any change of any byte of any chain file', async () => {
    await fc.assert(
      fc.asyncProperty(sessions, fc.nat(), fc.integer({ min: 1, max: 255 }), async (session, at, mask) => {
        const store = await written([session]);
        const [path = ''] = store.chains;
        const bytes = Uint8Array.from(store.files.get(path) ?? []);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ mask;
        store.files.set(path, bytes);
        assert.notDeepEqual(await found(store), []);
      }),
      { numRuns: 300 },
    );
  });

  it('finds any line that was removed, repeated, moved or put in, and any end that was cut off', async () => {
    await fc.assert(
      fc.asyncProperty(
        sessions,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('remove', 'repeat', 'move', 'put in', 'cut', 'cut bytes'),
        async (session, one, two, how) => {
          const store = await written([session]);
          const [path = ''] = store.chains;
          const lines = linesOf(store, path);
          const at = one % lines.length;
          const to = two % lines.length;
          const [line = ''] = lines.slice(at);
          if (how === 'remove') lines.splice(at, 1);
          else if (how === 'repeat') lines.splice(to, 0, line);
          else if (how === 'move') {
            fc.pre(at !== to);
            lines.splice(at, 1);
            lines.splice(to, 0, line);
          } else if (how === 'put in') lines.splice(to, 0, line.replace('"sequence":', '"sequence":1'));
          else if (how === 'cut') lines.splice(at);
          if (how === 'cut bytes') {
            const bytes = store.files.get(path) ?? new Uint8Array();
            store.files.set(path, bytes.slice(0, one % bytes.length));
          } else setLines(store, path, lines);
          assert.notDeepEqual(await found(store), []);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('finds every file that was removed, the newest one included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(sessions, { minLength: 2, maxLength: 4 }),
        fc.nat(),
        fc.boolean(),
        async (all, at, atOnce) => {
          const store = await written(all, { sizeLimit: 1500, atOnce });
          const path = store.chains[at % store.chains.length] ?? '';
          store.files.delete(path);
          const { findings } = await verified(store);
          assert.ok(findings.some(({ code, file }) => code === 'missing-file' && path.endsWith(file)));
        },
      ),
    );
  });

  it('says of a change where it is', async () => {
    const { store, path, lines } = await oneSession();
    const changed = [...lines];
    changed[3] = (lines[3] ?? '').replace('refused', 'allowed');
    setLines(store, path, changed);
    assert.deepEqual(await found(store), ['changed 4']);
  });

  it('finds a change that was given a new hash by the entry behind it', async () => {
    const { store, path, lines } = await oneSession();
    const content = (lines[3] ?? '').replace('refused', 'allowed').replace(/,"hash":"[0-9a-f]*"}$/, '}');
    const hash = await sha256(new TextEncoder().encode(content));
    setLines(store, path, lines.with(3, `${content.slice(0, -1)},"hash":"${hash}"}`));
    const { findings } = await verified(store);
    assert.deepEqual(
      findings.map(({ code, line }) => `${code} ${line ?? ''}`),
      ['replaced 5'],
    );
    assert.match(findings[0]?.message ?? '', /The entry before this one \(line 4 of evidence-.*\) is not the one/);
  });

  it('tells a removed entry from one that was moved, and from one that was added', async () => {
    const { store, path, lines } = await oneSession();
    setLines(store, path, lines.toSpliced(3, 2));
    assert.deepEqual(await found(store), ['missing 4']);
    assert.match((await verified(store)).findings[0]?.message ?? '', /^Entries 4 to 5 are missing before this line\.$/);
    setLines(store, path, [...lines.slice(0, 3), ...lines.slice(4, 6), lines[3] ?? '', ...lines.slice(6)]);
    assert.deepEqual(await found(store), ['moved 6']);
    setLines(store, path, lines.toSpliced(5, 0, lines[2] ?? ''));
    assert.deepEqual(await found(store), ['added 6']);
    setLines(store, path, lines.toSpliced(5, 0, '{"hello":"there"}'));
    assert.deepEqual(await found(store), ['no-entry 6']);
  });

  it('finds entries that were cut off at the end, by the list of heads', async () => {
    const { store, path, lines } = await oneSession();
    setLines(store, path, lines.slice(0, 5));
    const { findings, notes } = await verified(store);
    assert.deepEqual(
      findings.map(({ code, message }) => [code, message]),
      [
        [
          'cut',
          'This file ends with entry 5; heads.jsonl says that it had got to entry 8. Entries 6 to 8 are missing at its end.',
        ],
      ],
    );
    assert.deepEqual(
      notes.map(({ code }) => code),
      ['open'],
    );
  });

  it('finds that the list of heads is gone', async () => {
    const { store } = await oneSession();
    store.files.delete('f/heads.jsonl');
    assert.deepEqual(await found(store), ['no-heads']);
  });

  it('finds a whole chain that was written anew, by what other files and the list of heads say of it', async () => {
    const one: Session = { bodies: [{ entry: 'exposure', person: 'a', asset: 'b' }], flushAt: new Set() };
    const store = await written([one, one]);
    const forged = await written([{ ...one, bodies: [{ entry: 'exposure', person: 'c', asset: 'b' }] }]);
    const [path = ''] = store.chains;
    const [other = ''] = forged.chains;
    // The forger keeps the name that the header gives, and every hash within the file is right.
    const name = path.slice(2);
    let previous = '0'.repeat(64);
    const lines: string[] = [];
    for (const line of linesOf(forged, other)) {
      const content = line
        .replace(/"file":"[^"]*"/, `"file":"${name}"`)
        .replace(/"previous":"[0-9a-f]*","hash":"[0-9a-f]*"}$/, `"previous":"${previous}"}`);
      previous = await sha256(new TextEncoder().encode(content));
      lines.push(`${content.slice(0, -1)},"hash":"${previous}"}`);
    }
    setLines(store, path, lines);
    assert.deepEqual(await found(store), ['replaced 3']);
    store.files.delete('f/heads.jsonl');
    assert.deepEqual(await found(store), ['no-heads', 'replaced 3']);
  });

  it('finds a rewritten chain by a hash that was deposited elsewhere, where nothing on the machine tells', async () => {
    const { store } = await oneSession();
    const [head] = (await verified(store)).heads;
    assert.ok(head);
    assert.deepEqual((await verified(store, [head.hash])).anchored, [head.hash]);
    const { store: rewritten } = await oneSession();
    assert.deepEqual(await found(rewritten), []);
    assert.deepEqual((await verified(rewritten, [head.hash])).anchored, []);
  });

  it('finds entries behind the one that ended the session', async () => {
    const { store, path, lines } = await oneSession();
    const open = lines.at(-1)?.replace('"entry":"ended","sequence":8', '"entry":"ended","sequence":9') ?? '';
    const before = /"hash":"([0-9a-f]*)"/.exec(lines.at(-1) ?? '')?.[1] ?? '';
    const content = open.replace(/"previous":.*$/, `"previous":"${before}"}`);
    const hash = await sha256(new TextEncoder().encode(content));
    setLines(store, path, [...lines, `${content.slice(0, -1)},"hash":"${hash}"}`]);
    assert.deepEqual(await found(store), ['added 9']);
  });

  it('calls a line that a crash tore torn, until a later session says so', async () => {
    const { store, path } = await oneSession({ ends: false });
    const bytes = store.files.get(path) ?? new Uint8Array();
    store.files.set(path, Uint8Array.from([...bytes, ...new TextEncoder().encode('{"entry":"act","seq')]));
    assert.deepEqual(await found(store), ['torn 8']);
    const writer = new ChainWriter(
      { folder: 'f', kind: 'evidence', agreement: 'A' },
      { store, clock: { now: () => '2026-05-21T10:00:00.000Z' }, hash: sha256, session: 'later', product: '1' },
    );
    writer.add({ entry: 'exposure', person: 'a', asset: 'b' }, '2026-05-21T10:00:00.000Z', null);
    await writer.flush();
    const { findings, notes } = await verified(store);
    assert.deepEqual(findings, []);
    assert.deepEqual(
      notes.map(({ code, line }) => [code, line]),
      [
        ['interrupted', 8],
        ['open', undefined],
        ['open', undefined],
      ],
    );
  });

  it('goes through a disk that is full at any byte: afterwards nothing is wrong, and nothing that was told is missing', async () => {
    await fc.assert(
      fc.asyncProperty(sessions, fc.array(fc.nat(3000), { minLength: 1, maxLength: 4 }), async (session, rooms) => {
        const store = new MemoryStore();
        const clock = ticking();
        const ports = { store, clock, hash: sha256, session: 's', product: '1', sizeLimit: 2000 };
        const writer = new ChainWriter({ folder: 'f', kind: 'evidence', agreement: 'A' }, ports);
        for (const room of rooms) {
          store.room = room;
          for (const body of session.bodies) {
            writer.add(body, clock.now(), null);
            await writer.flush();
          }
        }
        store.room = Infinity;
        writer.end(clock.now());
        await writer.flush();
        // One more session, which names what the full disk tore.
        const later = new ChainWriter({ folder: 'f', kind: 'evidence', agreement: 'A' }, ports);
        later.add({ entry: 'exposure', person: 'a', asset: 'b' }, clock.now(), null);
        later.end(clock.now());
        await later.flush();
        const { findings } = await verified(store);
        assert.deepEqual(findings, []);
        const whole = store.entries.filter(({ entry }) => entry === 'act').length;
        assert.equal(whole, session.bodies.length * rooms.length);
      }),
    );
  });

  it('knows two files apart that a full disk tore at the same byte of their first line, in one session or in two', async () => {
    const full = async (writer: ChainWriter, store: MemoryStore, clock: { now(): string }) => {
      store.room = 7;
      writer.add({ entry: 'exposure', person: 'a', asset: 'b' }, clock.now(), null);
      await writer.flush();
      store.room = Infinity;
    };
    for (const writers of [1, 2]) {
      const store = new MemoryStore();
      const clock = ticking();
      const begin = () =>
        new ChainWriter(
          { folder: 'f', kind: 'evidence', agreement: 'A' },
          { store, clock, hash: sha256, session: 's', product: '1', sizeLimit: 1 },
        );
      const first = begin();
      await full(first, store, clock);
      await first.flush();
      const second = writers === 1 ? first : begin();
      await full(second, store, clock);
      await second.flush();
      for (const writer of new Set([first, second])) {
        writer.end(clock.now());
        await writer.flush();
      }
      const later = begin();
      later.add({ entry: 'exposure', person: 'a', asset: 'b' }, clock.now(), null);
      later.end(clock.now());
      await later.flush();

      assert.equal([...store.files.values()].filter(({ length }) => length === 7).length, 2);
      const { findings, notes } = await verified(store);
      assert.deepEqual(findings, []);
      assert.equal(notes.filter(({ code }) => code === 'interrupted').length, 2);
    }
  });

  it('checks what another program converted without the conversion, and says that there was one', async () => {
    const { store, path } = await oneSession();
    const text = store.text(path);
    store.files.set(path, new TextEncoder().encode(text.replaceAll('\n', '\r\n')));
    assert.deepEqual(await found(store), ['converted']);
    store.files.set(path, new TextEncoder().encode(`\uFEFF${text}`));
    assert.deepEqual(await found(store), ['converted']);
    const wide = new Uint8Array(text.length * 2);
    for (let at = 0; at < text.length; at++) wide[at * 2] = text.charCodeAt(at);
    store.files.set(path, wide);
    assert.ok((await found(store)).every((finding) => /^(no-entry|torn)/.test(finding)));
    assert.notDeepEqual(await found(store), []);
  });

  it('knows a file by its header: renamed it is noted, twice it is found', async () => {
    const { store, path } = await oneSession();
    const bytes = store.files.get(path) ?? new Uint8Array();
    store.files.set('f/exhibit-3.jsonl', bytes);
    assert.deepEqual(await found(store), ['twice']);
    store.files.delete(path);
    const { findings, notes } = await verified(store);
    assert.deepEqual(findings, []);
    assert.deepEqual(
      notes.map(({ code }) => code),
      ['renamed'],
    );
  });

  it('says little of a file that is something else', async () => {
    const { store } = await oneSession();
    store.files.set('f/other.jsonl', new TextEncoder().encode('{"a":1}\n'.repeat(10_000)));
    store.files.set('f/empty.jsonl', new Uint8Array());
    store.files.set(
      'f/noise.jsonl',
      Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251),
    );
    const { findings } = await verified(store);
    assert.equal(findings.filter(({ file }) => file === 'other.jsonl').length, 50);
    assert.deepEqual(
      findings.filter(({ file }) => file === 'empty.jsonl').map(({ code }) => code),
      ['no-entry'],
    );
    assert.ok(findings.some(({ file }) => file === 'noise.jsonl'));
  });
});
