/** Which lines of a text were changed. Lines are counted as regions count them: LF, CR LF and a lone CR each end one. */

/** Lines `start` up to, not including, `end`; 1-based. Empty where nothing stands on that side. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

/** A stretch of old lines in whose place the new ones stand. */
export interface Hunk {
  readonly before: Lines;
  readonly after: Lines;
}

/** More differences than this in one stretch, and its lines count as replaced as a whole: too much is told then, never too little. */
const MOST_STEPS = 1500;

/** A text's lines with what ends each, so that a change of line ends is a change. A text that ends in a break has no line after it. */
export function linesWithEnds(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** The changed stretches between two texts, in order; none overlaps or touches another. An absent side is an empty text. */
export function hunksBetween(before: string, after: string): Hunk[] {
  if (before === after) return [];
  const [a, b] = numbered(linesWithEnds(before), linesWithEnds(after));
  const hunks: Hunk[] = [];
  compare(a, 0, a.length, b, 0, b.length, (fromA, toA, fromB, toB) => {
    hunks.push({ before: { start: fromA + 1, end: toA + 1 }, after: { start: fromB + 1, end: toB + 1 } });
  });
  return hunks;
}

/**
 * For each old line, 1-based, the new line that it has become; 0 for one that is gone. Place 0 means nothing.
 *
 * @param count how many lines the old text has
 */
export function survivors(hunks: readonly Hunk[], count: number): Int32Array {
  const now = new Int32Array(count + 1);
  let shift = 0;
  let line = 1;
  for (const { before, after } of hunks) {
    for (; line < before.start; line++) now[line] = line + shift;
    line = before.end;
    shift = after.end - before.end;
  }
  for (; line <= count; line++) now[line] = line + shift;
  return now;
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
