import { decide } from '../../src/decision/decide.js';
import type { Ask, Facts } from '../../src/decision/Ask.js';
import type { Decision } from '../../src/decision/Decision.js';
import type { Policy } from '../../src/policy/Policy.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { policyFrom, spoilt } from './examplePolicy.js';

/** A small co-build: north owns `net` (restricted) and `weights` (sealed), helio receives. Rules are added by tests. */
export const CO_BUILD = `
version: 1
agreement: {id: A, title: Agreement, zone: Europe/Berlin, from: 2026-01-01, until: 2026-12-31, contact: legal@helio.example}
parties:
  - {id: north, name: Northlight, custodian: keys@north.example}
  - {id: helio, name: Helio}
teams:
  - {id: north-core, party: north, members: [nia@north.example]}
  - {id: fusion, party: helio, members: [ana@helio.example, ben@helio.example]}
tiers: [{name: confidential}, {name: restricted}, {name: sealed, named: true}]
assets:
  - {id: net, owner: north, paths: ["net/**"]}
  - {id: weights, owner: north, tier: sealed, paths: ["weights/**"]}
  - {id: notes, owner: north, tier: confidential}
`;

export const NO_FACTS: Facts = { records: [], exposures: [] };

/**
 * Asks with everything ordinary but for what the test is about: ana views net/a.py at noon on 20 May 2026. `spoil`
 * names a text of the rules and what no check lets pass to put in its place.
 */
export function asking(
  rules: string,
  text = '',
  [sound, spoil]: readonly string[] = [],
): (ask?: Partial<Ask>, facts?: Partial<Facts>) => Decision {
  const read = policyFrom(rules.includes('agreement:') ? rules : CO_BUILD + rules);
  const policy = sound === undefined || spoil === undefined ? read : spoilt(read, sound, spoil);
  return (ask = {}, facts = {}) => answer(policy, ask, facts, text);
}

export function answer(policy: Policy, ask: Partial<Ask>, facts: Partial<Facts> = {}, text = ''): Decision {
  const whole: Ask = {
    who: 'ana@helio.example',
    action: 'view',
    file: 'net/a.py',
    at: '2026-05-20T12:00:00+02:00',
    ...ask,
  };
  return decide(policy, regionsOf(policy, whole.file, text), whole, { ...NO_FACTS, ...facts });
}

/** What a case would compare, in one line: the effect, its rules, and what else is said. */
export function brief({ effect, rules, waived, notices }: Decision): string {
  const more = [...waived.map((id) => `waived ${id}`), ...notices];
  return [effect, rules.join(' '), ...(more.length > 0 ? [more.join(' ')] : [])].join(' | ');
}
