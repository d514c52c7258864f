import { parseDestination, type Destination } from '../policy/destinations.js';
import { EFFECTS, type Effect, type PolicyContent } from '../policy/language.js';
import { parseInstant } from '../policy/moments.js';
import type { LineSpan } from '../ports.js';
import { assetsAt } from '../regions/assetsAt.js';
import type { FileRegions, Region } from '../regions/Region.js';
import type { Ask, Facts } from './Ask.js';
import type { Decision, Reason } from './Decision.js';
import { defined } from './defined.js';
import { knownFacts } from './facts.js';
import { indexOf, type IndexedAsset, type PolicyIndex } from './PolicyIndex.js';
import { sortedReasons } from './reasons.js';
import { remembered } from './remembered.js';
import type { Situation } from './Situation.js';
import { liftingOf } from './waivers.js';

/**
 * May this person do this to this code, now? The answer for every asset that covers the lines, the strictest over
 * all, with every reason.
 *
 * Total and pure: the same policy, regions, ask and facts always give the same decision, and nothing makes it throw.
 * A question that cannot be judged, such as one without a readable moment, is denied with the reason
 * `ask:moment`. Neither the order of rules nor how specific they are matters.
 *
 * `regions` are those of `ask.file`. For a symbolic link, give the regions of link and target together.
 */
export function decide(policy: PolicyContent, regions: FileRegions, ask: Ask, facts: Facts): Decision {
  const index = indexOf(policy);
  const covering = regionsAt(regions, ask.lines);
  const assets = new Map<string, IndexedAsset>();
  const strangers: string[] = [];
  for (const { asset: id, known } of covering) {
    const asset = known ? index.assetOf(id) : undefined;
    if (asset === undefined) strangers.push(id);
    else assets.set(id, asset);
  }

  const contributions = new Contributions();
  for (const id of strangers) contributions.add(unknownMarker(id, index));
  const at = instantOf(ask.at);
  if (at === undefined) contributions.add(unreadableMoment(ask.at, index));
  else {
    const someone = index.terms.people.at(ask.who, at);
    const into = ask.into === undefined || ask.into === '' ? undefined : destinationOf(ask.into);
    const purpose = ask.purpose === '' ? undefined : ask.purpose;
    const known = knownFacts(facts, index.terms.zone);
    for (const indexed of assets.values()) {
      const { asset } = indexed;
      const owns = indexed.isOwnedBy(someone.parties);
      judge({ asset, someone, owns, action: ask.action, into, purpose, at, facts: known }, indexed, contributions);
    }
    if (covering.length === 0) contributions.add(unlisted(index));
  }

  const tier = highestTier([...assets.values()], strangers.length > 0, index);
  return contributions.decision([...assets.keys()].sort(), tier);
}

const NONE: readonly string[] = [];

/** Gathers what the rules contribute, and takes the strictest. */
class Contributions {
  private readonly reasons: Reason[] = [];
  // Most decisions have none of these, and decisions are many.
  private waived: readonly string[] = NONE;
  private notices: readonly string[] = NONE;
  private duties: readonly string[] = NONE;

  add(reason: Reason): void {
    this.reasons.push(reason);
  }

  addWaived(ids: readonly string[]): void {
    if (ids.length > 0) this.waived = [...this.waived, ...ids];
  }

  addNotices(notices: readonly string[]): void {
    if (notices.length > 0) this.notices = [...this.notices, ...notices];
  }

  addDuties(duties: readonly string[]): void {
    if (duties.length > 0) this.duties = [...this.duties, ...duties];
  }

  decision(assets: readonly string[], tier: string | undefined): Decision {
    let strictest = -1;
    for (const { effect } of this.reasons) strictest = Math.max(strictest, EFFECTS.indexOf(effect));
    // Every path leads to at least one contribution; should one not, nothing permits.
    const effect: Effect = EFFECTS[strictest] ?? 'deny';
    const rules: string[] = [];
    for (const reason of this.reasons) if (reason.effect === effect) rules.push(reason.rule);
    const decision = {
      effect,
      rules: sortedSet(rules),
      waived: sortedSet(this.waived),
      notices: sortedSet(this.notices),
      duties: sortedSet(this.duties),
      assets,
      because: sortedReasons(this.reasons),
    };
    return tier === undefined ? decision : Object.assign(decision, { tier });
  }
}

/** Each entry once, in the order of code units. */
function sortedSet(entries: readonly string[]): readonly string[] {
  return entries.length < 2 ? entries : [...new Set(entries)].sort();
}

function judge(situation: Situation, indexed: IndexedAsset, contributions: Contributions): void {
  const { prohibitions, grants, waivers } = indexed.rulesFor(situation.action);
  for (const prohibition of prohibitions) {
    const verdict = prohibition.judge(situation);
    if (verdict === undefined) continue;
    if (verdict.reason !== undefined) {
      const lifting = liftingOf(prohibition, waivers, situation);
      contributions.addNotices(lifting.notices);
      contributions.addWaived(lifting.waived);
      if (lifting.waived.length > 0) continue;
      contributions.add(verdict.reason);
    }
    if (verdict.notice !== undefined) contributions.addNotices([verdict.notice]);
    if (verdict.duties !== undefined) contributions.addDuties(verdict.duties);
  }
  const base = indexed.base(situation, grants);
  for (const reason of base.reasons) contributions.add(reason);
  contributions.addNotices(base.notices);
}

/** The regions that meet these lines. A span that is none, such as NaN, is read as the whole file: it hides nothing. */
function regionsAt(regions: FileRegions, lines: LineSpan | undefined): readonly Region[] {
  const isSpan = lines !== undefined && !Number.isNaN(lines.start + lines.end);
  return assetsAt(regions, isSpan ? lines : undefined);
}

function highestTier(
  assets: readonly IndexedAsset[],
  isUnknownMarked: boolean,
  index: PolicyIndex,
): string | undefined {
  const highest = index.terms.policy.tiers.at(-1)?.name;
  if (isUnknownMarked) return highest;
  let top: IndexedAsset | undefined;
  for (const asset of assets) if (top === undefined || asset.rank > top.rank) top = asset;
  return top === undefined ? undefined : (top.tier?.name ?? top.asset.tier);
}

function unknownMarker(id: string, { terms }: PolicyIndex): Reason {
  return {
    rule: 'marker:unknown',
    effect: 'deny',
    what: id === '' ? 'A marker here names no asset.' : `A marker here names '${id}', which is no asset of the policy.`,
    why: 'Whose code this is cannot be told, so that it is kept like the most confidential.',
    instead: 'Ask for the name in the marker to be corrected, or for the asset to be added to the policy.',
    ...(id === '' ? {} : { asset: id }),
    ...defined({ contact: terms.contact }),
  };
}

function unreadableMoment(at: string, { terms }: PolicyIndex): Reason {
  return {
    rule: 'ask:moment',
    effect: 'deny',
    what: `'${at.slice(0, 40)}' is no moment that can be judged.`,
    why: 'What is permitted depends on the day and the hour.',
    instead: 'Ask with a date, a time and an offset, such as 2026-05-20T10:00:00+02:00.',
    ...defined({ contact: terms.contact }),
  };
}

function unlisted({ terms }: PolicyIndex): Reason {
  const effect = terms.policy.defaults.unlisted;
  const restricted = {
    why: 'The parties agreed that code which no asset covers is not free to use.',
    instead: 'Ask for the code to be listed as an asset.',
    ...defined({ contact: terms.contact }),
  };
  return {
    rule: 'default:unlisted',
    effect,
    what: 'No asset of the policy covers this code.',
    ...(effect === 'allow' ? {} : restricted),
  };
}

const instantOf = remembered(parseInstant);
const destinationOf: (into: string) => Destination = remembered(parseDestination);
