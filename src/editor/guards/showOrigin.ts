import * as vscode from 'vscode';
import type { CopyOrigin } from '../../changes/CopyLedger.js';
import { refusalInWords } from '../../report/refusalWords.js';
import { linesInWords } from '../../regions/linesInWords.js';
import { regionsOfOrigin } from './copyOrigin.js';
import type { Permissions } from './Permissions.js';
import { isLetThrough, type Verdict } from './Verdict.js';

/** Opens the lines that were copied, for those who may view them; says why not to others. */
export async function showOrigin(
  { question: { folder, policy } }: Verdict,
  origin: CopyOrigin,
  permissions: Permissions,
): Promise<void> {
  const place = `${linesInWords(origin.lines)} of ${origin.path}`;
  const regions = regionsOfOrigin(policy, origin, origin.assets);
  const view = await permissions.settle(
    { folder, policy, regions, action: 'view', lines: origin.lines },
    `view ${place}`,
  );
  if (!isLetThrough(view)) {
    if (view.kind === 'refused')
      void vscode.window.showWarningMessage(refusalInWords(`Not opened: ${place}`, view.decision, policy).text);
    return;
  }
  const selection = new vscode.Range(origin.lines.start - 1, 0, origin.lines.start - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.root, origin.path), { selection, preview: true });
}
