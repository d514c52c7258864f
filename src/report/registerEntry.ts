import { momentInWords } from '../policy/moments.js';
import type { TakenLesson } from '../training/lessonRecord.js';
import { counted } from './words.js';

/** What a signature of an entry is for; another word than for a register, so that one never stands for the other. */
export const ENTRY_NAMESPACE = 'developer-terms-entry';

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
    `${score.right} of ${score.of} answers right, in about ${counted(minutes, 'minute')}.`,
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
