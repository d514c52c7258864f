/** One line of the benchmarks' table. Each figure carries its unit: `3.1 ms`, `120,000/s`, `480 KB`. */
export interface Row {
  /** What was measured, and on how much: "regions of 10,000 lines, 1,000 markers, cold". */
  readonly measure: string;
  readonly value: string;
  /** What we want it to be: "< 5 ms". Left out where there is no aim. */
  readonly aim?: string;
  /** What another way of doing the same took in this very run: "minimatch alone: 4,100 ms (48x)". */
  readonly peer?: string;
}

/** What each `*.bench.ts` exports as its default. */
export interface Bench {
  /** The word that `npm run bench -- WORD` picks it by. */
  readonly name: string;
  run(): Promise<readonly Row[]>;
}
