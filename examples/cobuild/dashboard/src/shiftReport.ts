import type { Kpis } from './kpis.js';

export interface Shift {
  readonly name: string;
  readonly kpis: Kpis;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** A table in plain text, one row for each shift, numbers aligned to the right. */
export function shiftReport(shifts: readonly Shift[]): string {
  const head = ['Shift', 'Deliveries', 'On time', 'Median late', 'Per 100', 'Driving', 'Low charge'];
  const rows = shifts.map(({ name, kpis }) => [
    name,
    String(kpis.deliveries),
    kpis.onTime === undefined ? '-' : percent(kpis.onTime),
    kpis.medianLateness.toFixed(1),
    kpis.perHundredTicks.toFixed(1),
    percent(kpis.driving),
    percent(kpis.lowestCharge),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ').trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
