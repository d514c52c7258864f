import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runGit } from './git/runGit.js';

/** A key that asks for a passphrase nobody can give here is not waited for longer than this (ms). */
const PATIENCE_MS = 10_000;

/**
 * The armoured SSH signature of a text, with the key that git signs with (`user.signingkey`), for a purpose. Undefined where git
 * names no key file, or it cannot be used without asking. Never rejects.
 */
export async function sshSign(root: string, text: string, namespace: string): Promise<string | undefined> {
  const { code, stdout } = await runGit(root, ['config', '--get', '--type=path', 'user.signingkey']).catch(() => ({
    code: 1,
    stdout: Buffer.alloc(0),
  }));
  const named = stdout.toString().trim();
  // A key that is written out lies in an agent, which may ask; a GPG key has no path.
  if (code !== 0 || !/[\\/]/.test(named) || /^(?:key::|ssh-)/.test(named)) return undefined;
  const key = named.startsWith('~/') ? join(homedir(), named.slice(2)) : named;
  return new Promise((resolve) => {
    const child = spawn('ssh-keygen', ['-Y', 'sign', '-n', namespace, '-f', key], {
      timeout: PATIENCE_MS,
      windowsHide: true,
      env: { ...process.env, SSH_ASKPASS_REQUIRE: 'never' },
    });
    const out: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.resume();
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve(undefined));
    child.on('close', (ended) => {
      const signature = Buffer.concat(out).toString();
      resolve(ended === 0 && signature.includes('BEGIN SSH SIGNATURE') ? signature : undefined);
    });
    child.stdin.end(text);
  });
}
