import assert from 'node:assert/strict';
import type { ExplainedCopy } from '../../src/changes/RepositoryCopies.js';
import type { Decision, Reason } from '../../src/decision/Decision.js';
import { copyInWords, originIsClosed } from '../../src/report/copyWords.js';
import { whose } from '../../src/policy/whose.js';
import { policyAt } from '../support/examplePolicy.js';

const policy = policyAt('examples/automotive-perception/automotive-perception.yaml');

const copy: ExplainedCopy = {
  origin: { asset: 'radar-track', path: 'perception/radar/track.cpp', lines: { start: 1, end: 90 } },
  score: 3,
  lines: { start: 4, end: 9 },
  from: { start: 21, end: 26 },
  assets: ['radar-track'],
  kind: 'renamed',
  strength: 'strong',
  pairs: [{ here: 4, there: 21 }],
  sentence: 'Lines 4–9 very likely repeat lines 21–26 of perception/radar/track.cpp, with other names or values.',
};

const GUARDRAIL: Reason = {
  rule: 'guardrail:no-supplier-copy',
  effect: 'deny',
  clause: '6.2',
  what: 'Do not copy supplier source',
  instead: 'Call the published interface.',
  contact: 'karl.legal@kestrel.example',
};

function decided(effect: Decision['effect'], ...because: Reason[]): Decision {
  return {
    effect,
    because,
    rules: because.map(({ rule }) => rule),
    waived: [],
    notices: [],
    duties: [],
    assets: ['radar-track'],
  };
}

describe('a copy in words', () => {
  it('says which lines are whose, how surely, under which clause, what instead and whom to ask', () => {
    assert.equal(
      copyInWords(copy, decided('deny', GUARDRAIL), policy),
      [
        'Lines 4–9 very likely repeat lines 21–26 of perception/radar/track.cpp, with other names or values: radar-track of Kestrel Radar Ltd (renamed, strong).',
        'Clause 6.2: Do not copy supplier source.',
        'Instead: Call the published interface.',
        'Ask: karl.legal@kestrel.example.',
      ].join('\n'),
    );
  });

  it('says that it may stay, where it may: with a reason, or as it is', () => {
    assert.match(
      copyInWords(copy, decided('justify', { ...GUARDRAIL, effect: 'justify' }), policy),
      /You may do this with a reason\./,
    );
    assert.match(
      copyInWords(copy, decided('warn', { ...GUARDRAIL, effect: 'warn' }), policy),
      /You may do this; mind the terms\./,
    );
    assert.doesNotMatch(copyInWords(copy, decided('deny', GUARDRAIL), policy), /You may do this/);
  });

  it('explains a rule of the agreement rather than a missing grant, and no rule that decided nothing', () => {
    const words = copyInWords(
      copy,
      decided(
        'deny',
        { rule: 'default:ungranted', effect: 'deny', what: 'Nothing is granted.' },
        { ...GUARDRAIL, effect: 'warn', what: 'Mind it.' },
        GUARDRAIL,
      ),
      policy,
    );
    assert.match(words, /Clause 6\.2: Do not copy supplier source\./);
    assert.doesNotMatch(words, /Nothing is granted|Mind it/);
  });

  it('names the agreement’s contact where no rule says more', () => {
    const words = copyInWords(copy, decided('deny', { rule: 'default:ungranted', effect: 'deny' }), policy);
    assert.match(words, /\nNo grant permits this to you\.\nAsk: legal-ip@helio\.example\.$/);
  });
});

describe('whose code it is', () => {
  it('names every asset and every owner once', () => {
    assert.equal(
      whose(['radar-cal', 'radar-track', 'camera-net'], policy),
      'radar-cal, radar-track and camera-net of Kestrel Radar Ltd and Northlight Vision Inc.',
    );
  });

  it('says so where a marker names none, or one that the policy does not know', () => {
    assert.equal(whose([''], policy), 'an unnamed asset');
    assert.equal(whose(['elsewhere'], policy), 'elsewhere');
  });
});

describe('an origin that is closed', () => {
  it('says whose it is, the clause and whom to ask, and names neither its file nor its lines', () => {
    const words = originIsClosed(copy, decided('deny', { ...GUARDRAIL, what: 'Only named persons see it.' }), policy);
    assert.equal(
      words,
      'The origin of these lines is radar-track of Kestrel Radar Ltd, which you may not view. ' +
        'Clause 6.2: Only named persons see it. Instead: Call the published interface. Ask: karl.legal@kestrel.example.',
    );
  });

  it('says that a reason or a purpose would open it, where one would', () => {
    assert.match(
      originIsClosed(copy, decided('justify'), policy),
      /which you may only with a reason or a stated purpose view/,
    );
  });
});
