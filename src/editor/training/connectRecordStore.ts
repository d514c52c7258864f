import * as vscode from 'vscode';
import type { Credential } from '../../ports.js';
import { inSentence } from '../../policy/inSentence.js';
import type { FolderTerms } from '../FolderTerms.js';
import type { RecordAccess } from './RecordAccess.js';
import { storesOf } from './storesOf.js';

/**
 * Asks a person whether a store may be asked about them, and for a credential where none is kept. Resolves to true when both
 * are there. Leaving a dialogue changes nothing that was agreed to before.
 */
export async function connectRecordStore(
  folder: FolderTerms,
  endpoint: string,
  access: RecordAccess,
): Promise<boolean> {
  const named = storesOf(folder);
  const agreed = access.agreedFor(folder.root);
  const isAgreed = agreed.includes(endpoint);
  const hasCredential = await access.hasCredential(endpoint);
  if (isAgreed && hasCredential) return changeConnection(folder, endpoint, access);
  if (!isAgreed) {
    const go = 'Agree';
    const picked = await vscode.window.showWarningMessage(
      `Ask ${endpoint} about your courses?`,
      { modal: true, detail: detailOf(folder, endpoint, agreed, named, hasCredential) },
      go,
    );
    if (picked !== go) return false;
  }
  const credential = hasCredential ? undefined : await askCredential(endpoint);
  if (!hasCredential && credential === undefined) return false;
  if (credential !== undefined) await access.keep(endpoint, credential);
  await access.agree(folder.root, endpoint, named);
  return true;
}

function detailOf(
  folder: FolderTerms,
  endpoint: string,
  agreed: readonly string[],
  named: readonly string[],
  hasCredential: boolean,
): string {
  const title = folder.policy?.agreement.title ?? 'this repository';
  const former = agreed.filter((other) => !named.includes(other));
  const who = folder.person.address ?? 'your address';
  return [
    `The policy of ${folder.root.path.split('/').pop() ?? ''} (${title}) says that course records are kept there.`,
    ...(former.length === 0
      ? []
      : [
          `Before, you agreed to ${inSentence(former)}. The policy has changed, and now names ${endpoint}. What you gave for ${inSentence(former)} is not sent to it.`,
        ]),
    `Developer Terms will send it ${who}, the ids of the policy's courses, your passes of lessons in the editor, and ${
      hasCredential ? 'the credential that you gave for it before' : 'the credential that you give next'
    }.`,
    'Agree only if you know this address. If you do not, ask whom the policy names before you give a password.',
  ].join('\n\n');
}

async function askCredential(endpoint: string): Promise<Credential | undefined> {
  const title = `Credential for ${endpoint}`;
  const kept = 'It is kept in the secret storage of the editor and sent to this address only.';
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: 'Name and password',
        detail: 'Also called key and secret by some record stores',
        way: 'basic' as const,
      },
      { label: 'Token', detail: 'One long text that the store gave you', way: 'bearer' as const },
    ],
    { title, placeHolder: 'What did the people who run the store give you?', ignoreFocusOut: true },
  );
  if (picked === undefined) return undefined;
  const input = (prompt: string, password: boolean): Thenable<string | undefined> =>
    vscode.window.showInputBox({
      title,
      prompt: `${prompt}. ${kept}`,
      password,
      ignoreFocusOut: true,
      validateInput: (text) => (text === '' ? 'Write it, or press Escape to leave everything as it was.' : undefined),
    });
  if (picked.way === 'bearer') {
    const token = await input('Token', true);
    return token === undefined ? undefined : { kind: 'bearer', token: token.trim() };
  }
  const user = await input('Name', false);
  const password = user === undefined ? undefined : await input('Password', true);
  return user === undefined || password === undefined ? undefined : { kind: 'basic', user, password };
}

async function changeConnection(folder: FolderTerms, endpoint: string, access: RecordAccess): Promise<boolean> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: 'Give another credential', detail: 'In place of the one that is kept', act: 'replace' as const },
      { label: 'Stop asking this store', detail: 'Forgets the agreement and the credential', act: 'stop' as const },
    ],
    { title: `You agreed to ${endpoint}`, placeHolder: 'What do you want to change?' },
  );
  if (picked?.act === 'stop') await access.withdraw(folder.root, endpoint);
  if (picked?.act !== 'replace') return false;
  const credential = await askCredential(endpoint);
  if (credential === undefined) return false;
  await access.keep(endpoint, credential);
  return true;
}
