import { spawn } from 'node:child_process';

export interface Outcome {
  /** The exit code, or -1 when the program could not be started or was ended by a signal. */
  readonly code: number;
  /** Standard output and standard error together, as they came. */
  readonly output: string;
}

/** Runs a program to its end without a shell and without input. Never throws: a program that is missing has code -1. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly timeout?: number } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ code: -1, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? -1, output }));
  });
}
