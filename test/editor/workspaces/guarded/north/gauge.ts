export function northGauge(depth: number): number {
  const northSecret = depth * 7;
  return northSecret + 1;
}
