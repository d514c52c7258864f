import { sameCell, type Cell, type MoveOrder, type VehicleReport } from '../public/messages.js';
import { allocate, ENOUGH_CHARGE, freeCharger, LOW_CHARGE, observe, type Duty, type Vehicle } from './fleet.js';
import type { Floor } from './floor.js';
import type { TransportTask } from './orders.js';
import { Reservations } from './reservations.js';
import { planRoute } from './routePlanner.js';

export interface Delivery {
  readonly task: TransportTask;
  readonly vehicle: number;
  readonly at: number;
}

/** Keeps the whole floor moving: one call of `tick` a tick, reports in, move orders out. */
export class Dispatcher {
  private readonly vehicles = new Map<number, Vehicle>();
  private readonly orders = new Map<number, MoveOrder>();
  private readonly reservations: Reservations;
  private waiting: TransportTask[] = [];
  private readonly done: Delivery[] = [];

  constructor(private readonly floor: Floor) {
    this.reservations = new Reservations(floor);
  }

  get deliveries(): readonly Delivery[] {
    return this.done;
  }

  get open(): number {
    const carried = [...this.vehicles.values()].filter(({ duty }) => duty.kind === 'fetching' || duty.kind === 'delivering');
    return this.waiting.length + carried.length;
  }

  dutyOf(vehicle: number): Duty | undefined {
    return this.vehicles.get(vehicle)?.duty;
  }

  add(tasks: readonly TransportTask[]): void {
    this.waiting = [...this.waiting, ...tasks].sort((a, b) => a.due - b.due || a.id - b.id);
  }

  /** The orders that changed. A vehicle that is reported for the first time parks where it stands. */
  tick(now: number, reports: readonly VehicleReport[]): MoveOrder[] {
    this.reservations.advanceTo(now);
    for (const report of reports) this.take(report, now);
    this.finishDuties(now);
    this.sendToChargers();
    for (const { vehicle, task } of allocate(this.floor, this.fleet(), this.waiting, now)) {
      this.waiting = this.waiting.filter((other) => other !== task);
      this.setDuty(vehicle, { kind: 'fetching', task });
    }
    return this.route(now);
  }

  private fleet(): Vehicle[] {
    return [...this.vehicles.values()];
  }

  private take(report: VehicleReport, now: number): void {
    const known = this.vehicles.get(report.vehicle);
    if (known === undefined) this.reservations.reserve(report.vehicle, [report.cell], now);
    const next = observe(known ?? { report, duty: { kind: 'idle' } }, report);
    if (next.duty.kind === 'out-of-order' && known !== undefined && known.duty.kind !== 'out-of-order') {
      // What a broken vehicle had not picked up yet goes back to the queue; a load on board stays with it.
      if (known.duty.kind === 'fetching') this.add([known.duty.task]);
      this.orders.delete(report.vehicle);
      this.reservations.reserve(report.vehicle, [report.cell], now);
    }
    this.vehicles.set(report.vehicle, next);
  }

  private setDuty(vehicle: number, duty: Duty): void {
    const known = this.vehicles.get(vehicle)!;
    this.vehicles.set(vehicle, { ...known, duty });
    this.orders.delete(vehicle);
  }

  private finishDuties(now: number): void {
    for (const { report, duty } of this.fleet()) {
      const here = report.cell;
      if (duty.kind === 'fetching' && sameCell(here, duty.task.from)) {
        this.setDuty(report.vehicle, { kind: 'delivering', task: duty.task });
      } else if (duty.kind === 'delivering' && sameCell(here, duty.task.to)) {
        this.done.push({ task: duty.task, vehicle: report.vehicle, at: now });
        this.setDuty(report.vehicle, { kind: 'idle' });
      } else if (duty.kind === 'to-charger' && sameCell(here, duty.charger)) {
        this.setDuty(report.vehicle, { kind: 'charging', charger: duty.charger });
      } else if (duty.kind === 'charging' && report.charge >= 0.98) {
        this.setDuty(report.vehicle, { kind: 'idle' });
      }
    }
  }

  private sendToChargers(): void {
    for (const { report, duty } of this.fleet()) {
      if (duty.kind !== 'idle') continue;
      const resting = this.waiting.length === 0 && report.charge < ENOUGH_CHARGE;
      if (report.charge > LOW_CHARGE && !resting) continue;
      const charger = freeCharger(this.floor, this.fleet(), report.cell);
      if (charger !== undefined) this.setDuty(report.vehicle, { kind: 'to-charger', charger });
    }
  }

  private route(now: number): MoveOrder[] {
    const changed: MoveOrder[] = [];
    for (const { report, duty } of this.fleet()) {
      const goal = this.goalOf(report, duty);
      if (goal === undefined || this.orders.has(report.vehicle)) continue;
      const order = planRoute(this.floor, this.reservations, report.vehicle, report.cell, goal, now);
      // Without a route the vehicle stays and tries again at the next tick; its cell is still reserved.
      if (order === undefined) continue;
      this.reservations.reserve(report.vehicle, order.route, now);
      this.orders.set(report.vehicle, order);
      changed.push(order);
    }
    return changed;
  }

  private goalOf(report: VehicleReport, duty: Duty): Cell | undefined {
    switch (duty.kind) {
      case 'fetching':
        return duty.task.from;
      case 'delivering':
        return duty.task.to;
      case 'to-charger':
        return duty.charger;
      case 'idle':
        // An idle vehicle on a picking station would block it, so it moves to the nearest free aisle cell.
        return this.floor.at(report.cell) === 'P' ? this.nearestFreeAisle(report) : undefined;
      case 'charging':
      case 'out-of-order':
        return undefined;
    }
  }

  private nearestFreeAisle(report: VehicleReport): Cell | undefined {
    const queue = [report.cell];
    const seen = new Set([this.floor.index(report.cell)]);
    for (let head = 0; head < queue.length; head += 1) {
      for (const next of this.floor.exits(queue[head]!)) {
        if (seen.has(this.floor.index(next))) continue;
        seen.add(this.floor.index(next));
        if (this.floor.at(next) === '.' && this.reservations.canPark(report.vehicle, next, 0)) return next;
        queue.push(next);
      }
    }
    return undefined;
  }
}
