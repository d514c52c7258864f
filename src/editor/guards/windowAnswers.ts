import * as vscode from 'vscode';
import { CONTEXT_KEYS } from '../names.js';

/**
 * Resolves when the window has answered something of no consequence: by then it has also told everything that it had to tell
 * before, for it keeps the order.
 */
export async function windowAnswers(): Promise<void> {
  await vscode.commands.executeCommand('setContext', CONTEXT_KEYS.answering, true);
}
