import * as vscode from 'vscode';
import type { FolderTerms } from './FolderTerms.js';

/**
 * Lets the person say what the work in this repository is for, from the purposes that the policy's grants know. The choice
 * is remembered per repository.
 */
export async function choosePurpose(folder: FolderTerms): Promise<void> {
  const { purposes, purpose } = folder;
  if (purposes.length === 0) {
    void vscode.window.showInformationMessage('No grant of this policy is tied to a purpose; there is none to state.');
    return;
  }
  const items: (vscode.QuickPickItem & { name: string | undefined })[] = purposes.map((name) => ({
    label: name,
    description: name === purpose ? 'stated now' : '',
    detail: grantsFor(folder, name),
    name: name,
  }));
  items.push({
    label: 'No purpose',
    description: purpose === undefined ? 'stated now' : '',
    detail: 'What is granted for a purpose only will ask for one.',
    name: undefined,
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: 'What is your work in this repository for?',
    placeHolder: 'Grants may be tied to a purpose. State the one your work serves.',
    matchOnDetail: true,
  });
  if (picked !== undefined) await folder.statePurpose(picked.name);
}

function grantsFor(folder: FolderTerms, purpose: string): string {
  const grants = folder.policy?.grants.filter((grant) => grant.purpose?.includes(purpose)) ?? [];
  return grants.map((grant) => `${grant.id}: ${grant.actions.join(', ')} on ${grant.covers.join(', ')}`).join('; ');
}
