import * as vscode from 'vscode';
import type { Action } from '../policy/language.js';
import { permissionRequest } from '../report/permissionRequest.js';
import { inSentence } from '../policy/inSentence.js';
import { ACTION_WORDS } from '../report/words.js';
import type { DocumentRegions } from './DocumentRegions.js';
import { actIn } from './guards/actIn.js';
import type { Question } from './guards/Verdict.js';

/**
 * Writes what would permit a denied act, as an unsaved document that the person sends to whoever may decide. Nothing is
 * added to the policy here: that is the approver's to do.
 */
export async function askWaiver(question: Question): Promise<void> {
  const { folder, policy, regions, action } = question;
  const reason = await vscode.window.showInputBox({
    title: `Why do you need to ${ACTION_WORDS[action]} this code?`,
    prompt: 'The approver reads this, and it stays with the waiver.',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim().length < 8 ? 'Write a few words that the approver will understand.' : undefined,
  });
  if (reason === undefined) return;
  const ask = folder.ask(regions, actIn(question));
  const request = permissionRequest(policy, regions, ask, folder.facts, reason.trim());
  const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: request.text });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
  const [first] = request.deciders;
  if (first === undefined) return;
  const write = `Write to ${first}`;
  const said = request.isHopeless
    ? `No waiver can permit this; the request says why. ${first} is whom to ask.`
    : `The request is ready for ${inSentence(request.deciders)}. It counts once it is signed and stands in the policy.`;
  const picked = await vscode.window.showInformationMessage(said, write);
  if (picked !== write) return;
  const subject = `Developer terms ${policy.agreement.id}: request to ${ACTION_WORDS[action]} ${regions.path}`;
  const query = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(request.text)}`;
  await vscode.env.openExternal(vscode.Uri.from({ scheme: 'mailto', path: first, query }));
}

/** The question behind a request that starts at a line: the person says which of the denied actions it is about. */
export async function questionAt(
  documents: DocumentRegions,
  document: vscode.TextDocument,
  line: number,
): Promise<Question | undefined> {
  const covered = documents.of(document);
  const lines = { start: line, end: line };
  const decisions = covered?.folder.decisions(covered.policy, covered.regions, lines);
  const denied = Object.entries(decisions ?? {}).filter(([, { effect }]) => effect === 'deny') as [Action, unknown][];
  if (covered === undefined || denied.length === 0) {
    void vscode.window.showInformationMessage('Nothing is denied to you on this line, so there is nothing to waive.');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    denied.map(([action]) => ({ label: ACTION_WORDS[action], action })),
    { title: 'What do you want to do with this line?', placeHolder: 'These are denied to you now' },
  );
  if (picked === undefined) return undefined;
  const { folder, policy, regions } = covered;
  return { folder, policy, regions, action: picked.action, lines };
}
