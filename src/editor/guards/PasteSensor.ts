import * as vscode from 'vscode';
import { DisposableStore } from '../DisposableStore.js';

/** Whether the editor asks before it pastes: a setting can keep it from asking. */
export class PasteSensor implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;

  constructor() {
    this.owned.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('editor.pasteAs')) this.changed.fire();
      }),
    );
  }

  /** False where `editor.pasteAs.enabled` is off: pastes are seen only once they have landed. */
  get isOn(): boolean {
    return vscode.workspace.getConfiguration('editor').get<boolean>('pasteAs.enabled', true);
  }

  /** Kinds of paste edits that the person prefers to all others, as `editor.pasteAs.preferences` lists them. */
  get preferences(): readonly string[] {
    const set: unknown = vscode.workspace.getConfiguration('editor').get('pasteAs.preferences');
    return Array.isArray(set) ? set.filter((kind): kind is string => typeof kind === 'string' && kind !== '') : [];
  }

  dispose(): void {
    this.owned.dispose();
  }
}
