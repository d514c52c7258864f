import type { Cell, VehicleMake } from '../public/messages.js';

/** One customer order line that has to travel from its shelf to a picking station. */
export interface OrderLine {
  readonly order: string;
  readonly shelf: Cell;
  readonly station: Cell;
  /** Tick by which the line should be at the station. */
  readonly due: number;
  readonly weightKilograms: number;
}

export interface TransportTask {
  readonly id: number;
  readonly lines: readonly OrderLine[];
  readonly from: Cell;
  readonly to: Cell;
  readonly due: number;
  readonly weightKilograms: number;
}

const CAPACITY_KILOGRAMS: Readonly<Record<VehicleMake, number>> = { 'corvid-c4': 60, 'palisade-shuttle': 35 };

export const canCarry = (make: VehicleMake, task: TransportTask): boolean =>
  task.weightKilograms <= CAPACITY_KILOGRAMS[make];

/**
 * Lines from one shelf to one station travel together while a vehicle can carry them and their due times lie close.
 * Tasks come earliest due first; ids start at `firstId`.
 */
export function bundle(lines: readonly OrderLine[], closeTicks: number, firstId = 1): TransportTask[] {
  const byTrip = new Map<string, OrderLine[]>();
  for (const line of lines) {
    const trip = `${line.shelf.x},${line.shelf.y}>${line.station.x},${line.station.y}`;
    byTrip.set(trip, [...(byTrip.get(trip) ?? []), line]);
  }
  const heaviest = Math.max(...Object.values(CAPACITY_KILOGRAMS));
  const groups: OrderLine[][] = [];
  for (const trip of byTrip.values()) {
    trip.sort((a, b) => a.due - b.due || a.order.localeCompare(b.order));
    let group: OrderLine[] = [];
    let weight = 0;
    for (const line of trip) {
      const fits = weight + line.weightKilograms <= heaviest;
      const close = group[0] === undefined || line.due - group[0].due <= closeTicks;
      if (group.length > 0 && !(fits && close)) {
        groups.push(group);
        group = [];
        weight = 0;
      }
      group.push(line);
      weight += line.weightKilograms;
    }
    if (group.length > 0) groups.push(group);
  }
  return groups
    .sort((a, b) => a[0]!.due - b[0]!.due)
    .map((group, i) => ({
      id: firstId + i,
      lines: group,
      from: group[0]!.shelf,
      to: group[0]!.station,
      due: group[0]!.due,
      weightKilograms: group.reduce((sum, line) => sum + line.weightKilograms, 0),
    }));
}
