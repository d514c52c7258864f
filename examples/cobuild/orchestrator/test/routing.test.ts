import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Floor } from '../src/floor.js';
import { MinHeap } from '../src/minHeap.js';
import { Reservations } from '../src/reservations.js';
import { planRoute } from '../src/routePlanner.js';

const CORRIDOR = Floor.fromPlan(`
.....
##.##
`);

describe('the floor', () => {
  it('refuses a plan with rows of different length', () => {
    assert.throws(() => Floor.fromPlan('...\n..'), /row 2 of the plan has 2 cells instead of 3/);
  });

  it('lets nobody enter a one-way aisle against its direction', () => {
    const floor = Floor.fromPlan('.>.');
    assert.equal(floor.distancesTo({ x: 2, y: 0 })[0], 2);
    assert.equal(floor.distancesTo({ x: 0, y: 0 })[2], Infinity);
  });
});

describe('the heap', () => {
  it('gives numbers in ascending order', () => {
    const heap = new MinHeap<number>((a, b) => a - b);
    for (const n of [5, 3, 9, 1, 7, 3, 8]) heap.push(n);
    const sorted: number[] = [];
    for (let next = heap.pop(); next !== undefined; next = heap.pop()) sorted.push(next);
    assert.deepEqual(sorted, [1, 3, 3, 5, 7, 8, 9]);
  });
});

describe('a route', () => {
  it('is the shortest one while the floor is empty', () => {
    const order = planRoute(CORRIDOR, new Reservations(CORRIDOR), 1, { x: 0, y: 0 }, { x: 4, y: 0 }, 0);
    assert.equal(order?.route.length, 5);
  });

  it('steps aside into the bay for an oncoming vehicle instead of swapping places', () => {
    const reservations = new Reservations(CORRIDOR);
    const right = planRoute(CORRIDOR, reservations, 1, { x: 0, y: 0 }, { x: 4, y: 0 }, 0);
    assert.ok(right);
    reservations.reserve(1, right.route, 0);
    const left = planRoute(CORRIDOR, reservations, 2, { x: 3, y: 0 }, { x: 0, y: 0 }, 0);
    assert.ok(left);
    assert.ok(left.route.some((cell) => cell.x === 2 && cell.y === 1));
    const ticks = Math.min(right.route.length, left.route.length);
    for (let tick = 1; tick < ticks; tick += 1) {
      assert.notDeepEqual(right.route[tick], left.route[tick]);
      const swapped = (a: number, b: number) =>
        right.route[a]!.x === left.route[b]!.x && right.route[a]!.y === left.route[b]!.y;
      assert.ok(!(swapped(tick - 1, tick) && swapped(tick, tick - 1)));
    }
  });

  it('is refused when the goal is parked on', () => {
    const reservations = new Reservations(CORRIDOR);
    reservations.reserve(9, [{ x: 4, y: 0 }], 0);
    assert.equal(planRoute(CORRIDOR, reservations, 1, { x: 0, y: 0 }, { x: 4, y: 0 }, 0, { horizon: 20 }), undefined);
  });
});
