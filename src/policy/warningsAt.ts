import type { Instant } from '../ports.js';
import { zoneOf } from './membership.js';
import { isWithin, momentInWords, parseInstant, windowOf } from './moments.js';
import { placeIn } from './placeIn.js';
import type { Policy } from './Policy.js';
import type { Problem } from './Problem.js';
import { PROBLEM_CODES, type ProblemCode } from './problemCodes.js';

/**
 * What about a policy is worth knowing on the day of `at`: grants, waivers, guardrails and the agreement that are over,
 * and an overdue review. In the order of the file; empty for an instant that cannot be read.
 */
export function policyWarningsAt(policy: Policy, at: Instant): readonly Problem[] {
  const epoch = parseInstant(at);
  if (epoch === undefined) return [];
  const zone = zoneOf(policy);
  const found: Problem[] = [];
  const add = (code: ProblemCode, entry: object, key: string, message: string) => {
    found.push(problemIn(policy, code, entry, key, undefined, message));
  };
  const isOver = (entry: { readonly until?: string | undefined }) => {
    const window = windowOf(undefined, entry.until, zone);
    return entry.until !== undefined && window !== undefined && !isWithin(window, epoch);
  };
  const day = (text: string | undefined) => momentInWords(text ?? '', zone);

  const { agreement, review } = policy;
  if (isOver(agreement)) {
    add(
      'agreement-over',
      agreement,
      'until',
      `The agreement ended on ${day(agreement.until)}. No grant holds any more; extend it, or follow \`exit\`.`,
    );
  } else {
    for (const grant of policy.grants) {
      if (isOver(grant)) {
        add(
          'grant-over',
          grant,
          'until',
          `The grant \`${grant.id}\` ended on ${day(grant.until)}. Extend it or delete it.`,
        );
      }
    }
  }
  for (const waiver of policy.waivers) {
    if (isOver(waiver)) {
      add(
        'waiver-over',
        waiver,
        'until',
        `The waiver \`${waiver.id}\` ended on ${day(waiver.until)}. Delete it, or have a new one signed.`,
      );
    }
  }
  for (const guardrail of policy.guardrails) {
    if (isOver(guardrail)) {
      add(
        'guardrail-over',
        guardrail,
        'until',
        `The guardrail \`${guardrail.id}\` ended on ${day(guardrail.until)} and binds nobody any more. Extend it or delete it.`,
      );
    }
  }
  if (review.next !== undefined && isOver({ until: review.next })) {
    add(
      'review-overdue',
      review,
      'next',
      `The review was due on ${day(review.next)}. Review the terms, and enter the next date.`,
    );
  }
  return inOrder(found);
}

/** A problem at an entry of a policy that has been read, whichever file the entry came from. */
export function problemIn(
  policy: Policy,
  code: ProblemCode,
  entry: object,
  key: string,
  index: number | undefined,
  message: string,
): Problem {
  const start = { line: 1, column: 1 };
  const { file, range } = placeIn(policy, entry, key, index) ?? {
    file: Object.values(policy.places)[0]?.file ?? 'developer-terms.yaml',
    range: { start, end: start },
  };
  return { code, severity: PROBLEM_CODES[code].severity, file, range, message };
}

/** Problems by file and place. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (one, other) =>
      (one.file === other.file ? 0 : one.file < other.file ? -1 : 1) ||
      one.range.start.line - other.range.start.line ||
      one.range.start.column - other.range.start.column,
  );
}
