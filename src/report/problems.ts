/** Problems of a policy, as text, JSON and GitHub annotations. */
import type { Problem } from '../policy/Problem.js';
import { githubCommand } from './githubCommand.js';
import { PLAIN, type Paint } from './paint.js';

/** One line a problem, as compilers print them, so that editors and terminals make links of the places. */
export function problemsInWords(problems: readonly Problem[], paint: Paint = PLAIN): string {
  return problems
    .map(({ file, range, severity, code, message, fix }) => {
      const mark =
        severity === 'error' ? paint.bad(severity) : severity === 'warning' ? paint.warning(severity) : severity;
      const suggestion = fix === undefined ? '' : ` ${fix.title}.`;
      return `${file}:${range.start.line}:${range.start.column}: ${mark}: ${message}${suggestion} ${paint.faint(`[${code}]`)}\n`;
    })
    .join('');
}

/** Workflow commands that GitHub shows beside the line. */
export function problemsForGithub(problems: readonly Problem[]): string {
  const kinds = { error: 'error', warning: 'warning', notice: 'notice' } as const;
  return problems
    .map(({ file, range: { start }, severity, code, message }) =>
      githubCommand(kinds[severity], { file, line: start.line, col: start.column, title: code }, message),
    )
    .join('');
}
