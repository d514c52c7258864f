export function reasonGauge(depth: number): number {
  const reasonSecret = depth * 7;
  return reasonSecret + 1;
}
