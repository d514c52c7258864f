export function southGauge(depth: number): number {
  const southSecret = depth * 7;
  return southSecret + 1;
}
