export function warnedGauge(depth: number): number {
  const warnedSecret = depth * 7;
  return warnedSecret + 1;
}
