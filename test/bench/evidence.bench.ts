import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvidenceRecorder } from '../../src/evidence/EvidenceRecorder.js';
import { readExposures } from '../../src/evidence/readExposures.js';
import { verifyFolder } from '../../src/evidence/verifyFolder.js';
import { evidenceFolder } from '../../src/node/evidenceFolder.js';
import { evidenceGroups, type EvidenceGroup } from '../../src/node/evidenceGroups.js';
import { sha256 } from '../../src/node/sha256.js';
import { systemClock } from '../../src/node/systemClock.js';
import { actOf } from '../support/recordedActs.js';
import type { Bench, Row } from './Row.js';
import { milliseconds } from './timed.js';

const COUNT = 100_000;

/** Telling, writing and verifying 100,000 acts, on this machine's own disk. */
export async function evidenceBench(): Promise<Row[]> {
  const root = mkdtempSync(join(tmpdir(), 'devterms-evidence-'));
  try {
    const store = evidenceFolder(root);
    const recorder = new EvidenceRecorder({ store, clock: systemClock, hash: sha256, session: 'bench', product: '1' });
    const act = actOf({ texts: ['x = 1\n'.repeat(20)], reason: 'Needed for the acceptance test on Thursday.' });
    recorder.record(act);
    await recorder.flush();

    // One at a time, as a person acts.
    const told: number[] = [];
    const durable: number[] = [];
    for (let at = 0; at < 300; at++) {
      const start = performance.now();
      recorder.record(act);
      told.push(performance.now() - start);
      await recorder.flush();
      durable.push(performance.now() - start);
    }
    // All at once, as no person does.
    const start = performance.now();
    let longest = 0;
    let last = start;
    const beat = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    });
    for (let at = 0; at < COUNT; at++) {
      recorder.record(act);
      if (at % 500 === 499) await recorder.flush();
    }
    await recorder.flush();
    const writing = performance.now() - start;
    clearInterval(beat);
    for (let at = 0; at < 1_000; at++) recorder.record(actOf({ action: 'view', outcome: 'exposed' }));
    await recorder.close();

    const [group] = (await evidenceGroups(root, ['.'])) as [EvidenceGroup];
    const bytes = group.files.reduce((sum, { size }) => sum + size, 0);
    const before = process.memoryUsage().rss;
    const from = performance.now();
    const { findings, entries } = await verifyFolder(group, sha256);
    const verifying = performance.now() - from;
    const grown = Math.max(0, process.memoryUsage().rss - before);
    if (findings.length > 0 || entries < COUNT) throw new Error('What was written does not verify.');
    const readFrom = performance.now();
    if ((await readExposures(store, 'A', sha256)).length !== 1_000) throw new Error('Exposures are missing.');
    const reading = performance.now() - readFrom;
    const largest = group.files.map(({ name }) => join(root, group.folder, name)).sort(bySize)[0] ?? '';
    const toolFrom = performance.now();
    execFileSync('sha256sum', [largest]);
    const tool = statSync(largest).size / ((performance.now() - toolFrom) / 1000);
    const parseFrom = performance.now();
    for (const line of readFileSync(largest, 'utf8').split('\n')) if (line !== '') JSON.parse(line);
    const parse = statSync(largest).size / ((performance.now() - parseFrom) / 1000);
    const speed = bytes / (verifying / 1000);
    return [
      { measure: 'what a guard waits when it tells of an act, p99', value: milliseconds(p99(told)), aim: '< 1 ms' },
      { measure: 'until the act is on the disk, with fsync, p99', value: milliseconds(p99(durable)) },
      {
        measure: 'acts written in batches, hashes of texts included',
        value: `${perSecond(COUNT / (writing / 1000))}/s`,
        aim: '> 5,000/s',
      },
      { measure: 'longest block while they are written', value: milliseconds(longest), aim: '< 50 ms' },
      {
        measure: `verify ${perSecond(entries)} entries, ${Math.round(bytes / 1e6)} MB in ${group.files.length} files`,
        value: `${Math.round(speed / 1e6)} MB/s`,
        aim: '> 20 MB/s',
        peer: `JSON.parse alone: ${Math.round(parse / 1e6)} MB/s; sha256sum of a file: ${Math.round(tool / 1e6)} MB/s`,
      },
      { measure: 'memory that verifying takes besides', value: `${Math.round(grown / 1e6)} MB` },
      { measure: '1,000 exposures read at the start of a session', value: milliseconds(reading), aim: '< 50 ms' },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const bySize = (one: string, other: string): number => statSync(other).size - statSync(one).size;
const perSecond = (count: number): string => Math.round(count).toLocaleString('en-US');

function p99(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
}

export default { name: 'evidence', run: evidenceBench } satisfies Bench;
