import type { Ask, Facts } from '../../src/decision/Ask.js';
import { ACTIONS, EFFECTS, type PolicyContent } from '../../src/policy/language.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';

/** How large a generated co-build is. */
export interface Size {
  readonly assets: number;
  readonly guardrails: number;
  readonly grants: number;
  readonly people: number;
}

/** Numbers that look random and are the same in every run (mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

export const PARTIES = 4;
const TEAMS_A_PARTY = 25;

/**
 * A co-build of four parties with 25 teams each. Each guardrail and grant names one to three assets and teams, one in
 * fifty guardrails a whole tier; every person is in one team. No wall cools off and no course is asked for, so that a
 * second evaluator without a notion of time past can be asked the same.
 */
export function coBuild(size: Size, seed = 1): PolicyContent {
  const random = randomNumbers(seed);
  const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));
  const some = <T>(make: () => T) => times(1 + random(3), make);
  const asset = () => `a${random(size.assets)}`;
  const team = () => `t${random(PARTIES * TEAMS_A_PARTY)}`;
  const action = () => ACTIONS[random(ACTIONS.length)] ?? 'view';
  const teams = times(PARTIES * TEAMS_A_PARTY, (at) => ({
    id: `t${at}`,
    party: `p${at % PARTIES}`,
    members: [] as object[],
  }));
  for (let person = 0; person < size.people; person++)
    teams[random(teams.length)]?.members.push({ person: addressOf(person) });
  const { policy } = parsePolicy(
    `{version: 1, agreement: {id: A, title: A, zone: Europe/Berlin, from: 2026-01-01, until: 2026-12-31, contact: x@y.example}, parties: [${times(PARTIES, (at) => `{id: p${at}, name: P${at}}`).join()}]}`,
  );
  if (policy === undefined) throw new Error('The frame of the co-build has errors.');
  return {
    ...policy,
    teams: teams as PolicyContent['teams'],
    assets: times(size.assets, (at) => ({
      id: `a${at}`,
      owner: [`p${random(PARTIES)}`],
      tier: random(4) === 0 ? 'confidential' : 'restricted',
      paths: [`src/a${at}/**`],
      tags: [],
      delegates: false,
    })),
    guardrails: times(size.guardrails, (at) => ({
      id: `r${at}`,
      covers: random(50) === 0 ? ['tier:restricted+'] : some(asset),
      actions: some(action),
      effect: EFFECTS[1 + random(3)] ?? 'deny',
      who: random(3) === 0 ? ['recipients'] : some(team),
      except: [],
      duties: [],
      waivable: false,
      what: 'W.',
      why: 'Y.',
      instead: 'I.',
      ...(random(4) === 0 ? { into: ['tool:*', '!tool:onprem'] } : {}),
      ...(random(4) === 0 ? { from: '2026-03-01', until: '2026-09-30' } : {}),
    })),
    grants: times(size.grants, (at) => ({
      id: `g${at}`,
      to: some(team),
      covers: some(asset),
      actions: some(action),
      ...(random(4) === 0 ? { purpose: ['integration'] } : {}),
      ...(random(4) === 0 ? { until: '2026-06-30' } : {}),
    })),
  };
}

export function addressOf(person: number): string {
  return `person${person}@p.example`;
}

export const NOTHING_KNOWN: Facts = { records: [], exposures: [] };

/** Asks of random people about random assets, each once with its asset's file. */
export function randomAsks(size: Size, count: number, seed = 2): readonly (Ask & { readonly asset: string })[] {
  const random = randomNumbers(seed);
  const days = ['2026-02-01T12:00:00+01:00', '2026-05-20T12:00:00+02:00', '2026-08-01T12:00:00+02:00'];
  const places = [undefined, 'tool:copilot', 'tool:onprem', 'src/x.c'];
  return Array.from({ length: count }, () => {
    const asset = `a${random(size.assets)}`;
    const into = places[random(places.length)];
    return {
      asset,
      who: addressOf(random(size.people)),
      action: ACTIONS[random(ACTIONS.length)] ?? 'view',
      file: `src/${asset}/f.c`,
      at: days[random(days.length)] ?? '',
      ...(into === undefined ? {} : { into }),
      ...(random(2) === 0 ? { purpose: 'integration' } : {}),
    };
  });
}
