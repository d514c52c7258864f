import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import type { Policy } from '../../src/policy/Policy.js';
import { printPolicy } from '../../src/policy/printPolicy.js';
import { completePolicy } from '../support/completePolicy.js';
import { arbitraryPolicy } from './arbitraryPolicy.js';

const read = (text: string): Policy => {
  const { policy, problems } = parsePolicy(text);
  assert.ok(policy !== undefined, problems.find(({ severity }) => severity === 'error')?.message);
  return policy;
};
/** The content alone: the places differ, since the text does. */
const content = (policy: Policy) => ({ ...policy, places: undefined });

describe('a printed policy', () => {
  it('parses to the same policy', () => {
    const example = readFileSync(new URL('../fixtures/policy/automotive-perception.yaml', import.meta.url), 'utf8');
    for (const text of [completePolicy, example]) {
      const policy = read(text);
      assert.deepEqual(content(read(printPolicy(policy))), content(policy));
    }
  });

  it('parses to the same policy, whatever is in it', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (plain) => {
        const policy = read(JSON.stringify(plain));
        const printed = printPolicy(policy);
        assert.deepEqual(content(read(printed)), content(policy));
        assert.equal(printPolicy(read(printed)), printed);
      }),
      { numRuns: 300, seed: 14 },
    );
  });

  it('leaves out what is left to its default, and quotes only what needs it', () => {
    const text = `version: 1
agreement:
  id: A-1
  title: Joint Development
  clauses: {"4.10": "Copies, and notes"}
parties:
  - {id: north, name: Northlight Vision Inc.}
assets:
  - {id: net, owner: [north], paths: ["net/**", "!net/api/**"]}
guardrails:
  - {id: no-copy, covers: [net], actions: [copy], effect: deny, what: Do not copy., why: "It is not yours, yet.", instead: "yes: ask", clause: "4.10"}
`;
    assert.equal(printPolicy(read(text)), text);
  });
});
