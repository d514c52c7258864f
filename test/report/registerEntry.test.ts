import assert from 'node:assert/strict';
import { entryText } from '../../src/report/registerEntry.js';
import { trainingPolicy } from '../support/recordPorts.js';

const [course] = trainingPolicy('').training;
const score = { right: 9, of: 10, scaled: 0.9, passed: true, again: [] };
const entry = { path: 'terms/training.csv', line: 'ana@helio.example,c,2026-05-20T12:00:00Z', signed: true };

describe('the entry that a product lead adds to a register', () => {
  assert.ok(course);
  const taken = { person: 'ana@helio.example', course, score, at: '2026-05-20T12:00:00Z', took: 250_000 };

  it('says who passed what when and how well, and holds the line as it is added', () => {
    const lines = entryText(taken, entry, undefined, 'Europe/Berlin').split('\n');
    assert.equal(
      lines[0],
      'ana@helio.example passed “Safe hands” (c) in the editor on 20 May 2026, 14:00 (Europe/Berlin):',
    );
    assert.equal(lines[1], '9 of 10 answers right, in about 4 minutes.');
    assert.ok(lines.includes(entry.line));
    assert.ok(lines.includes('    ssh-keygen -Y sign -n developer-terms -f KEY terms/training.csv'));
  });

  it('says whether it is signed, and how that is checked', () => {
    assert.match(entryText(taken, entry, undefined, 'UTC'), /It is not signed: Git has no SSH key of mine/);
    const signed = entryText(taken, entry, '-----BEGIN SSH SIGNATURE-----\nAAAA\n', 'UTC');
    assert.match(signed, /ssh-keygen -Y verify -n developer-terms-entry -I ana@helio\.example/);
    assert.ok(signed.includes('-----BEGIN SSH SIGNATURE-----\nAAAA\n'));
    assert.doesNotMatch(entryText(taken, { ...entry, signed: false }, undefined, 'UTC'), /-n developer-terms -f/);
  });
});
