export function purposeGauge(depth: number): number {
  const purposeSecret = depth * 7;
  return purposeSecret + 1;
}
