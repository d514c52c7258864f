/** Findings as GitHub Actions shows them: beside the lines, and in the log. */
import type { CheckResult, Finding } from '../check/Finding.js';
import type { Policy } from '../policy/Policy.js';
import { gravestFirst, KIND_WORDS, ruleOf, standingOf, termsOf } from './findingWords.js';
import { githubCommand, githubLine, type GithubLevel } from './githubCommand.js';
import { counted } from './words.js';

/** GitHub shows this many errors, and as many warnings, of one step; the rest it drops without a word. */
const SHOWN = 10;

/**
 * Annotations for what fails and what is warned of, the gravest first; where there are more than GitHub shows, the last one
 * says how many, and the log has them all.
 */
export function findingsForGithub({ findings, summary }: CheckResult, policy: Policy): string {
  const failing = gravestFirst(findings.filter(({ outcome }) => outcome === 'fails'));
  const warned = gravestFirst(findings.filter(({ outcome }) => outcome === 'warned'));
  const passing = findings.filter(({ outcome }) => outcome !== 'fails' && outcome !== 'warned');
  const log = [...failing.slice(SHOWN - 1), ...warned.slice(SHOWN - 1), ...passing];
  const counts = [
    summary.fails > 0 ? `${summary.fails} to put right` : '',
    summary.warned > 0 ? counted(summary.warned, 'warning') : '',
    summary.justified > 0 ? `${summary.justified} with a reason` : '',
    summary.known > 0 ? `${summary.known} known` : '',
    summary.waived > 0 ? `${summary.waived} waived` : '',
  ].filter((words) => words !== '');
  return [
    ...annotations('error', failing, policy),
    ...annotations('warning', warned, policy),
    ...(log.length > 0 ? ['::group::Other findings\n', ...log.map((one) => inLog(one, policy)), '::endgroup::\n'] : []),
    githubLine(`devterms: ${counts.length === 0 ? 'nothing found' : counts.join(', ')}.`),
  ].join('');
}

function annotations(level: GithubLevel, findings: readonly Finding[], policy: Policy): string[] {
  const shown = findings.length > SHOWN ? SHOWN - 1 : findings.length;
  const commands = findings.slice(0, shown).map((finding) => annotation(level, finding, policy));
  const rest = findings.length - shown;
  if (rest > 0)
    commands.push(
      githubCommand(
        level,
        { title: 'Developer terms' },
        `${rest} more like these are in the log of this step: GitHub shows no more than ${SHOWN}.`,
      ),
    );
  return commands;
}

function annotation(level: GithubLevel, finding: Finding, policy: Policy): string {
  const { path, range, kind } = finding;
  const { clause } = ruleOf(finding, policy).reason ?? {};
  const title = `${KIND_WORDS[kind]}${clause === undefined ? '' : ` (clause ${clause})`}`;
  const properties = { file: path, line: range.start.line, endLine: range.end.line, title };
  return githubCommand(level, properties, wordsOf(finding, policy).join('\n'));
}

function inLog(finding: Finding, policy: Policy): string {
  const { path, range, outcome } = finding;
  return githubLine(`- ${path}:${range.start.line} ${outcome}: ${wordsOf(finding, policy).join(' ')}`);
}

function wordsOf(finding: Finding, policy: Policy): string[] {
  const standing = standingOf(finding, policy);
  return [finding.message, ...(standing === undefined ? [] : [standing]), ...termsOf(finding, policy)];
}
