/** A stretch of old lines and the new lines that stand in its place; places count from 0, the ends are not part of it. */
export interface LineHunk {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** Above this many pairs of lines the exact comparison gives way to the lines that occur once. */
const EXACT_PAIRS = 250_000;

/**
 * Where two texts differ, line by line, ascending. Lines that both have are never part of a hunk; which of several
 * equally good readings is taken is fixed, so that the same texts always give the same hunks.
 */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly LineHunk[] {
  const hunks: LineHunk[] = [];
  compare(before, after, { oldStart: 0, oldEnd: before.length, newStart: 0, newEnd: after.length }, hunks);
  return hunks;
}

function compare(before: readonly string[], after: readonly string[], within: LineHunk, hunks: LineHunk[]): void {
  let { oldStart, oldEnd, newStart, newEnd } = within;
  while (oldStart < oldEnd && newStart < newEnd && before[oldStart] === after[newStart]) {
    oldStart++;
    newStart++;
  }
  while (oldStart < oldEnd && newStart < newEnd && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  if (oldStart === oldEnd && newStart === newEnd) return;
  const rest = { oldStart, oldEnd, newStart, newEnd };
  if (oldStart === oldEnd || newStart === newEnd) {
    push(hunks, rest);
    return;
  }
  const pairs =
    (oldEnd - oldStart) * (newEnd - newStart) <= EXACT_PAIRS
      ? longestCommon(before, after, rest)
      : commonUnique(before, after, rest);
  let old = oldStart;
  let now = newStart;
  for (const [oldAt, newAt] of pairs) {
    push(hunks, { oldStart: old, oldEnd: oldAt, newStart: now, newEnd: newAt });
    old = oldAt + 1;
    now = newAt + 1;
  }
  push(hunks, { oldStart: old, oldEnd, newStart: now, newEnd });
}

function push(hunks: LineHunk[], hunk: LineHunk): void {
  if (hunk.oldStart < hunk.oldEnd || hunk.newStart < hunk.newEnd) hunks.push(hunk);
}

type Pairs = readonly (readonly [number, number])[];

/** The pairs of a longest common subsequence. */
function longestCommon(before: readonly string[], after: readonly string[], within: LineHunk): Pairs {
  const { oldStart, oldEnd, newStart, newEnd } = within;
  const width = newEnd - newStart + 1;
  const lengths = new Uint32Array((oldEnd - oldStart + 1) * width);
  const cell = (old: number, now: number): number => lengths[(old - oldStart) * width + (now - newStart)] ?? 0;
  for (let old = oldEnd - 1; old >= oldStart; old--) {
    for (let now = newEnd - 1; now >= newStart; now--) {
      lengths[(old - oldStart) * width + (now - newStart)] =
        before[old] === after[now] ? cell(old + 1, now + 1) + 1 : Math.max(cell(old + 1, now), cell(old, now + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let old = oldStart, now = newStart; old < oldEnd && now < newEnd;) {
    if (before[old] === after[now]) pairs.push([old++, now++]);
    else if (cell(old + 1, now) >= cell(old, now + 1)) old++;
    else now++;
  }
  return pairs;
}

/** Pairs of lines that occur once on either side, as many as keep their order. */
function commonUnique(before: readonly string[], after: readonly string[], within: LineHunk): Pairs {
  const places = new Map<string, { old: number; now: number }>();
  const note = (line: string, side: 'old' | 'now', at: number): void => {
    const seen = places.get(line) ?? { old: -1, now: -1 };
    seen[side] = seen[side] === -1 ? at : -2;
    places.set(line, seen);
  };
  for (let at = within.oldStart; at < within.oldEnd; at++) note(before[at] ?? '', 'old', at);
  for (let at = within.newStart; at < within.newEnd; at++) note(after[at] ?? '', 'now', at);
  const unique = [...places.values()].filter(({ old, now }) => old >= 0 && now >= 0).sort((a, b) => a.old - b.old);
  // The longest ascending run of new places, by patience.
  const tops: number[] = [];
  const below: number[] = [];
  unique.forEach(({ now }, index) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((unique[tops[middle] ?? 0]?.now ?? 0) < now) low = middle + 1;
      else high = middle;
    }
    below[index] = tops[low - 1] ?? -1;
    tops[low] = index;
  });
  const pairs: [number, number][] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = below[index] ?? -1) {
    const pair = unique[index];
    if (pair !== undefined) pairs.push([pair.old, pair.now]);
  }
  return pairs.reverse();
}
