import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devterms, inFolder } from '../support/commandLine.js';
import { inRepository } from '../support/gitRepository.js';
import { startRecordStore, type RecordStore } from '../support/lrs/RecordStore.js';

const policy = (records: string) => `version: 1
agreement: {id: A, title: A, zone: Europe/Berlin, contact: legal@helio.example}
parties: [{id: helio, name: Helio}, {id: north, name: North}]
teams:
  - {id: fusion, party: helio, members: [ana@helio.example, ben@helio.example, cara@helio.example, "*@guests.helio.example"]}
assets: [{id: net, owner: north, tier: confidential, paths: ["net/**"]}]
training:
  - {id: c, title: Safe hands, covers: net, actions: edit, repeat: P1Y, remind: P30D, grace: P14D, minutes: 12,
     activity: "urn:c", url: "https://learn.example/c", contact: lead@helio.example}
records: [${records}]
`;
const register = `person,course,passed
ana@helio.example,c,2026-05-01
Ben@Helio.Example,c,2025-06-01
ben@helio.example,c,2024-01-01
=cmd@guests.helio.example,c,2026-01-01
`;
const files = { 'developer-terms.yaml': policy('{kind: file, path: r.csv}'), 'r.csv': register, 'net/a.c': 'int a;\n' };
const AT = ['--at', '2026-05-20'];
const NOON = ['--at', '2026-05-20T12:00:00+02:00'];

describe('devterms training', () => {
  it('says where one person stands, what changes when and where to take the course', () =>
    inFolder(files, async (folder) => {
      const ben = await devterms(folder, 'training', '--who', 'BEN@helio.example', ...AT);
      assert.equal(ben.code, 0);
      assert.match(
        ben.out,
        /^ben@helio\.example on 20 May 2026\n\n {2}due soon {2}Safe hands \(c\)\n {4}Passed on 1 June 2025 \(recorded in r\.csv\), good until 1 June 2026\.\n {4}From 2 June 2026: overdue\.\n {4}Take it, about 12 minutes: https:\/\/learn\.example\/c\n {4}Ask: lead@helio\.example\n\nThe register r\.csv was read on .*: 4 records\.\n$/,
      );
      const cara = await devterms(folder, 'training', '--who', 'cara@helio.example', ...AT);
      assert.equal(cara.code, 1);
      assert.match(cara.out, /missing {2}Safe hands \(c\)\n {4}No pass is recorded\.\n/);
    }));

  it('lists everybody, and who is due again within 30 days', () =>
    inFolder(files, async (folder) => {
      const { code, out } = await devterms(folder, 'training', '--all', ...AT);
      assert.equal(code, 1);
      assert.match(out, /^PERSON +COURSE +STANDING +PASSED +GOOD UNTIL\n=cmd@guests\.helio\.example +c +current/);
      assert.match(out, /\nben@helio\.example +c +due soon +2025-06-01 +2026-06-01\ncara@helio\.example +c +missing\n/);
      assert.match(out, /\n4 people, 1 missing, 1 due soon, 2 current\.\n/);
      assert.match(out, /\nDue again within 30 days\n {2}ben@helio\.example: Safe hands, good until 1 June 2026\n/);
      assert.match(out, /Members by pattern are listed once a record tells of them: \*@guests\.helio\.example\./);
    }));

  it('writes rows that a spreadsheet reads and works nothing out of', () =>
    inFolder(files, async (folder) => {
      const { out } = await devterms(folder, 'training', '--all', '--format', 'csv', ...AT);
      const [heading, first, ana] = out.split('\r\n');
      assert.equal(heading, 'person,course,title,standing,passed,good_until,tolerated_until,next,next_on,recorded_in');
      assert.match(first ?? '', /^'=cmd@guests\.helio\.example,c,Safe hands,current,/);
      assert.equal(
        ana,
        'ana@helio.example,c,Safe hands,current,2026-05-01,2027-05-01,2027-05-15,due soon,2027-04-01,r.csv',
      );
    }));

  it('gives the same as data', () =>
    inFolder(files, async (folder) => {
      const { out } = await devterms(folder, 'training', '--all', '--format', 'json', ...AT);
      const report = JSON.parse(out) as Record<string, unknown[]>;
      assert.equal(report['at'], '2026-05-19T22:00:00.000Z');
      assert.deepEqual(report['standings']?.[2], {
        person: 'ben@helio.example',
        course: 'c',
        title: 'Safe hands',
        standing: 'due soon',
        passed: '2025-06-01',
        recordedIn: 'r.csv',
        goodUntil: '2026-06-01',
        toleratedUntil: '2026-06-15',
        next: { standing: 'overdue', at: '2026-06-01T22:00:00.000Z' },
      });
      assert.deepEqual(report['dueWithin30Days'], [
        { person: 'ben@helio.example', course: 'c', goodUntil: '2026-06-01' },
      ]);
    }));

  it('gives data of one shape, whatever somebody’s standing: what programs may rely on', () =>
    inFolder(files, async (folder) => {
      const { code, out, err } = await devterms(folder, 'training', '--all', '--format', 'json', ...AT);
      assert.deepEqual([code, err], [1, '']);
      const report = JSON.parse(out) as Record<string, Record<string, unknown>[]>;
      assert.deepEqual(Object.keys(report), ['at', 'zone', 'standings', 'dueWithin30Days', 'patterns', 'sources']);
      const day = /^\d{4}-\d{2}-\d{2}$/;
      const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
      const states = ['missing', 'unknown', 'expired', 'overdue', 'due soon', 'current'];
      assert.equal(report['standings']?.length, 4);
      for (const {
        person,
        course,
        title,
        standing,
        passed,
        recordedIn,
        goodUntil,
        toleratedUntil,
        next,
        ...more
      } of report['standings'] ?? []) {
        assert.match(String(person), /^[^@]+@helio\.example$|@guests\.helio\.example$/);
        assert.deepEqual([course, title], ['c', 'Safe hands']);
        assert.ok(states.includes(String(standing)), String(standing));
        for (const date of [passed, goodUntil, toleratedUntil])
          if (date !== undefined) assert.ok(typeof date === 'string' && day.test(date));
        assert.equal(passed === undefined, standing === 'missing');
        assert.equal(recordedIn, standing === 'missing' ? undefined : 'r.csv');
        if (next !== undefined) {
          const { standing: then, at } = next as Record<string, unknown>;
          assert.ok(states.includes(String(then)));
          assert.match(String(at), instant);
        }
        assert.deepEqual(more, {}, 'and nothing else');
      }
      assert.deepEqual(report['patterns'], ['*@guests.helio.example']);
      const [source, ...others] = report['sources'] ?? [];
      assert.deepEqual(others, []);
      const { readAt, ...rest } = source ?? {};
      assert.match(String(readAt), instant);
      assert.deepEqual(rest, {
        kind: 'file',
        name: 'r.csv',
        courses: ['c'],
        state: { kind: 'read' },
        records: 4,
        problems: [],
      });
    }));

  it('refuses what it does not understand', () =>
    inFolder(files, async (folder) => {
      const told = async (...args: string[]) => {
        const { code, err } = await devterms(folder, 'training', ...args);
        assert.equal(code, 2);
        return err;
      };
      assert.match(await told('--all', '--who', 'a@b.example'), /not for both/);
      assert.match(await told('--all', '--format', 'xml'), /Write text, csv or json/);
      assert.match(await told('--all', '--at', 'soon'), /'soon' is no moment/);
      assert.match(await told('ana@helio.example'), /Name a person with --who ana@helio\.example/);
    }));

  describe('with a record store', function () {
    this.timeout(180_000);
    const CANARY = 'canary-52c9';
    let store: RecordStore;
    let cache: string;
    const before_ = { ...process.env };
    before(async () => {
      store = await startRecordStore();
      const passed = (mbox: string) => ({
        actor: { mbox: `mailto:${mbox}` },
        verb: { id: 'http://adlnet.gov/expapi/verbs/passed' },
        object: { id: 'urn:c' },
        timestamp: '2026-04-01T08:00:00Z',
      });
      await store.add(passed('ana@helio.example'), passed('cara@helio.example'));
    });
    beforeEach(() => {
      cache = mkdtempSync(join(tmpdir(), 'devterms-cache-'));
      process.env['XDG_CACHE_HOME'] = cache;
      process.env['DEVTERMS_XAPI_ENDPOINT'] = store.endpoint;
      process.env['DEVTERMS_XAPI_USER'] = 'reader';
      process.env['DEVTERMS_XAPI_PASSWORD'] = CANARY;
    });
    afterEach(() => {
      rmSync(cache, { recursive: true, force: true });
      for (const name of ['XDG_CACHE_HOME', 'DEVTERMS_XAPI_ENDPOINT', 'DEVTERMS_XAPI_USER', 'DEVTERMS_XAPI_PASSWORD'])
        if (before_[name] === undefined) delete process.env[name];
        else process.env[name] = before_[name];
    });
    after(() => store.stop());
    const withStore = (endpoint: string) => ({
      ...files,
      'developer-terms.yaml': policy(`{kind: file, path: r.csv}, {kind: xapi, endpoint: "${endpoint}"}`),
    });

    it('takes the best pass of all sources, and `ask` goes by the same records', () =>
      inFolder(withStore(store.endpoint), async (folder) => {
        const { code, out, err } = await devterms(folder, 'training', '--all', ...AT);
        assert.deepEqual([code, err], [0, '']);
        assert.match(out, /ana@helio\.example +c +current +2026-05-01/);
        assert.match(out, /cara@helio\.example +c +current +2026-04-01/);
        assert.match(out, /The record store http:\/\/127\.0\.0\.1:\d+\/xAPI\/ was read on .*: 2 records\./);
        const ask = ['ask', '--who', 'cara@helio.example', '--action', 'edit', '--file', 'net/a.c', ...AT];
        assert.doesNotMatch((await devterms(folder, ...ask)).out, /Safe hands/);
        delete process.env['DEVTERMS_XAPI_ENDPOINT'];
        const refused = await devterms(folder, ...ask);
        assert.match(
          refused.out,
          /Whether the course “Safe hands” has been passed could not be checked: the record store/,
        );
        assert.doesNotMatch(refused.out, /has not been passed/);
      }));

    it('lets `check` pass the changes of whoever passed, and nobody else’s', () => {
      const grants = 'grants: [{id: work, to: [fusion], covers: net, actions: [view, edit]}]\n';
      const base = withStore(store.endpoint);
      const repository = { ...base, 'developer-terms.yaml': `${base['developer-terms.yaml']}${grants}` };
      return inRepository(repository, async (own) => {
        own.commit('Start', 'nia@north.example');
        own.write('net/a.c', 'int a = 1;\n');
        own.git('add', '-A');
        const checked = async (who: string) => {
          const { code, out, err } = await devterms(
            own.root,
            'check',
            '--staged',
            '--format',
            'json',
            '--who',
            who,
            ...NOON,
          );
          assert.equal(err, '');
          const { findings } = JSON.parse(out) as { findings: { path: string; decision: { rules: string[] } }[] };
          return [code, findings.map(({ path, decision }) => `${path} ${decision.rules.join()}`)];
        };
        assert.deepEqual(await checked('cara@helio.example'), [0, []]);
        assert.deepEqual(await checked('zoe@guests.helio.example'), [1, ['net/a.c training:c']]);
      });
    });

    it('asks the store once in a while only, and goes on with what it knows when the store is gone', () =>
      inFolder(withStore(store.endpoint), async (folder) => {
        await devterms(folder, 'training', '--all', ...AT);
        const again = await devterms(folder, 'training', '--all', ...AT);
        assert.match(again.out, /was read a moment ago/);
        process.env['DEVTERMS_XAPI_USER'] = '';
        const refused = await devterms(folder, 'training', '--all', '--refresh', ...AT);
        assert.match(refused.err, /is not asked, since there is no credential for it\. Ask whoever runs the store/);
        assert.match(refused.out, /cara@helio\.example +c +current/);
        assert.match(refused.out, /It was last read on .*: 2 records\. These count until/);
      }));

    it('says `unknown`, never `missing`, of people when a store is not the one that somebody agreed to, and names both', () =>
      inFolder(withStore('https://lrs.evil.example/xAPI/'), async (folder) => {
        const { code, out, err } = await devterms(folder, 'training', '--all', ...AT);
        assert.equal(code, 1);
        assert.match(out, /cara@helio\.example +c +unknown\n/);
        assert.doesNotMatch(out, /missing/);
        assert.ok(err.includes('https://lrs.evil.example/xAPI/') && err.includes(store.endpoint), err);
        for (const text of [out, err]) assert.ok(!text.includes(CANARY));
      }));

    it('refuses an endpoint in the environment that is none', () =>
      inFolder(withStore(store.endpoint), async (folder) => {
        process.env['DEVTERMS_XAPI_ENDPOINT'] = 'http://lrs.example/';
        const { code, err } = await devterms(folder, 'training', '--all');
        assert.equal(code, 2);
        assert.match(err, /DEVTERMS_XAPI_ENDPOINT is no address of a record store/);
      }));
  });
});
