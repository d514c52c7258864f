import assert from 'node:assert/strict';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { warningsInTree } from '../../src/policy/warningsInTree.js';
import { treeOf } from '../../src/regions/treeOf.js';

const tree = ['README.md', 'perception/camera/net.py', 'perception/camera/api/types.h', 'perception/radar/track.cc'];

/** The warnings about an asset with these paths, without their places. */
function warnings(...paths: string[]): string[] {
  const text = [
    'version: 1',
    'agreement: {id: A, title: T, zone: UTC, contact: legal@north.example}',
    'parties: [{id: north, name: North}]',
    `assets: [{id: net, owner: north, paths: ${JSON.stringify(paths)}}]`,
  ].join('\n');
  const { policy, problems } = parsePolicy(text);
  assert.ok(policy, JSON.stringify(problems));
  return warningsInTree(policy, treeOf(tree)).map(({ message }) => message);
}

describe('a pattern that matches nothing in its tree', () => {
  it('is told, an exclusion too, and says nothing of those that match', () => {
    assert.deepEqual(warnings('perception/camera/**', '!perception/camera/api/**'), []);
    assert.deepEqual(warnings('**/*.py', 'perception/lidar/**', '!perception/camera/old/**'), [
      '`perception/lidar/**` matches no file of this tree. Correct it or delete it.',
      '`!perception/camera/old/**` carves out no file of this tree. Correct it or delete it.',
    ]);
  });

  it("names a folder's bare name and a wrong case as the likely slip", () => {
    assert.deepEqual(warnings('**/*.py', 'perception/camera', '!perception/*/api', 'perception/Radar/**'), [
      '`perception/camera` matches no file of this tree. It names a folder: write `perception/camera/**` to mean the files in it.',
      '`!perception/*/api` carves out no file of this tree. It names a folder: write `perception/*/api/**` to mean the files in it.',
      '`perception/Radar/**` matches no file of this tree. Upper and lower case count: `perception/radar/track.cc` would match if they did not.',
    ]);
  });

  it('is told for each of hundreds', () => {
    assert.equal(warnings('**/*.py', ...Array.from({ length: 900 }, (_, at) => `gone-${at}/**`)).length, 900);
  });
});
