import fc from 'fast-check';
import type { Ask, Facts } from '../../src/decision/Ask.js';
import { ACTIONS, DUTIES, EFFECTS, type Effect, type PolicyContent } from '../../src/policy/language.js';
import { policyFrom } from './examplePolicy.js';

/** A co-build of three parties in which every kind of rule has something to hold on to. */
const BASE = policyFrom(`
version: 1
agreement: {id: A, title: Agreement, zone: Europe/Berlin, from: 2026-01-01, until: 2026-12-31, survives: P1Y, contact: legal@helio.example}
parties: [{id: helio, name: Helio}, {id: north, name: Northlight}, {id: kestrel, name: Kestrel}]
teams:
  - {id: fusion, party: helio, members: [ana@helio.example]}
  - {id: tent-a, party: helio, members: [{person: mia@helio.example, until: 2026-05-31}]}
  - {id: tent-b, party: helio, members: [{person: mia@helio.example, from: 2026-06-01}]}
  - {id: north-core, party: north, members: ["*@north.example"]}
  - {id: kestrel-core, party: kestrel, members: [kim@kestrel.example]}
tiers: [{name: open, ungranted: {view: allow, use: warn}}, {name: restricted}, {name: sealed, named: true}]
assets:
  - {id: notes, owner: [helio, north], tier: open, paths: ["notes/**", "both/**"]}
  - {id: cam, owner: north, paths: ["cam/**", "both/**"]}
  - {id: weights, owner: north, tier: sealed, paths: ["weights/**"]}
  - {id: rad, owner: kestrel, paths: ["rad/**"]}
approvers: [{person: legal@north.example, party: north}, {person: legal@kestrel.example, party: kestrel}, {person: ana@helio.example, party: helio}]
`);

export const PEOPLE = [
  'ana@helio.example',
  'mia@helio.example',
  'nia@north.example',
  'kim@kestrel.example',
  'eve@evil.example',
];
export const FILES = ['notes/n.md', 'both/b.c', 'cam/c.c', 'weights/w', 'rad/r.c', 'free/f.c'];
const PLACES = ['tmp/x.c', 'notes/n.md', 'remote:github.com/helio/open', 'tool:copilot', 'tool:onprem'];
const PURPOSES = ['integration', 'safety'];

const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const day = fc
  .integer({ min: 0, max: 800 })
  .map((after) => new Date(Date.UTC(2025, 6, 1) + after * 86_400_000).toISOString().slice(0, 10));
/** Whole seconds between July 2025 and September 2027, with the hours around midnight in Berlin well represented. */
const epoch = fc.oneof(
  fc.integer({ min: 1_751_328_000, max: 1_820_448_000 }).map((seconds) => seconds * 1000),
  fc.tuple(day, fc.integer({ min: -3, max: 3 })).map(([date, hours]) => Date.parse(date) + hours * 3_600_000),
);
const who = some([
  'fusion',
  'tent-a',
  'tent-b',
  'party:north',
  'party:helio',
  'team:helio/tent-*',
  'person:ana@helio.example',
  'person:*@north.example',
  'everyone',
  'recipients',
]);
const covers = some(['notes', 'cam', 'weights', 'rad', 'tier:restricted', 'tier:restricted+', 'all']);
const actions = some([...ACTIONS, 'any'] as const);
const into = some(['tmp/**', 'tool:*', '!tool:onprem', 'remote:github.com/*', '!notes/**']);
const duration = fc.constantFrom('P30D', 'P6M', 'P1Y', 'PT72H');
const said = { what: 'W.', why: 'Y.', instead: 'I.' } as const;

/** Leaves out what is undefined, as a policy does. */
function clean<T extends object>(entry: T): T {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as T;
}

type Guardrail = PolicyContent['guardrails'][number];
type Grant = PolicyContent['grants'][number];
type Course = PolicyContent['training'][number];
type Wall = PolicyContent['walls'][number];
type Waiver = PolicyContent['waivers'][number];

const effect = fc.constantFrom<Effect>(...EFFECTS);
export const guardrails: fc.Arbitrary<Guardrail> = fc
  .record({
    covers,
    actions,
    effect,
    who,
    except: fc.oneof(fc.constant([]), who),
    into: maybe(into),
    from: maybe(day),
    until: maybe(day),
    duties: fc.subarray([...DUTIES]),
    waivable: fc.boolean(),
  })
  .map((fields) => clean({ id: '', ...said, ...fields }) as Guardrail);
export const grants: fc.Arbitrary<Grant> = fc
  .record({
    to: who,
    covers,
    actions,
    purpose: maybe(some(PURPOSES)),
    into: maybe(into),
    from: maybe(day),
    until: maybe(day),
    grace: maybe(duration),
  })
  .map((fields) => clean({ id: '', ...fields }) as Grant);
export const courses: fc.Arbitrary<Course> = fc
  .record({
    covers,
    actions,
    for: who,
    repeat: maybe(duration),
    remind: maybe(duration),
    grace: maybe(duration),
    since: maybe(day),
    effect,
    formerly: fc.constant([]),
    waivable: fc.boolean(),
  })
  .map((fields) => clean({ id: '', title: 'Course', ...fields }) as Course);
export const walls: fc.Arbitrary<Wall> = fc
  .record({ above: fc.oneof(fc.constant([]), who), blocks: actions, cooling: maybe(duration), waivable: fc.boolean() })
  .map(
    (fields) =>
      clean({
        id: '',
        sides: [
          { name: 'camera', who: ['party:north', 'tent-a'], assets: ['cam', 'weights'] },
          { name: 'radar', who: ['party:kestrel', 'tent-b'], assets: ['rad'] },
        ],
        ...fields,
      }) as Wall,
  );
const LIFTABLE = ['r0', 'r1', 'r2', 'c0', 'w0'];
export const waivers: fc.Arbitrary<Waiver> = fc
  .record({
    lifts: some(LIFTABLE),
    to: who,
    covers,
    actions,
    into: maybe(into),
    from: maybe(day),
    until: day,
    by: fc.constantFrom('legal@north.example', 'legal@kestrel.example', 'ana@helio.example', 'eve@evil.example'),
  })
  .map((fields) => clean({ id: '', reason: 'Agreed.', signed: '2026-01-01', ...fields }) as Waiver);

const listed = <T extends { readonly id: string }>(entries: fc.Arbitrary<T>, letter: string, maxLength: number) =>
  fc.array(entries, { maxLength }).map((all) => all.map((entry, at) => ({ ...entry, id: `${letter}${at}` })));

export const policies: fc.Arbitrary<PolicyContent> = fc
  .record({
    status: fc.constantFrom('live', 'live', 'live', 'suspended', 'ended' as const),
    unlisted: effect,
    unknown: effect,
    guardrails: listed(guardrails, 'r', 4),
    grants: listed(grants, 'g', 4),
    training: listed(courses, 'c', 2),
    walls: listed(walls, 'w', 2),
    waivers: listed(waivers, 'v', 3),
  })
  .map(({ status, unlisted, unknown, ...rules }): PolicyContent => ({
    ...BASE,
    agreement: { ...BASE.agreement, status },
    defaults: { unlisted, unknown },
    ...rules,
  }));

const OFFSETS = ['Z', '+02:00', '-07:00', '+09:00', '+05:45', '-11:30'];

/** An instant in milliseconds, written with an offset: `2026-05-20T12:00:00.000+02:00`. */
export function writtenWith(at: number, offset: string): string {
  const found = /^([+-])(\d\d):(\d\d)$/.exec(offset);
  if (found === null) return new Date(at).toISOString();
  const minutes = (Number(found[2]) * 60 + Number(found[3])) * (found[1] === '-' ? -1 : 1);
  return new Date(at + minutes * 60_000).toISOString().replace('Z', offset);
}

export const offsets = fc.constantFrom(...OFFSETS);
export const epochs = epoch;
export const asks: fc.Arbitrary<Ask> = fc
  .record({
    who: fc.constantFrom(...PEOPLE),
    action: fc.constantFrom(...ACTIONS),
    file: fc.constantFrom(...FILES),
    into: maybe(fc.constantFrom(...PLACES)),
    purpose: maybe(fc.constantFrom(...PURPOSES)),
    at: fc.tuple(epoch, offsets).map(([at, offset]) => writtenWith(at, offset)),
  })
  .map(clean) as fc.Arbitrary<Ask>;
export const facts: fc.Arbitrary<Facts> = fc.record({
  records: fc.array(
    fc.record({ person: fc.constantFrom(...PEOPLE), course: fc.constantFrom('c0', 'c1'), passed: day }),
    { maxLength: 6 },
  ),
  exposures: fc.array(
    fc.record({
      person: fc.constantFrom(...PEOPLE),
      asset: fc.constantFrom('cam', 'weights', 'rad'),
      at: epoch.map((at) => new Date(at).toISOString()),
    }),
    { maxLength: 4 },
  ),
});
