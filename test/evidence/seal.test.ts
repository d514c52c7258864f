import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Body } from '../../src/evidence/Entry.js';
import { EMPTY_CHAIN, sealed, sealOf } from '../../src/evidence/seal.js';
import { sha256 } from '../../src/node/sha256.js';

const context = { at: '2026-05-20T10:00:00.000Z', session: 's1' };
const body: Body = { entry: 'exposure', person: 'ana@helio.example', asset: 'net' };

describe('the seal of an entry', () => {
  it('is SHA-256 of the line without its hash, so that a text tool can check it', async () => {
    const { line, hash } = await sealed(body, context, EMPTY_CHAIN, sha256);
    const without = line.replace(/,"hash":"[0-9a-f]*"}$/, '}');
    assert.equal(hash, createHash('sha256').update(without).digest('hex'));
    assert.equal(
      without,
      `{"entry":"exposure","sequence":1,"at":"2026-05-20T10:00:00.000Z","session":"s1","person":"ana@helio.example","asset":"net","previous":"${'0'.repeat(64)}"}`,
    );
  });

  it('names the entry before, so that the same act twice has two hashes', async () => {
    const first = await sealed(body, context, EMPTY_CHAIN, sha256);
    const second = await sealed(body, context, first, sha256);
    assert.equal(second.sequence, 2);
    assert.equal((JSON.parse(second.line) as { previous: string }).previous, first.hash);
    assert.notEqual(second.hash, first.hash);
  });

  it('is read back from a line, and told apart from what the content has when a byte was changed', async () => {
    const { line, hash } = await sealed(body, context, EMPTY_CHAIN, sha256);
    const bytes = new TextEncoder().encode(line);
    assert.deepEqual(await sealOf(bytes, sha256), { carried: hash, actual: hash });
    bytes[12] = 0x58;
    assert.notEqual((await sealOf(bytes, sha256))?.actual, hash);
    assert.equal(await sealOf(new TextEncoder().encode('{"entry":"act"}'), sha256), undefined);
    assert.equal(await sealOf(new Uint8Array(), sha256), undefined);
  });
});
