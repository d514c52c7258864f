import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sshSign } from '../../src/node/sshSign.js';
import { worksAs } from '../support/launch/freshCopy.js';

const ANA = 'ana@helio.example';
const TEXT = `${ANA},c,2026-05-20T12:00:00Z\n`;

describe('signing an entry for a register', () => {
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'devterms-sign-'));
    await worksAs(folder, ANA);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const keyWith = (passphrase: string): string => {
    const key = join(folder, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', key]);
    execFileSync('git', ['config', 'user.signingkey', key], { cwd: folder });
    return key;
  };

  it('uses the key that Git signs with, and the signature is good for this purpose and no other', async () => {
    const key = keyWith('');
    const signature = await sshSign(folder, TEXT, 'developer-terms-entry');
    assert.ok(signature);
    const [signers, file] = [join(folder, 'signers'), join(folder, 'line.sig')];
    writeFileSync(signers, `${ANA} ${readFileSync(`${key}.pub`, 'utf8')}`);
    writeFileSync(file, signature);
    const verify = (namespace: string, input: string) =>
      spawnSync('ssh-keygen', ['-Y', 'verify', '-n', namespace, '-I', ANA, '-f', signers, '-s', file], { input })
        .status;
    assert.equal(verify('developer-terms-entry', TEXT), 0);
    assert.notEqual(verify('developer-terms', TEXT), 0);
    assert.notEqual(verify('developer-terms-entry', TEXT.replace('ana', 'bea')), 0);
  });

  it('gives none where Git names no key, or one that asks for a passphrase', async () => {
    assert.equal(await sshSign(folder, TEXT, 'developer-terms-entry'), undefined);
    keyWith('a secret phrase');
    assert.equal(await sshSign(folder, TEXT, 'developer-terms-entry'), undefined);
  });
});
