import assert from 'node:assert/strict';
import type { ExportedAsset, ImportedCopy } from '../../src/changes/ExportedCopies.js';
import { importedInText } from '../../src/check/importedCopiesIn.js';
import { judge } from '../../src/check/judge.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';

const policyWith = (grant: string) => {
  const { policy } = parsePolicy(`version: 1
agreement: {id: A, title: T, zone: UTC, contact: a@x.example}
parties: [{id: helio, name: Helio}, {id: north, name: Northlight Inc.}]
teams: [{id: dev, party: helio, members: [ana@x.example]}]
assets: [{id: camera, owner: north}]
grants: [{id: g, to: [dev], covers: [camera], actions: ${grant}}]
`);
  assert.ok(policy);
  return policy;
};

/** What is found where lines 2 to 9 repeat this asset of another repository. */
function found(grant: string, asset: ExportedAsset) {
  const copy: ImportedCopy = { asset, region: 1, score: 2, lines: { start: 2, end: 9 }, sentence: '' };
  const snippet = { path: 'src/a.ts', text: 'x\n'.repeat(12) };
  const regions = { path: snippet.path, regions: [], problems: [] };
  const policy = policyWith(grant);
  const [act] = importedInText([{ find: () => [copy] }], snippet, regions, (id) => id === 'camera');
  assert.ok(act);
  const facts = { records: [], exposures: [] };
  return judge({ policy, facts, who: 'ana@x.example', at: '2026-05-01T10:00:00Z' }, act);
}

describe('A copy of code that stands in another repository', () => {
  const camera = { id: 'camera', owners: ['Northlight Inc.'] };

  it('has left that one, so that it needs the right to export as well as to copy', () => {
    const copied = found('[copy]', camera);
    assert.deepEqual([copied?.kind, copied?.action, copied?.outcome], ['copy', 'export', 'fails']);
    assert.match(copied?.message ?? '', /^Lines 2–9 repeat code of camera of Northlight Inc\., which another/);
    assert.deepEqual(found('[export]', camera)?.action, 'copy');
    assert.equal(found('[copy, export]', camera), undefined);
  });

  it('is denied where the terms do not know its asset', () => {
    const stranger = found('[copy, export]', { id: 'lidar', owners: ['Kestrel'] });
    assert.deepEqual(
      [stranger?.action, stranger?.outcome, stranger?.decision.rules],
      ['copy', 'fails', ['index:lidar']],
    );
  });
});
