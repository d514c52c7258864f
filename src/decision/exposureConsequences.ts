import { actionsOf } from '../policy/actions.js';
import type { Action, Wall } from '../policy/language.js';
import type { Policy } from '../policy/Policy.js';
import type { FileRegions } from '../regions/Region.js';
import type { Ask, Exposure, Facts } from './Ask.js';
import { decide } from './decide.js';

/** What seeing one side of a wall closes to a person on another side. */
export interface Consequence {
  readonly wall: string;
  /** Assets of one side that would be seen, sorted. */
  readonly seen: readonly string[];
  /** Assets of other sides that the person would lose, sorted, and what could no longer be done with one of them. */
  readonly closed: readonly string[];
  readonly actions: readonly Action[];
  readonly clause?: string;
  readonly contact?: string;
  /** The last day of the cooling-off period, as decisions give it; left out when it does not end. */
  readonly until?: string;
}

/**
 * What it would mean for a person to see these assets now: for each wall, what they may do today and could do no longer.
 * Empty for who stands above the wall, has no permission on the other side anyway, or is exposed already.
 */
export function exposureConsequences(
  policy: Policy,
  assets: readonly string[],
  ask: Pick<Ask, 'who' | 'purpose' | 'at'>,
  facts: Facts,
): readonly Consequence[] {
  return policy.walls.flatMap((wall) => consequenceOf(wall, policy, assets, ask, facts) ?? []);
}

function consequenceOf(
  wall: Wall,
  policy: Policy,
  assets: readonly string[],
  ask: Pick<Ask, 'who' | 'purpose' | 'at'>,
  facts: Facts,
): Consequence | undefined {
  const seen = assets.filter((asset) => wall.sides.some((side) => side.assets.includes(asset))).sort();
  if (wall.cooling === undefined || seen.length === 0) return undefined;
  const others = wall.sides.filter((side) => !side.assets.some((asset) => seen.includes(asset)));
  const exposures = seen.map((asset): Exposure => ({ person: ask.who, asset, at: ask.at }));
  const after: Facts = { records: facts.records, exposures: [...facts.exposures, ...exposures] };
  const rule = `wall:${wall.id}`;
  const closed = new Set<string>();
  const actions = new Set<Action>();
  let until: string | undefined;
  for (const asset of new Set(others.flatMap((side) => side.assets))) {
    const regions = wholly(asset);
    for (const action of actionsOf(wall.blocks)) {
      const question: Ask = { ...ask, action, file: regions.path };
      if (decide(policy, regions, question, facts).effect === 'deny') continue;
      const then = decide(policy, regions, question, after);
      const reason = then.because.find((because) => because.rule === rule && because.effect === 'deny');
      if (then.effect !== 'deny' || reason === undefined) continue;
      closed.add(asset);
      actions.add(action);
      until = reason.until;
    }
  }
  if (closed.size === 0) return undefined;
  return {
    ...{ wall: wall.id, seen, closed: [...closed].sort(), actions: [...actions] },
    ...(wall.clause === undefined ? {} : { clause: wall.clause }),
    ...(wall.contact === undefined ? {} : { contact: wall.contact }),
    ...(until === undefined ? {} : { until }),
  };
}

/** A file that nothing but this asset covers: what a wall asks about knows no path. */
function wholly(asset: string): FileRegions {
  return {
    path: '',
    regions: [{ asset, known: true, by: 'path', lines: { start: 1, end: 1 } }],
    problems: [],
  };
}
