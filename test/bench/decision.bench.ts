import type { Row } from './Row.js';
import { decide } from '../../src/decision/decide.js';
import { pathCoverOf } from '../../src/regions/pathCover.js';
import type { FileRegions, Region } from '../../src/regions/Region.js';
import { CedarPolicy } from '../support/cedar.js';
import { coBuild, NOTHING_KNOWN, randomAsks, type Size } from './coBuild.js';
import { milliseconds, timeOf } from './timed.js';

const SIZE: Size = { assets: 500, guardrails: 1_000, grants: 1_000, people: 5_000 };
const OURS = 50_000;
const THEIRS = 300;

const perSecond = (count: number, time: number) => `${Math.round((count / time) * 1000).toLocaleString('en-US')}/s`;

/** Decisions a second on a large policy, ours and Cedar's on the same questions, which have to agree. */
export default {
  name: 'decision',
  run(): Promise<readonly Row[]> {
    const policy = coBuild(SIZE);
    const asks = randomAsks(SIZE, OURS);
    const cover = pathCoverOf(policy);
    const questions = asks.map((ask) => {
      const region = (asset: string): Region => ({ asset, known: true, by: 'path', lines: { start: 1, end: 100 } });
      const regions: FileRegions = { path: ask.file, regions: cover.assetsOf(ask.file).map(region), problems: [] };
      return { ask, regions };
    });
    const first = timeOf(() =>
      questions.slice(0, 1).forEach(({ ask, regions }) => decide(policy, regions, ask, NOTHING_KNOWN)),
    );
    const cold = timeOf(() => questions.forEach(({ ask, regions }) => decide(policy, regions, ask, NOTHING_KNOWN)));
    // The best of five passes: whatever else the machine does can only add to the time.
    const warm = Math.min(
      ...Array.from({ length: 5 }, () =>
        timeOf(() => questions.forEach(({ ask, regions }) => decide(policy, regions, ask, NOTHING_KNOWN))),
      ),
    );

    const second = new CedarPolicy(policy);
    const shared = questions.slice(0, THEIRS);
    const answers: string[] = [];
    second.judge(asks[0] ?? fail(), asks[0]?.asset ?? '');
    const theirs = timeOf(() => {
      for (const { ask } of shared) answers.push(second.judge(ask, (ask as { asset?: string }).asset ?? '').effect);
    });
    const differing = shared.filter(
      ({ ask, regions }, at) => decide(policy, regions, ask, NOTHING_KNOWN).effect !== answers[at],
    );
    if (differing.length > 0) throw new Error(`${differing.length} of ${THEIRS} decisions differ from Cedar's.`);

    const ratio = theirs / THEIRS / (warm / OURS);
    const on = 'policy of 500 assets, 1,000 guardrails, 1,000 grants, 5,000 people';
    return Promise.resolve([
      {
        measure: `decisions, ${on}`,
        value: perSecond(OURS, warm),
        aim: '> 100,000/s, > 10x Cedar',
        peer: `Cedar wasm: ${perSecond(THEIRS, theirs)} (${Math.round(ratio).toLocaleString('en-US')}x), same effects`,
      },
      { measure: `the same, first pass over ${OURS.toLocaleString('en-US')} questions`, value: perSecond(OURS, cold) },
      { measure: 'first decision, index built', value: milliseconds(first) },
    ]);
  },
};

function fail(): never {
  throw new Error('There are no questions.');
}
