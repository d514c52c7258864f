export function sealedGauge(depth: number): number {
  const sealedSecret = depth * 7;
  return sealedSecret + 1;
}
