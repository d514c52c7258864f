import type { Problem } from '../policy/Problem.js';

/** Problems as a compiler prints them, a line each: `file:line:column severity code message`. Empty for none. */
export function problemLines(problems: readonly Problem[]): readonly string[] {
  return problems.map(
    ({ file, range, severity, code, message }) =>
      // A file's name may hold anything; a line stays a line.
      `${file.replace(/\p{Cc}/gu, '?')}:${range.start.line}:${range.start.column} ${severity} ${code} ${message.replace(/\s*\n\s*/g, ' ')}`,
  );
}

/** How many problems of each severity there are, in words: "2 errors, 1 warning". */
export function problemCount(problems: readonly Problem[]): string {
  const said = (['error', 'warning', 'notice'] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return said.length === 0 ? 'no problems' : said.join(', ');
}

/** Problems as JSON, with a summary; lines and columns are 1-based. */
export function problemsJson(problems: readonly Problem[]): string {
  const count = (severity: Problem['severity']) => problems.filter((problem) => problem.severity === severity).length;
  return JSON.stringify(
    { problems, summary: { errors: count('error'), warnings: count('warning'), notices: count('notice') } },
    undefined,
    2,
  );
}
