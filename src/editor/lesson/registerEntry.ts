import * as vscode from 'vscode';
import { zoneOf } from '../../policy/membership.js';
import { momentInWords } from '../../policy/moments.js';
import type { TakenLesson } from '../../training/lessonRecord.js';
import type { FolderTerms } from '../FolderTerms.js';
import type { Recorded } from '../training/LessonRecords.js';

/** Signs a text with the person's own SSH key, armoured; undefined where there is none that can be used without asking. */
export type SignEntry = (root: vscode.Uri, text: string) => Promise<string | undefined>;

/** What a signature of an entry is for; another word than for a register, so that one never stands for the other. */
export const ENTRY_NAMESPACE = 'developer-terms-entry';

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

/** The document: what was passed, the line itself, what the lead does with it, and the signature. */
export function entryText(
  { course, person, score, at, took }: TakenLesson,
  { path, line, signed }: { readonly path: string; readonly line: string; readonly signed: boolean },
  signature: string | undefined,
  zone: string,
): string {
  const minutes = Math.max(1, Math.round(took / 60_000));
  return [
    `${person} passed “${course.title}” (${course.id}) in the editor on ${momentInWords(at, zone)}:`,
    `${score.right} of ${score.of} answers right, in about ${minutes} minute${minutes === 1 ? '' : 's'}.`,
    '',
    `For the product lead: add this line to ${path}${signed ? ', then sign the register again' : ''}.`,
    '',
    line,
    '',
    ...(signed ? [`    ssh-keygen -Y sign -n developer-terms -f KEY ${path}`, ''] : []),
    ...(signature === undefined
      ? ['It is not signed: Git has no SSH key of mine (user.signingkey) that could be used without asking.']
      : [
          `Signed by ${person} with the SSH key that Git signs with. To check it, with the line in LINE and this in LINE.sig:`,
          '',
          `    ssh-keygen -Y verify -n ${ENTRY_NAMESPACE} -I ${person} -f ALLOWED_SIGNERS -s LINE.sig < LINE`,
          '',
          signature.trim(),
        ]),
    '',
  ].join('\n');
}
