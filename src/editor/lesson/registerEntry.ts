import * as vscode from 'vscode';
import { zoneOf } from '../../policy/membership.js';
import { entryText } from '../../report/registerEntry.js';
import type { TakenLesson } from '../../training/lessonRecord.js';
import type { FolderTerms } from '../FolderTerms.js';
import type { Recorded } from '../training/LessonRecords.js';

/** Signs a text with the person's own SSH key, armoured; undefined where there is none that can be used without asking. */
export type SignEntry = (root: vscode.Uri, text: string) => Promise<string | undefined>;

/**
 * Shows the line that records a pass, for the product lead to merge, as an unsaved document beside the lesson: signed by the
 * person where Git has an SSH key of theirs. Nothing is written into the repository.
 */
export async function showRegisterEntry(
  folder: FolderTerms,
  taken: TakenLesson,
  entry: Recorded & { readonly kind: 'entry' },
  sign: SignEntry,
): Promise<void> {
  const { policy } = folder;
  if (policy === undefined) return;
  const signature = await sign(folder.root, `${entry.line}\n`);
  const contact = taken.course.contact ?? policy.agreement.contact;
  const content = entryText(taken, entry, signature, zoneOf(policy));
  const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  if (contact === undefined) return;
  const write = `Write to ${contact}`;
  void vscode.window
    .showInformationMessage(
      `Your pass of “${taken.course.title}” is ready for ${contact}, who adds it to ${entry.path}.`,
      write,
    )
    .then((picked) => {
      if (picked !== write) return;
      const subject = `Course passed: ${taken.course.title}, ${taken.person}`;
      const query = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(content)}`;
      return vscode.env.openExternal(vscode.Uri.from({ scheme: 'mailto', path: contact, query }));
    });
}
