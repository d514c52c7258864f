import { actionsOf } from '../policy/actions.js';
import { durationInWords, endAfter, eventAt, parseDuration, type Duration } from '../policy/durations.js';
import type { Asset, Wall } from '../policy/language.js';
import { isWithin } from '../policy/moments.js';
import { selectorTest, selectTeam, type SelectorTest } from '../policy/selectors.js';
import { defined } from './defined.js';
import type { Prohibition } from './Prohibition.js';
import { remembered } from './remembered.js';
import type { Situation } from './Situation.js';
import { inList, type Terms } from './Terms.js';

type Side = Wall['sides'][number];

/**
 * A wall between two sides, as it bears on an asset of one of them. It stops whoever another side selects now, and
 * whoever is still cooling off: from their last day in a team of another side, or from their last recorded exposure
 * to another side's assets, whichever came later. Those `above` the wall pass.
 */
export function wallProhibition(wall: Wall, asset: Asset, terms: Terms): Prohibition {
  const own = wall.sides.filter(({ assets }) => assets.includes(asset.id));
  // An asset that stands on two sides is the other side's from either.
  const others = own.length > 1 ? wall.sides : wall.sides.filter((side) => !own.includes(side));
  const sides: readonly (Side & { selects: SelectorTest })[] = others.map((side) => ({
    ...side,
    selects: selectorTest(side.who),
  }));
  const isAbove = selectorTest(wall.above);
  const coolingEnd = wall.cooling === undefined ? undefined : coolingOf(wall.cooling, others, terms);
  const shared = {
    rule: `wall:${wall.id}`,
    effect: 'deny',
    asset: asset.id,
    instead: `Leave it to someone of the side '${inList(
      own.map(({ name }) => name),
      'or',
    )}', or ask whether the published interface is enough.`,
    ...defined({ clause: wall.clause, contact: wall.contact ?? terms.contact }),
  } as const;
  const here = `this code is on the side '${inList(own.map(({ name }) => name))}' of the wall '${wall.id}'`;
  return {
    id: wall.id,
    waivable: wall.waivable,
    actions: actionsOf(wall.blocks),
    judge(situation) {
      const { at, someone, owns } = situation;
      if (!isWithin(terms.protection, at) || isAbove(someone, owns)) return undefined;
      const side = sides.find(({ selects }) => selects(someone, owns));
      if (side !== undefined)
        return {
          reason: {
            ...shared,
            what: `${someone.address} stands on the side '${side.name}', and ${here}.`,
            why: `Nobody of one side touches the code of another.`,
          },
        };
      const cooling = coolingEnd?.(situation);
      if (cooling === undefined || at >= cooling.end) return undefined;
      const last = terms.lastDay(cooling.end);
      return {
        reason: {
          ...shared,
          what: `${someone.address} ${cooling.after}, and ${here}.`,
          why: `A cooling-off period of ${durationInWords(wall.cooling ?? '')} keeps the sides apart${last === undefined ? '' : `; it ends on ${last.words}`}.`,
          ...defined({ until: last?.iso }),
        },
      };
    },
  };
}

/** When a person's cooling-off ends (epoch milliseconds, exclusive) and what it runs from, in words. */
interface Cooling {
  readonly end: number;
  readonly after: string;
}

function coolingOf(text: string, others: readonly Side[], terms: Terms): (situation: Situation) => Cooling | undefined {
  const duration = parseDuration(text);
  const theirs = new Set(others.flatMap(({ assets }) => assets));
  const endOf = remembered((event: number) => coolingEnd(event, duration, terms.zone));
  const selecting = remembered((team: { id: string; party: string }) =>
    others.find(({ who }) => selectTeam(who, team)),
  );
  return ({ someone, at, facts }) => {
    let cooling: Cooling | undefined;
    const later = (end: number, after: () => string) => {
      if (cooling === undefined || end > cooling.end) cooling = { end, after: after() };
    };
    for (const { team, window } of terms.people.membershipsOf(someone.address)) {
      if (window.end > at || window.start >= window.end) continue;
      const side = selecting(team);
      // The last day in the team is the event; hours run from its end.
      const event = duration?.kind === 'hours' ? window.end : window.end - 1;
      if (side !== undefined)
        later(
          endOf(event),
          () => `left the side '${side.name}' on ${terms.lastDay(window.end)?.words ?? 'an earlier day'}`,
        );
    }
    for (const exposure of facts.exposuresOf(someone.address)) {
      if (!theirs.has(exposure.asset)) continue;
      // An exposure whose moment is lost may have been just now.
      const event = exposure.at ?? at;
      if (event <= at)
        later(
          endOf(event),
          () => `saw '${exposure.asset}' of another side on ${terms.lastDay(event + 1)?.words ?? 'an earlier day'}`,
        );
    }
    return cooling;
  };
}

/** A cooling-off period that cannot be read does not end. */
function coolingEnd(event: number, duration: Duration | undefined, zone: string): number {
  return duration === undefined ? Infinity : endAfter(eventAt(event, zone), duration, zone);
}
