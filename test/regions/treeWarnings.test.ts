import assert from 'node:assert/strict';
import { treeWarnings } from '../../src/regions/treeWarnings.js';
import { asset, regionPolicy } from './regionPolicy.js';

const tree = ['README.md', 'perception/camera/net.py', 'perception/camera/api/types.h', 'perception/radar/track.cc'];
const warnings = (...assets: Parameters<typeof regionPolicy>[0]) => treeWarnings(regionPolicy(assets), tree);

describe('what a policy’s paths miss in its tree', () => {
  it('is nothing when every pattern matches and every asset covers a file', () => {
    assert.deepEqual(warnings(asset('net', 'perception/camera/**', '!perception/camera/api/**'), asset('marked')), []);
  });

  it('is each pattern that matches no file, at the place of its asset', () => {
    assert.deepEqual(warnings(asset('radar', 'perception/radar/**'), asset('net', 'perception/lidar/**', '**/*.py')), [
      {
        code: 'pattern-matches-nothing',
        severity: 'warning',
        file: 'developer-terms.yaml',
        range: { start: { line: 2, column: 1 }, end: { line: 2, column: 9 } },
        message:
          'No file here matches `perception/lidar/**`, so it protects nothing for the asset “net”. Correct it or take it out.',
      },
    ]);
  });

  it('is an exclusion that matches no file too', () => {
    assert.deepEqual(
      warnings(asset('net', 'perception/camera/**', '!perception/camera/old/**')).map(({ message }) => message),
      [
        'No file here matches `!perception/camera/old/**`, so it carves out nothing for the asset “net”. Correct it or take it out.',
      ],
    );
  });

  it('names a folder’s bare name and a wrong case as the likely slip', () => {
    assert.deepEqual(
      warnings(asset('net', 'perception/camera', '!perception/*/api', 'perception/Radar/**')).map(
        ({ message }) => message,
      ),
      [
        'No file here matches `perception/camera`, so it protects nothing for the asset “net”. It names a folder: write `perception/camera/**` to mean the files in it.',
        'No file here matches `!perception/*/api`, so it carves out nothing for the asset “net”. It names a folder: write `!perception/*/api/**` to mean the files in it.',
        'No file here matches `perception/Radar/**`, so it protects nothing for the asset “net”. Upper and lower case count: `perception/radar/track.cc` would match if they did not.',
      ],
    );
  });

  it('is an asset that its own exclusions leave without a file, or that only carves out', () => {
    assert.deepEqual(
      warnings(asset('none', 'perception/radar/**', '!perception/**'), asset('holes', '!perception/camera/**')).map(
        ({ code, range, message }) => [code, range.start.line, message],
      ),
      [
        [
          'asset-without-files',
          1,
          'The `!` patterns of the asset “none” carve out every file that its other paths match, so no file is covered by path. Narrow them.',
        ],
        [
          'asset-without-files',
          2,
          'The asset “holes” says which files it leaves out, but not which it covers. Add a path without `!`.',
        ],
      ],
    );
  });

  it('stands at the pattern itself where its place is known', () => {
    const place = {
      file: 'terms/parent.yaml',
      range: { start: { line: 7, column: 20 }, end: { line: 7, column: 25 } },
    };
    const [warning] = treeWarnings(regionPolicy([asset('net', '**/*.py', 'gone')]), tree, ({ asset: id, at }) =>
      id === 'net' && at === 1 ? place : undefined,
    );
    assert.deepEqual({ file: warning?.file, range: warning?.range }, place);
  });

  it('is told of an empty tree and of a thousand idle patterns', () => {
    assert.equal(treeWarnings(regionPolicy([asset('net', 'a/**', 'b/**')]), []).length, 2);
    const many = Array.from({ length: 1_000 }, (_, at) => `gone-${at}/**`);
    assert.equal(warnings(asset('net', ...many)).length, 1_000);
  });
});
