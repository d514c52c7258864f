import type { Cell, VehicleReport } from '../../orchestrator/public/messages.js';

const SHADES = ' .:-=+*#%@';

/** How often each cell was driven over, drawn in characters from empty to busiest. */
export function heatmap(width: number, height: number, history: readonly (readonly VehicleReport[])[]): string {
  const visits = new Uint32Array(width * height);
  const last = new Map<number, Cell>();
  for (const reports of history) {
    for (const { vehicle, cell } of reports) {
      const before = last.get(vehicle);
      if (before !== undefined && before.x === cell.x && before.y === cell.y) continue;
      last.set(vehicle, cell);
      visits[cell.y * width + cell.x]! += 1;
    }
  }
  const busiest = Math.max(1, ...visits);
  const rows: string[] = [];
  for (let y = 0; y < height; y += 1) {
    let row = '';
    for (let x = 0; x < width; x += 1) {
      // The root keeps rarely used aisles visible beside the main road.
      const share = Math.sqrt(visits[y * width + x]! / busiest);
      row += SHADES[Math.min(SHADES.length - 1, Math.floor(share * SHADES.length))]!;
    }
    rows.push(row);
  }
  return rows.join('\n');
}
