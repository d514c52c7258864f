import { addressMatcher, foldAddress, isAddressPattern } from '../addresses.js';
import type { Member, Team } from '../language.js';
import { ALWAYS, overlap, type Window } from '../moments.js';
import { shown } from '../syntax.js';
import type { Answers, Checked } from './CheckedContent.js';

interface Held {
  readonly member: Member;
  readonly team: Team;
  readonly window: Window;
}

/** How many pairs of patterns and addresses are compared; beyond it only whole addresses are. */
const MOST_PAIRS = 500_000;

/** Nobody belongs to two parties at the same time, by name or through a pattern. */
export function checkPeople(checked: Checked, answers: Answers): void {
  const byAddress = new Map<string, Held[]>();
  const patterns: (Held & { readonly folded: string })[] = [];
  for (const team of checked.content.teams) {
    if (team.party === '') continue;
    for (const member of team.members) {
      if (member.person === '') continue;
      const held = { member, team, window: answers.windowOf(member) ?? ALWAYS };
      const folded = foldAddress(member.person);
      if (isAddressPattern(folded)) patterns.push({ ...held, folded });
      else {
        const known = byAddress.get(folded);
        if (known === undefined) byAddress.set(folded, [held]);
        else known.push(held);
      }
    }
  }
  for (const several of byAddress.values()) {
    for (const [at, held] of several.entries()) {
      const rival = several.slice(0, at).find((other) => isRival(other, held));
      if (rival !== undefined) {
        report(checked, rival, held, `${held.member.person} is`);
        break;
      }
    }
  }
  let pairs = 0;
  for (const [at, pattern] of patterns.entries()) {
    const matches = addressMatcher(pattern.folded);
    for (const [address, several] of byAddress) {
      if ((pairs += 1) > MOST_PAIRS) return;
      const rival = several.find((other) => isRival(other, pattern));
      if (rival !== undefined && matches(address)) {
        const [first, second] = inOrder(checked, pattern, rival);
        report(checked, first, second, `${rival.member.person} is, through \`${shown(pattern.member.person)}\`,`);
      }
    }
    for (const other of patterns.slice(0, at)) {
      if ((pairs += 1) > MOST_PAIRS) return;
      if (isRival(other, pattern) && addressPatternsMeet(other.folded, pattern.folded)) {
        report(
          checked,
          other,
          pattern,
          `Somebody whom \`${shown(pattern.member.person)}\` and \`${shown(other.member.person)}\` both mean is`,
        );
      }
    }
  }
}

function isRival(one: Held, other: Held): boolean {
  if (one.team.party === other.team.party) return false;
  const { start, end } = overlap(one.window, other.window);
  return start < end;
}

function inOrder(checked: Checked, one: Held, other: Held): readonly [Held, Held] {
  return checked.at(one.member).start <= checked.at(other.member).start ? [one, other] : [other, one];
}

function report(checked: Checked, first: Held, second: Held, who: string): void {
  checked.add(
    'two-parties',
    checked.at(second.member, 'person'),
    `${who} of two parties at the same time: of ${first.team.party} in ${first.team.id} (line ${checked.line(
      checked.at(first.member),
    )}) and of ${second.team.party} in ${second.team.id}. Give one membership an end, or delete it.`,
  );
}

/** True when some address fits both patterns. */
export function addressPatternsMeet(one: string, other: string): boolean {
  const [local = '', domain = ''] = one.split('@');
  const [otherLocal = '', otherDomain = ''] = other.split('@');
  const labels = domain.split('.');
  const otherLabels = otherDomain.split('.');
  return (
    labels.length === otherLabels.length &&
    wildcardsMeet(local, otherLocal) &&
    labels.every((label, at) => wildcardsMeet(label, otherLabels[at] ?? ''))
  );
}

/** True when some text fits both patterns of letters and `*`. Takes time in proportion to the product of their lengths. */
export function wildcardsMeet(one: string, other: string): boolean {
  let row = new Array<boolean>(other.length + 1).fill(false);
  row[0] = true;
  for (let at = 1; at <= other.length; at += 1) row[at] = row[at - 1] === true && other[at - 1] === '*';
  for (let at = 1; at <= one.length; at += 1) {
    const next = new Array<boolean>(other.length + 1).fill(false);
    const star = one[at - 1] === '*';
    next[0] = row[0] === true && star;
    for (let to = 1; to <= other.length; to += 1) {
      if (star || other[to - 1] === '*') next[to] = row[to] === true || next[to - 1] === true;
      else next[to] = row[to - 1] === true && one[at - 1] === other[to - 1];
    }
    row = next;
  }
  return row[other.length] === true;
}
