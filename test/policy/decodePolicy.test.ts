import assert from 'node:assert/strict';
import { decodePolicy } from '../../src/policy/decodePolicy.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const problemOf = (input: Uint8Array) => {
  const decoded = decodePolicy(input);
  return 'problem' in decoded ? decoded.problem : undefined;
};

describe('decodePolicy', () => {
  it('gives the text of UTF-8 bytes, without a byte order mark', () => {
    assert.deepEqual(decodePolicy(bytes('title: Zürich\r\n')), { text: 'title: Zürich\r\n' });
    assert.deepEqual(decodePolicy(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), { text: 'a' });
    assert.deepEqual(decodePolicy(new Uint8Array()), { text: '' });
  });

  it('refuses UTF-16, with a byte order mark or without', () => {
    const message = 'The policy is saved as UTF-16. Save it as UTF-8.';
    assert.equal(problemOf(Uint8Array.of(0xff, 0xfe, 0x61, 0))?.message, message);
    assert.equal(problemOf(Uint8Array.of(0xfe, 0xff, 0, 0x61))?.message, message);
    assert.equal(problemOf(Uint8Array.of(0x76, 0, 0x65, 0))?.message, message);
  });

  it('points at the first byte that is not UTF-8', () => {
    const problem = problemOf(Uint8Array.of(...bytes('a: 1\nb: Z'), 0xfc, ...bytes('rich')));
    assert.equal(problem?.code, 'not-utf8');
    assert.deepEqual(problem?.range.start, { line: 2, column: 5 });
    assert.match(problem?.message ?? '', /^Line 2 holds bytes that are not UTF-8\./);
  });

  it('refuses more than 1 MiB and takes exactly 1 MiB', () => {
    assert.equal(problemOf(new Uint8Array(1024 * 1024).fill(0x20)), undefined);
    assert.equal(problemOf(new Uint8Array(1024 * 1024 + 1).fill(0x20))?.code, 'too-large');
  });
});
