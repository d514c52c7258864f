import type { Cell, MoveOrder, VehicleMake, VehicleReport } from '../public/messages.js';
import { sameCell } from '../public/messages.js';
import { Dispatcher } from './dispatcher.js';
import type { Floor } from './floor.js';
import type { TransportTask } from './orders.js';

export interface SimulatedVehicle {
  readonly vehicle: number;
  readonly make: VehicleMake;
  readonly start: Cell;
  readonly charge: number;
}

export interface SimulationResult {
  readonly ticks: number;
  readonly deliveries: Dispatcher['deliveries'];
  /** Moments at which two vehicles stood on one cell; a correct planner leaves this empty. */
  readonly collisions: readonly { readonly tick: number; readonly vehicles: readonly [number, number] }[];
  readonly reports: readonly (readonly VehicleReport[])[];
}

const DRAIN_PER_MOVE = 0.004;
const DRAIN_PER_LOADED_MOVE = 0.007;
const GAIN_PER_TICK = 0.03;

/** Plays a day in ticks, with vehicles that do exactly as they are told. Ends when all tasks are done or at `limit`. */
export function simulate(floor: Floor, fleet: readonly SimulatedVehicle[], tasks: readonly TransportTask[], limit: number): SimulationResult {
  const dispatcher = new Dispatcher(floor);
  dispatcher.add(tasks);
  const orders = new Map<number, MoveOrder>();
  let reports: VehicleReport[] = fleet.map(({ vehicle, make, start, charge }) => ({ vehicle, make, cell: start, charge, carrying: false }));
  const history: VehicleReport[][] = [];
  const collisions: { tick: number; vehicles: [number, number] }[] = [];

  let tick = 0;
  for (; tick < limit && dispatcher.deliveries.length < tasks.length; tick += 1) {
    history.push(reports);
    collisions.push(...collisionsAt(tick, reports));
    for (const order of dispatcher.tick(tick, reports)) orders.set(order.vehicle, order);
    reports = reports.map((report) => advance(report, orders.get(report.vehicle), tick + 1, dispatcher));
  }
  return { ticks: tick, deliveries: dispatcher.deliveries, collisions, reports: history };
}

function advance(report: VehicleReport, order: MoveOrder | undefined, tick: number, dispatcher: Dispatcher): VehicleReport {
  const duty = dispatcher.dutyOf(report.vehicle);
  const cell = order === undefined ? report.cell : (order.route[Math.min(tick - order.start, order.route.length - 1)] ?? report.cell);
  const carrying = duty?.kind === 'delivering';
  if (duty?.kind === 'charging') return { ...report, cell, carrying, charge: Math.min(1, report.charge + GAIN_PER_TICK) };
  const moved = !sameCell(cell, report.cell);
  const drain = moved ? (carrying ? DRAIN_PER_LOADED_MOVE : DRAIN_PER_MOVE) : 0;
  return { ...report, cell, carrying, charge: Math.max(0, report.charge - drain) };
}

function collisionsAt(tick: number, reports: readonly VehicleReport[]): { tick: number; vehicles: [number, number] }[] {
  const found: { tick: number; vehicles: [number, number] }[] = [];
  reports.forEach((a, i) => {
    for (const b of reports.slice(i + 1)) {
      if (sameCell(a.cell, b.cell)) found.push({ tick, vehicles: [a.vehicle, b.vehicle] });
    }
  });
  return found;
}
