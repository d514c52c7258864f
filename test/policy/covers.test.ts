import assert from 'node:assert/strict';
import { coveredAssets, coverTest, parseCover } from '../../src/policy/covers.js';
import type { Asset } from '../../src/policy/language.js';

const tiers = (['confidential', 'restricted', 'sealed'] as const).map((name) => ({
  name,
  ungranted: 'deny' as const,
  named: false,
}));
const asset = (id: string, tier: string): Asset => ({
  id,
  tier,
  owner: ['north'],
  paths: [],
  tags: [],
  delegates: false,
});
const assets = [asset('net', 'restricted'), asset('weights', 'sealed'), asset('notes', 'confidential')];
const covered = (...covers: string[]) => coveredAssets({ assets, tiers }, covers).map(({ id }) => id);

describe('covers', () => {
  it('mean one asset, one tier, a tier and above, or all', () => {
    assert.deepEqual(covered('net'), ['net']);
    assert.deepEqual(covered('tier:restricted'), ['net']);
    assert.deepEqual(covered('tier:restricted+'), ['net', 'weights']);
    assert.deepEqual(covered('tier:confidential+'), ['net', 'weights', 'notes']);
    assert.deepEqual(covered('all'), ['net', 'weights', 'notes']);
    assert.deepEqual(covered('notes', 'tier:sealed'), ['weights', 'notes']);
    assert.deepEqual(covered('unheard-of', 'tier:unheard-of', 'tier:unheard-of+'), []);
  });

  it('are read from their text', () => {
    assert.deepEqual(parseCover('tier:a+'), { kind: 'tier', tier: 'a', above: true });
    assert.deepEqual(parseCover('tier:a'), { kind: 'tier', tier: 'a', above: false });
    assert.deepEqual(parseCover('all'), { kind: 'all' });
    assert.deepEqual(parseCover('all-weather'), { kind: 'asset', asset: 'all-weather' });
  });

  it('rank an unlisted tier above all others', () => {
    assert.equal(coverTest(['tier:sealed+'], tiers)({ id: 'x', tier: 'typo' }), true);
  });
});
