import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** A program that runs until it is stopped, or until we are gone. */
export interface Guarded {
  /** The process id of its guard. */
  readonly pid: number;
  /** Everything it printed so far, on both streams. */
  readonly output: () => string;
  /** Calls back with each piece of output; returns how to stop that. */
  readonly onOutput: (listener: () => void) => () => void;
  /** Settles with the exit code when the program has ended, for whatever reason. */
  readonly ended: Promise<number>;
  /** Ends the program and all that it started; settles when they are gone. */
  readonly stop: () => Promise<void>;
}

/** How much output is kept, in characters. */
const KEPT = 200_000;

/** Starts a program in a process group of its own that never outlives this process, however this process ends. */
export function startGuarded(
  program: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Guarded {
  const guard: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'guard.mjs'), program, ...args], {
    ...options,
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl+C reaches the whole foreground group at once; the guard has to outlive it to end the rest in order.
    detached: process.platform !== 'win32',
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [guard.stdout, guard.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-KEPT);
      for (const listener of listeners) listener();
    });
  const ended = new Promise<number>((resolve) => guard.on('close', (code) => resolve(code ?? 1)));
  guard.stdin?.on('error', () => undefined);
  return {
    pid: guard.pid ?? -1,
    output: () => output,
    onOutput: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ended,
    stop: async () => {
      guard.stdin?.end();
      await ended;
    },
  };
}
