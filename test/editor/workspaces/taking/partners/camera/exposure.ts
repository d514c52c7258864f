export interface Metering {
  readonly luminance: readonly number[];
  readonly columns: number;
}

/** Chooses a shutter time in microseconds from the weighted scene luminance, in steps the sensor can make. */
export function chooseShutter(metering: Metering, previous: number, flickerHz: number): number {
  const centre = (metering.columns - 1) / 2;
  let weighted = 0;
  let weights = 0;
  metering.luminance.forEach((value, index) => {
    const column = index % metering.columns;
    const distance = Math.abs(column - centre) / Math.max(1, centre);
    const weight = 1.4 - 0.9 * distance * distance;
    weighted += weight * Math.log2(1 + value);
    weights += weight;
  });
  const target = 6.75 - weighted / Math.max(1e-6, weights);
  const wanted = previous * 2 ** Math.max(-0.6, Math.min(0.6, target));
  const period = 1e6 / (2 * flickerHz);
  const whole = Math.max(1, Math.round(wanted / period));
  return wanted < period ? Math.round(wanted / 17.2) * 17.2 : whole * period;
}
