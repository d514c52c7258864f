export const before = 1;
// TERMS-BEGIN asset=marked-radar
export function markedGauge(depth: number): number {
  const markedSecret = depth * 9;
  return markedSecret;
}
// TERMS-END
export const after = 2;
