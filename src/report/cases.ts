/** Results of policy cases, as text and as JSON. */
import type { CaseResult, Difference } from '../decision/cases.js';
import { PLAIN, type Paint } from './paint.js';

/** How the cases of one file went. `file` is its path as the person named it. */
export interface CasesRun {
  readonly file: string;
  readonly results: readonly CaseResult[];
}

/** Failing cases with what differs and where they stand, and a line that counts. */
export function casesInWords(runs: readonly CasesRun[], paint: Paint = PLAIN): string {
  const lines: string[] = [];
  for (const { file, results } of runs) {
    const failed = results.filter(({ differences }) => differences.length > 0);
    for (const { case: one, differences } of failed) {
      lines.push(`${paint.bad('✗')} ${file}:${one.range.start.line} ${paint.bold(one.id)}`);
      for (const difference of differences) lines.push(`    ${differenceInWords(difference)}`);
      if (one.why !== undefined) lines.push(paint.faint(`    ${one.why}`));
    }
    const passed = results.length - failed.length;
    const count = `${file}: ${passed} of ${results.length} cases pass`;
    lines.push(failed.length === 0 ? `${paint.good('✓')} ${count}` : `${paint.bad('✗')} ${count}`);
  }
  return `${lines.join('\n')}\n`;
}

/** "effect: expected deny, got warn"; lists in their order, "none" for an empty one. */
export function differenceInWords({ what, expected, actual }: Difference): string {
  const list = (entries: readonly string[]) => (entries.length === 0 ? 'none' : entries.join(', '));
  return `${what}: expected ${list(expected)}, got ${list(actual)}`;
}

export function casesAsJson(runs: readonly CasesRun[]): object {
  const files = runs.map(({ file, results }) => ({
    file,
    passed: results.filter(({ differences }) => differences.length === 0).length,
    failed: results.filter(({ differences }) => differences.length > 0).length,
    cases: results.map(({ case: { id, range }, differences }) => ({
      id,
      line: range.start.line,
      passed: differences.length === 0,
      differences,
    })),
  }));
  return { files };
}
