import type { Io } from './Command.js';

/** Nothing is shown of work that is done before anybody looks (ms). */
const PATIENCE_MS = 1000;
/** A terminal is written to this often (ms). */
const EVERY_MS = 100;
const WIDTH = 24;

/** A bar on a terminal for work that takes longer than a second; elsewhere nothing. */
export class Progress {
  private readonly started = performance.now();
  private shown = 0;

  constructor(
    private readonly io: Io,
    /** Undefined where nobody knows how much there is: then only the words are shown. */
    private readonly total: number | undefined,
  ) {}

  /** How long the work has taken so far, in ms. */
  get elapsed(): number {
    return performance.now() - this.started;
  }

  /** Says how much is done, of `total`, and in words what that amounts to. */
  at(done: number, words: string): void {
    if (this.io.isTerminal !== true) return;
    const now = this.elapsed;
    if (now < PATIENCE_MS || now - this.shown < EVERY_MS) return;
    this.shown = now;
    const { total } = this;
    const filled = total === undefined ? 0 : Math.round((WIDTH * done) / Math.max(1, total));
    const bar = total === undefined ? '' : `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] `;
    this.io.err(`\r\u001b[K${bar}${words}`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.shown > 0) this.io.err('\r\u001b[K');
  }
}
