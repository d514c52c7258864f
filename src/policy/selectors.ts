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

/**
 * A test for several selectors, any of which may select a person. A text that is no selector selects nobody. Asked for
 * every rule of every decision, so the plain names are looked up together.
 */
export function selectorTest(texts: readonly string[]): SelectorTest {
  const teams = new Set<string>();
  const parties = new Set<string>();
  const persons = new Set<string>();
  const patterns: SelectorTest[] = [];
  let recipients = false;
  for (const selector of texts.map(parseSelector)) {
    switch (selector?.kind) {
      case 'everyone':
        return () => true;
      case 'recipients':
        recipients = true;
        break;
      case 'team':
        teams.add(selector.team);
        break;
      case 'party':
        parties.add(selector.party);
        break;
      case 'teams':
        patterns.push((someone) => someone.teams.some((team) => selectsTeam(selector, team)));
        break;
      case 'person':
        if (isAddressPattern(selector.address)) {
          const matches = addressMatcher(selector.address);
          patterns.push((someone) => matches(someone.address));
        } else persons.add(selector.address);
        break;
      case undefined:
        break;
    }
  }
  return (someone, owns) => {
    if (recipients && !owns) return true;
    for (const team of someone.teams) if (teams.has(team.id)) return true;
    if (parties.size > 0) for (const party of someone.parties) if (parties.has(party)) return true;
    if (persons.size > 0 && persons.has(someone.address)) return true;
    return patterns.length > 0 && patterns.some((test) => test(someone, owns));
  };
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

/** True when one of the selectors picks out a whole team, by its id, its party or a pattern. */
export function selectTeam(texts: readonly string[], team: Pick<Team, 'id' | 'party'>): boolean {
  return texts.some((text) => {
    const selector = parseSelector(text);
    return selector !== undefined && selectsTeam(selector, team);
  });
}

/** `person:`, `everyone` and `recipients` say nothing of teams. */
function selectsTeam(selector: Selector, team: Pick<Team, 'id' | 'party'>): boolean {
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
}
