import assert from 'node:assert/strict';
import {
  contentOf,
  isReported,
  readWrongMatches,
  writeWrongMatches,
  type WrongMatch,
} from '../../src/changes/wrongMatch.js';
import { keyedHash } from '../../src/node/keyedHash.js';

const hash = keyedHash(new Uint8Array(32).fill(3));
const LINES = [
  'import { a } from "./somewhere.js";',
  '',
  'export function spread(samples: readonly number[]): number {',
  '  let smallest = Infinity;',
  '  let largest = -Infinity;',
  '  for (const sample of samples) smallest = Math.min(smallest, sample);',
  '  for (const sample of samples) largest = Math.max(largest, sample);',
  '  return largest - smallest;',
  '}',
  'const unrelated = spread([1, 2, 3]);',
];
const MATCH = { start: 3, end: 9 };

const report = (more: Partial<WrongMatch> = {}): WrongMatch => ({
  at: '2026-05-20T10:00:00Z',
  by: 'ana@helio.example',
  reason: 'It is in every textbook.',
  assets: ['radar-link'],
  origin: 'partners/radar/link.ts',
  place: 'dashboard/kpis.ts',
  content: contentOf(LINES, MATCH, hash),
  ...more,
});

describe('a wrong match', () => {
  it('is the same wherever its lines stand, in any indentation', () => {
    const elsewhere = ['// one', '// two', ...LINES.map((line) => `    ${line}`)];
    assert.ok(isReported([report()], ['radar-link'], elsewhere, { start: 5, end: 11 }, hash));
  });

  it('is the same when its edges have moved by a line', () => {
    assert.ok(isReported([report()], ['radar-link'], LINES, { start: 4, end: 10 }, hash));
    assert.ok(!isReported([report()], ['radar-link'], LINES, { start: 1, end: 9 }, hash), 'two lines more');
  });

  it('is another once a line of it is another', () => {
    const changed = LINES.map((line) => line.replace('largest - smallest', 'largest - smallest + margin'));
    assert.ok(!isReported([report()], ['radar-link'], changed, MATCH, hash));
  });

  it('is another when the lines are taken for the code of another asset too', () => {
    assert.ok(!isReported([report()], ['camera-net'], LINES, MATCH, hash));
    assert.ok(!isReported([report()], ['camera-net', 'radar-link'], LINES, MATCH, hash));
    assert.ok(isReported([report({ assets: ['camera-net', 'radar-link'] })], ['radar-link'], LINES, MATCH, hash));
  });

  it('never covers lines that say nothing', () => {
    assert.ok(!isReported([report()], ['radar-link'], ['}', '});', ''], { start: 1, end: 3 }, hash));
  });

  it('keeps no text', () => {
    const stored = writeWrongMatches([report()]);
    for (const word of ['spread', 'smallest', 'Infinity']) assert.ok(!stored.includes(word), word);
    assert.ok(!/"(line|lines|start|end)"/.test(stored), 'nor line numbers');
  });

  it('is read back as it was written; what is none is left out', () => {
    assert.deepEqual(readWrongMatches(writeWrongMatches([report()])), [report()]);
    assert.deepEqual(readWrongMatches('{"matches":[1,null,{"at":1},[]]}'), []);
    for (const bad of ['', '{', '[]', 'null', '{"matches":{}}']) assert.deepEqual(readWrongMatches(bad), [], bad);
  });
});
