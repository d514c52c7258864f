import type { Paint } from '../report/paint.js';

/** Exit codes: what a script may rely on. */
export const CLEAN = 0;
export const FINDINGS = 1;
export const FAILURE = 2;

/** Where a command runs and where it speaks. Tests give their own, so that commands run in the same process. */
export interface Io {
  /** Results. */
  out(text: string): void;
  /** Talk: what went wrong, what was assumed. */
  err(text: string): void;
  /** The folder from which paths are read. */
  readonly cwd: string;
  /** For results. */
  readonly paint: Paint;
  /** Columns of the terminal that results go to; left out where they go elsewhere. */
  readonly width?: number;
  /** True where a person watches the talk as it comes, so that a line may be written over. */
  readonly isTerminal?: boolean;
  /** What a thread runs that looks at files; left out where everything is to happen in this one. */
  readonly treeWorker?: URL;
}

/** Runs a command; resolves with its exit code. Rejects with a `UserError` for an expected failure. */
export type Run = (args: readonly string[], io: Io) => Promise<number>;

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Loaded when it is asked for: starting up must not take longer for every command that there is. */
  load(): Promise<{ readonly run: Run; readonly help: string }>;
}
