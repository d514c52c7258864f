import assert from 'node:assert/strict';
import { createCopyIndex, type CopyCounters, type CopyIndex } from '../../src/copies/CopyIndex.js';
import { samples } from './samples.js';

const files = Object.entries(samples).map(([path, text]) => ({ id: path, path, text }));
const everything = files.map((file) => file.text).join('\n');
const paths = ['a.ts', 'a.py', 'a.cpp', 'a.rs', 'a.php', 'a.rb', 'a.html', 'a.sql', 'a.txt', 'noextension', ''];

function indexOfSamples(): CopyIndex {
  const index = createCopyIndex({ key: new Uint8Array(16).fill(9) });
  for (const file of files) index.add(file);
  index.query({ path: 'a.ts', text: 'settled' });
  return index;
}

/** The work that one question takes, as counted by the index. */
function work(index: CopyIndex, text: string, path = 'a.ts'): CopyCounters {
  const before = { ...index.counters };
  index.query({ path, text });
  const spent = { ...index.counters };
  for (const name of Object.keys(spent) as (keyof CopyCounters)[]) spent[name] -= before[name];
  return spent;
}

/** Work stays proportional to the text: a few lookups a token, a bounded number of entries and chains a lookup. */
function assertProportional(index: CopyIndex, text: string, path = 'a.ts'): void {
  const { tokens, lookups, postings, chainSteps } = work(index, text, path);
  assert.ok(tokens <= text.length + 1, `${tokens} tokens`);
  assert.ok(lookups <= 8 * tokens, `${lookups} lookups for ${tokens} tokens`);
  assert.ok(postings <= 34 * lookups, `${postings} entries for ${lookups} lookups`);
  assert.ok(chainSteps <= 32 * 9 * lookups, `${chainSteps} steps for ${lookups} lookups`);
}

describe('Texts that are no good code', () => {
  const hostile: Readonly<Record<string, string>> = {
    'an unterminated comment': 'let a = 1\n/* and then nothing but words '.padEnd(5000, 'x y '),
    'unterminated strings': `let a = "no end\nlet b = 'no end either\nlet c = \`nor here\n`.repeat(200),
    'an unterminated documentation string': `def f():\n  """It says ${'a lot '.repeat(500)}`,
    'comment ends without beginnings': '*/ a */ b */ c\n'.repeat(500),
    'an unterminated import': `import { a,\n${'b, '.repeat(20_000)}`,
    'an unterminated regular expression': `x = /[a-z`.repeat(3000),
    'deep nesting': `${'([{'.repeat(20_000)}x${'}])'.repeat(20_000)}`,
    'only closers': ')]}'.repeat(10_000),
    'nothing but commas': ','.repeat(30_000),
    'control characters': Array.from({ length: 20_000 }, (_, i) => String.fromCharCode(i % 32)).join(''),
    'bytes of a picture': Array.from({ length: 20_000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join(''),
    'halves of surrogate pairs': '\uD83D \uDE00 x\uD83D= \uDE00'.repeat(2000),
    'other scripts': '変数 = 関数（値）; переменная += значение; متغير = قيمة; 변수 = 값\n'.repeat(400),
    'mixed encodings': 'Ã¤Ã¶Ã¼ \uFFFD\uFFFD naïve \u0000\u0000 a\u2028b\u00A0c'.repeat(800),
    'one very long word': 'w'.repeat(200_000),
    'one very long number': '1'.repeat(200_000),
    backslashes: '\\'.repeat(50_000),
    quotes: `"'`.repeat(30_000),
    'heads of every comment': '// /* # -- <!-- =begin """ '.repeat(3000),
  };

  for (const [name, text] of Object.entries(hostile)) {
    it(`${name} are read in every language, in proportion`, () => {
      const index = indexOfSamples();
      for (const path of paths) assertProportional(index, text, path);
      for (const path of ['a.ts', 'a.py', 'a.rs']) {
        index.add({ id: 'bad', path, text });
        index.allow({ path, text });
        index.query({ path, text: `${text}\n${everything}` });
        index.remove('bad');
      }
      assert.equal(index.stats.regions, files.length);
    });
  }

  it('any string of any characters is taken', () => {
    const index = indexOfSamples();
    let state = 1;
    for (let round = 0; round < 60; round++) {
      let text = '';
      for (let i = 0; i < 200; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        text += state % 3 === 0 ? String.fromCharCode(state >>> 16) : '/*"\'`#\n\\{}()<>=-.;, aZ_09$'[state % 27];
      }
      for (const path of paths) index.query({ path, text });
    }
  });

  it('a snippet that ends a comment it never began is found all the same', () => {
    const [best] = indexOfSamples().query({ path: 'a.ts', text: ` * what it does\n */\n${files[0]?.text}` });
    assert.equal(best?.id, files[0]?.id);
  });
});

describe('Minified code', () => {
  it('on one line of half a megabyte is read in proportion, and a piece of it is found', () => {
    const minified = Array.from(
      { length: 9000 },
      (_, i) => `function f${i}(a,b){return a*${i}+b[${i % 77}]-c${i % 13}(a)};`,
    ).join('');
    const index = indexOfSamples();
    assertProportional(index, minified);
    index.add({ id: 'bundle', path: 'bundle.js', text: minified });
    assertProportional(index, minified, 'bundle.js');
    assert.equal(index.query({ path: 'x.js', text: minified.slice(200_000, 204_000) })[0]?.id, 'bundle');
  });
});

describe('Repetition', () => {
  it('of one token a million times leaves nothing in the index and costs a lookup a token at most', () => {
    const index = createCopyIndex({ key: new Uint8Array(16) });
    const text = 'again '.repeat(1_000_000);
    index.add({ id: 'again', path: 'a.ts', text });
    assert.equal(index.stats.fingerprints, 0);
    assert.equal(work(index, text).lookups, 0);
  });

  it('of a pattern keeps two places of each fingerprint', () => {
    const index = createCopyIndex({ key: new Uint8Array(16) });
    index.add({ id: 'once', path: 'a.ts', text: everything });
    const once = index.stats.fingerprints;
    index.add({ id: 'often', path: 'a.ts', text: `${everything}\n`.repeat(100) });
    assert.ok(index.stats.fingerprints < once * 3.2, `${index.stats.fingerprints} from ${once}`);
  });

  it('made so that every gram hits costs a bounded number of steps a token', () => {
    const index = createCopyIndex({ key: new Uint8Array(16) });
    for (let copy = 0; copy < 16; copy++)
      index.add({ id: `copy ${copy}`, path: 'a.ts', text: `${everything}\n${everything}` });
    const attack = `${everything}\n`.repeat(40);
    assertProportional(index, attack);
    const small = work(index, attack);
    const large = work(index, attack + attack);
    for (const name of ['lookups', 'postings', 'chainSteps'] as const) {
      assert.ok(large[name] <= 2.2 * small[name], `${name} grows in proportion: ${small[name]} to ${large[name]}`);
    }
  });

  it('of one file in a thousand regions costs no more than in seventeen', () => {
    const spent = [17, 1000].map((copies) => {
      const index = createCopyIndex({ key: new Uint8Array(16) });
      for (let copy = 0; copy < copies; copy++)
        index.add({ id: `copy ${copy}`, path: 'a.ts', text: files[0]?.text ?? '' });
      index.query(files[1]!);
      return work(index, files[0]?.text ?? '').postings;
    });
    assert.ok((spent[1] ?? Infinity) <= (spent[0] ?? 0) + 10, spent.join(' then '));
  });
});
