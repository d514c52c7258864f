import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { decide } from '../../src/decision/decide.js';
import { ACTIONS, EFFECTS } from '../../src/policy/language.js';
import { loadPolicy } from '../../src/policy/loadPolicy.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { completePolicy } from '../support/completePolicy.js';
import { exampleValue } from '../support/policySchema.js';

type Plain = Record<string, unknown>;

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const parent = parsePolicy(completePolicy).policy;
const written = exampleValue(completePolicy) as Readonly<Record<string, Plain[]>>;

const people = [
  'ana@helio.example',
  'tara@helio.example',
  'mia@helio.example',
  'nia@north.example',
  'kim@kestrel.example',
  'eve@new.example',
];
const files = [
  'perception/camera/net.py',
  'perception/camera/api/a.h',
  'perception/camera/models/m.bin',
  'perception/radar/r.c',
  'own/x.c',
  'README.md',
];
const covers = fc.constantFrom(
  'all',
  'camera-net',
  'camera-weights',
  'radar-track',
  'own',
  'tier:restricted',
  'tier:restricted+',
  'tier:sealed',
);
const selector = fc.constantFrom(
  'everyone',
  'recipients',
  'helio-fusion',
  'party:north',
  'tent-camera',
  ...people.slice(0, 4).map((person) => `person:${person}`),
);
const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  covers: fc.uniqueArray(covers, { minLength: 1, maxLength: 2 }),
  actions: fc.uniqueArray(fc.constantFrom(...ACTIONS, 'any'), { minLength: 1, maxLength: 4 }),
  effect: fc.constantFrom(...EFFECTS),
  who: fc.uniqueArray(selector, { minLength: 1, maxLength: 2 }),
  for: fc.uniqueArray(selector, { minLength: 1, maxLength: 2 }),
  to: fc.uniqueArray(selector, { minLength: 1, maxLength: 2 }),
  except: fc.uniqueArray(selector, { minLength: 1, maxLength: 1 }),
  above: fc.uniqueArray(selector, { minLength: 1, maxLength: 2 }),
  into: fc.constantFrom(['tool:*'], ['perception/fusion/**'], ['!own/**']),
  from: fc.constantFrom('2026-01-20', '2026-06-01'),
  until: fc.constantFrom('2026-05-01', '2026-06-30', '2027-01-01'),
  purpose: fc.constantFrom(['integration'], ['test'], ['integration', 'test']),
  grace: fc.constantFrom('P1D', 'P30D'),
  repeat: fc.constantFrom('P6M', 'P2Y'),
  since: fc.constantFrom('2026-03-01'),
  cooling: fc.constantFrom('P10D', 'P1Y'),
  blocks: fc.constantFrom(['any'], ['copy']),
  waivable: fc.boolean(),
  tier: fc.constantFrom('confidential', 'restricted', 'sealed'),
  paths: fc.constantFrom(['perception/camera/**'], ['own/**', 'README.md'], ['!own/**'], ['**']),
  ungranted: fc.constantFrom('allow', 'deny', { view: 'warn' }),
  named: fc.boolean(),
  delegates: fc.boolean(),
};

/** An inherited entry written again, with one or two of its fields otherwise. */
const again = (section: string, keys: readonly string[]) =>
  fc
    .constantFrom(...(written[section] ?? []))
    .chain((entry) =>
      fc
        .uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 2 })
        .chain((changed) =>
          fc
            .record(Object.fromEntries(changed.map((key) => [key, values[key] ?? fc.constant(undefined)])))
            .map((change) => [section, { ...entry, ...change }] as const),
        ),
    );
const fresh = (section: string, id: string, base: Plain, keys: readonly string[]) =>
  fc
    .record(Object.fromEntries(keys.map((key) => [key, values[key] ?? fc.constant(undefined)])))
    .map((change) => [section, { ...base, id, ...change }] as const);
const words = { what: 'Stop.', why: 'Law.', instead: 'Ask.' };

const part: fc.Arbitrary<readonly [string, Plain]> = fc.oneof(
  again('guardrails', ['covers', 'actions', 'effect', 'who', 'except', 'into', 'from', 'until', 'waivable']),
  again('grants', ['to', 'covers', 'actions', 'purpose', 'into', 'from', 'until', 'grace']),
  again('assets', ['tier', 'paths', 'delegates']),
  again('walls', ['above', 'cooling', 'blocks', 'waivable']),
  again('training', ['covers', 'actions', 'for', 'repeat', 'grace', 'since', 'effect', 'waivable']),
  again('waivers', ['to', 'covers', 'actions', 'into', 'until', 'from']),
  fresh('assets', 'own', { owner: 'helio' }, ['tier', 'paths']),
  fresh('guardrails', 'extra', words, ['covers', 'actions', 'effect', 'who']),
  fresh('grants', 'extra-grant', {}, ['to', 'covers', 'actions']),
  fresh('training', 'extra-course', { title: 'Extra' }, ['covers', 'actions', 'effect']),
  fresh(
    'waivers',
    'extra-waiver',
    { lifts: 'no-supplier-copy', by: 'nina.legal@north.example', reason: 'Why.', signed: '2026-04-01' },
    ['to', 'covers', 'actions', 'until'],
  ),
  fc.constant(['parties', { id: 'new', name: 'New' }] as const),
  fc
    .constantFrom('new', 'helio', 'north')
    .map((party) => ['teams', { id: 'new-team', party, members: ['eve@new.example'] }] as const),
  fc.constant(['teams', { id: 'new-team', party: 'helio', members: ['ana@helio.example'] }] as const),
  fc.constant(['approvers', { person: 'eve@new.example', party: 'north' }] as const),
);

const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const child = fc
  .record({
    parts: fc.array(part, { minLength: 1, maxLength: 2 }),
    tiers: rarely(
      fc.array(fc.record({ ungranted: values['ungranted'] ?? fc.constant('deny'), named: fc.boolean() }), {
        minLength: 3,
        maxLength: 3,
      }),
    ),
    unlisted: rarely(fc.constantFrom(...EFFECTS)),
  })
  .map(({ parts, tiers, unlisted }) => {
    const policy: Plain = { version: 1, extends: [{ path: 'base.yaml', sha256: hash(completePolicy) }] };
    for (const [section, entry] of parts)
      policy[section] = [...((policy[section] as Plain[] | undefined) ?? []), entry];
    const assets = (policy['assets'] as Plain[] | undefined) ?? [];
    if (!assets.some(({ id }) => id === 'own'))
      policy['assets'] = [...assets, { id: 'own', owner: 'helio', paths: ['own/**'] }];
    if (tiers !== null) policy['tiers'] = (written['tiers'] ?? []).map((tier, at) => ({ ...tier, ...tiers[at] }));
    if (unlisted !== null) policy['defaults'] = { unlisted };
    return JSON.stringify(policy);
  });

const question = fc.record({
  who: fc.constantFrom(...people),
  action: fc.constantFrom(...ACTIONS),
  file: fc.constantFrom(...files),
  at: fc.constantFrom(
    '2026-02-01T10:00:00Z',
    '2026-05-05T10:00:00Z',
    '2026-06-15T10:00:00Z',
    '2026-07-05T10:00:00Z',
    '2028-01-01T10:00:00Z',
  ),
  purpose: fc.constantFrom('', 'integration', 'test'),
  into: fc.constantFrom('', 'perception/fusion/tmp/a.c', 'tool:chat', 'own/y.c'),
});
const records = people.slice(0, 4).map((person) => ({ person, course: 'dt-2026', passed: '2026-01-20' }));

describe('a child that is accepted', () => {
  it('never decides looser than its parent', async function () {
    this.timeout(120_000);
    assert.ok(parent !== undefined);
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(child, fc.array(question, { minLength: 40, maxLength: 40 }), async (text, questions) => {
        const texts: Readonly<Record<string, string>> = { 'base.yaml': completePolicy, 'a.yaml': text };
        const { policy } = await loadPolicy(
          'a.yaml',
          {
            read: (path) => Promise.resolve(new TextEncoder().encode(texts[path])),
            target: (path) => Promise.resolve(path),
          },
          (bytes) => Promise.resolve(createHash('sha256').update(bytes).digest('hex')),
        );
        if (policy === undefined) return;
        accepted += 1;
        for (const { purpose, into, ...rest } of questions) {
          const ask = { ...rest, ...(purpose === '' ? {} : { purpose }), ...(into === '' ? {} : { into }) };
          const facts = {
            records,
            exposures: [{ person: 'ana@helio.example', asset: 'camera-net', at: '2026-04-01T10:00:00Z' }],
          };
          const [before, after] = [parent, policy].map((each) =>
            decide(each, regionsOf(each, ask.file, 'a\nb\n'), ask, facts),
          );
          assert.ok(
            EFFECTS.indexOf(after?.effect ?? 'allow') >= EFFECTS.indexOf(before?.effect ?? 'deny'),
            JSON.stringify({ ask, before, after }),
          );
        }
      }),
      { numRuns: 400, seed: 9 },
    );
    assert.ok(accepted > 40, `Only ${accepted} children were accepted.`);
  });
});
