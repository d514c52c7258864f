/** How far the meter drifts in an hour. */
export function drift(hours: number): number {
  return hours * 0.4;
}
