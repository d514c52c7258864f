/** What every rule of one policy shares: its people, its zone, its term, and its words. */
import { endAfter, eventAt, parseDuration } from '../policy/durations.js';
import type { Asset, PolicyContent } from '../policy/language.js';
import { peopleOf, zoneOf, type People } from '../policy/membership.js';
import { dayAt, dayInWords, isoDay, NEVER, windowOf, type Window } from '../policy/moments.js';
import { remembered } from './remembered.js';

/**
 * How the agreement's term bears on rules:
 *
 * - Grants and waivers live within the term (`from`, `until`). Before it, after it, while the agreement is suspended
 *   and once it is ended they permit nothing.
 * - Guardrails, walls and training bind from the start, also before the term begins: a draft agreement must not leave
 *   code open. They outlive the term by `survives`, for ever when it is left out. An `ended` status does not shorten
 *   that, since only `until` says when the term is over.
 * - Owners act on their own code whatever the term: it is theirs without any agreement.
 */
export interface Terms {
  readonly policy: PolicyContent;
  readonly zone: string;
  readonly people: People;
  /** In which grants and waivers are good. */
  readonly term: Window;
  /** In which guardrails, walls and training bind. */
  readonly protection: Window;
  /** The last day before an exclusive end, in words and as the ISO date; undefined for an end that never comes. */
  readonly lastDay: (end: number) => LastDay | undefined;
  /** Whom to ask about a rule that names nobody. */
  readonly contact: string | undefined;
  /** The companies that own an asset, by name: "Northlight Vision Inc. and Kestrel Radar Ltd". */
  readonly ownersOf: (asset: Asset) => string;
  /** Whom to ask about an asset: its owner's custodian, or the agreement's contact. */
  readonly custodianOf: (asset: Asset) => string | undefined;
}

export interface LastDay {
  readonly words: string;
  readonly iso: string;
}

export function termsOf(policy: PolicyContent): Terms {
  const zone = zoneOf(policy);
  const { agreement } = policy;
  const term = windowOf(agreement.from, agreement.until, zone) ?? NEVER;
  const parties = new Map(policy.parties.map((party) => [party.id, party]));
  return {
    policy,
    zone,
    people: peopleOf(policy),
    term,
    protection: { start: -Infinity, end: endOfProtection(term, agreement.survives, zone) },
    lastDay: remembered((end) => {
      if (Math.abs(end) > 8e15 || Number.isNaN(end)) return undefined;
      const day = dayAt(end - 1, zone);
      return { words: dayInWords(day), iso: isoDay(day) };
    }),
    contact: agreement.contact,
    ownersOf: remembered((asset) => inList(asset.owner.map((id) => parties.get(id)?.name ?? id))),
    custodianOf: remembered((asset) => {
      const custodians = asset.owner.flatMap((id) => parties.get(id)?.custodian ?? []);
      return custodians.length > 0 ? inList(custodians) : agreement.contact;
    }),
  };
}

/** "a", "a and b", "a, b and c"; or with another word than "and". */
export function inList(items: readonly string[], word = 'and'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}

function endOfProtection(term: Window, survives: string | undefined, zone: string): number {
  if (survives === undefined || Math.abs(term.end) > 8e15) return Infinity;
  const duration = parseDuration(survives);
  if (duration === undefined) return Infinity;
  // The term's last day is the event; hours run from its end.
  return duration.kind === 'hours'
    ? endAfter(eventAt(term.end, zone), duration, zone)
    : endAfter(eventAt(term.end - 1, zone), duration, zone);
}
