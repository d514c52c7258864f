import assert from 'node:assert/strict';
import { takenBackLines } from '../../src/check/takenBack.js';

const text = (...lines: string[]): string => lines.map((line) => `${line}\n`).join('');
const BASE = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
const base = text(...BASE);

/** "3-4>3-3": lines of the parent, then of the result. */
const taken = (parent: string, now: string, ancestor = base): string[] =>
  takenBackLines(ancestor, parent, now).map(
    ({ before, after }) => `${before.start}-${before.end}>${after.start}-${after.end}`,
  );

describe('What a merge takes back of a parent’s change', () => {
  it('are lines that it had added, and that are gone', () => {
    const parent = text(...BASE.toSpliced(2, 0, 'new', 'newer'));
    assert.deepEqual(taken(parent, base), ['3-5>3-3']);
    assert.deepEqual(taken(parent, text(...BASE.toSpliced(2, 0, 'newer'))), ['3-4>3-3']);
  });

  it('are lines that it had altered, whatever stands there now', () => {
    const parent = text(...BASE.toSpliced(2, 1, 'THREE'));
    assert.deepEqual(taken(parent, base), ['3-4>3-4']);
    assert.deepEqual(taken(parent, text(...BASE.toSpliced(2, 1, 'tres'))), ['3-4>3-4']);
  });

  it('are lines that it had taken out, and that are back', () => {
    assert.deepEqual(taken(text(...BASE.toSpliced(2, 2)), base), ['3-3>3-5']);
  });

  it('are the file that it had taken out, and all of one that it had added', () => {
    assert.deepEqual(taken('', base), ['1-1>1-9']);
    assert.deepEqual(taken(base, '', ''), ['1-9>1-1']);
  });

  it('is nothing of what the other side changed elsewhere', () => {
    const parent = text(...BASE.toSpliced(2, 1, 'THREE'));
    assert.deepEqual(taken(parent, parent), []);
    assert.deepEqual(taken(parent, text(...BASE.toSpliced(6, 1).toSpliced(2, 1, 'THREE'))), []);
    assert.deepEqual(taken(parent, text('zero', ...BASE.toSpliced(2, 1, 'THREE'), 'nine')), []);
    assert.deepEqual(taken(base, text(...BASE.toSpliced(4, 1))), [], 'the parent changed nothing');
  });

  it('is nothing where the same line stands elsewhere now, and nothing but signs are gone', () => {
    const parent = text(...BASE.toSpliced(2, 0, 'new'));
    assert.deepEqual(taken(parent, text(...BASE.toSpliced(1, 0, 'new'))), []);
    assert.deepEqual(taken(text(...BASE.toSpliced(2, 0, '}')), base), []);
  });
});
