import assert from 'node:assert/strict';
import { createServer as createTlsServer } from 'node:https';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchHttp } from '../../src/node/fetchHttp.js';
import type { HttpOutcome, HttpRequest } from '../../src/ports.js';
import type { CourseRecords, SourceState } from '../../src/training/CourseRecords.js';
import { readRecords, type RecordOptions } from '../../src/training/readRecords.js';
import { lessonStatement } from '../../src/training/lessonRecord.js';
import { XapiStore } from '../../src/training/xapi/XapiStore.js';
import { startFaultyProxy, type FaultyProxy, type Fault } from '../support/lrs/FaultyProxy.js';
import { startRecordStore, type RecordStore } from '../support/lrs/RecordStore.js';
import { filesOf, NOW, SetClock, trainingPolicy, WatchedNetwork } from '../support/recordPorts.js';

const PASSED = 'http://adlnet.gov/expapi/verbs/passed';
const COMPLETED = 'http://adlnet.gov/expapi/verbs/completed';
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

/** A statement that somebody passed, a minute before noon; `more` replaces parts of it. */
const passed = (mbox: string, activity: string, more: object = {}) => ({
  actor: { mbox: `mailto:${mbox}` },
  verb: { id: PASSED },
  object: { id: activity },
  timestamp: '2026-05-20T11:59:00.000Z',
  ...more,
});

describe('a record store', function () {
  this.timeout(180_000);
  let store: RecordStore;
  let proxy: FaultyProxy;
  before(async () => {
    store = await startRecordStore();
    proxy = await startFaultyProxy(store.endpoint);
  });
  after(async () => {
    await proxy.stop();
    await store.stop();
  });
  afterEach(() => proxy.fail(undefined));

  let activities = 0;
  /** An activity of its own for every test: all share one store. */
  const activity = () => `urn:course:${++activities}`;
  const source = (endpoint: string, more = '') => `{kind: xapi, endpoint: "${endpoint}"${more}}`;
  // Its own clock is the store's: the store stamps what it stores with the real time.
  const read = (
    iri: string,
    options: RecordOptions & { network?: WatchedNetwork; more?: string; clock?: SetClock; course?: string } = {},
  ): Promise<CourseRecords> =>
    readRecords(
      trainingPolicy(source(proxy.endpoint, options.more), { activity: iri, course: options.course ?? '' }),
      {
        files: filesOf({}),
        clock: options.clock ?? { now: () => new Date().toISOString() },
        network: options.network ?? new WatchedNetwork([proxy.endpoint]),
      },
      options,
    );
  const state = async (iri: string, network?: WatchedNetwork): Promise<SourceState | undefined> =>
    (await read(iri, network === undefined ? {} : { network })).sources[0]?.state;

  it('gives what was passed and what was completed, when it happened, whoever was asked for', async () => {
    const iri = activity();
    await store.add(
      passed('ana@helio.example', iri),
      passed('nia@north.example', iri, { verb: { id: COMPLETED }, timestamp: '2026-05-20T13:00:00+02:00' }),
    );
    const everybody = await read(iri);
    assert.deepEqual(everybody.records, [
      { person: 'ana@helio.example', course: 'c', passed: '2026-05-20T11:59:00.000Z', source: proxy.endpoint },
      { person: 'nia@north.example', course: 'c', passed: '2026-05-20T11:00:00.000Z', source: proxy.endpoint },
    ]);
    assert.deepEqual(everybody.problems, []);
    assert.deepEqual(everybody.unchecked, []);
    assert.equal(everybody.sources[0]?.state.kind, 'read');
    const [ana] = (await read(iri, { person: 'ana@helio.example' })).records;
    assert.equal(ana?.person, 'ana@helio.example');
  });

  it('tells capitals apart, we do not: a person is asked for in every spelling that is known', async () => {
    const iri = activity();
    await store.add(passed('Ben@Helio.example', iri));
    for (const person of ['ben@helio.example', 'BEN@helio.example'])
      assert.deepEqual(
        (await read(iri, { person })).records.map((record) => record.person),
        ['ben@helio.example'],
      );
  });

  it('is read to the last page', async () => {
    const iri = activity();
    const people = Array.from({ length: 250 }, (_, at) => passed(`p${at}@guests.helio.example`, iri));
    await store.add(...people);
    const requests = proxy.seen.length;
    const { records } = await read(iri, { network: paged(50) });
    assert.equal(new Set(records.map(({ person }) => person)).size, 250);
    assert.ok(proxy.seen.length - requests >= 6, String(proxy.seen.length - requests));
  });

  it('tells how far it is, page by page, while it is read', async () => {
    const iri = activity();
    await store.add(...Array.from({ length: 120 }, (_, at) => passed(`p${at}@guests.helio.example`, iri)));
    const told: number[] = [];
    await read(iri, {
      network: paged(50),
      onProgress: (endpoint, statements) => {
        assert.equal(endpoint, proxy.endpoint);
        told.push(statements);
      },
    });
    assert.deepEqual(
      told.filter((count, at) => count !== told[at - 1]),
      [...new Set(told)].sort((a, b) => a - b),
    );
    assert.ok(told.includes(50) && told.includes(100) && told.at(-1) === 120, told.join());
  });

  /** A network that asks the store for pages of so many statements. */
  function paged(size: number): WatchedNetwork {
    const real = new WatchedNetwork([]).http;
    return new WatchedNetwork([proxy.endpoint], (request) =>
      real({ ...request, url: request.url.replace(/\blimit=0\b/, `limit=${size}`) }),
    );
  }

  it('says nothing of whoever failed, of groups, of other verbs and of statements about statements', async () => {
    const iri = activity();
    const [first] = await store.add(passed('nia@north.example', iri));
    await store.add(
      passed('failed@helio.example', iri, { result: { success: false } }),
      passed('unfinished@helio.example', iri, { verb: { id: COMPLETED }, result: { completion: false } }),
      passed('launched@helio.example', iri, { verb: { id: 'http://adlnet.gov/expapi/verbs/launched' } }),
      {
        ...passed('x@helio.example', iri),
        actor: {
          objectType: 'Group',
          mbox: 'mailto:team@helio.example',
          member: [{ mbox: 'mailto:ana@helio.example' }],
        },
      },
      {
        ...passed('x@helio.example', iri),
        actor: { objectType: 'Group', member: [{ mbox: 'mailto:ana@helio.example' }] },
      },
      { ...passed('ana@helio.example', iri), object: { objectType: 'StatementRef', id: first } },
    );
    assert.deepEqual(
      (await read(iri)).records.map(({ person }) => person),
      ['nia@north.example'],
    );
    assert.deepEqual((await read(iri, { person: 'ana@helio.example' })).records, []);
  });

  it('no longer gives a statement that was voided', async () => {
    const iri = activity();
    const [id] = await store.add(passed('ana@helio.example', iri));
    assert.equal((await read(iri)).records.length, 1);
    await store.add({
      actor: { mbox: 'mailto:lms@helio.example' },
      verb: { id: VOIDED },
      object: { objectType: 'StatementRef', id },
    });
    assert.deepEqual((await read(iri)).records, []);
  });

  it('takes the statement of a passed lesson, once however often it is sent, and it counts', async () => {
    const iri = activity();
    const policy = trainingPolicy(source(proxy.endpoint), { activity: iri, course: ', lesson: accepted' });
    const [course] = policy.training;
    const [records] = policy.records;
    assert.ok(course && records);
    const taken = {
      person: 'Ana@helio.example',
      course,
      score: { right: 9, of: 10, scaled: 0.9, passed: true, again: [] },
      at: '2026-05-20T11:00:00Z',
      took: 61_000,
    };
    const statement = lessonStatement(taken, records, randomUUID());
    assert.ok(statement);
    const network = new WatchedNetwork([proxy.endpoint]);
    const credential = { kind: 'basic', user: 'lesson', password: 'lesson' } as const;
    const store = new XapiStore(proxy.endpoint, credential, network, new SetClock());
    proxy.fail(status(503));
    assert.deepEqual(await store.put(statement), { kind: 'failing', status: 503 });
    proxy.fail(undefined);
    assert.equal(await store.put(statement), 'stored');
    assert.equal(await store.put(statement), 'stored');
    assert.deepEqual((await read(iri)).records, [
      { person: 'ana@helio.example', course: 'c', passed: '2026-05-20T11:00:00.000Z', source: proxy.endpoint },
    ]);
  });

  it('is judged by when something happened, not by when it was stored', async () => {
    const iri = activity();
    await store.add(passed('ana@helio.example', iri, { timestamp: '2024-02-29T23:30:00-01:00' }));
    assert.equal((await read(iri)).records[0]?.passed, '2024-03-01T00:30:00.000Z');
  });

  it('knows people by an account where the policy says so, each company by its own', async () => {
    const iri = activity();
    const account = (homePage: string, name: string) =>
      passed('x@x.example', iri, { actor: { account: { homePage, name } } });
    await store.add(
      account('https://learn.example', 'ana'),
      account('https://learn.example', 'nia@north.example'),
      account('https://other.example', 'ben'),
      passed('eve@helio.example', iri),
    );
    const more = ', account: {home: "https://learn.example", domain: helio.example}';
    const people = async (options: { more: string; person?: string }) =>
      (await read(iri, options)).records.map(({ person }) => person);
    assert.deepEqual(await people({ more }), ['ana@helio.example']);
    assert.deepEqual(await people({ more, person: 'ana@helio.example' }), ['ana@helio.example']);
    // Ana of another company has no account here, whatever she is called.
    assert.deepEqual(await people({ more, person: 'ana@north.example' }), []);
    assert.deepEqual(await people({ more: ', account: {home: "https://learn.example"}' }), ['nia@north.example']);
  });

  it('counts only what a trusted authority vouches for', async () => {
    const iri = activity();
    await store.add(passed('ana@helio.example', iri));
    const count = async (authority: string) =>
      (await read(iri, { more: `, authority: "${authority}"` })).records.length;
    // The store vouches for every statement itself, as this client.
    assert.equal(await count('mailto:client@example.org'), 1);
    assert.equal(await count('mailto:lms@helio.example'), 0);
  });

  it('knows a course by its former activities too', async () => {
    const [iri, before] = [activity(), activity()];
    await store.add(passed('ana@helio.example', before));
    assert.equal((await read(iri)).records.length, 0);
    assert.deepEqual(
      (await read(iri, { course: `, formerly: "${before}"` })).records.map(({ course }) => course),
      ['c'],
    );
  });

  const answers: readonly (readonly [what: string, fault: Fault, expected: SourceState])[] = [
    ['401', status(401), { kind: 'unauthorised' }],
    ['403', status(403), { kind: 'forbidden' }],
    ['404', status(404), { kind: 'not-found' }],
    ['400', status(400), { kind: 'refused', status: 400 }],
    ['500', status(500), { kind: 'failing', status: 500 }],
    ['502', status(502), { kind: 'failing', status: 502 }],
    ['429 without a time', status(429), { kind: 'busy', retryAt: undefined }],
    ['429 for an hour', status(429, { 'retry-after': '3600' }), { kind: 'busy', retryAt: '2026-05-20T13:00:00.000Z' }],
    [
      '503 until a date',
      status(503, { 'retry-after': 'Wed, 20 May 2026 14:00:00 GMT' }),
      { kind: 'busy', retryAt: '2026-05-20T14:00:00.000Z' },
    ],
    ['no answer', () => true, { kind: 'time-out' }],
    ['half an answer', half, { kind: 'unreachable' }],
    ['no JSON', body('<html>'), { kind: 'malformed', why: 'its answer is no JSON' }],
    ['half of JSON', body('{"statements": ['), { kind: 'malformed', why: 'its answer is no JSON' }],
    ['other JSON', body('[]'), { kind: 'malformed', why: 'its answer holds no statements' }],
    [
      'a next page that is no address',
      body('{"statements": [], "more": 7}'),
      { kind: 'malformed', why: 'its next page has no address' },
    ],
    ['too much', body(`{"statements": ["${'x'.repeat(3_000_000)}"]}`), { kind: 'too-large' }],
    [
      'a redirect to another host',
      status(302, { location: 'https://evil.example/xAPI/statements' }),
      { kind: 'redirected', to: 'evil.example' },
    ],
    [
      'a redirect to the same host in plain text elsewhere',
      status(307, { location: 'http://127.0.0.1:9/xAPI' }),
      { kind: 'redirected', to: '127.0.0.1:9' },
    ],
    ['a redirect to nowhere', status(302), { kind: 'malformed', why: 'it sends us on without saying where' }],
    [
      'a circle of redirects',
      (seen, response) => status(302, { location: seen.url })(seen, response),
      { kind: 'malformed', why: 'it sends us on again and again' },
    ],
    [
      'more statements on another host',
      body('{"statements": [], "more": "https://evil.example/more"}'),
      { kind: 'strange-page', to: 'evil.example' },
    ],
    [
      'more statements on a host that looks relative',
      body('{"statements": [], "more": "//evil.example/more"}'),
      { kind: 'strange-page', to: 'evil.example' },
    ],
    [
      'a circle of pages',
      (seen, response) => body(JSON.stringify({ statements: [], more: seen.url }))(seen, response),
      { kind: 'malformed', why: 'its pages lead in a circle' },
    ],
  ];
  for (const [what, fault, expected] of answers)
    it(`that answers ${what} has a status of its own, and its courses are unchecked`, async () => {
      proxy.fail(fault);
      const network = new WatchedNetwork([proxy.endpoint], fetchHttpFor(what));
      const { sources, unchecked, problems, records } = await read(activity(), { network, clock: new SetClock() });
      assert.deepEqual(sources[0]?.state, expected);
      assert.deepEqual([unchecked.map(({ course }) => course), records], [['c'], []]);
      assert.match(problems[0] ?? '', /^The record store http:\/\/127\.0\.0\.1:\d+\/xAPI\/ .+\. .+\.$/);
    });

  it('says each of its faults in words of their own', async () => {
    const said = new Set<string>();
    for (const [what, fault] of answers) {
      proxy.fail(fault);
      const network = new WatchedNetwork([proxy.endpoint], fetchHttpFor(what));
      const { problems } = await read(activity(), { network, clock: new SetClock() });
      said.add((problems[0] ?? '').replace(/127\.0\.0\.1:\d+/g, 'HOST'));
    }
    // Three pairs are the same to whoever reads them: no JSON, no address, evil.example on another page.
    assert.equal(said.size, answers.length - 2, [...said].join('\n'));
  });

  it('that is busy for a moment is waited for, and that stumbles is asked again', async () => {
    const iri = activity();
    await store.add(passed('ana@helio.example', iri));
    let left = 2;
    proxy.fail((seen, response) => {
      if (left === 0) return false;
      left -= 1;
      return (left === 1 ? status(429, { 'retry-after': '2' }) : status(502))(seen, response);
    });
    const network = new WatchedNetwork([proxy.endpoint]);
    assert.equal((await read(iri, { network })).records.length, 1);
    assert.deepEqual([...network.waits].sort(), [2000, 500].sort());
  });

  it('that sends us on within itself is followed', async () => {
    const iri = activity();
    await store.add(passed('ana@helio.example', iri));
    const moved = new Set<string>();
    proxy.fail((seen, response) => {
      if (moved.has(seen.url)) return false;
      moved.add(seen.url);
      return status(307, { location: seen.url })(seen, response);
    });
    assert.equal((await read(iri)).records.length, 1);
  });

  it('of xAPI 2.0 that refuses the older version is asked in the newer', async () => {
    const iri = activity();
    await store.add(passed('ana@helio.example', iri));
    const versions: (string | string[] | undefined)[] = [];
    proxy.fail((seen, response) => {
      versions.push(seen.headers['x-experience-api-version']);
      if (seen.headers['x-experience-api-version'] === '2.0.0') {
        const page = { statements: [passed('ana@helio.example', iri)], more: '' };
        return body(JSON.stringify(page))(seen, response);
      }
      return status(400, { 'x-experience-api-version': '2.0.0' })(seen, response);
    });
    assert.equal((await read(iri)).records.length, 1);
    assert.ok(versions.includes('2.0.0'));
  });

  it('that cannot be reached, or has no certificate that anybody knows, is told apart', async () => {
    const gone = await startFaultyProxy();
    await gone.stop();
    const at = async (endpoint: string) =>
      (
        await readRecords(trainingPolicy(source(endpoint)), {
          files: filesOf({}),
          clock: new SetClock(),
          network: new WatchedNetwork([endpoint]),
        })
      ).sources[0]?.state;
    assert.deepEqual(await at(gone.endpoint), { kind: 'unreachable' });

    const folder = mkdtempSync(join(tmpdir(), 'devterms-tls-'));
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '1',
        '-subj',
        '/CN=lrs',
        '-keyout',
        'key.pem',
        '-out',
        'cert.pem',
      ],
      { cwd: folder, stdio: 'pipe' },
    );
    const tls = createTlsServer({
      key: readFileSync(join(folder, 'key.pem')),
      cert: readFileSync(join(folder, 'cert.pem')),
    });
    try {
      await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
      assert.deepEqual(await at(`https://127.0.0.1:${(tls.address() as AddressInfo).port}/`), { kind: 'tls' });
    } finally {
      tls.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('that has not taken in the last hour leaves its courses unchecked since then', async () => {
    const iri = activity();
    await store.add(passed('ana@helio.example', iri));
    proxy.fail((seen, response) =>
      body(JSON.stringify({ statements: [passed('ana@helio.example', iri)], more: '' }), {
        'x-experience-api-consistent-through': '2026-05-20T11:00:00Z',
        date: 'Wed, 20 May 2026 12:00:00 GMT',
      })(seen, response),
    );
    const { sources, unchecked, records } = await read(iri, { clock: new SetClock() });
    assert.deepEqual(sources[0]?.state, { kind: 'behind', through: '2026-05-20T11:00:00.000Z' });
    assert.equal(unchecked[0]?.since, '2026-05-20T11:00:00.000Z');
    assert.equal(records.length, 1);
  });

  it('is not asked again at once, and what it said last counts for as long as the policy says', async () => {
    const iri = activity();
    await store.add(passed('ana@helio.example', iri, { timestamp: '2026-05-01T00:00:00Z' }));
    const network = new WatchedNetwork([proxy.endpoint], withoutDates());
    const clock = new SetClock();
    const ask = () => read(iri, { network, clock, more: ', offline: P2D' });
    assert.equal((await ask()).sources[0]?.state.kind, 'read');

    const requests = proxy.seen.length;
    clock.set('2026-05-20T12:05:00.000Z');
    const again = await ask();
    assert.equal(again.sources[0]?.state.kind, 'kept');
    assert.deepEqual([again.records.length, proxy.seen.length], [1, requests]);

    proxy.fail(status(500));
    clock.set('2026-05-22T21:59:59.000Z');
    const offline = await ask();
    assert.equal(offline.sources[0]?.state.kind, 'failing');
    // The day of the last reading does not count, the last day counts to its end, in the agreement's zone.
    assert.equal(offline.sources[0]?.keptUntil, '2026-05-22T22:00:00.000Z');
    assert.equal(offline.records.length, 1);
    assert.deepEqual(
      offline.unchecked.map(({ since }) => since),
      [NOW],
    );

    clock.set('2026-05-22T22:00:00.000Z');
    const over = await ask();
    assert.deepEqual([over.records, over.sources[0]?.keptUntil], [[], undefined]);
    assert.deepEqual(
      over.unchecked.map(({ since }) => since),
      [NOW],
    );
  });

  it('gives replaced passes only for a moment in the past', async () => {
    const iri = activity();
    await store.add(
      ...['2024-01-01', '2026-01-01', '2025-01-01'].map((day) =>
        passed('ana@helio.example', iri, { timestamp: `${day}T00:00:00Z` }),
      ),
      passed('ana@helio.example', iri, { timestamp: '2999-01-01T00:00:00Z' }),
    );
    const days = async (history: boolean) =>
      (await read(iri, { history })).records.map((record) => record.passed.slice(0, 10)).sort();
    assert.deepEqual(await days(false), ['2026-01-01', '2999-01-01']);
    assert.deepEqual(await days(true), ['2024-01-01', '2025-01-01', '2026-01-01', '2999-01-01']);
  });

  it('tells the time to a clock that was set back, and what is kept counts for nothing by such a clock', async () => {
    const iri = activity();
    await store.add(passed('ana@helio.example', iri, { timestamp: '2026-05-01T00:00:00Z' }));
    const network = new WatchedNetwork([proxy.endpoint]);
    const clock = new SetClock('2020-01-01T00:00:00.000Z');
    const { now, clockIsBehind, problems } = await read(iri, { network, clock });
    assert.ok(clockIsBehind);
    assert.ok(Math.abs(Date.parse(now) - Date.now()) < 60_000, now);
    assert.match(problems.join('\n'), /The clock of this machine stands at 2020-01-01T00:00:00\.000Z/);

    clock.set(new Date().toISOString());
    await read(iri, { network, clock, maxAge: 0 });
    proxy.fail(status(500));
    clock.set('2026-01-01T00:00:00.000Z');
    const offline = await read(iri, { network, clock });
    assert.deepEqual([offline.records, offline.unchecked.length], [[], 1]);
  });

  it('is not asked by a damaged memory of it, but again', async () => {
    const iri = activity();
    await store.add(passed('ana@helio.example', iri));
    const network = new WatchedNetwork([proxy.endpoint]);
    await read(iri, { network });
    const [whole] = network.kept.values();
    const damaged = (change: Readonly<Record<string, unknown>>) =>
      JSON.stringify({ ...(JSON.parse(whole ?? '') as object), ...change });
    for (const damage of [
      '',
      '{',
      '[]',
      whole?.slice(0, -9) ?? '',
      damaged({ format: 1 }),
      damaged({ readAt: 'x' }),
      damaged({ readAt: 9e15 }),
      damaged({ through: 'x' }),
      damaged({ courses: [] }),
      damaged({ people: [] }),
      damaged({ people: [1] }),
      damaged({ passes: [[0]] }),
      damaged({ passes: [[0, 'yesterday']] }),
      damaged({ passes: ['0'] }),
    ]) {
      for (const key of network.kept.keys()) network.kept.set(key, damage);
      const requests = proxy.seen.length;
      assert.equal((await read(iri, { network })).records.length, 1, damage);
      assert.ok(proxy.seen.length > requests, damage);
    }
  });

  it('gets nothing, not even a question, unless a person agreed to exactly this endpoint', async () => {
    const requests = proxy.seen.length;
    const other = new WatchedNetwork(['https://lrs.other.example/']);
    const { sources, problems } = await read(activity(), { network: other });
    assert.deepEqual(sources[0]?.state, { kind: 'unconfirmed', confirmed: ['https://lrs.other.example/'] });
    // The sentence names both.
    assert.match(problems[0] ?? '', /127\.0\.0\.1.*only to https:\/\/lrs\.other\.example\//);
    for (const near of [proxy.origin, `${proxy.endpoint}v2/`, proxy.endpoint.replace('xAPI', 'xapi')])
      assert.equal((await state(activity(), new WatchedNetwork([near])))?.kind, 'unconfirmed', near);
    const none = new WatchedNetwork([proxy.endpoint]);
    none.credential = undefined;
    assert.deepEqual(await state(activity(), none), { kind: 'no-credential' });
    assert.equal(proxy.seen.length, requests);
  });

  it('is not asked where there is no network, and that is said', async () => {
    const { sources, unchecked } = await readRecords(trainingPolicy(source(proxy.endpoint)), {
      files: filesOf({}),
      clock: new SetClock(),
    });
    assert.deepEqual(sources[0]?.state, { kind: 'not-asked' });
    assert.match(unchecked[0]?.why ?? '', /nothing is fetched here$/);
  });

  it('never makes us show a credential: not in what is said or kept, nor to another host', async () => {
    const canary = 'canary-7d1f';
    const basic = btoa(`reader:${canary}`);
    const stranger = await startFaultyProxy();
    stranger.fail(body('{"statements": [], "more": ""}'));
    const strangerHost = stranger.origin.slice('http://'.length);
    const traps: readonly Fault[] = [
      ...answers.map(([, fault]) => fault),
      status(302, { location: `http://${strangerHost}/xAPI/statements` }),
      status(302, { location: `https://${canary}.evil.example/` }),
      status(302, { location: `https://${basic.replace(/=/g, '')}.evil.example/` }),
      body(JSON.stringify({ statements: [], more: `http://${strangerHost}/more` })),
      body(JSON.stringify({ statements: [], more: `https://evil.example/${canary}` })),
      body(`${canary} ${basic}`),
      (seen, response) => body(JSON.stringify(seen.headers))(seen, response),
      (seen, response) => status(401, { 'www-authenticate': String(seen.headers.authorization) })(seen, response),
    ];
    try {
      for (const fault of traps) {
        proxy.fail(fault);
        const network = new WatchedNetwork([proxy.endpoint], fetchHttpFor(''));
        const told = JSON.stringify([await read(activity(), { network }), ...network.kept]);
        for (const secret of [canary, basic, basic.replace(/=/g, '').toLowerCase()])
          assert.ok(!told.toLowerCase().includes(secret.toLowerCase()), told);
      }
      assert.deepEqual(stranger.seen, []);
      // The store itself is shown it, or the rest of this test would say nothing.
      assert.ok(proxy.seen.some(({ headers }) => headers.authorization === `Basic ${basic}`));
    } finally {
      await stranger.stop();
    }
  });

  function status(code: number, headers: Readonly<Record<string, string>> = {}): Fault {
    return (_, response) => {
      response.writeHead(code, headers).end('{}');
      return true;
    };
  }

  function body(text: string, headers: Readonly<Record<string, string>> = {}): Fault {
    return (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(text);
      return true;
    };
  }

  function half(...[, response]: Parameters<Fault>): boolean {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"statements"');
    setImmediate(() => response.destroy());
    return true;
  }

  /** Real requests that give up soon where the store is to be silent. */
  function fetchHttpFor(what: string) {
    return fetchHttp(what === 'no answer' || what === '' ? 300 : 5000, 2_000_000);
  }

  /** Real requests whose answers do not tell the real time, for a test with a clock of its own. */
  function withoutDates() {
    const real = fetchHttp(5000, 2_000_000);
    return async (request: HttpRequest): Promise<HttpOutcome> => {
      const outcome = await real(request);
      if (outcome.kind === 'failure') return outcome;
      const headers = Object.entries(outcome.headers).filter(
        ([name]) => name !== 'date' && name !== 'x-experience-api-consistent-through',
      );
      return { ...outcome, headers: Object.fromEntries(headers) };
    };
  }
});
