import assert from 'node:assert/strict';
import type { Decision } from '../../src/decision/Decision.js';
import { decidingAssets } from '../../src/report/decidingAssets.js';
import { refusalInWords } from '../../src/report/refusalWords.js';
import { policyAt } from '../support/examplePolicy.js';

const COBUILD = policyAt('examples/cobuild/developer-terms.yaml');

/** Lines that two parties' assets cover, and that only the rule of one refuses. */
const REFUSED: Decision = {
  effect: 'deny',
  rules: ['default:ungranted'],
  waived: [],
  notices: [],
  duties: [],
  assets: ['corvid-motion', 'orchestrator'],
  because: [
    { rule: 'default:ungranted', effect: 'deny', asset: 'corvid-motion', clause: '6.2', what: 'No grant covers this.' },
    { rule: 'default:owner', effect: 'allow', asset: 'orchestrator' },
  ],
};

describe('what a refusal says', () => {
  it('names the code whose rules refuse, not all that covers the place', () => {
    assert.deepEqual(decidingAssets(REFUSED), ['corvid-motion']);
    const { text, short } = refusalInWords('Edit undone in src/blend.ts, line 4', REFUSED, COBUILD);
    assert.match(text, /\(protected as corvid-motion of Corvid Motion GmbH, clause 6\.2\)\. No grant covers this\./);
    assert.doesNotMatch(text, /Harborline/);
    assert.equal(short, 'Edit undone in src/blend.ts, line 4 (clause 6.2)');
  });
  it('names all that covers the place when a rule of no asset refuses', () => {
    const { text } = refusalInWords(
      'Edit undone in src/blend.ts, line 4',
      { ...REFUSED, because: [{ rule: 'wall:motion', effect: 'deny' }] },
      COBUILD,
    );
    assert.match(text, /protected as corvid-motion and orchestrator of Corvid Motion GmbH and Harborline/);
  });
});
