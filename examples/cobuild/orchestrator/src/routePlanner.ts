import { sameCell, type Cell, type MoveOrder } from '../public/messages.js';
import type { Floor } from './floor.js';
import { MinHeap } from './minHeap.js';
import type { Reservations } from './reservations.js';

interface Node {
  readonly cell: Cell;
  readonly tick: number;
  readonly estimate: number;
  readonly turns: number;
  readonly parent: Node | undefined;
}

export interface RouteOptions {
  /** Ticks after which the search gives up. */
  readonly horizon: number;
}

/**
 * The earliest collision-free route, or undefined when none is found within the horizon. Space-time A*: the true
 * distance without traffic is the estimate, so that the search never looks away from the goal without need. Of equally
 * early routes the one with fewer turns is taken, because a turn costs a robot energy and neighbours time.
 */
export function planRoute(
  floor: Floor,
  reservations: Reservations,
  vehicle: number,
  from: Cell,
  goal: Cell,
  start: number,
  options: RouteOptions = { horizon: 160 },
): MoveOrder | undefined {
  const distances = floor.distancesTo(goal);
  const estimateAt = (cell: Cell) => distances[floor.index(cell)]!;
  if (estimateAt(from) === Infinity) return undefined;

  const open = new MinHeap<Node>((a, b) => a.estimate - b.estimate || a.turns - b.turns || b.tick - a.tick);
  open.push({ cell: from, tick: start, estimate: start + estimateAt(from), turns: 0, parent: undefined });
  const closed = new Set<number>();
  const cells = floor.width * floor.height;

  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const key = (node.tick - start) * cells + floor.index(node.cell);
    if (closed.has(key)) continue;
    closed.add(key);
    if (sameCell(node.cell, goal) && reservations.canPark(vehicle, goal, node.tick)) {
      return { vehicle, route: trace(node), start };
    }
    if (node.tick - start >= options.horizon) continue;
    for (const next of [...floor.exits(node.cell), node.cell]) {
      if (!reservations.isFree(vehicle, node.cell, next, node.tick)) continue;
      const tick = node.tick + 1;
      const turns = node.turns + (isTurn(node.parent?.cell, node.cell, next) ? 1 : 0);
      open.push({ cell: next, tick, estimate: tick + estimateAt(next), turns, parent: node });
    }
  }
  return undefined;
}

function isTurn(before: Cell | undefined, here: Cell, next: Cell): boolean {
  if (before === undefined) return false;
  return next.x - here.x !== here.x - before.x || next.y - here.y !== here.y - before.y;
}

function trace(last: Node): Cell[] {
  const route: Cell[] = [];
  for (let node: Node | undefined = last; node !== undefined; node = node.parent) route.push(node.cell);
  return route.reverse();
}
