import assert from 'node:assert/strict';
import { exposureConsequences } from '../../src/decision/exposureConsequences.js';
import { exposureInWords } from '../../src/report/exposureWords.js';
import { withheldPage } from '../../src/report/withheldPage.js';
import { answer, NO_FACTS } from '../support/asking.js';
import { policyAt } from '../support/examplePolicy.js';

const COBUILD = policyAt('examples/cobuild/developer-terms.yaml');
const SAM = { who: 'sam.rivera@harborline.example', at: '2026-11-22T10:00:00+01:00' } as const;

describe('the page for a file that is not shown', () => {
  it('says whose it is, why, and whom to ask', () => {
    const file = 'partners/corvid/tuning/traction.h';
    const decision = answer(COBUILD, { ...SAM, file });
    const page = withheldPage(file, { kind: 'refused', decision }, COBUILD, 'You are unknown: Git is not run.');
    assert.ok(page.facts.some(({ label, words }) => label === 'You' && words === 'You are unknown: Git is not run.'));
    assert.equal(page.title, 'traction.h is not shown');
    assert.match(
      page.lead,
      /^It is corvid-motion and corvid-tuning of Corvid Motion GmbH, TIDEWAY SEALED.*You may not view it\.$/,
    );
    const words = Object.fromEntries(page.facts.map(({ label, words }) => [label, words]));
    assert.equal(words.File, file);
    assert.match(words.What ?? '', /No grant lets sam\.rivera/);
    assert.equal(words.Ask, 'k.oyelaran.legal@corvid.example');
    assert.equal(page.contact, words.Ask);
    assert.equal(page.open, undefined, 'there is nothing to open');
  });
  it('says that a purpose comes first, and offers to state it', () => {
    const file = 'partners/corvid/motion/path_blend.cpp';
    const decision = answer(COBUILD, { ...SAM, file });
    const page = withheldPage(file, { kind: 'purpose', decision }, COBUILD);
    assert.match(page.lead, /once you state what your work is for\.$/);
    assert.equal(page.open, 'State Your Purpose');
  });
  it('offers another purpose where the stated one does not reach', () => {
    const file = 'partners/corvid/motion/path_blend.cpp';
    const decision = answer(COBUILD, { ...SAM, file, purpose: 'charging' });
    assert.equal(decision.effect, 'deny');
    assert.equal(withheldPage(file, { kind: 'other-purpose', decision }, COBUILD).open, 'Change Your Purpose');
  });
  it('says what one side of a wall will close', () => {
    const file = 'partners/palisade/roadmap/phase-two.md';
    const facts = { ...NO_FACTS, records: [{ person: SAM.who, course: 'fair-tender', passed: '2026-06-03' }] };
    const decision = answer(COBUILD, { ...SAM, file }, facts);
    const consequences = exposureConsequences(COBUILD, decision.assets, SAM, facts);
    const notice = exposureInWords(file, consequences, COBUILD);
    assert.equal(notice.message, `Opening ${file} shows you palisade-roadmap of Palisade Automation Ltd.`);
    assert.equal(
      notice.detail,
      'Until 20 February 2027 you will not be able to view corvid-roadmap of Corvid Motion GmbH (clause B.6.3). ' +
        'That you saw it is kept with your name and the time. If you are not sure, ask abel.kruger@harborline.example first.',
    );
    assert.equal(withheldPage(file, { kind: 'wall', decision, notice }, COBUILD).open, 'Open It…');
  });
});
