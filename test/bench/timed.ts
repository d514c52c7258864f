/** The median time of `runs` calls in milliseconds, after one call that is not counted: the machine's noise is one-sided. */
export function medianTime(runs: number, work: () => void): number {
  work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1] ?? 0;
}

/** The time of a single call in milliseconds, for work that is too long to repeat or whose first run is the point. */
export function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Milliseconds as a person reads them: `0.014 ms`, `3.2 ms`, `1,240 ms`. */
export function milliseconds(time: number): string {
  const digits = time < 0.1 ? 4 : time < 1 ? 3 : time < 100 ? 1 : 0;
  return `${time.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ms`;
}
