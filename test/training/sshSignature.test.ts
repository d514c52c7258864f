import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSshSignature } from '../../src/training/sshSignature.js';

/** A folder with keys that the real ssh-keygen made, and what it signed. */
class Signer {
  readonly folder = mkdtempSync(join(tmpdir(), 'devterms-sign-'));

  key(name: string, ...options: string[]): string {
    const file = join(this.folder, name);
    execFileSync('ssh-keygen', ['-q', '-N', '', '-C', name, '-f', file, ...options]);
    return readFileSync(`${file}.pub`, 'utf8').trim();
  }

  sign(name: string, text: string, ...options: string[]): string {
    const file = join(this.folder, 'signed.csv');
    rmSync(`${file}.sig`, { force: true });
    writeFileSync(file, text);
    const namespace = options.length === 0 ? ['-n', 'developer-terms'] : options;
    execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', join(this.folder, name), ...namespace, file], {
      stdio: 'pipe',
    });
    return readFileSync(`${file}.sig`, 'utf8');
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const bytes = (text: string) => new TextEncoder().encode(text);
const REGISTER = 'person,course,passed\nana@helio.example,dt-2026,2026-01-20\n';

describe('an SSH signature of a register', () => {
  let signer: Signer;
  const keys: Record<string, string> = {};
  before(() => {
    signer = new Signer();
    keys['ed25519'] = signer.key('ed25519', '-t', 'ed25519');
    keys['other'] = signer.key('other', '-t', 'ed25519');
    for (const size of ['256', '384', '521'])
      keys[`ecdsa${size}`] = signer.key(`ecdsa${size}`, '-t', 'ecdsa', '-b', size);
    keys['rsa'] = signer.key('rsa', '-t', 'rsa', '-b', '2048');
    keys['weak'] = signer.key('weak', '-t', 'rsa', '-b', '1024');
  });
  after(() => signer.end());
  const key = (name: string) => keys[name] ?? '';

  for (const name of ['ed25519', 'ecdsa256', 'ecdsa384', 'ecdsa521', 'rsa'])
    it(`is good when ssh-keygen made it with a key of the policy: ${name}`, async () => {
      const signature = signer.sign(name, REGISTER);
      assert.deepEqual(await checkSshSignature(signature, bytes(REGISTER), [key('other'), key(name)]), {
        kind: 'good',
        key: 1,
      });
    });

  it('is good over many registers and hashes: numbers of every length are read', async () => {
    for (let at = 0; at < 20; at++) {
      const text = `${REGISTER}${at}`;
      const signature = signer.sign(
        'ecdsa521',
        text,
        '-n',
        'developer-terms',
        '-O',
        `hashalg=sha${at % 2 ? 256 : 512}`,
      );
      assert.equal((await checkSshSignature(signature, bytes(text), [key('ecdsa521')])).kind, 'good');
    }
  });

  it('of a changed register is not good', async () => {
    const signature = signer.sign('ed25519', REGISTER);
    const changed = REGISTER.replace('ana', 'eve');
    assert.deepEqual(await checkSshSignature(signature, bytes(changed), [key('ed25519')]), {
      kind: 'bad',
      why: 'the file is not what was signed',
    });
  });

  it('of a stranger is told from a bad one', async () => {
    const signature = signer.sign('other', REGISTER);
    assert.deepEqual(await checkSshSignature(signature, bytes(REGISTER), [key('ed25519')]), { kind: 'stranger' });
    assert.deepEqual(await checkSshSignature(signature, bytes(REGISTER), []), { kind: 'stranger' });
  });

  it('given for another purpose does not count', async () => {
    const signature = signer.sign('ed25519', REGISTER, '-n', 'git');
    assert.deepEqual(await checkSshSignature(signature, bytes(REGISTER), [key('ed25519')]), {
      kind: 'bad',
      why: "it was made for another purpose than 'developer-terms'",
    });
  });

  it('with a key that can be broken does not count', async () => {
    const signature = signer.sign('weak', REGISTER);
    const check = await checkSshSignature(signature, bytes(REGISTER), [key('weak')]);
    assert.deepEqual(check, { kind: 'bad', why: 'it was made with a kind of key that is not known here' });
  });

  it('is never good with a single bit changed, and never throws', async () => {
    const [head = '', ...lines] = signer.sign('ed25519', REGISTER).trim().split('\n');
    const tail = lines.pop() ?? '';
    const blob = Buffer.from(lines.join(''), 'base64');
    for (let at = 0; at < blob.length; at++) {
      const other = Buffer.from(blob);
      other[at] = (other[at] ?? 0) ^ (1 << (at % 8));
      const text = `${head}\n${other.toString('base64')}\n${tail}\n`;
      assert.notEqual((await checkSshSignature(text, bytes(REGISTER), [key('ed25519')])).kind, 'good', `byte ${at}`);
      const short = `${head}\n${blob.subarray(0, at).toString('base64')}\n${tail}\n`;
      assert.equal((await checkSshSignature(short, bytes(REGISTER), [key('ed25519')])).kind, 'bad', `${at} bytes`);
    }
  });

  it('that is something else says so', async () => {
    for (const text of ['', 'hello', '-----BEGIN PGP SIGNATURE-----\nAAAA\n-----END PGP SIGNATURE-----\n'])
      assert.deepEqual(await checkSshSignature(text, bytes(REGISTER), [key('ed25519')]), {
        kind: 'bad',
        why: 'it is no SSH signature',
      });
  });
});
