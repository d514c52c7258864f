import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Facts } from '../../src/decision/Ask.js';
import { decide } from '../../src/decision/decide.js';
import { fetchHttp } from '../../src/node/fetchHttp.js';
import { folderCache } from '../../src/node/folderCache.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import type { Network } from '../../src/ports.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { courseStandings } from '../../src/training/courseStandings.js';
import { readRecords } from '../../src/training/readRecords.js';
import type { Row } from './Row.js';
import { medianTime, milliseconds, timeOf } from './timed.js';

const PEOPLE = 5_000;
const COURSES = 4;
const STATEMENTS = 200_000;
const clock = { now: () => new Date().toISOString() };

const policyFor = (endpoint: string) => {
  const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));
  const { policy, problems } = parsePolicy(
    JSON.stringify({
      version: 1,
      agreement: { id: 'A', title: 'A', zone: 'Europe/Berlin', contact: 'x@y.example' },
      parties: [{ id: 'p', name: 'P' }],
      teams: times(50, (team) => ({
        id: `t${team}`,
        party: 'p',
        members: times(PEOPLE / 50, (at) => `person${team * (PEOPLE / 50) + at}@p.example`),
      })),
      assets: [{ id: 'a', owner: 'p', tier: 'confidential', paths: ['a/**'] }],
      training: times(COURSES, (at) => ({
        id: `c${at}`,
        title: `Course ${at}`,
        covers: 'all',
        actions: 'edit',
        repeat: 'P1Y',
        remind: 'P30D',
        grace: 'P14D',
        activity: `urn:c${at}`,
      })),
      records: [{ kind: 'xapi', endpoint }],
    }),
  );
  if (policy === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return policy;
};

/**
 * Standings of 5,000 people in 4 courses. The store is a process of its own that answers as record stores do, from 200,000
 * statements in pages of 1,000: all of them passes of these courses, ten for each person and course, which is the worst case.
 * The real store of the tests holds everything in one list and is far slower than the wire, so it would measure itself.
 */
export default {
  name: 'training',
  async run(): Promise<readonly Row[]> {
    const folder = mkdtempSync(join(tmpdir(), 'devterms-bench-'));
    const store = fork(join(import.meta.dirname, 'training/store.mjs'), [String(STATEMENTS), String(PEOPLE)]);
    try {
      const port = await new Promise<number>((resolve) => store.once('message', (message) => resolve(Number(message))));
      const endpoint = `http://127.0.0.1:${port}/xAPI/`;
      const policy = policyFor(endpoint);
      const network = (): Network => ({
        http: fetchHttp(),
        access: {
          confirmed: () => Promise.resolve([endpoint]),
          credentialFor: () => Promise.resolve({ kind: 'basic', user: 'u', password: 'p' }),
        },
        cache: folderCache(folder),
        pause: () => Promise.resolve(),
      });
      const files = { read: () => Promise.resolve(undefined) };
      const all = async () => {
        let told = 0;
        const ports = { files, clock, network: network() };
        const records = await readRecords(policy, ports, { onProgress: () => (told += 1) });
        const { standings } = courseStandings(policy, records, Date.parse(records.now));
        if (standings.length !== PEOPLE * COURSES) throw new Error(`${standings.length} standings.`);
        return { records, told };
      };
      const busy = process.cpuUsage();
      const started = performance.now();
      const { records, told } = await all();
      const cold = performance.now() - started;
      const { user, system } = process.cpuUsage(busy);
      if (records.records.length !== PEOPLE * COURSES) throw new Error(`${records.records.length} records.`);
      const times: number[] = [];
      for (let run = 0; run < 25; run++) {
        const before = performance.now();
        await all();
        times.push(performance.now() - before);
      }
      const [firstKept = 0] = times;
      const kept = times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
      const now = Date.parse(records.now);
      const table = medianTime(5, () => void courseStandings(policy, records, now));

      const facts: Facts = { records: records.records, exposures: [] };
      const regions = regionsOf(policy, 'a/x.c', '');
      const ask = { who: 'person17@p.example', action: 'edit' as const, file: 'a/x.c', at: records.now };
      const first = timeOf(() => void decide(policy, regions, ask, facts));
      const KEYS = 20_000;
      const each = medianTime(5, () => {
        for (let key = 0; key < KEYS; key++) decide(policy, regions, ask, facts);
      });
      return [
        {
          measure: `standing of ${PEOPLE.toLocaleString('en-US')} people × ${COURSES} courses, store of ${STATEMENTS.toLocaleString('en-US')} passes, cold`,
          value: milliseconds(cold),
          aim: '< 5,000 ms',
          peer: `${milliseconds((user + system) / 1000)} of it at work here; progress told ${told} times`,
        },
        {
          measure: 'the same, kept on disk, median',
          value: milliseconds(kept),
          aim: '< 50 ms',
          peer: `the first in the process ${milliseconds(firstKept)}`,
        },
        { measure: 'the same, records in memory', value: milliseconds(table), aim: '< 50 ms' },
        {
          measure: 'gate of one keystroke, records of all of them',
          value: milliseconds(each / KEYS),
          aim: '< 0.05 ms',
        },
        { measure: 'the first after records were read', value: milliseconds(first) },
      ];
    } finally {
      store.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
