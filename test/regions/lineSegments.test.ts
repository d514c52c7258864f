import assert from 'node:assert/strict';
import { lineSegments } from '../../src/regions/lineSegments.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { asset, regionPolicy } from './regionPolicy.js';

const policy = regionPolicy([asset('net', 'src/**'), asset('marked'), asset('inner')]);

/** Segments as "first-last", with `+` for those that continue and `m` for those that hold a marker. */
function segments(path: string, lines: readonly string[], fileMarkers: number[] = [], uncovered = false): string[] {
  const found = lineSegments(regionsOf(policy, path, lines.join('\n')), lines.length, fileMarkers, uncovered);
  return found.map(
    ({ lines: { start, end }, continues, isMarker }) => `${start}-${end}${continues ? '+' : ''}${isMarker ? 'm' : ''}`,
  );
}
const BEGIN = 'TERMS-BEGIN asset=marked';
const INNER = 'TERMS-BEGIN asset=inner';
const END = 'TERMS-END';

describe('the segments of a file', () => {
  it('are its regions, with the marker lines apart', () => {
    assert.deepEqual(segments('a', ['x', BEGIN, 'a', 'b', END, 'y']), ['2-2m', '3-4+', '5-5+m']);
  });

  it('of one region inside another are cut at its borders', () => {
    assert.deepEqual(segments('a', [BEGIN, 'a', INNER, 'b', END, 'c', END]), [
      '1-1m',
      '2-2+',
      '3-3+m',
      '4-4+',
      '5-5+m',
      '6-6+',
      '7-7+m',
    ]);
  });

  it('of two regions that follow one another leave a place between them', () => {
    assert.deepEqual(segments('a', [BEGIN, END, INNER, END]), ['1-1m', '2-2+m', '3-3m', '4-4+m']);
  });

  it('are one for a whole file, and cut where it has markers', () => {
    assert.deepEqual(segments('src/a', ['a', 'b']), ['1-2']);
    assert.deepEqual(segments('src/a', ['a', BEGIN, END, 'b']), ['1-1', '2-2+m', '3-3+m', '4-4+']);
    assert.deepEqual(segments('a', ['a', 'TERMS-FILE asset=marked', 'b'], [2]), ['1-1', '2-2+m', '3-3+']);
  });

  it('run to the end of the file where an end is missing', () => {
    assert.deepEqual(segments('a', ['x', BEGIN, 'a', 'b']), ['2-2m', '3-4+']);
  });

  it('take in what nothing covers where that matters', () => {
    assert.deepEqual(segments('a', ['x', BEGIN, END, 'y'], [], true), ['1-1', '2-2+m', '3-3+m', '4-4+']);
    assert.deepEqual(segments('a', ['x', 'y'], [], true), ['1-2']);
  });
});
