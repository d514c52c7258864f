import assert from 'node:assert/strict';
import { wrapped } from '../../src/report/wrapped.js';

const WORDS = 'one two three four five six seven eight nine ten eleven twelve';

describe('A line on a terminal', () => {
  it('is broken between words, and goes on as far in as it began', () => {
    assert.equal(
      wrapped(`    ${WORDS}`, 40),
      '    one two three four five six seven\n    eight nine ten eleven twelve',
    );
  });

  it('goes on below its words where it begins with a mark, however it is coloured', () => {
    const coloured = `  \u001b[31m✗\u001b[39m ${WORDS}`;
    assert.equal(wrapped(coloured, 40), coloured.replace(' seven eight', ' seven\n    eight'));
  });

  it('loses nothing, and is left whole where it fits, where nobody said how wide it is, or where it would be too narrow', () => {
    for (const width of [undefined, 10, 200]) assert.equal(wrapped(WORDS, width), WORDS);
    const long = `  Ask: ${'x'.repeat(60)} then`;
    assert.equal(wrapped(long, 40).split(/\s+/).join(' '), long.split(/\s+/).join(' '));
  });
});
