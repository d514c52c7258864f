/** What a check found, as text and as JSON. No code is ever in it. */
import type { CheckNote, CheckResult, Finding } from '../check/Finding.js';
import type { Reason } from '../decision/Decision.js';
import type { Policy } from '../policy/Policy.js';
import type { PolicyChange } from '../policy/policyChanges.js';
import { decisionAsJson, noticeInWords, waivedInWords } from './decision.js';
import { standingOf } from './findingWords.js';
import { PLAIN, type Paint } from './paint.js';
import { counted } from './words.js';
import { wrapped } from './wrapped.js';

/** How much is said, and how wide: `isQuiet` leaves only what fails. */
export interface CheckTextOptions {
  readonly isQuiet?: boolean;
  /** Columns of a terminal, for lines that are broken between words; left out, a line is as long as it is. */
  readonly width?: number;
}

/**
 * Findings file by file: the line, what was done to whose code, the clause and the rule with its reason, what to do instead, whom to
 * ask; then what the change does to the policy, and a line that counts. What is said of one rule is said once in a file.
 */
export function checkInWords(
  result: CheckResult,
  policy: Policy,
  paint: Paint = PLAIN,
  { isQuiet = false, width }: CheckTextOptions = {},
): string {
  const shown = result.findings.filter(({ outcome }) => outcome === 'fails' || (!isQuiet && outcome !== 'known'));
  const files = [...new Set(shown.map(({ path }) => path))];
  const lines = files.flatMap((path) => [
    ...fileInWords(
      path,
      shown.filter((finding) => finding.path === path),
      policy,
      paint,
    ),
    '',
  ]);
  if (!isQuiet && result.policyChanges.length > 0) lines.push(...policyChangesInWords(result.policyChanges, paint), '');
  if (!isQuiet || result.summary.fails > 0) lines.push(summaryInWords(result, paint));
  return lines.map((line) => `${wrapped(line, width)}\n`).join('');
}

/** What was not looked into and how the check came to judge as it did, a line each: talk, not results. */
export function notesInWords(notes: readonly CheckNote[], paint: Paint = PLAIN): string {
  return notes
    .map(
      ({ path, message }) => `${paint.faint(path === undefined ? 'note:' : `note: ${printable(path)}:`)} ${message}\n`,
    )
    .join('');
}

/** The result as programs read it; see docs/check.md. */
export function checkAsJson({ policy, findings, policyChanges, notes, summary }: CheckResult): object {
  return {
    policy,
    findings: findings.map(({ decision, ...finding }) => ({ ...finding, decision: decisionAsJson(decision) })),
    policyChanges,
    notes,
    summary,
  };
}

const MARK = { fails: '✗', warned: '!', justified: '✓', waived: '✓', known: '·' } as const;

function fileInWords(path: string, findings: readonly Finding[], policy: Policy, paint: Paint): string[] {
  const lines = [paint.bold(printable(path))];
  const said = new Set<string>();
  for (const finding of findings) {
    const { outcome, range, message, who, reason } = finding;
    const colour = { fails: 'bad', warned: 'warning', justified: 'good', waived: 'good', known: 'faint' } as const;
    const from =
      finding.in === undefined
        ? ''
        : ` ${paint.faint(`(${finding.in.commit.slice(0, 10)}${who === undefined ? '' : `, ${who}`})`)}`;
    lines.push(`  ${paint[colour[outcome]](MARK[outcome])} ${paint.bold(`${range.start.line}:`)} ${message}${from}`);
    if (outcome === 'justified') lines.push(`      Reason given: ${reason ?? ''}`);
    if (finding.known !== undefined) lines.push(`      ${standingOf(finding, policy) ?? ''}`);
    if (outcome === 'waived') {
      lines.push(...finding.decision.waived.map((id) => `      ${waivedInWords(id, policy)}`));
      continue;
    }
    const details = detailsOf(finding, policy, paint);
    const key = details.join('\n');
    if (said.has(key)) lines.push(`      ${paint.faint('The same terms as above.')}`);
    else lines.push(...details);
    if (key !== '') said.add(key);
  }
  return lines;
}

/** The terms behind a finding: every rule of the decision's own effect, what nearly applied, and what would make it pass. */
function detailsOf({ kind, decision, effect, outcome }: Finding, policy: Policy, paint: Paint): string[] {
  if (kind === 'marker-problem' || kind === 'policy-problem') return [];
  const deciding = decision.because.filter((reason) => reason.effect === effect);
  const lines = deciding.flatMap((reason) => reasonInWords(reason, kind === 'policy-loosened', policy, paint));
  // A reason may have said so already.
  const notices = decision.notices.map((notice) => noticeInWords(notice, policy));
  lines.push(
    ...notices.filter((notice) => !lines.some((line) => line.includes(notice))).map((notice) => `      ${notice}`),
  );
  if (effect === 'justify' && (outcome === 'fails' || outcome === 'warned'))
    lines.push(`      ${howToJustify(decision.rules)}`);
  return lines;
}

function howToJustify(rules: readonly string[]): string {
  return rules.every((rule) => rule.startsWith('grant:'))
    ? 'It passes with a purpose that the grant names: a line “Terms-Purpose: …” at the end of the commit message.'
    : 'It passes with a reason: a line “Terms-Reason: …” at the end of the commit message.';
}

function reasonInWords(reason: Reason, isTold: boolean, policy: Policy, paint: Paint): string[] {
  const heading = reason.clause === undefined ? undefined : policy.agreement.clauses?.[reason.clause];
  const clause =
    reason.clause === undefined ? '' : `Clause ${reason.clause}${heading === undefined ? '' : ` (${heading})`}. `;
  const words = isTold ? [reason.why] : [reason.what, reason.why];
  const said = words.filter((sentence) => sentence !== undefined).join(' ');
  return [
    `      ${clause === '' ? '' : paint.bold(clause)}${said}${isTold ? '' : ` ${paint.faint(`[${reason.rule}]`)}`}`,
    ...(reason.instead === undefined ? [] : [`      Instead: ${reason.instead}`]),
    ...(reason.contact === undefined ? [] : [`      Ask: ${reason.contact}`]),
  ];
}

const DIRECTION = { tightens: 'tighter', loosens: 'looser', alters: 'other' } as const;

function policyChangesInWords(changes: readonly PolicyChange[], paint: Paint): string[] {
  const lines = [paint.bold('What this changes in the terms')];
  for (const { direction, sentence, place } of changes) {
    const colour = { loosens: 'warning', tightens: 'good', alters: 'faint' } as const;
    const where = place === undefined ? '' : paint.faint(` (${place.file}:${place.range.start.line})`);
    lines.push(`  ${paint[colour[direction]](DIRECTION[direction].padEnd(7))} ${sentence}${where}`);
  }
  return lines;
}

/** "✗ 2 findings fail, 1 warns; 12 files, 3 commits." */
function summaryInWords({ summary }: CheckResult, paint: Paint): string {
  const { fails, warned, justified, waived, known, files, commits } = summary;
  const parts = [
    ...(fails > 0 ? [`${counted(fails, 'finding')} ${fails === 1 ? 'fails' : 'fail'}`] : []),
    ...(warned > 0 ? [`${counted(warned, 'warning')}`] : []),
    ...(justified > 0 ? [`${justified} with a reason`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(known > 0 ? [`${known} known`] : []),
  ];
  const looked = [counted(files, 'file'), ...(commits === undefined ? [] : [counted(commits, 'commit')])].join(' in ');
  const verdict = parts.length === 0 ? 'Nothing found' : parts.join(', ');
  return `${fails > 0 ? paint.bad('✗') : paint.good('✓')} ${verdict}; ${looked} looked at.`;
}

/** A path on one line of a terminal: what would steer it, or break the line, is spelled out. */
export function printable(path: string): string {
  return path.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const known: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
    return known[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
