import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Ask, Facts } from '../../src/decision/Ask.js';
import { decide } from '../../src/decision/decide.js';
import type { Decision } from '../../src/decision/Decision.js';
import { ACTIONS, EFFECTS, type Effect, type PolicyContent } from '../../src/policy/language.js';
import type { FileRegions, Region } from '../../src/regions/Region.js';
import { pathCoverOf } from '../../src/regions/pathCover.js';
import {
  asks,
  courses,
  epochs,
  facts,
  grants,
  guardrails,
  offsets,
  policies,
  waivers,
  walls,
  writtenWith,
} from '../support/arbitraryPolicy.js';

const RUNS = { numRuns: 500 };

const regionsIn = (policy: PolicyContent, path: string): FileRegions => ({
  path,
  regions: pathCoverOf(policy)
    .assetsOf(path)
    .map((asset): Region => ({ asset, known: true, by: 'path', lines: { start: 1, end: 10 } })),
  problems: [],
});
const ask = (policy: PolicyContent, question: Ask, known: Facts): Decision =>
  decide(policy, regionsIn(policy, question.file), question, known);
const rank = (effect: Effect) => EFFECTS.indexOf(effect);

/** What no ordinary policy or host would give: any text for a moment, an address, a purpose or a place. */
const oddAsks: fc.Arbitrary<Ask> = fc.record({
  who: fc.string(),
  action: fc.constantFrom(...ACTIONS),
  file: fc.string(),
  lines: fc.record({ start: fc.double(), end: fc.double() }),
  into: fc.string(),
  purpose: fc.string(),
  at: fc.oneof(fc.string(), fc.constantFrom('2026-05-20T12:00:00Z', '9999-12-31T23:59:59.999999999-23:59')),
});

describe('every decision', function () {
  this.timeout(120_000);

  it('is the same whatever the order of rules, people, assets and facts', () => {
    fc.assert(
      fc.property(policies, asks, facts, fc.integer(), (policy, question, known, turn) => {
        const turned = <T>(list: readonly T[]): readonly T[] => {
          const cut = list.length === 0 ? 0 : Math.abs(turn) % list.length;
          const moved = [...list.slice(cut), ...list.slice(0, cut)];
          return turn % 2 === 0 ? moved : moved.reverse();
        };
        const shuffled: PolicyContent = {
          ...policy,
          parties: turned(policy.parties),
          teams: turned(policy.teams),
          assets: turned(policy.assets),
          walls: turned(policy.walls),
          training: turned(policy.training),
          guardrails: turned(policy.guardrails),
          grants: turned(policy.grants),
          approvers: turned(policy.approvers),
          waivers: turned(policy.waivers),
        };
        const shuffledFacts = { records: turned(known.records), exposures: turned(known.exposures) };
        assert.deepEqual(ask(shuffled, question, shuffledFacts), ask(policy, question, known));
      }),
      RUNS,
    );
  });

  it('is never looser for a guardrail, wall or course more', () => {
    const more = fc.oneof(
      guardrails.map((rule) => (policy: PolicyContent) => ({
        ...policy,
        guardrails: [...policy.guardrails, { ...rule, id: 'new' }],
      })),
      walls.map((rule) => (policy: PolicyContent) => ({ ...policy, walls: [...policy.walls, { ...rule, id: 'new' }] })),
      courses.map((rule) => (policy: PolicyContent) => ({
        ...policy,
        training: [...policy.training, { ...rule, id: 'new' }],
      })),
    );
    fc.assert(
      fc.property(policies, asks, facts, more, (policy, question, known, added) => {
        const before = ask(policy, question, known);
        const after = ask(added(policy), question, known);
        assert.ok(rank(after.effect) >= rank(before.effect), `${before.effect} became ${after.effect}`);
      }),
      RUNS,
    );
  });

  it('is never stricter for a grant more, and never kinder to an owner or a stranger', () => {
    fc.assert(
      fc.property(policies, asks, facts, grants, (policy, question, known, grant) => {
        const before = ask(policy, question, known);
        const after = ask({ ...policy, grants: [...policy.grants, { ...grant, id: 'new' }] }, question, known);
        const needsGrant = before.because.some(({ rule }) => rule === 'default:ungranted' || rule.startsWith('grant:'));
        if (!needsGrant) assert.deepEqual(after, before);
        const tiersMayBeKinder = policy.tiers.some(({ ungranted }) => ungranted !== 'deny');
        if (!tiersMayBeKinder || !before.assets.includes('notes'))
          assert.ok(rank(after.effect) <= rank(before.effect), `${before.effect} became ${after.effect}`);
      }),
      RUNS,
    );
  });

  it('is no permission by a waiver: without a base that permits, it stays as strict as the base', () => {
    fc.assert(
      fc.property(
        policies,
        asks,
        facts,
        fc.array(waivers, { minLength: 1, maxLength: 3 }),
        (policy, question, known, list) => {
          const lifted = { ...policy, waivers: list.map((waiver, at) => ({ ...waiver, id: `v${at}` })) };
          const bare = { ...policy, waivers: [], walls: [], training: [], guardrails: [] };
          const base = ask(bare, question, known);
          const decision = ask(lifted, question, known);
          assert.ok(rank(decision.effect) >= rank(base.effect), `${base.effect} became ${decision.effect}`);
          const unwaived = ask({ ...policy, waivers: [] }, question, known);
          assert.ok(rank(decision.effect) <= rank(unwaived.effect));
          if (decision.waived.length === 0) assert.equal(decision.effect, unwaived.effect);
        },
      ),
      RUNS,
    );
  });

  it('is the strictest of those about each asset alone', () => {
    fc.assert(
      fc.property(policies, asks, facts, (policy, question, known) => {
        const whole = regionsIn(policy, question.file);
        const alone = whole.regions.map((region) => decide(policy, { ...whole, regions: [region] }, question, known));
        if (alone.length === 0) return;
        const decision = decide(policy, whole, question, known);
        const strictest = Math.max(...alone.map(({ effect }) => rank(effect)));
        assert.equal(rank(decision.effect), strictest);
        const union = (pick: (one: Decision) => readonly string[], of = alone) => [...new Set(of.flatMap(pick))].sort();
        assert.deepEqual(
          decision.rules,
          union(
            ({ rules }) => rules,
            alone.filter(({ effect }) => rank(effect) === strictest),
          ),
        );
        assert.deepEqual(
          decision.duties,
          union(({ duties }) => duties),
        );
        assert.deepEqual(
          decision.waived,
          union(({ waived }) => waived),
        );
        assert.deepEqual(
          decision.notices,
          union(({ notices }) => notices),
        );
      }),
      RUNS,
    );
  });

  it('about some lines is never stricter than about the whole file', () => {
    const spans = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }));
    const marked = fc.array(fc.tuple(fc.constantFrom('notes', 'cam', 'weights', 'rad', 'typo'), spans), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(policies, asks, facts, marked, spans, (policy, question, known, markers, [start, length]) => {
        const regions = markers.map(([asset, [first, more]]): Region => ({
          asset,
          known: asset !== 'typo',
          by: 'marker',
          lines: { start: first, end: first + more },
        }));
        const file = { ...regionsIn(policy, question.file) };
        const all = { ...file, regions: [...file.regions, ...regions] };
        // Code that nothing covers has its own default, which may be stricter than any rule.
        const free = { ...policy, defaults: { ...policy.defaults, unlisted: 'allow' as const } };
        const whole = decide(free, all, question, known);
        const part = decide(free, all, { ...question, lines: { start, end: start + length } }, known);
        assert.ok(rank(part.effect) <= rank(whole.effect));
        assert.ok(part.assets.every((asset) => whole.assets.includes(asset)));
      }),
      RUNS,
    );
  });

  it('depends on the instant, not on the zone in which it is written', () => {
    fc.assert(
      fc.property(policies, asks, facts, epochs, offsets, (policy, question, known, at, offset) => {
        const here = ask(policy, { ...question, at: writtenWith(at, 'Z') }, known);
        const there = ask(policy, { ...question, at: writtenWith(at, offset) }, known);
        assert.deepEqual(there, here);
      }),
      RUNS,
    );
  });

  it('is the same for an address in any case, and asked twice', () => {
    fc.assert(
      fc.property(policies, asks, facts, (policy, question, known) => {
        const decision = ask(policy, question, known);
        assert.deepEqual(ask(policy, { ...question, who: question.who.toUpperCase() }, known), decision);
        assert.deepEqual(ask(structuredClone(policy), question, structuredClone(known)), decision);
      }),
      RUNS,
    );
  });

  it('has a reason for every rule, the strictest first, and carries data only', () => {
    fc.assert(
      fc.property(policies, asks, facts, (policy, question, known) => {
        const decision = ask(policy, question, known);
        assert.ok(decision.rules.length > 0);
        const deciding = decision.because.filter(({ effect }) => effect === decision.effect).map(({ rule }) => rule);
        assert.deepEqual([...new Set(deciding)].sort(), decision.rules);
        const ranks = decision.because.map(({ effect }) => rank(effect));
        assert.deepEqual(
          ranks,
          [...ranks].sort((one, other) => other - one),
        );
        assert.ok(decision.because.every(({ what }) => what !== undefined && !/undefined|NaN|Infinity/.test(what)));
        assert.deepEqual(JSON.parse(JSON.stringify(decision)), decision);
      }),
      RUNS,
    );
  });

  it('is given to any question, and is no permission where the moment cannot be read', () => {
    fc.assert(
      fc.property(policies, oddAsks, facts, (policy, question, known) => {
        const decision = ask(policy, question, known);
        assert.ok(EFFECTS.includes(decision.effect));
        if (!/^\d{4}-\d\d-\d\dT/.test(question.at)) assert.equal(decision.effect, 'deny');
      }),
      RUNS,
    );
  });

  it('is given by any policy, however its dates, durations, zones and selectors are spoilt', () => {
    const spoil = fc.oneof(
      fc.string(),
      fc.constantFrom('P9999999Y', '2026-02-30', '-271821-04-20', 'Mars/Olympus', '', '*@*'),
    );
    fc.assert(
      fc.property(policies, asks, facts, spoil, fc.nat(), (policy, question, known, junk, seed) => {
        let count = 0;
        const spoilt = JSON.parse(
          JSON.stringify(policy, (key, value: unknown) =>
            typeof value === 'string' &&
            !['effect', 'status', 'id'].includes(key) &&
            !ACTIONS.includes(value as never) &&
            (count += 1) % 5 === seed % 5
              ? junk
              : value,
          ),
        ) as PolicyContent;
        const decision = ask(spoilt, question, known);
        assert.ok(EFFECTS.includes(decision.effect));
        assert.ok(decision.because.length > 0);
      }),
      RUNS,
    );
  });
});
