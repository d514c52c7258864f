import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { warningsInTree } from '../../src/policy/warningsInTree.js';
import { treeOf } from '../../src/regions/treeOf.js';
import { brief } from './regionPolicy.js';

const source = readFileSync(new URL('../fixtures/policy/automotive-perception.yaml', import.meta.url), 'utf8');
const { policy } = parsePolicy(source, { file: 'developer-terms.yaml' });

describe('the example of camera and radar', () => {
  assert.ok(policy);
  const regions = (path: string, text = '') => regionsOf(policy, path, text).regions.map(brief);

  it('covers each company’s folders, and leaves the interface folder open', () => {
    assert.deepEqual(regions('perception/camera/net/backbone.py'), ['camera-net 1-1 path']);
    assert.deepEqual(regions('perception/camera/models/v3.onnx'), ['camera-net 1-1 path', 'camera-weights 1-1 path']);
    assert.deepEqual(regions('perception/camera/api/types.h'), []);
    assert.deepEqual(regions('perception/radar/track.cc'), ['radar-track 1-1 path']);
    assert.deepEqual(regions('README.md'), []);
  });

  it('covers Kestrel’s calibration inside Helio’s file', () => {
    const text = [
      '#include "align.h"',
      '// helio fusion core',
      'int align(int a) { return a + 1; }',
      'int shift(int a) { return a - 1; }',
      '',
      '// TERMS-BEGIN asset=radar-cal',
      'static const float CAL[3] = {0.1f, 0.2f, 0.3f};',
      'float correct(float x) { return x * CAL[0]; }',
      '// TERMS-END',
      'int tail() { return 0; }',
      '',
    ].join('\n');
    assert.deepEqual(regions('perception/fusion/align.cpp', text), ['fusion 1-11 path', 'radar-cal 6-9 marker']);
  });

  it('covers its own file by path alone, though the words of the markers stand in it', () => {
    assert.match(source, /TERMS-BEGIN/);
    const { regions: found, problems } = regionsOf(policy, 'developer-terms.yaml', source);
    assert.deepEqual(
      found.map(({ asset, by }) => [asset, by]),
      [['terms', 'path']],
    );
    assert.deepEqual(problems, []);
  });

  it('is warned of at the line of the asset whose folder is gone', () => {
    const tree = [
      'developer-terms.yaml',
      'perception/camera/api/types.h',
      'perception/camera/net.py',
      'perception/fusion/a.cpp',
      'perception/radar/t.cc',
    ];
    const line = source.split('\n').findIndex((one) => one.includes('id: camera-weights')) + 1;
    assert.deepEqual(
      warningsInTree(policy, treeOf(tree)).map(({ code, range }) => [code, range.start.line]),
      [
        ['asset-matches-nothing', line],
        ['pattern-matches-nothing', line],
      ],
    );
  });
});
