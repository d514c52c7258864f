import assert from 'node:assert/strict';
import { roundedSize, BLOCK, PER_BLOCK } from '../../src/copies/blur.js';
import { CopyIndex, createCopyIndex } from '../../src/copies/CopyIndex.js';
import { EXACT, Grams } from '../../src/copies/fingerprint.js';
import { secretsOf } from '../../src/copies/key.js';
import { languageOf } from '../../src/copies/languages.js';
import { Lexer } from '../../src/copies/lexer.js';
import { unpack, type Section } from '../../src/copies/serialize.js';
import { renamed, samples } from './samples.js';

const key = Uint8Array.from({ length: 16 }, (_, at) => at * at + 5);
const names = Object.keys(samples);

/** Many files that an attacker might look for: variants of the samples, all different in words. */
const publicFiles = Array.from({ length: 60 }, (_, number) => {
  const path = names[number % names.length] ?? '';
  const text = names.map((name, at) => samples[names[(number * 5 + at) % names.length] ?? name]).join('\n');
  return { id: `file ${number}`, path, text: renamed(text, new Set()).replaceAll('v', `v${number}`) };
});
const members = publicFiles.slice(0, 30);
const others = publicFiles.slice(30);

const exported = ((): Uint8Array => {
  const index = createCopyIndex({ key });
  members.forEach((file, at) => index.add({ ...file, id: `region ${at}` }));
  return index.exportFingerprints();
})();

function sectionsOf(bytes: Uint8Array): ReadonlyMap<string, Section> {
  const read = unpack(bytes);
  assert.ok('sections' in read);
  return read.sections;
}

/** Every fingerprint in the exact tier of an index written by `serialize` or `exportFingerprints`. */
function fingerprintsOf(bytes: Uint8Array): Set<number> {
  const sections = sectionsOf(bytes);
  const start = sections.get('bucketStart0') as Uint32Array;
  const low = sections.get('low0') as Uint16Array;
  const shift = 32 - Math.log2(start.length - 1);
  const all = new Set<number>();
  for (let bucket = 0; bucket + 1 < start.length; bucket++) {
    for (let i = start[bucket] ?? 0; i < (start[bucket + 1] ?? 0); i++) {
      all.add(((bucket << shift) | ((low[i] ?? 0) & ((1 << shift) - 1))) >>> 0);
    }
  }
  return all;
}

describe('An exported index, to someone without its key', () => {
  it('does not tell public files that are in it from those that are not, with any key they try', () => {
    const held = fingerprintsOf(exported);
    assert.ok(held.size > 1000, `${held.size} fingerprints`);
    const shared = (files: typeof members, guess: Uint8Array): number => {
      const mine = createCopyIndex({ key: guess });
      for (const file of files) mine.add(file);
      return [...fingerprintsOf(mine.serialize())].filter((fingerprint) => held.has(fingerprint)).length;
    };
    const guesses = Array.from({ length: 8 }, (_, guess) => new Uint8Array(16).fill(guess));
    const sum = (files: typeof members): number => guesses.reduce((total, guess) => total + shared(files, guess), 0);
    // Some 30,000 numbers of 32 bits on either side: two sets share one now and then by chance, whosever they are.
    assert.ok(sum(members) <= 10, `${sum(members)} shared with files that are in it`);
    assert.ok(sum(others) <= 10, `${sum(others)} shared with files that are not`);
    // With the key the same comparison tells them apart at once, so it is the key that hides them.
    assert.ok(shared(members, key) > 5000);
    assert.ok(shared(others, key) < shared(members, key) / 5);
  });

  it('does not even know two exports of the same code under two keys for the same', () => {
    const again = createCopyIndex({ key: key.map((byte) => byte ^ 1) });
    members.forEach((file, at) => again.add({ ...file, id: `region ${at}` }));
    const held = fingerprintsOf(exported);
    const same = [...fingerprintsOf(again.exportFingerprints())].filter((fingerprint) => held.has(fingerprint));
    assert.ok(same.length <= 1, `${same.length} of ${held.size}`);
  });

  it('shows of a region one of few sizes, and blocks that all look alike', () => {
    const sections = sectionsOf(exported);
    const tokens = sections.get('tokens') as Uint32Array;
    const lines = sections.get('lines') as Uint32Array;
    for (const count of tokens) assert.equal(roundedSize(count / BLOCK), count / BLOCK);
    for (const count of lines) assert.equal(roundedSize(count), count);
    const perBlock = new Map<number, number>();
    for (const place of sections.get('place0') as Uint32Array) perBlock.set(place, (perBlock.get(place) ?? 0) + 1);
    const blocks = tokens.reduce((sum, count) => sum + count / BLOCK, 0);
    assert.equal(perBlock.size, blocks);
    for (const count of perBlock.values()) assert.equal(count, PER_BLOCK);
  });

  it('looks, fingerprints aside, the same for two different texts of one size', () => {
    const shapeOf = (text: string): unknown => {
      const index = createCopyIndex({ key });
      index.add({ id: 'r', path: 'a.ts', text });
      const sections = sectionsOf(index.exportFingerprints());
      return [sections.get('tokens'), sections.get('lines'), [...(sections.get('place0') ?? [])].sort((a, b) => a - b)];
    };
    const line = (word: string) => `const ${word} = read(${word}, 3) + other.${word}[${word.length}] * limit`;
    const varied = Array.from({ length: 60 }, (_, i) => line(`w${i}`)).join('\n');
    const repetitive = Array.from({ length: 60 }, () => line('w')).join('\n');
    assert.deepEqual(shapeOf(varied), shapeOf(repetitive));
  });

  it('holds no key, no abstract tier, no lengths of lines and no path', () => {
    const sections = sectionsOf(exported);
    assert.deepEqual([...sections.keys()].sort(), ['bucketStart0', 'lines', 'low0', 'place0', 'tokens']);
    assert.ok(!Buffer.from(exported).includes(Buffer.from(key)));
    assert.ok(!Buffer.from(exported).includes('planner.ts'));
    assert.ok('code' in CopyIndex.read(exported));
  });

  it('is the same when it is written again, so that comparing two does not strip the noise', () => {
    const index = createCopyIndex({ key });
    [...members.entries()].reverse().forEach(([at, file]) => index.add({ ...file, id: `region ${at}` }));
    assert.deepEqual(index.exportFingerprints(), exported);
  });
});

describe('An exported index, to someone with its key', () => {
  it('recognises copies that kept their names, and no renamed ones', () => {
    const index = CopyIndex.from(exported, { key });
    for (const [at, file] of members.slice(0, 10).entries()) {
      const text = file.text.split('\n').slice(20, 50).join('\n');
      assert.ok(index.query({ path: file.path, text }).some((match) => match.id === `region ${at}`));
    }
    assert.deepEqual(index.query({ path: 'a.ts', text: renamed(members[0]?.text ?? '', new Set(['x'])) }), []);
  });

  it('gives next to nothing to a walk that guesses token after token from a known snippet', () => {
    // The attacker knows the key, every word of the file and where a snippet stands, and tries each word as the next.
    const held = fingerprintsOf(exported);
    const secrets = secretsOf(key);
    const lexer = new Lexer(secrets);
    const grams = new Grams(EXACT, secrets.tiers[0]);
    const fingerprintOfTail = (words: readonly string[]): number => {
      lexer.lex(words.slice(-EXACT.k).join(' '), languageOf('a.ts'));
      grams.read(lexer);
      return grams.fingerprint(0);
    };
    let recovered = 0;
    let walks = 0;
    for (const file of members.slice(0, 8)) {
      const words = file.text.split(/[^A-Za-z0-9_$]+/).filter((word) => word.length > 0);
      const index = createCopyIndex({ key });
      index.add({ id: 'w', path: 'a.ts', text: words.join(' ') });
      const known = new Set([...held, ...fingerprintsOf(index.exportFingerprints())]);
      const vocabulary = [...new Set(words)];
      for (let from = 0; from + 30 < words.length; from += 40) {
        walks++;
        const tail = words.slice(from, from + EXACT.k);
        for (;;) {
          const next = vocabulary.filter((word) => known.has(fingerprintOfTail([...tail, word])));
          const truth = words[from + tail.length] ?? '';
          if (next.length !== 1 || next[0] !== truth) break;
          tail.push(truth);
          recovered++;
        }
      }
    }
    // Winnowing keeps about two grams in five, so a walk ends after less than a token on average.
    assert.ok(walks > 50);
    assert.ok(recovered / walks < 2, `${(recovered / walks).toFixed(2)} tokens a walk`);
  });
});
