/** A stretch of old lines and the new lines that stand in its place; places count from 0, the ends are not part of it. */
export interface LineHunk {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** More differences than this in one stretch, and only its lines that occur once are matched: too much is told then, never too little. */
const MOST_STEPS = 1500;

/**
 * Where two texts differ, line by line, ascending. Lines that both have are never part of a hunk; which of several
 * equally good readings is taken is fixed, so that the same texts always give the same hunks.
 */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly LineHunk[] {
  const hunks: LineHunk[] = [];
  const [a, b] = numbered(before, after);
  compare(a, 0, a.length, b, 0, b.length, (oldStart, oldEnd, newStart, newEnd) => {
    hunks.push({ oldStart, oldEnd, newStart, newEnd });
  });
  return hunks;
}

/** The lines as numbers: equal lines have equal ones. */
function numbered(a: readonly string[], b: readonly string[]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>();
  const of = (line: string): number => {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    numbers.set(line, numbers.size);
    return numbers.size - 1;
  };
  return [Int32Array.from(a, of), Int32Array.from(b, of)];
}

type Tell = (fromA: number, toA: number, fromB: number, toB: number) => void;

/** Tells every changed stretch between two pieces, in order. */
function compare(
  a: Int32Array,
  fromA: number,
  toA: number,
  b: Int32Array,
  fromB: number,
  toB: number,
  tell: Tell,
): void {
  while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) {
    fromA++;
    fromB++;
  }
  while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) {
    toA--;
    toB--;
  }
  if (fromA === toA && fromB === toB) return;
  if (fromA === toA || fromB === toB) {
    tell(fromA, toA, fromB, toB);
    return;
  }
  const kept = shortest(a, fromA, toA, b, fromB, toB) ?? anchors(a, fromA, toA, b, fromB, toB);
  if (kept.length === 0) {
    tell(fromA, toA, fromB, toB);
    return;
  }
  for (const [atA, atB] of kept) {
    if (atA > fromA || atB > fromB) compare(a, fromA, atA, b, fromB, atB, tell);
    fromA = atA + 1;
    fromB = atB + 1;
  }
  compare(a, fromA, toA, b, fromB, toB, tell);
}

/**
 * The lines that a shortest edit keeps, as pairs; undefined when it takes too many steps.
 * Myers: An O(ND) Difference Algorithm and Its Variations (1986).
 */
function shortest(
  a: Int32Array,
  fromA: number,
  toA: number,
  b: Int32Array,
  fromB: number,
  toB: number,
): [number, number][] | undefined {
  const lengthA = toA - fromA;
  const lengthB = toB - fromB;
  const most = Math.min(lengthA + lengthB, MOST_STEPS);
  const reach = new Int32Array(2 * most + 3);
  const trail: Int32Array[] = [];
  for (let steps = 0; steps <= most; steps++) {
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      const below = reach[most + 1 + diagonal + 1] ?? 0;
      const beside = reach[most + 1 + diagonal - 1] ?? 0;
      const isDown = diagonal === -steps || (diagonal !== steps && beside < below);
      let x = isDown ? below : beside + 1;
      let y = x - diagonal;
      while (x < lengthA && y < lengthB && a[fromA + x] === b[fromB + y]) {
        x++;
        y++;
      }
      reach[most + 1 + diagonal] = x;
      if (x >= lengthA && y >= lengthB) return walkBack(trail, steps, diagonal, x, fromA, fromB);
    }
    trail.push(reach.slice(most + 1 - steps, most + 2 + steps));
  }
  return undefined;
}

/** The kept lines on the way that `trail` records, first to last. */
function walkBack(
  trail: readonly Int32Array[],
  steps: number,
  diagonal: number,
  x: number,
  fromA: number,
  fromB: number,
): [number, number][] {
  const kept: [number, number][] = [];
  for (let step = steps; step > 0; step--) {
    const before = trail[step - 1];
    // `before` holds the diagonals from -(step - 1) up.
    const reached = (wanted: number): number => before?.[wanted + step - 1] ?? 0;
    const isDown = diagonal === -step || (diagonal !== step && reached(diagonal - 1) < reached(diagonal + 1));
    const previous = isDown ? diagonal + 1 : diagonal - 1;
    const start = isDown ? reached(previous) : reached(previous) + 1;
    for (; x > start; x--) kept.push([fromA + x - 1, fromB + x - 1 - diagonal]);
    x = reached(previous);
    diagonal = previous;
  }
  for (; x > 0; x--) kept.push([fromA + x - 1, fromB + x - 1 - diagonal]);
  return kept.reverse();
}

/** Lines that occur once on each side, in the longest order that both sides have: what a person would line up first. */
function anchors(
  a: Int32Array,
  fromA: number,
  toA: number,
  b: Int32Array,
  fromB: number,
  toB: number,
): [number, number][] {
  const places = new Map<number, { inA: number; inB: number; timesA: number; timesB: number }>();
  for (let at = fromA; at < toA; at++) {
    const place = places.get(a[at] ?? -1) ?? { inA: at, inB: 0, timesA: 0, timesB: 0 };
    place.timesA++;
    places.set(a[at] ?? -1, place);
  }
  for (let at = fromB; at < toB; at++) {
    const place = places.get(b[at] ?? -1);
    if (place === undefined) continue;
    place.inB = at;
    place.timesB++;
  }
  const unique = [...places.values()]
    .filter(({ timesA, timesB }) => timesA === 1 && timesB === 1)
    .sort((one, other) => one.inA - other.inA);
  // The longest ascending run of `inB`, by piles.
  const piles: number[] = [];
  const previous: number[] = [];
  unique.forEach(({ inB }, at) => {
    let low = 0;
    let high = piles.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((unique[piles[middle] ?? 0]?.inB ?? 0) < inB) low = middle + 1;
      else high = middle;
    }
    previous[at] = low === 0 ? -1 : (piles[low - 1] ?? -1);
    piles[low] = at;
  });
  const kept: [number, number][] = [];
  for (let at = piles.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const found = unique[at];
    if (found !== undefined) kept.push([found.inA, found.inB]);
  }
  return kept.reverse();
}
