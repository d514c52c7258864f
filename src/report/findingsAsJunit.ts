/** Findings as JUnit XML, which GitLab, Jenkins and Azure Pipelines show as tests. */
import type { CheckResult, Finding } from '../check/Finding.js';
import type { Policy } from '../policy/Policy.js';
import { KIND_WORDS, standingOf, termsOf } from './findingWords.js';

/**
 * A test case for every finding: failed where it fails, skipped where it is waived, known or justified, and passed with a
 * note where it is a warning. Without findings there is one case that passes, since an empty report counts as broken.
 */
export function findingsAsJunit({ findings, summary }: CheckResult, policy: Policy): string {
  const cases = findings.map((finding) => caseOf(finding, policy));
  if (cases.length === 0) cases.push('    <testcase classname="devterms" name="Nothing found"/>');
  const skipped = summary.waived + summary.known + summary.justified;
  const counts = `tests="${cases.length}" failures="${summary.fails}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="devterms check" ${counts}>`,
    `  <testsuite name="devterms check" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf(finding: Finding, policy: Policy): string {
  const { path, range, kind, effect, message, outcome } = finding;
  const name = `${path}:${range.start.line} ${KIND_WORDS[kind]}`;
  const open = `    <testcase classname="${attribute(path)}" name="${attribute(name)}" file="${attribute(path)}"`;
  const standing = standingOf(finding, policy);
  const words = [...(standing === undefined ? [] : [standing]), ...termsOf(finding, policy)].join('\n');
  const inside = ((): string => {
    switch (outcome) {
      case 'fails':
        return `<failure type="${effect}" message="${attribute(message)}">${content(`${message}\n${words}`)}</failure>`;
      case 'warned':
        return `<system-out>${content(`${message}\n${words}`)}</system-out>`;
      case 'justified':
      case 'waived':
      case 'known':
        return `<skipped message="${attribute(standing ?? outcome)}"/>`;
    }
  })();
  return `${open}>\n      ${inside}\n    </testcase>`;
}

/** Text between tags. Characters that XML 1.0 cannot hold are replaced: escaping does not help against them. */
function content(text: string): string {
  return held(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;');
}

/** Text in quotes. Line ends would become spaces. */
function attribute(text: string): string {
  return content(text).replace(/"/g, '&quot;').replace(/\t/g, '&#9;').replace(/\n/g, '&#10;');
}

function held(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
