import { momentInWords, overlap } from '../moments.js';
import type { Answers, Checked } from './CheckedContent.js';

interface Dated {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** Nothing ends before it begins, and nothing is promised for a time in which the agreement is not in force. */
export function checkDates(checked: Checked, answers: Answers): void {
  const { content } = checked;
  const dated: readonly (readonly [string, Dated])[] = [
    ['agreement', content.agreement],
    ...content.teams.flatMap((team) => team.members.map((member) => ['membership', member] as const)),
    ...content.guardrails.map((entry) => ['guardrail', entry] as const),
    ...content.grants.map((entry) => ['grant', entry] as const),
    ...content.waivers.map((entry) => ['waiver', entry] as const),
  ];
  const agreement = answers.windowOf(content.agreement);
  for (const [noun, entry] of dated) {
    if (!entry.from && !entry.until) continue;
    const window = answers.windowOf(entry);
    if (window === undefined) continue;
    if (window.start >= window.end) {
      checked.add(
        'from-after-until',
        checked.at(entry, 'until'),
        `This ${noun} ends on ${momentInWords(entry.until ?? '', answers.zone)}, before it begins on ${momentInWords(
          entry.from ?? '',
          answers.zone,
        )}. Correct one of the dates.`,
      );
      continue;
    }
    if (agreement === undefined || (noun !== 'grant' && noun !== 'waiver') || agreement.start >= agreement.end)
      continue;
    const within = overlap(window, agreement);
    if (within.start >= within.end) {
      checked.add(
        'outside-agreement',
        checked.at(entry, window.start >= agreement.end ? 'from' : 'until'),
        `This ${noun} is never in force: the agreement ${
          window.start >= agreement.end
            ? `ends on ${momentInWords(content.agreement.until ?? '', answers.zone)}`
            : `begins on ${momentInWords(content.agreement.from ?? '', answers.zone)}`
        }. Correct the dates or delete it.`,
      );
    } else if (window.end !== Infinity && window.end > agreement.end) {
      checked.add(
        'clipped',
        checked.at(entry, 'until'),
        `The agreement ends on ${momentInWords(content.agreement.until ?? '', answers.zone)}, and this ${noun} ends with it.`,
      );
    }
  }
}
