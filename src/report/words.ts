import { inSentence } from '../policy/inSentence.js';
import type { Action } from '../policy/language.js';

/** What each action is called in a sentence that says before it what it is about: "You may not edit or copy." */
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  view: 'view',
  edit: 'edit',
  copy: 'copy',
  move: 'move',
  use: 'import or call',
  prompt: 'give it to an AI assistant',
  export: 'export',
  publish: 'publish',
  unmark: 'remove its markers',
};

/** `counted(1, 'region')` is "1 region", `counted(2, 'region')` is "2 regions". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Actions in the order in which their words make a sentence: those that need an "it" come last. */
export function actionsInSentence(actions: readonly Action[], last: string): string {
  const needsIt = (action: Action): number => (/\bits?\b/.test(ACTION_WORDS[action]) ? 1 : 0);
  return inSentence(
    [...actions].sort((a, b) => needsIt(a) - needsIt(b)).map((action) => ACTION_WORDS[action]),
    last,
  );
}

/** The text with a full stop, unless it ends as a sentence already. */
export function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
