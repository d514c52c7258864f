import assert from 'node:assert/strict';
import { pathList } from '../../../src/changes/imports/PathList.js';
import { TrackedPaths } from '../../../src/node/git/TrackedPaths.js';

const PATHS = [
  'a',
  'a-b/go.mod',
  'a/b.ts',
  'a/b.tsx',
  'a/go.mod',
  'a/mygo.mod',
  'b/go.mod/x',
  'go.mod',
  'package.json',
  'ü/z.ts',
];
const bytesOf = (paths: readonly string[]): Buffer => Buffer.from(paths.map((path) => `${path}\0`).join(''));

describe('the paths that git lists', () => {
  const tracked = new TrackedPaths(bytesOf(PATHS));

  it('are each found, and nothing like them is', () => {
    for (const path of PATHS) assert.ok(tracked.has(path), path);
    for (const path of ['', 'a/', 'a/b', 'a/b.t', 'a/b.tsxx', 'b', '.', 'package.jso', 'zz', 'ü', 'ü/z.tsx'])
      assert.ok(!tracked.has(path), path);
  });

  it('are told by their names in their order, as a list in memory tells them', () => {
    const names = new Set(['go.mod', 'package.json']);
    assert.deepEqual([...tracked.named(names)], ['a-b/go.mod', 'a/go.mod', 'go.mod', 'package.json']);
    assert.deepEqual([...pathList(PATHS).named(names)], [...tracked.named(names)]);
    assert.deepEqual([...tracked], PATHS);
  });

  it('may be none', () => {
    const none = new TrackedPaths(Buffer.alloc(0));
    assert.ok(!none.has('a'));
    assert.deepEqual([...none], []);
    assert.deepEqual(none.named(new Set(['a'])), []);
  });

  it('are found among many, in the order of their bytes', () => {
    const many = Array.from({ length: 5000 }, (_, at) => `d${at % 70}/e-${at % 7}/f${at}${at % 3 === 0 ? 'é' : ''}.ts`);
    const sorted = many.map((path) => Buffer.from(path)).sort((a, b) => Buffer.compare(a, b));
    const list = new TrackedPaths(bytesOf(sorted.map(String)));
    for (const path of many) assert.ok(list.has(path), path);
    for (const path of many) assert.ok(!list.has(`${path}x`), path);
  });
});
