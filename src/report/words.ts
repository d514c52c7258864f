import type { Action } from '../policy/language.js';

/** What each action is called in a sentence: "You may not …". */
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  view: 'view',
  edit: 'edit',
  copy: 'copy',
  move: 'move',
  use: 'import or call',
  prompt: 'give to an AI assistant',
  export: 'export',
  publish: 'publish',
  unmark: 'remove the markers of',
};

/** Joins words as a sentence does: "a", "a and b", "a, b and c". */
export function inSentence(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1] ?? ''}`;
}

/** "line 6" or "lines 6–9". */
export function linesInWords(lines: { readonly start: number; readonly end: number }): string {
  return lines.start === lines.end ? `line ${lines.start}` : `lines ${lines.start}–${lines.end}`;
}

/** `counted(1, 'region')` is "1 region", `counted(2, 'region')` is "2 regions". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
