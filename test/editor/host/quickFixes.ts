import * as vscode from 'vscode';
import { eventually } from './eventually.js';

/** The quick fixes that are offered at a place, by whoever offers some. */
export async function quickFixesAt(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return eventually('an answer on quick fixes', async () => {
    try {
      return await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        range,
        vscode.CodeActionKind.QuickFix.value,
      );
    } catch (error) {
      // VS Code cancels the question when somebody else, as TypeScript once it has started, begins to offer fixes meanwhile.
      if (error instanceof Error && error.name === 'Canceled') return undefined;
      throw error;
    }
  });
}
