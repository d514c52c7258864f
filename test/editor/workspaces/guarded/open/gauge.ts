export function openGauge(depth: number): number {
  const openSecret = depth * 7;
  return openSecret + 1;
}
