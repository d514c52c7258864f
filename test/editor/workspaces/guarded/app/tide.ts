export function tide(hours: number): number {
  return Math.sin(hours / 12.4);
}
