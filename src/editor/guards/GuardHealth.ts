import * as vscode from 'vscode';
import type { Log } from '../../ports.js';

/** Whether the guards work. A guard that fails goes on as well as it can, and people are told until it works again. */
export class GuardHealth implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when a guard began to fail, or works again. */
  readonly onDidChange = this.changed.event;
  private readonly failing = new Map<string, string>();

  constructor(private readonly log: Log) {}

  /** What is wrong, in whole sentences; undefined when nothing is. */
  get trouble(): string | undefined {
    return this.failing.size === 0 ? undefined : [...this.failing.values()].join(' ');
  }

  /**
   * Says that a guard failed, and how.
   *
   * @param guard its name, as `works` gives it
   * @param sentence what people are told: "The edit guard failed in edge/limits.cpp: …". No text of the file is in it.
   */
  fails(guard: string, sentence: string, cause: unknown): void {
    this.log.error(sentence, cause);
    if (this.failing.get(guard) === sentence) return;
    this.failing.set(guard, sentence);
    this.changed.fire();
  }

  /** Says that a guard works again. */
  works(guard: string): void {
    if (this.failing.delete(guard)) this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
