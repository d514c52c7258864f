import type { Cell, VehicleReport } from '../public/messages.js';
import { cheapestAssignment } from './assignment.js';
import type { Floor } from './floor.js';
import { canCarry, type TransportTask } from './orders.js';

export type Duty =
  | { readonly kind: 'idle' }
  | { readonly kind: 'fetching'; readonly task: TransportTask }
  | { readonly kind: 'delivering'; readonly task: TransportTask }
  | { readonly kind: 'to-charger'; readonly charger: Cell }
  | { readonly kind: 'charging'; readonly charger: Cell }
  | { readonly kind: 'out-of-order'; readonly fault: string };

export interface Vehicle {
  readonly report: VehicleReport;
  readonly duty: Duty;
}

/** Below this a vehicle goes to a charger before it takes another task. */
export const LOW_CHARGE = 0.25;
/** Above this a charging vehicle may be called away. */
export const ENOUGH_CHARGE = 0.7;

/** The vehicle after its latest report: a fault ends every duty, and a cleared fault leaves it idle. */
export function observe(vehicle: Vehicle, report: VehicleReport): Vehicle {
  if (report.fault !== undefined) return { report, duty: { kind: 'out-of-order', fault: report.fault } };
  if (vehicle.duty.kind === 'out-of-order') return { report, duty: { kind: 'idle' } };
  return { report, duty: vehicle.duty };
}

export function isAvailable(vehicle: Vehicle): boolean {
  switch (vehicle.duty.kind) {
    case 'idle':
      return vehicle.report.charge > LOW_CHARGE;
    case 'charging':
      return vehicle.report.charge >= ENOUGH_CHARGE;
    case 'fetching':
    case 'delivering':
    case 'to-charger':
    case 'out-of-order':
      return false;
  }
}

export interface Allocation {
  readonly vehicle: number;
  readonly task: TransportTask;
}

/**
 * Which available vehicle takes which task. Empty driving is the cost; lateness weighs more the later a task already is,
 * and a vehicle with little charge is spared long trips.
 */
export function allocate(floor: Floor, vehicles: readonly Vehicle[], tasks: readonly TransportTask[], now: number): Allocation[] {
  const available = vehicles.filter(isAvailable);
  if (available.length === 0 || tasks.length === 0) return [];
  const toShelf = tasks.map((task) => floor.distancesTo(task.from));
  const loaded = tasks.map((task) => floor.distancesTo(task.to)[floor.index(task.from)]!);
  const costs = available.map(({ report }) =>
    tasks.map((task, i) => {
      if (!canCarry(report.make, task)) return Infinity;
      const empty = toShelf[i]![floor.index(report.cell)]!;
      const trip = empty + loaded[i]!;
      if (trip === Infinity) return Infinity;
      const late = Math.max(0, now + trip - task.due);
      return empty + 2 * late + (1 - report.charge) * trip * 0.5;
    }),
  );
  // A task that is left out gets older, so urgency is bought by leaving out what is due last.
  const latest = Math.max(...tasks.map((task) => task.due));
  const urgent = costs.map((row) => row.map((cost, i) => cost - (latest - tasks[i]!.due) * 0.1));
  return cheapestAssignment(urgent).flatMap((column, row) =>
    column < 0 ? [] : [{ vehicle: available[row]!.report.vehicle, task: tasks[column]! }],
  );
}

/** The nearest charger that nobody uses or drives to; undefined when all are taken or unreachable. */
export function freeCharger(floor: Floor, vehicles: readonly Vehicle[], from: Cell): Cell | undefined {
  const taken = new Set(
    vehicles.flatMap(({ duty }) =>
      duty.kind === 'to-charger' || duty.kind === 'charging' ? [floor.index(duty.charger)] : [],
    ),
  );
  let best: { cell: Cell; distance: number } | undefined;
  for (const charger of floor.cellsOf('C')) {
    if (taken.has(floor.index(charger))) continue;
    const distance = floor.distancesTo(charger)[floor.index(from)]!;
    if (distance < (best?.distance ?? Infinity)) best = { cell: charger, distance };
  }
  return best?.cell;
}
