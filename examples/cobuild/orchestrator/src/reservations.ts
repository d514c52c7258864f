import type { Cell } from '../public/messages.js';
import type { Floor } from './floor.js';

/** Who holds which cell at which tick. Two vehicles never share a cell, and never swap cells between two ticks. */
export class Reservations {
  private readonly byTick = new Map<number, Map<number, number>>();
  /** Cells that a vehicle keeps from a tick on, until it is ordered away. */
  private readonly parked = new Map<number, { vehicle: number; from: number }>();

  constructor(private readonly floor: Floor) {}

  holder(cell: Cell, tick: number): number | undefined {
    const index = this.floor.index(cell);
    const parked = this.parked.get(index);
    if (parked !== undefined && parked.from <= tick) return parked.vehicle;
    return this.byTick.get(tick)?.get(index);
  }

  /** True when this vehicle can go from one cell at `tick` to the other at `tick + 1`. */
  isFree(vehicle: number, from: Cell, to: Cell, tick: number): boolean {
    const next = this.holder(to, tick + 1);
    if (next !== undefined && next !== vehicle) return false;
    const oncoming = this.holder(to, tick);
    if (oncoming === undefined || oncoming === vehicle) return true;
    return this.holder(from, tick + 1) !== oncoming;
  }

  /** True when nobody else needs the cell from this tick on. */
  canPark(vehicle: number, cell: Cell, from: number): boolean {
    const index = this.floor.index(cell);
    const parked = this.parked.get(index);
    if (parked !== undefined && parked.vehicle !== vehicle) return false;
    for (const [tick, cells] of this.byTick) {
      const holder = cells.get(index);
      if (tick >= from && holder !== undefined && holder !== vehicle) return false;
    }
    return true;
  }

  /** Replaces whatever the vehicle held. It parks on the last cell. */
  reserve(vehicle: number, route: readonly Cell[], start: number): void {
    this.release(vehicle);
    route.forEach((cell, i) => {
      let cells = this.byTick.get(start + i);
      if (cells === undefined) this.byTick.set(start + i, (cells = new Map()));
      cells.set(this.floor.index(cell), vehicle);
    });
    const last = route.at(-1);
    if (last !== undefined) this.parked.set(this.floor.index(last), { vehicle, from: start + route.length - 1 });
  }

  release(vehicle: number): void {
    for (const cells of this.byTick.values()) {
      for (const [cell, holder] of cells) if (holder === vehicle) cells.delete(cell);
    }
    for (const [cell, parked] of this.parked) if (parked.vehicle === vehicle) this.parked.delete(cell);
  }

  /** Forgets what is over. */
  advanceTo(tick: number): void {
    for (const past of this.byTick.keys()) if (past < tick) this.byTick.delete(past);
  }
}
