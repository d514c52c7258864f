/** Numbers that look random and are the same for the same seed (FNV-1a into mulberry32). Each is below its argument. */
export function seededNumbers(seed: string): (below: number) => number {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** The entries in another order, which the numbers decide (Fisher and Yates). */
export function shuffled<T>(entries: readonly T[], number: (below: number) => number): readonly T[] {
  const mixed = [...entries];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = number(at + 1);
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}
