import * as vscode from 'vscode';
import { inSentence } from '../../policy/inSentence.js';
import { badgeInWords } from '../../report/badgeWords.js';
import { judgeBadge } from '../../training/readBadges.js';
import type { FolderTerms } from '../FolderTerms.js';
import { whoInWords } from '../WorkspaceStatus.js';
import { badgeIssuersOf } from './badgeIssuersOf.js';
import type { PastedBadges } from './PastedBadges.js';

/**
 * Lets the person at hand paste a badge, says while they do what it is good for or what is wrong with it, and keeps a good one
 * of their own. Gives the course that it is for, and undefined when nothing was added. The badge is shown in its box only.
 */
export async function addBadge(folder: FolderTerms, pasted: PastedBadges): Promise<string | undefined> {
  const { policy } = folder;
  const person = folder.person.address;
  if (policy === undefined || badgeIssuersOf(policy).length === 0) {
    void vscode.window.showInformationMessage('The policy takes no badges, so there is nothing to add one to.');
    return undefined;
  }
  if (person === undefined) {
    void vscode.window.showWarningMessage(`A badge counts for one person only. ${whoInWords(folder)}`);
    return undefined;
  }
  const clock = { now: () => folder.now() };
  const judge = (text: string) => judgeBadge(unwrapped(text), policy, clock, person);
  const text = await vscode.window.showInputBox({
    title: 'Add a Training Badge',
    prompt: `Paste a badge of ${inSentence(badgeIssuersOf(policy), 'or')} (a signed JWT). It is kept on this machine only.`,
    placeHolder: 'eyJ…',
    ignoreFocusOut: true,
    validateInput: async (typed) => {
      if (typed.trim() === '') return 'Paste the badge, or press Escape to leave everything as it was.';
      const { isGood, words } = badgeInWords(await judge(typed), person, policy);
      return isGood
        ? { message: `${words} Press Enter to add it.`, severity: vscode.InputBoxValidationSeverity.Info }
        : words;
    },
  });
  if (text === undefined) return undefined;
  const badge = await judge(text);
  if (badge.kind === 'bad' || !badgeInWords(badge, person, policy).isGood) return undefined;
  const former = await pasted.of([badge.issuer]);
  const over = await Promise.all(former.map(async (other) => isOver(await judge(other))));
  await pasted.keep(badge.issuer, [...former.filter((_, at) => over[at] !== true), unwrapped(text)]);
  return badge.course;
}

/** A badge as it was before a message broke it into lines. */
function unwrapped(text: string): string {
  return text.replace(/\s+/g, '');
}

function isOver(badge: Awaited<ReturnType<typeof judgeBadge>>): boolean {
  return badge.kind === 'bad' && badge.fault === 'over';
}
