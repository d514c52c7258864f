import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  const status = vscode.window.createStatusBarItem('developerTerms.workspace', vscode.StatusBarAlignment.Left);
  status.text = '$(law) Terms';
  status.show();
  context.subscriptions.push(status);
}
