/**
 * What makes one entry of a policy at least as strict as another, field by field. A policy that extends another is held to
 * it, and a change of a policy is told by it.
 */
import { isNeverShorter, parseDuration } from './durations.js';
import { EFFECTS, type Action, type Effect, type PolicyContent } from './language.js';
import { windowOf } from './moments.js';

/** How a field of an inherited entry may change: true when the child's value is at least as strict. */
export type Rule = (inherited: unknown, stated: unknown) => boolean;
export type Rules = Readonly<Record<string, Rule | 'free' | 'union'>>;

export const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : []);
export const includesAll = (wide: readonly string[], narrow: readonly string[]) =>
  narrow.every((entry) => wide.includes(entry));
export const rank = (effect: unknown) => EFFECTS.indexOf(effect as Effect);

export const raised: Rule = (inherited, stated) => rank(stated) >= rank(inherited);
export const more: Rule = (inherited, stated) => includesAll(strings(stated), strings(inherited));
export const fewer: Rule = (inherited, stated) => includesAll(strings(inherited), strings(stated));
const moreActions: Rule = (inherited, stated) => strings(stated).includes('any') || more(inherited, stated);
const fewerActions: Rule = (inherited, stated) => strings(inherited).includes('any') || fewer(inherited, stated);
const moreCovers: Rule = (inherited, stated) => strings(stated).includes('all') || more(inherited, stated);
const fewerCovers: Rule = (inherited, stated) => strings(inherited).includes('all') || fewer(inherited, stated);
const morePeople: Rule = (inherited, stated) => strings(stated).includes('everyone') || more(inherited, stated);
const fewerPeople: Rule = (inherited, stated) => strings(inherited).includes('everyone') || fewer(inherited, stated);
/** Fewer places, counting that an added exclusion takes places away. */
const fewerPlaces: Rule = (inherited, stated) =>
  inherited === undefined ||
  (stated !== undefined &&
    fewer(positive(inherited), positive(stated)) &&
    positive(inherited).length > 0 === positive(stated).length > 0 &&
    more(negative(inherited), negative(stated)));
const morePlaces: Rule = (inherited, stated) =>
  stated === undefined ||
  (inherited !== undefined &&
    more(positive(inherited), positive(stated)) &&
    positive(inherited).length > 0 === positive(stated).length > 0 &&
    fewer(negative(inherited), negative(stated)));
export const positive = (places: unknown) => strings(places).filter((place) => !place.startsWith('!'));
export const negative = (places: unknown) => strings(places).filter((place) => place.startsWith('!'));
/** A switch that may only be turned off. */
export const off: Rule = (inherited, stated) => stated === false || stated === inherited;
export const on: Rule = (inherited, stated) => stated === true || stated === inherited;
export const longer: Rule = (inherited, stated) => {
  if (stated === undefined) return inherited === undefined;
  if (inherited === undefined) return true;
  const [one, other] = [stated, inherited].map((duration) =>
    typeof duration === 'string' ? parseDuration(duration) : undefined,
  );
  return one !== undefined && other !== undefined && isNeverShorter(one, other);
};
/** Shorter, where none means for ever. */
export const shorter: Rule = (inherited, stated) => inherited === undefined || longer(stated, inherited);
/** Shorter, where none means not at all. */
const shorterOrNone: Rule = (inherited, stated) =>
  stated === undefined || (inherited !== undefined && longer(stated, inherited));

/** How each field of an entry may change, by the kind of entry. */
export interface Strictness {
  readonly training: Rules;
  readonly guardrails: Rules;
  readonly grants: Rules;
  readonly waivers: Rules;
  readonly walls: Rules;
  /** The end of something comes no later. */
  readonly earlierEnd: Rule;
  /** The begin of something comes no earlier. */
  readonly laterStart: Rule;
}

/** The rules for a policy whose bare dates are days in this zone. */
export function strictnessIn(zone: string): Strictness {
  const endOf = (moment: unknown): number => windowOf(undefined, String(moment), zone)?.end ?? NaN;
  const startOf = (moment: unknown): number => windowOf(String(moment), undefined, zone)?.start ?? NaN;
  const earlierEnd: Rule = (inherited, stated) =>
    inherited === undefined || (stated !== undefined && endOf(stated) <= endOf(inherited));
  const laterOrOpen: Rule = (inherited, stated) =>
    stated === undefined || (inherited !== undefined && endOf(stated) >= endOf(inherited));
  const laterStart: Rule = (inherited, stated) =>
    inherited === undefined || (stated !== undefined && startOf(stated) >= startOf(inherited));
  const earlierOrOpen: Rule = (inherited, stated) =>
    stated === undefined || (inherited !== undefined && startOf(stated) <= startOf(inherited));
  return {
    earlierEnd,
    laterStart,
    training: {
      covers: moreCovers,
      actions: moreActions,
      for: morePeople,
      repeat: shorter,
      remind: 'free',
      grace: shorterOrNone,
      since: laterStart,
      effect: raised,
      formerly: fewer,
      lesson: (inherited, stated) => stated === undefined || stated === inherited,
      waivable: off,
    },
    guardrails: {
      covers: moreCovers,
      actions: moreActions,
      effect: raised,
      who: morePeople,
      except: fewer,
      into: morePlaces,
      from: earlierOrOpen,
      until: laterOrOpen,
      duties: 'union',
      waivable: off,
    },
    grants: {
      to: fewerPeople,
      covers: fewerCovers,
      actions: fewerActions,
      purpose: (inherited, stated) => inherited === undefined || (stated !== undefined && fewer(inherited, stated)),
      into: fewerPlaces,
      from: laterStart,
      until: earlierEnd,
      grace: shorterOrNone,
    },
    waivers: {
      to: fewerPeople,
      covers: fewerCovers,
      actions: fewerActions,
      into: fewerPlaces,
      from: laterStart,
      until: earlierEnd,
      lifts: fewer,
    },
    walls: { sides: widerSides, above: fewer, blocks: moreActions, cooling: longer, waivable: off },
  };
}

/** Every side is still there, with all of its people and assets. */
const widerSides: Rule = (before, after) => {
  const [inherited, stated] = [before, after] as [Sides, Sides];
  return inherited.every((side) => {
    const again = stated.find(({ name }) => name === side.name);
    return again !== undefined && includesAll(again.who, side.who) && includesAll(again.assets, side.assets);
  });
};

type Sides = PolicyContent['walls'][number]['sides'];

/** What a tier's `ungranted` gives for an action. */
export function ungrantedOf(ungranted: unknown, action: Action): Effect {
  if (typeof ungranted === 'string') return ungranted as Effect;
  return (ungranted as Readonly<Record<string, Effect | undefined>>)[action] ?? 'deny';
}

/** True for values that are written alike; keys without a value do not count. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [left, right] = [one, other].map((value) =>
    Object.entries(value).filter(([, content]) => content !== undefined),
  );
  if (left === undefined || right === undefined || left.length !== right.length) return false;
  return left.every(([key, content]) => isSame(content, (other as Readonly<Record<string, unknown>>)[key]));
}
