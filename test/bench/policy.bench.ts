import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { parseDocument } from 'yaml';
import type { Bench, Row } from './Row.js';
import { policyText } from './policyText.js';
import { medianTime, milliseconds, timeOf } from './timed.js';

/** Reading and checking a policy: a large one at once, and a usual one again after every keystroke. */
// eslint-disable-next-line @typescript-eslint/require-await -- every benchmark is awaited, whether it waits or not
export async function policyBench(): Promise<Row[]> {
  const large = policyText(5_000);
  const usual = policyText(300);
  const check = (text: string) => {
    const { policy, problems } = parsePolicy(text);
    if (policy === undefined) throw new Error(problems[0]?.message ?? 'The policy of the benchmark has an error.');
  };
  const first = timeOf(() => check(large));
  const warm = medianTime(15, () => check(large));
  const alone = medianTime(3, () => void parseDocument(large, { prettyErrors: false, uniqueKeys: false }));
  // Typing inside a sentence in the middle, one letter after another, a mistake in the text all the while.
  const at = usual.indexOf('Do not copy', usual.length / 2);
  let typed = '';
  const keystroke = medianTime(40, () => {
    typed += 'x';
    parsePolicy(`${usual.slice(0, at)}${typed} effect: ${usual.slice(at)}`);
  });
  return [
    { measure: 'parse and check 5,000 lines of policy, first time', value: milliseconds(first), aim: '< 150 ms' },
    {
      measure: 'parse and check 5,000 lines of policy, warm',
      value: milliseconds(warm),
      aim: '< 150 ms',
      peer: `the yaml package, without any check: ${milliseconds(alone)}`,
    },
    { measure: 'problems of 300 lines of policy after a keystroke', value: milliseconds(keystroke), aim: '< 50 ms' },
  ];
}

export default { name: 'policy', run: policyBench } satisfies Bench;
