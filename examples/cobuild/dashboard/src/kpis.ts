import type { VehicleReport } from '../../orchestrator/public/messages.js';

export interface DeliveryFact {
  readonly task: number;
  readonly due: number;
  readonly at: number;
}

export interface Kpis {
  readonly deliveries: number;
  /** Share of deliveries on time, 0 to 1; undefined while there are none. */
  readonly onTime: number | undefined;
  readonly medianLateness: number;
  readonly perHundredTicks: number;
  /** Share of vehicle ticks spent driving. */
  readonly driving: number;
  readonly lowestCharge: number;
}

export function computeKpis(facts: readonly DeliveryFact[], history: readonly (readonly VehicleReport[])[]): Kpis {
  const lateness = facts.map(({ due, at }) => Math.max(0, at - due)).sort((a, b) => a - b);
  const onTime = lateness.filter((late) => late === 0).length;
  let moves = 0;
  let steps = 0;
  let lowestCharge = 1;
  history.forEach((reports, tick) => {
    const before = new Map((history[tick - 1] ?? []).map((report) => [report.vehicle, report.cell]));
    for (const report of reports) {
      lowestCharge = Math.min(lowestCharge, report.charge);
      const previous = before.get(report.vehicle);
      if (previous === undefined) continue;
      steps += 1;
      if (previous.x !== report.cell.x || previous.y !== report.cell.y) moves += 1;
    }
  });
  return {
    deliveries: facts.length,
    onTime: facts.length === 0 ? undefined : onTime / facts.length,
    medianLateness: quantile(lateness, 0.5),
    perHundredTicks: history.length === 0 ? 0 : (100 * facts.length) / history.length,
    driving: steps === 0 ? 0 : moves / steps,
    lowestCharge,
  };
}

/** Linear between neighbours; 0 for an empty list. The list is sorted. */
export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0;
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}
