import * as vscode from 'vscode';
import { DisposableStore } from '../DisposableStore.js';

const LOCK = 'workbench.action.files.setActiveEditorReadonlyInSession';
const RESET = 'workbench.action.files.resetActiveEditorReadonlyInSession';

/**
 * Shows files that may not be changed at all as the editor shows what is read-only: with a lock, refusing keys. For this
 * session only, without touching a setting. The editor's commands act on the active editor, so that each file has its
 * turn when it becomes active.
 */
export class ReadOnlyEditors implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  /** Files that we made read-only, and have not made writable again. */
  private readonly locked = new Set<string>();
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly isRefused: (document: vscode.TextDocument) => boolean) {
    this.owned.add(
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.apply();
      }),
    );
    this.owned.add(
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document === vscode.window.activeTextEditor?.document) this.apply();
      }),
    );
  }

  /**
   * Makes the active editor what the terms say.
   *
   * @param again true when a person may have made it writable by hand
   */
  apply(again = false): void {
    this.queue = this.queue.then(() => this.applyTo(again)).catch(() => undefined);
  }

  private async applyTo(again: boolean): Promise<void> {
    const document = shownDocument();
    if (document === undefined) return;
    const key = document.uri.toString();
    // What is unsaved could not be saved any more.
    const refused = this.isRefused(document) && !document.isDirty;
    if (refused && (again || !this.locked.has(key))) {
      this.locked.add(key);
      await vscode.commands.executeCommand(LOCK);
      await this.undoSlip(key);
    } else if (!refused && this.locked.has(key) && !this.isRefused(document)) {
      this.locked.delete(key);
      await vscode.commands.executeCommand(RESET);
    }
  }

  /** Another editor became active while the command was on its way: it may be the one that is read-only now. */
  private async undoSlip(meant: string): Promise<void> {
    const document = shownDocument();
    if (document === undefined || document.uri.toString() === meant) return;
    this.locked.delete(meant);
    if (!this.isRefused(document)) await vscode.commands.executeCommand(RESET);
    this.apply();
  }

  dispose(): void {
    this.owned.dispose();
  }
}

/** The document of the active editor, when that is an ordinary editor of a file: what the commands act on. */
function shownDocument(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (document === undefined || document.isUntitled || !(input instanceof vscode.TabInputText)) return undefined;
  return input.uri.toString() === document.uri.toString() ? document : undefined;
}
