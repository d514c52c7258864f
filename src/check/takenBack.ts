/** What a merge takes back of a change that one of its parents made. */
import { hunksBetween, linesWithEnds, type Hunk } from './changedLines.js';

/**
 * The stretches in which `now` undoes what a parent changed since `ancestor`, as hunks against that parent: lines gone that it had
 * added or altered, and lines back that it had taken out. What the other side of the merge changed elsewhere is in none.
 */
export function takenBackLines(ancestor: string, parent: string, now: string): Hunk[] {
  if (ancestor === parent || parent === now) return [];
  const theirs = hunksBetween(ancestor, parent);
  const [old, then, result] = [ancestor, parent, now].map(linesWithEnds);
  if (old === undefined || then === undefined || result === undefined) return [];
  const [timesThen, timesNow] = [timesOf(then), timesOf(result)];
  // A line that merely stands elsewhere now, or is one of many like it, was not taken back.
  const fewer = (line: string): boolean => isTelling(line) && times(timesNow, line) < times(timesThen, line);
  const more = (line: string): boolean => isTelling(line) && times(timesNow, line) > times(timesThen, line);
  return hunksBetween(parent, now).filter(({ before, after }) =>
    theirs.some((their) => {
      const from = Math.max(their.after.start, before.start);
      const to = Math.min(their.after.end, before.end);
      if (then.slice(from - 1, Math.max(from, to) - 1).some(fewer)) return true;
      if (their.after.end < before.start || before.end < their.after.start) return false;
      const takenOut = new Set(old.slice(their.before.start - 1, their.before.end - 1).filter(more));
      return result.slice(after.start - 1, after.end - 1).some((line) => takenOut.has(line));
    }),
  );
}

const isTelling = (line: string): boolean => /[\p{L}\p{N}]/u.test(line);

function timesOf(lines: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const line of lines) found.set(line, (found.get(line) ?? 0) + 1);
  return found;
}

const times = (found: ReadonlyMap<string, number>, line: string): number => found.get(line) ?? 0;
