import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { contentHash, isSecret, keyedHash, secretName } from '../../src/evidence/contentHash.js';
import { sha256 } from '../../src/node/sha256.js';

const secret = 'a1'.repeat(32);

describe('content hashes', () => {
  it('are HMAC-SHA-256, as RFC 2104 has it, for keys and texts of any length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 300 }), async (key, message) => {
        assert.equal(await keyedHash(key, message, sha256), createHmac('sha256', key).update(message).digest('hex'));
      }),
    );
  });

  it('are the same for the same lines, whatever the line ends and however they were selected', async () => {
    const one = await contentHash(secret, 'a = 1\nb = 2', sha256);
    assert.equal(await contentHash(secret, 'a = 1\r\nb = 2\r\n', sha256), one);
    assert.notEqual(await contentHash(secret, 'a = 1\nb = 3', sha256), one);
    assert.notEqual(await contentHash(secret, ' a = 1\nb = 2', sha256), one);
  });

  it('say nothing without the secret: another secret gives another hash', async () => {
    assert.notEqual(await contentHash('b2'.repeat(32), 'x', sha256), await contentHash(secret, 'x', sha256));
  });

  it('go with a name of the secret, which is not the secret', async () => {
    const name = await secretName(secret, sha256);
    assert.match(name, /^[0-9a-f]{16}$/);
    assert.ok(!secret.includes(name));
    assert.deepEqual([isSecret(secret), isSecret('a1'), isSecret(`${secret}\n`)], [true, false, false]);
  });
});
