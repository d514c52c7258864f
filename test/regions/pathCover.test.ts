import assert from 'node:assert/strict';
import fc from 'fast-check';
import { minimatch } from 'minimatch';
import { createPathCover, pathCoverOf, pathPatternsOf } from '../../src/regions/pathCover.js';
import { createPatternIndex, PATTERN_OPTIONS } from '../../src/regions/patternIndex.js';
import { asset } from './regionPolicy.js';

const covered = (paths: string[], file: string) => createPathCover([asset('a', ...paths)]).assetsOf(file).length > 0;

describe('which assets cover a path', () => {
  it('reads patterns from the root, with dot-files and case kept', () => {
    assert.equal(covered(['perception/**'], 'perception/radar/track.cc'), true);
    assert.equal(covered(['perception/**'], 'src/perception/radar/track.cc'), false);
    assert.equal(covered(['perception/**'], 'perception/.env'), true);
    assert.equal(covered(['perception/**'], 'perception/.git/hooks/x'), true);
    assert.equal(covered(['perception/*'], 'perception/radar/track.cc'), false);
    assert.equal(covered(['perception/**'], 'Perception/radar/track.cc'), false);
    assert.equal(covered(['*.h'], 'types.h'), true);
    assert.equal(covered(['*.h'], 'api/types.h'), false);
    assert.equal(covered(['**/*.h'], 'types.h'), true);
  });

  it('covers what is in a folder, not a file of the folder’s name', () => {
    assert.equal(covered(['radar/**'], 'radar'), false);
    assert.equal(covered(['radar'], 'radar/track.cc'), false);
    assert.equal(covered(['radar/'], 'radar/track.cc'), false);
  });

  it('means by ./ and a leading slash what minimatch means: nothing', () => {
    assert.equal(covered(['./radar/**'], 'radar/track.cc'), false);
    assert.equal(covered(['/radar/**'], 'radar/track.cc'), false);
  });

  it('lets an exclusion win wherever it stands', () => {
    for (const paths of [
      ['camera/**', '!camera/api/**'],
      ['!camera/api/**', 'camera/**'],
      ['!camera/api/**', 'camera/**', 'camera/api/types.h'],
    ]) {
      assert.equal(covered(paths, 'camera/api/types.h'), false);
      assert.equal(covered(paths, 'camera/net.py'), true);
    }
  });

  it('keeps an exclusion to its own asset', () => {
    const cover = createPathCover([asset('net', 'camera/**', '!camera/api/**'), asset('all', 'camera/**')]);
    assert.deepEqual(cover.assetsOf('camera/api/types.h'), ['all']);
    assert.deepEqual(cover.assetsOf('camera/net.py'), ['all', 'net']);
  });

  it('covers nothing for an asset that only carves out, or has no paths', () => {
    const cover = createPathCover([asset('none'), asset('carves', '!camera/**')]);
    assert.deepEqual(cover.assetsOf('radar/track.cc'), []);
    assert.deepEqual(cover.assetsOf('camera/net.py'), []);
  });

  it('takes one exclamation mark for the exclusion and the rest for the glob', () => {
    assert.deepEqual(
      pathPatternsOf([asset('a', 'x', '!y', '!!z')]).map(({ glob, excludes, at }) => [glob, excludes, at]),
      [
        ['x', false, 0],
        ['y', true, 1],
        ['!z', true, 2],
      ],
    );
  });

  it('covers a path whose name starts with # by a pattern that does', () => {
    assert.equal(covered(['#secret/**'], '#secret/plan.md'), true);
  });

  it('expands braces, extglobs and classes', () => {
    assert.equal(covered(['{camera,radar}/**/*.{cc,h}'], 'radar/src/track.cc'), true);
    assert.equal(covered(['{camera,radar}/**/*.{cc,h}'], 'radar/src/track.py'), false);
    assert.equal(covered(['models/v[0-9].onnx'], 'models/v3.onnx'), true);
    assert.equal(covered(['models/!(public)/**'], 'models/public/a'), false);
    assert.equal(covered(['models/!(public)/**'], 'models/private/a'), true);
    assert.equal(covered(['m{1..300}/x'], 'm250/x'), true);
    assert.equal(covered(['m{1..300}/x'], 'm301/x'), false);
  });

  it('never covers less because of a pattern that cannot be compiled', () => {
    const tooLong = 'a'.repeat(70_000);
    assert.equal(covered([tooLong], 'any/file'), true);
    assert.equal(covered(['radar/**', `!${tooLong}`], 'radar/track.cc'), true);
    assert.equal(covered(['radar/**', `!${tooLong}`], 'other'), false);
  });

  it('gives paths with the same answer the same list, and compiles a policy once', () => {
    const assets = [asset('a', 'src/**')];
    const cover = pathCoverOf({ assets });
    assert.equal(cover, pathCoverOf({ assets }));
    assert.equal(cover.assetsOf('src/x/1.ts'), cover.assetsOf('src/y/2.ts'));
  });

  it('answers for a path of 100,000 folders, and for hostile patterns, without delay', () => {
    const deep = `${'a/'.repeat(100_000)}b`;
    assert.equal(covered(['a/**/b'], deep), true);
    const hostile = ['**/a/**/a/**/a/**/a/**/a/**/c', '*(*(*(a)))', '+(a|aa|aaa)+(a|aa)b', `${'*a'.repeat(200)}b`];
    assert.equal(covered(hostile, `${'a/'.repeat(500)}b`), false);
    assert.equal(covered(hostile, `${'a'.repeat(3_000)}c`), false);
    assert.equal(covered(hostile, 'a'.repeat(3_000)), true);
  });
});

describe('the index of patterns', () => {
  const portion = fc.constantFrom(
    ...['a', 'b', 'ab', '.a', '.', '..', 'a.c', 'b.c', '.c', 'a.b.c', 'a b', 'é', '[', '!a', '#a', 'A', 'a-', '{a'],
  );
  const glob = fc.constantFrom(
    ...[
      '**',
      '**',
      '*',
      '*',
      'a',
      'b',
      'ab',
      '.a',
      '*.c',
      '*.b.c',
      'a*',
      '?',
      '??',
      '[ab]',
      '[!a]',
      '{a,b}',
      '{a,b}.c',
    ],
    ...[
      '!(a)',
      '@(a|b)*',
      '+(a)',
      '*(a|b)',
      '?(a)b',
      '.*',
      '.',
      '..',
      '',
      '\\*',
      '\\[',
      '{a,{b,.c}}',
      'a{1..3}',
      '*.*',
    ],
    ...['[[:alpha:]]', '**a', 'é', '#a', '!a', '{1..200}', '*.{c,b}', 'A'],
  );
  const joined = (one: fc.Arbitrary<string>) =>
    fc.array(one, { minLength: 1, maxLength: 5 }).map((all) => all.join('/'));
  const folded = fc.tuple(joined(glob), joined(glob)).map(([a, b]) => `{${a},${b}}`);

  it('answers as minimatch does for each pattern by itself, for any patterns and paths', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 6, arbitrary: joined(glob) }, folded), { minLength: 1, maxLength: 8 }),
        fc.array(fc.oneof({ weight: 6, arbitrary: joined(portion) }, fc.string({ maxLength: 12 })), {
          minLength: 1,
          maxLength: 8,
        }),
        (patterns, paths) => {
          const index = createPatternIndex(patterns);
          for (const path of paths) {
            const expected = patterns.flatMap((pattern, at) => (minimatch(path, pattern, PATTERN_OPTIONS) ? [at] : []));
            assert.deepEqual(index.matching(path), expected, `${path} against ${patterns.join(' and ')}`);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('answers as minimatch does for patterns of any characters', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab./*?[]{},!()|+@\\-#'), maxLength: 14 });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 6 }), (pattern, paths) => {
        const index = createPatternIndex([pattern]);
        for (const path of paths) {
          assert.equal(
            index.matching(path).length > 0,
            minimatch(path, pattern, PATTERN_OPTIONS),
            `${path} against ${pattern}`,
          );
        }
      }),
      { numRuns: 4_000 },
    );
  });

  it('answers the same after it has forgotten what it remembered of very many folders', () => {
    const index = createPatternIndex(['a/**/x*/*.c', '**/y/**', '*']);
    const answers = () => ['a/b/xyz/1.c', 'a/y/2', 'top', 'a/b/c'].map((path) => index.matching(path));
    const before = answers();
    for (let folder = 0; folder < 250_000; folder++) index.matching(`a/${folder}/file`);
    assert.deepEqual(answers(), before);
    assert.deepEqual(before, [[0], [1], [2], []]);
  });

  it('covers by inclusions less exclusions, whatever their order', () => {
    const pattern = fc.tuple(fc.boolean(), joined(glob)).map(([no, one]) => (no ? `!${one}` : one));
    fc.assert(
      fc.property(fc.array(fc.array(pattern, { maxLength: 5 }), { maxLength: 4 }), joined(portion), (lists, path) => {
        const assets = lists.map((paths, at) => asset(`asset-${at}`, ...paths));
        const expected = assets.filter(({ paths }) => {
          const hit = (no: boolean) =>
            paths.some(
              (one) => one.startsWith('!') === no && minimatch(path, no ? one.slice(1) : one, PATTERN_OPTIONS),
            );
          return hit(false) && !hit(true);
        });
        const shuffled = assets.map((one) => ({ ...one, paths: [...one.paths].reverse() })).reverse();
        assert.deepEqual(
          createPathCover(assets).assetsOf(path),
          expected.map(({ id }) => id),
        );
        assert.deepEqual(
          createPathCover(shuffled).assetsOf(path),
          expected.map(({ id }) => id),
        );
      }),
      { numRuns: 500 },
    );
  });
});
