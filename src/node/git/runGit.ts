import { spawn } from 'node:child_process';
import { UserError } from '../../ports.js';

/** What a git command left: its exit code, and what it wrote. */
export interface GitOutcome {
  readonly code: number;
  readonly stdout: Buffer;
  /** For people; never parsed. */
  readonly stderr: string;
}

/** Nothing that we ask of git takes a lock, asks a question or reads a language. */
export const QUIET_GIT = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' } as const;

/** Runs git in a folder. Rejects with a `UserError` only where there is no git; whatever it says by its exit code is data. */
export function runGit(cwd: string, args: readonly string[], input?: string): Promise<GitOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd, env: { ...process.env, ...QUIET_GIT }, windowsHide: true });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        new UserError(
          error.code === 'ENOENT'
            ? 'git was not found on this machine. Install it, or name the files to check without --staged and --since.'
            : `git could not be started (${error.code ?? 'unknown error'}).`,
        ),
      );
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString().trim() });
    });
    // A command that ends before it has read everything is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** The same for what has to succeed. Rejects with a `UserError` that says what git was asked for, and what it said. */
export async function gitOutput(cwd: string, args: readonly string[], input?: string): Promise<Buffer> {
  const { code, stdout, stderr } = await runGit(cwd, args, input);
  if (code === 0) return stdout;
  const said = stderr === '' ? `it ended with code ${code}` : stderr.split('\n').slice(0, 3).join(' ');
  throw new UserError(`git ${args[0] ?? ''} failed: ${said}`);
}
