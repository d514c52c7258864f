import type { Cell } from '../public/messages.js';

/** What stands on a cell: aisle, rack, charger, picking station, or a one-way aisle in the given direction. */
export type Ground = '.' | '#' | 'C' | 'P' | '>' | '<' | '^' | 'v';

const STEPS: Readonly<Record<string, Cell>> = {
  '>': { x: 1, y: 0 },
  '<': { x: -1, y: 0 },
  '^': { x: 0, y: -1 },
  v: { x: 0, y: 1 },
};
const DIRECTIONS = Object.values(STEPS);

/** The grid that vehicles drive on. */
export class Floor {
  private constructor(
    readonly width: number,
    readonly height: number,
    private readonly ground: readonly Ground[],
  ) {}

  /** Reads a plan drawn in text, one character a cell. Throws when rows differ in length or a character is unknown. */
  static fromPlan(plan: string): Floor {
    const rows = plan.split('\n').filter((row) => row.trim() !== '');
    const width = rows[0]?.length ?? 0;
    const ground: Ground[] = [];
    rows.forEach((row, y) => {
      if (row.length !== width) throw new Error(`row ${y + 1} of the plan has ${row.length} cells instead of ${width}`);
      for (const sign of row) {
        if (!'.#CP><^v'.includes(sign)) throw new Error(`row ${y + 1} of the plan has an unknown sign "${sign}"`);
        ground.push(sign as Ground);
      }
    });
    if (ground.length === 0) throw new Error('the plan is empty');
    return new Floor(width, rows.length, ground);
  }

  at(cell: Cell): Ground {
    return this.inside(cell) ? this.ground[this.index(cell)]! : '#';
  }

  index(cell: Cell): number {
    return cell.y * this.width + cell.x;
  }

  cell(index: number): Cell {
    return { x: index % this.width, y: Math.floor(index / this.width) };
  }

  inside(cell: Cell): boolean {
    return cell.x >= 0 && cell.y >= 0 && cell.x < this.width && cell.y < this.height;
  }

  cellsOf(kind: Ground): Cell[] {
    return this.ground.flatMap((ground, index) => (ground === kind ? [this.cell(index)] : []));
  }

  /** Cells that can be driven to from here in one tick. A one-way cell is left in its direction only. */
  exits(cell: Cell): Cell[] {
    const oneWay = STEPS[this.at(cell)];
    const steps = oneWay === undefined ? DIRECTIONS : [oneWay];
    return steps.map((step) => ({ x: cell.x + step.x, y: cell.y + step.y })).filter((next) => this.mayEnter(cell, next));
  }

  /** Driving distance from every cell to the goal, in ticks; `Infinity` where there is no way. Indexed by `index`. */
  distancesTo(goal: Cell): Float64Array {
    const distances = new Float64Array(this.ground.length).fill(Infinity);
    const queue = [goal];
    distances[this.index(goal)] = 0;
    for (let head = 0; head < queue.length; head += 1) {
      const here = queue[head]!;
      for (const step of DIRECTIONS) {
        const before = { x: here.x - step.x, y: here.y - step.y };
        if (this.at(before) === '#' || distances[this.index(before)] !== Infinity) continue;
        if (!this.exits(before).some((exit) => exit.x === here.x && exit.y === here.y)) continue;
        distances[this.index(before)] = distances[this.index(here)]! + 1;
        queue.push(before);
      }
    }
    return distances;
  }

  private mayEnter(from: Cell, to: Cell): boolean {
    if (this.at(to) === '#') return false;
    const oneWay = STEPS[this.at(to)];
    // A one-way aisle is never entered against its direction.
    return oneWay === undefined || !(to.x + oneWay.x === from.x && to.y + oneWay.y === from.y);
  }
}
