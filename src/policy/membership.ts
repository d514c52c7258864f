/** Who is in which team, and so of which party, at a moment. */
import { addressMatcher, foldAddress, isAddressPattern } from './addresses.js';
import type { PolicyContent, Team } from './language.js';
import { isWithin, isZone, NEVER, windowOf, type Window } from './moments.js';

/** A person at a moment: their address without case, the teams they are in, and the parties of these teams. */
export interface Someone {
  readonly address: string;
  readonly teams: readonly Team[];
  /** Empty for a person in no team. More than one is an error of the policy. */
  readonly parties: readonly string[];
}

/** One person's place in a team, with the time for which they hold it. */
export interface Membership {
  readonly team: Team;
  readonly window: Window;
}

/** The teams' members, ready to be asked. */
export interface People {
  /** Every membership of an address, past and future ones included. */
  membershipsOf(address: string): readonly Membership[];
  /** The person behind an address at an instant, in epoch milliseconds. */
  at(address: string, epoch: number): Someone;
}

/** The zone in which the policy's bare dates are days: the agreement's, or UTC where it names none that is known. */
export function zoneOf(policy: Pick<PolicyContent, 'agreement'>): string {
  const { zone } = policy.agreement;
  return zone !== undefined && isZone(zone) ? zone : 'UTC';
}

/** An address book of a policy's teams. A membership whose dates cannot be read holds at no time. */
export function peopleOf(policy: Pick<PolicyContent, 'agreement' | 'teams'>): People {
  const zone = zoneOf(policy);
  const exact = new Map<string, Membership[]>();
  const patterns: { readonly matches: (folded: string) => boolean; readonly membership: Membership }[] = [];
  for (const team of policy.teams) {
    for (const member of team.members) {
      const from = 'from' in member ? member.from : undefined;
      const until = 'until' in member ? member.until : undefined;
      const membership = { team, window: windowOf(from, until, zone) ?? NEVER };
      if (isAddressPattern(member.person)) {
        patterns.push({ matches: addressMatcher(member.person), membership });
        continue;
      }
      const address = foldAddress(member.person);
      const known = exact.get(address);
      if (known === undefined) exact.set(address, [membership]);
      else known.push(membership);
    }
  }

  const found = new Map<string, readonly Membership[]>();
  /** Persons whose memberships never change, so that asking again costs nothing. */
  const constant = new Map<string, Someone>();

  function membershipsOf(address: string): readonly Membership[] {
    const folded = foldAddress(address);
    if (patterns.length === 0) return exact.get(folded) ?? NONE;
    let memberships = found.get(folded);
    if (memberships === undefined) {
      const byPattern = patterns.filter(({ matches }) => matches(folded)).map(({ membership }) => membership);
      memberships = [...(exact.get(folded) ?? []), ...byPattern];
      if (found.size >= REMEMBERED) found.clear();
      found.set(folded, memberships);
    }
    return memberships;
  }

  function at(address: string, epoch: number): Someone {
    const known = constant.get(address);
    if (known !== undefined) return known;
    const memberships = membershipsOf(address);
    const teams = memberships.filter(({ window }) => isWithin(window, epoch)).map(({ team }) => team);
    const someone = {
      address: foldAddress(address),
      teams,
      parties: [...new Set(teams.map((team) => team.party))],
    };
    if (memberships.every(({ window }) => window.start === -Infinity && window.end === Infinity)) {
      if (constant.size >= REMEMBERED) constant.clear();
      constant.set(address, someone);
    }
    return someone;
  }

  return { membershipsOf, at };
}

const NONE: readonly Membership[] = [];
/** More addresses than this are not remembered at once: what asks may come from outside. */
const REMEMBERED = 20_000;
