/** A test that failed. */
export interface Failure {
  readonly title: string;
  /** What was wrong, with the places in the code. */
  readonly error: string;
}

/** What became of the tests of one part. */
export interface Tally {
  readonly passed: number;
  /** May be more than the failures that have a name: a run that breaks off fails as well. */
  readonly failed: number;
  readonly failures: readonly Failure[];
}

/** All parts together. */
export function sumOf(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

/** A part that could not be run at all. */
export function brokenOff(title: string, error: string): Tally {
  return { passed: 0, failed: 1, failures: [{ title, error }] };
}
