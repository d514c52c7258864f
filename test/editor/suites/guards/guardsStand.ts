import * as vscode from 'vscode';
import { hoverWords } from '../../host/hoverAt.js';
import { fileIn } from '../../host/files.js';

/** Waits until the terms have been read: from then on documents are guarded. */
export async function guardsStand(): Promise<void> {
  await vscode.workspace.openTextDocument(fileIn('src/closed.ts'));
  await hoverWords(fileIn('src/closed.ts'), 5, 'closed');
}
