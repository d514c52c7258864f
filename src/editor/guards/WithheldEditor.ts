import * as vscode from 'vscode';
import type { WithheldPage } from '../../report/withheldPage.js';
import { DisposableStore } from '../DisposableStore.js';
import { COMMANDS, WITHHELD_EDITOR } from '../names.js';
import { pageHtml } from './pageHtml.js';

/**
 * The editor that stands where a file's text would: it has the file's tab and its place in the window, and never reads the
 * file. A window that is opened again brings it back as it was, so that nothing of the file shows meanwhile.
 */
export class WithheldEditor implements vscode.CustomReadonlyEditorProvider, vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly panels = new Set<{ readonly uri: vscode.Uri; readonly panel: vscode.WebviewPanel }>();

  /**
   * @param pageOf what to say of a file; undefined while that is not known
   * @param onSeen called when a page comes to be seen
   */
  constructor(
    private readonly pageOf: (uri: vscode.Uri) => WithheldPage | undefined,
    private readonly onSeen: () => void,
  ) {
    this.owned.add(
      vscode.window.registerCustomEditorProvider(WITHHELD_EDITOR, this, {
        supportsMultipleEditorsPerDocument: true,
      }),
    );
  }

  /** Says anew what each page says. */
  renew(): void {
    for (const { uri, panel } of this.panels) panel.webview.html = this.html(uri);
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    panel.webview.options = { enableScripts: false, enableCommandUris: [COMMANDS.atWithheld], localResourceRoots: [] };
    const entry = { uri, panel };
    this.panels.add(entry);
    panel.webview.html = this.html(uri);
    panel.onDidChangeViewState(() => {
      this.onSeen();
    });
    panel.onDidDispose(() => {
      this.panels.delete(entry);
    });
    this.onSeen();
  }

  private html(uri: vscode.Uri): string {
    return pageHtml(this.pageOf(uri), (action) => {
      const args = encodeURIComponent(JSON.stringify([action, uri.toString()]));
      return `command:${COMMANDS.atWithheld}?${args}`;
    });
  }

  dispose(): void {
    this.owned.dispose();
  }
}
