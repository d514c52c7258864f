/** Who a rule is about: a team, teams by pattern, a party, persons, everyone, or the recipients of an asset. */
import { addressMatcher, foldAddress, isAddressPattern } from './addresses.js';
import type { Team } from './language.js';
import type { Someone } from './membership.js';
import { wildcardTest } from './wildcard.js';

export type Selector =
  | { readonly kind: 'everyone' }
  /** Whoever is not of a party that owns the asset at hand. */
  | { readonly kind: 'recipients' }
  | { readonly kind: 'team'; readonly team: string }
  /** Every team of one party whose id matches a pattern in which `*` stands for any characters; case counts. */
  | { readonly kind: 'teams'; readonly party: string; readonly pattern: string }
  | { readonly kind: 'party'; readonly party: string }
  /** One address, or a pattern of addresses. */
  | { readonly kind: 'person'; readonly address: string };

const TEAMS = /^team:([^/]+)\/(.+)$/;

/** What a selector's text means; undefined for an unknown prefix or an empty name. Any bare word is a team's id. */
export function parseSelector(text: string): Selector | undefined {
  if (text === 'everyone' || text === 'recipients') return { kind: text };
  const teams = TEAMS.exec(text);
  if (teams !== null) return { kind: 'teams', party: teams[1] ?? '', pattern: teams[2] ?? '' };
  const colon = text.indexOf(':');
  if (colon < 0) return text === '' ? undefined : { kind: 'team', team: text };
  const name = text.slice(colon + 1);
  if (name === '') return undefined;
  switch (text.slice(0, colon)) {
    case 'party':
      return { kind: 'party', party: name };
    case 'person':
      return { kind: 'person', address: foldAddress(name) };
    default:
      return undefined;
  }
}

/** True when `someone` is meant, given whether their party owns the asset at hand. */
export type SelectorTest = (someone: Someone, owns: boolean) => boolean;

/** A test for several selectors, any of which may select a person. A text that is no selector selects nobody. */
export function selectorTest(texts: readonly string[]): SelectorTest {
  const tests = texts.map(parseSelector).flatMap((selector) => (selector === undefined ? [] : [testOf(selector)]));
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (someone, owns) => tests.some((test) => test(someone, owns));
}

/**
 * A test that counts named persons only: `person:` selectors without a wildcard. In a tier with `named`, nothing else
 * makes a recipient.
 */
export function namedTest(texts: readonly string[]): SelectorTest {
  return selectorTest(
    texts.filter((text) => {
      const selector = parseSelector(text);
      return selector?.kind === 'person' && !isAddressPattern(selector.address);
    }),
  );
}

/** True when the selectors pick out a whole team, by its id, its party or a pattern. `person:` says nothing of teams. */
export function selectsTeam(texts: readonly string[], team: Pick<Team, 'id' | 'party'>): boolean {
  return texts.some((text) => {
    const selector = parseSelector(text);
    if (selector === undefined) return false;
    switch (selector.kind) {
      case 'team':
        return selector.team === team.id;
      case 'teams':
        return selector.party === team.party && wildcardTest(selector.pattern)(team.id);
      case 'party':
        return selector.party === team.party;
      case 'everyone':
      case 'recipients':
      case 'person':
        return false;
    }
  });
}

function testOf(selector: Selector): SelectorTest {
  switch (selector.kind) {
    case 'everyone':
      return () => true;
    case 'recipients':
      return (_, owns) => !owns;
    case 'team':
      return (someone) => someone.teams.some((team) => team.id === selector.team);
    case 'teams': {
      const matches = wildcardTest(selector.pattern);
      return (someone) => someone.teams.some((team) => team.party === selector.party && matches(team.id));
    }
    case 'party':
      return (someone) => someone.parties.includes(selector.party);
    case 'person': {
      const matches = addressMatcher(selector.address);
      return (someone) => matches(someone.address);
    }
  }
}
