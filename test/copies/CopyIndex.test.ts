import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createCopyIndex, type CopyIndex, type SourceText } from '../../src/copies/CopyIndex.js';
import { renamed, samples } from './samples.js';

const key = Uint8Array.from({ length: 16 }, (_, at) => at * 3 + 1);
const files = Object.entries(samples).map(([path, text]) => ({ id: `region:${path}`, path, text }));
const first = files[0]!;

const indexOf = (regions: readonly { id: string; path: string; text: string }[]): CopyIndex => {
  const index = createCopyIndex({ key });
  for (const region of regions) index.add(region);
  return index;
};
const answers = (index: CopyIndex): unknown => files.map((file) => index.query(file));

/** Code of the given number, alike for equal numbers and unlike for different ones. */
function invented(number: number, lines: number): string {
  let state = number * 7919 + 13;
  const next = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  const name = (): string => `${'abcdefghij'[next(10)]}${next(900)}`;
  const forms = [
    () => `const ${name()} = ${name()}.${name()}(${next(99)}, ${name()});`,
    () => `if (${name()} > ${next(50)}) ${name()} += ${name()} * ${next(9)};`,
    () => `for (const ${name()} of ${name()}) { ${name()}(${name()}[${next(9)}]); }`,
    () => `${name()}.${name()} = [${name()}, '${name()}', !${name()}];`,
    () => `return ${name()} ? { ${name()}: ${next(70)} } : ${name()} - ${next(5)};`,
  ];
  return Array.from({ length: lines }, () => forms[next(forms.length)]?.()).join('\n');
}

describe('The copy index', () => {
  it('is silent while it is empty, and about empty and blank text', () => {
    assert.deepEqual(createCopyIndex().query(first), []);
    for (const text of ['', '\n\n', ' ', '// only a comment', ';;;']) {
      assert.deepEqual(indexOf(files).query({ path: 'a.ts', text }), []);
      assert.deepEqual(indexOf([{ id: 'e', path: 'a.ts', text }]).query(first), []);
    }
  });

  it('names every region that a text was taken from, with the lines', () => {
    const text = `${first.text}\n${invented(5, 30)}\n${files[10]?.text}`;
    const found = indexOf(files).query({ path: 'a.ts', text });
    assert.ok(found.some((match) => match.id === first.id && match.endLine < 25));
    const found2 = indexOf(files).query({ path: 'a.kt', text: `${first.text}\n${invented(5, 30)}\n${files[9]?.text}` });
    assert.ok(found2.some((match) => match.id === files[9]?.id && match.startLine > 40));
  });

  it('gives the same answers whatever its key', () => {
    const other = createCopyIndex({ key: new Uint8Array(16).fill(200) });
    for (const file of files) other.add(file);
    const ids = (index: CopyIndex): unknown => files.map((file) => index.query(file).map((match) => match.id));
    assert.deepEqual(ids(other), ids(indexOf(files)));
  });

  it('gives the same answers whatever the order in which regions were added', () => {
    const expected = answers(indexOf(files));
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        assert.deepEqual(answers(indexOf(shuffled)), expected);
      }),
      { numRuns: 15 },
    );
  });

  it('is as it was before once a region has been added and removed', () => {
    const index = indexOf(files);
    const before = { answers: answers(index), stats: index.stats, bytes: index.serialize() };
    for (let round = 0; round < 3; round++) {
      index.add({ id: 'passing', path: 'x.ts', text: first.text });
      assert.ok(index.query(first).some((match) => match.id === 'passing'));
      index.remove('passing');
    }
    assert.deepEqual(answers(index), before.answers);
    assert.deepEqual(index.stats, before.stats);
    assert.deepEqual(index.serialize(), before.bytes);
  });

  it('stays as it should through any adding, replacing, removing and asking', () => {
    const step = fc.tuple(fc.constantFrom('add', 'remove', 'ask'), fc.nat(files.length - 1), fc.nat(files.length - 1));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const index = createCopyIndex({ key });
        const expected = new Map<string, SourceText & { id: string }>();
        for (const [what, id, text] of steps) {
          const region = { id: `r${id}`, path: files[text]?.path ?? '', text: files[text]?.text ?? '' };
          if (what === 'add') {
            index.add(region);
            expected.set(region.id, region);
          } else if (what === 'remove') {
            index.remove(region.id);
            expected.delete(region.id);
          } else index.query(files[text]!);
        }
        const fresh = indexOf([...expected.values()]);
        assert.deepEqual(answers(index), answers(fresh));
        assert.deepEqual(index.stats, fresh.stats);
      }),
      { numRuns: 30 },
    );
  });

  it('replaces a region that is added again, and does not mind removing an unknown one', () => {
    const index = indexOf(files);
    index.add({ ...first, text: invented(1, 40) });
    index.remove('nobody');
    assert.deepEqual(index.query({ path: first.path, text: first.text }), []);
    assert.equal(index.query({ path: 'a.ts', text: invented(1, 40) })[0]?.id, first.id);
    assert.equal(index.stats.regions, files.length);
  });

  it('does not lose a region among many replacements, and forgets what was replaced', () => {
    const index = indexOf(files);
    for (let round = 0; round < 60; round++) {
      index.add({ id: 'edited', path: 'e.ts', text: invented(round, 200) });
      if (round % 7 === 0) index.query(first);
    }
    assert.equal(index.query({ path: 'a.ts', text: invented(59, 200) })[0]?.id, 'edited');
    assert.equal(index.query(first)[0]?.id, first.id);
    const fresh = indexOf([...files, { id: 'edited', path: 'e.ts', text: invented(59, 200) }]);
    const replaced = { path: 'a.ts', text: invented(12, 200) };
    assert.deepEqual(index.query(replaced), fresh.query(replaced));
    assert.deepEqual(index.stats, fresh.stats);
  });

  it('reports regions, lines and fingerprints, and keeps below 64 bytes a line with a hundred thousand lines', () => {
    const index = createCopyIndex({ key });
    for (let file = 0; file < 200; file++) index.add({ id: `f${file}`, path: 'a.ts', text: invented(file, 500) });
    const { regions, lines, fingerprints, bytes } = index.stats;
    assert.deepEqual({ regions, lines }, { regions: 200, lines: 100_000 });
    assert.ok(fingerprints > 100_000);
    // This text is all code; ordinary files have blank lines and comments too.
    assert.ok(bytes / lines < 64, `${bytes / lines} bytes a line`);
  });

  it('asks more where a higher threshold is set', () => {
    const strict = createCopyIndex({ key, threshold: 1000 });
    strict.add(first);
    assert.deepEqual(strict.query(first), []);
  });

  it('refuses a key of another length', () => {
    assert.throws(() => createCopyIndex({ key: new Uint8Array(5) }), /16 bytes/);
  });
});

describe('What says nothing about where a text came from', () => {
  it('is code that stands in more than sixteen regions, until it stands in fewer', () => {
    const index = createCopyIndex({ key });
    for (let copy = 0; copy < 17; copy++) index.add({ ...first, id: `copy ${copy}` });
    assert.deepEqual(index.query(first), []);
    index.remove('copy 3');
    assert.equal(index.query(first).length, 16);
    index.add({ ...first, id: 'copy 3' });
    assert.deepEqual(index.query(first), []);
  });

  it('is code that is allowed, whether it was allowed before or after, verbatim or renamed', () => {
    for (const allowFirst of [true, false]) {
      const index = createCopyIndex({ key });
      if (allowFirst) index.allow(first);
      for (const file of files) index.add(file);
      if (!allowFirst) index.allow(first);
      assert.deepEqual(index.query(first), []);
      assert.deepEqual(index.query({ path: first.path, text: renamed(first.text, new Set()) }), []);
      assert.equal(index.query(files[1]!)[0]?.id, files[1]?.id);
    }
  });

  it('is told as an overlap when restricted lines stand in allowed code', () => {
    const index = indexOf([...files, { id: 'leaky', path: 'l.ts', text: `${invented(3, 50)}\n${first.text}` }]);
    assert.deepEqual(index.overlaps(), []);
    index.allow({ path: 'open.ts', text: `${invented(4, 20)}\n${first.text}` });
    const overlaps = index.overlaps();
    assert.deepEqual(
      overlaps.map((overlap) => overlap.id),
      ['leaky', first.id],
    );
    assert.ok((overlaps[0]?.startLine ?? 0) > 48 && (overlaps[0]?.endLine ?? 0) <= 70);
  });
});

describe('A match is explained', () => {
  const region = { id: 'r', path: 'secret/route.ts', text: `${invented(8, 40)}\n${first.text}\n${invented(9, 40)}` };
  const index = indexOf([region]);

  it('line by line, as word for word', () => {
    const snippet = { path: 'a.ts', text: `\n\n${first.text}` };
    const [match] = index.query(snippet);
    assert.ok(match);
    const told = index.explain(snippet, match);
    assert.equal(told?.kind, 'verbatim');
    assert.equal(told.path, 'secret/route.ts');
    for (const pair of told.lines) assert.equal(pair.region - pair.snippet, 38, JSON.stringify(pair));
    assert.match(told.sentence, /^Lines 3–\d+ repeat lines 41–\d+ of secret\/route\.ts, word for word\.$/);
  });

  it('as renamed when the names are others, without quoting any of them', () => {
    const snippet = { path: 'a.ts', text: renamed(first.text, new Set()) };
    const index2 = indexOf([{ ...region, text: region.text }]);
    const [match] = index2.query({ ...snippet, text: renamed(first.text, keywords) });
    assert.ok(match);
    const told = index2.explain({ ...snippet, text: renamed(first.text, keywords) }, match);
    assert.equal(told?.kind, 'renamed');
    assert.match(told.sentence, /other names or values/);
    assert.doesNotMatch(told.sentence, /frontier|cheapest|cameFrom/);
  });

  it('not at all when the region is gone or the text is no copy', () => {
    const match = { id: 'r', score: 1, startLine: 1, endLine: 9 };
    assert.equal(index.explain(files[12]!, match), undefined);
    assert.equal(index.explain(first, { ...match, id: 'gone' }), undefined);
  });
});

const keywords: ReadonlySet<string> = new Set(
  'export function const new while if return for of undefined continue break let'.split(' '),
);
