import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hunksBetween, linesWithEnds, survivors, type Hunk } from '../../src/check/changedLines.js';

/** The new text, put together from the old one and the hunks. */
function applied(before: string, after: string, hunks: readonly Hunk[]): string {
  const old = linesWithEnds(before);
  const now = linesWithEnds(after);
  let text = '';
  let line = 1;
  for (const hunk of hunks) {
    text += old.slice(line - 1, hunk.before.start - 1).join('');
    text += now.slice(hunk.after.start - 1, hunk.after.end - 1).join('');
    line = hunk.before.end;
  }
  return text + old.slice(line - 1).join('');
}

const spans = (before: string, after: string): string[] =>
  hunksBetween(before, after).map(({ before: old, after: now }) => `${old.start}-${old.end}>${now.start}-${now.end}`);

describe('the lines that a change changes', () => {
  it('are none between equal texts', () => {
    assert.deepEqual(hunksBetween('a\nb\n', 'a\nb\n'), []);
  });

  it('are told on both sides, an empty span where nothing stands', () => {
    assert.deepEqual(spans('a\nb\nc\n', 'a\nx\ny\nc\n'), ['2-3>2-4']);
    assert.deepEqual(spans('a\nb\nc\n', 'a\nc\n'), ['2-3>2-2']);
    assert.deepEqual(spans('a\nc\n', 'a\nb\nc\n'), ['2-2>2-3']);
    assert.deepEqual(spans('', 'a\nb'), ['1-1>1-3']);
    assert.deepEqual(spans('a\nb\n', ''), ['1-3>1-1']);
  });

  it('tell a change of line ends, and of the break after the last line', () => {
    assert.deepEqual(spans('a\nb\n', 'a\r\nb\r\n'), ['1-3>1-3']);
    assert.deepEqual(spans('a\nb\n', 'a\nb'), ['2-3>2-3']);
  });

  it('find a kept line between two changes', () => {
    assert.deepEqual(spans('a\nb\nc\nd\ne\n', 'A\nb\nc\nD\ne\n'), ['1-2>1-2', '4-5>4-5']);
  });

  it('lead from the old text to the new one, in order and apart, for any two texts', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 30 })
      .chain((lines) => fc.constantFrom('\n', '\r\n', '\r').map((end) => lines.join(end)));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const hunks = hunksBetween(before, after);
        assert.equal(applied(before, after, hunks), after);
        hunks.forEach((hunk, at) => {
          const last = hunks[at - 1];
          assert.ok(last === undefined || hunk.before.start > last.before.end || hunk.after.start > last.after.end);
        });
        const now = survivors(hunks, linesWithEnds(before).length);
        linesWithEnds(before).forEach((line, at) => {
          const place = now[at + 1] ?? 0;
          if (place > 0) assert.equal(linesWithEnds(after)[place - 1], line);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('stay exact where two large texts have little in common', () => {
    const many = (seed: number) =>
      Array.from({ length: 6000 }, (_, at) => (at % 97 === 0 ? `mark ${at}` : `line ${(at * seed) % 7919}`)).join('\n');
    const [before, after] = [many(31), many(57)];
    const hunks = hunksBetween(before, after);
    assert.equal(applied(before, after, hunks), after);
    assert.ok(hunks.length > 10);
  });
});
