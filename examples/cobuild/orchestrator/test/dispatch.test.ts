import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cheapestAssignment } from '../src/assignment.js';
import { observe, type Vehicle } from '../src/fleet.js';
import { Floor } from '../src/floor.js';
import { bundle, type OrderLine } from '../src/orders.js';
import { simulate } from '../src/simulator.js';

const HALL = Floor.fromPlan(`
..............
.##.##.##.##..
.##.##.##.##..
..............
.##.##.##.##.C
.##.##.##.##.C
..............
P....P....P...
`);

const line = (order: string, x: number, y: number, due: number, weightKilograms = 8): OrderLine => ({
  order,
  shelf: { x, y },
  station: { x: 5, y: 7 },
  due,
  weightKilograms,
});

describe('the assignment', () => {
  it('is as cheap as the best of all permutations', () => {
    const costs = [
      [7, 2, 1, 9, 4],
      [9, 6, 9, 5, 5],
      [3, 8, 3, 1, 8],
      [7, 9, 4, 2, 2],
      [8, 4, 7, 4, 8],
    ];
    const permute = (items: number[]): number[][] =>
      items.length === 0 ? [[]] : items.flatMap((item, i) => permute(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
    const price = (columns: readonly number[]) => columns.reduce((sum, column, row) => sum + costs[row]![column]!, 0);
    const best = Math.min(...permute([0, 1, 2, 3, 4]).map(price));
    assert.equal(price(cheapestAssignment(costs)), best);
  });

  it('leaves a row out rather than take a forbidden pair', () => {
    assert.deepEqual(cheapestAssignment([[Infinity, 3], [Infinity, 1]]).toSorted(), [-1, 1]);
  });
});

describe('bundling', () => {
  it('keeps lines together that fit one vehicle and are due at about the same time', () => {
    const tasks = bundle([line('a', 3, 1, 40), line('b', 3, 1, 45), line('c', 3, 1, 200), line('d', 3, 1, 42, 50)], 20);
    assert.deepEqual(tasks.map((task) => task.lines.map((l) => l.order)), [['a', 'd'], ['b'], ['c']]);
  });
});

describe('a vehicle', () => {
  const report = { vehicle: 1, make: 'corvid-c4', cell: { x: 0, y: 0 }, charge: 0.8, carrying: false } as const;

  it('is out of order while it reports a fault, and idle afterwards', () => {
    const idle: Vehicle = { report, duty: { kind: 'idle' } };
    const broken = observe(idle, { ...report, fault: 'C4-0007' });
    assert.deepEqual(broken.duty, { kind: 'out-of-order', fault: 'C4-0007' });
    assert.deepEqual(observe(broken, report).duty, { kind: 'idle' });
  });
});

describe('a simulated shift', () => {
  const fleet = [
    { vehicle: 1, make: 'corvid-c4', start: { x: 0, y: 0 }, charge: 0.9 },
    { vehicle: 2, make: 'corvid-c4', start: { x: 13, y: 0 }, charge: 0.3 },
    { vehicle: 3, make: 'palisade-shuttle', start: { x: 0, y: 6 }, charge: 0.8 },
    { vehicle: 4, make: 'corvid-c4', start: { x: 13, y: 3 }, charge: 0.5 },
  ] as const;
  const lines = Array.from({ length: 24 }, (_, i) => ({
    ...line(`o${i}`, [0, 3, 6, 9, 12][i % 5]!, [1, 2, 4, 5][i % 4]!, 30 + 10 * i),
    station: { x: [0, 5, 10][i % 3]!, y: 7 },
  }));
  const result = simulate(HALL, fleet, bundle(lines, 15), 2000);

  it('delivers everything', () => {
    assert.equal(result.deliveries.flatMap(({ task }) => task.lines).length, lines.length);
  });

  it('never puts two vehicles on one cell', () => {
    assert.deepEqual(result.collisions, []);
  });

  it('never lets a battery run empty', () => {
    assert.ok(Math.min(...result.reports.flat().map(({ charge }) => charge)) > 0.1);
  });

  it('never gives a shuttle more than it can carry', () => {
    const heavy = bundle([line('heavy', 3, 1, 40, 55)], 10);
    const { deliveries } = simulate(HALL, fleet, heavy, 500);
    assert.notEqual(deliveries[0]?.vehicle, 3);
    assert.equal(deliveries.length, 1);
  });
});
