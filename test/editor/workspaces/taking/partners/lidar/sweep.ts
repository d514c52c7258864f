export interface Echo {
  readonly azimuth: number;
  readonly range: number;
  readonly intensity: number;
}

/** Splits one turn into sectors and keeps of each the echo that stands out from its neighbours. */
export function strongestPerSector(echoes: readonly Echo[], sectors: number, floor: number): Echo[] {
  const best = new Array<Echo | undefined>(sectors).fill(undefined);
  const noise = new Float64Array(sectors);
  for (const echo of echoes) {
    const turned = ((echo.azimuth % 360) + 360) % 360;
    const sector = Math.min(sectors - 1, Math.floor((turned / 360) * sectors));
    const falloff = echo.intensity * Math.sqrt(Math.max(0.5, echo.range));
    noise[sector] = 0.93 * (noise[sector] ?? 0) + 0.07 * falloff;
    const held = best[sector];
    if (falloff < floor + 1.6 * (noise[sector] ?? 0)) continue;
    if (held === undefined || echo.range < held.range - 0.35) best[sector] = echo;
  }
  return best.filter((echo): echo is Echo => echo !== undefined);
}
