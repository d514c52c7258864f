import { awaitSeen } from './awaitSeen.js';
import type { Person } from './Person.js';

/**
 * Copies until the first thing on the clipboard is the notice. A key that is pressed before the guard has seen the selection,
 * as only a program does, copies as the editor does, and the notice replaces that.
 */
export async function copiesNotice(person: Person, words: RegExp): Promise<void> {
  let copied = '';
  await awaitSeen(person.page, {
    what: `a copy to leave ${String(words)} on the clipboard`,
    look: async () => {
      copied = await person.copy();
      return words.test(copied) ? true : undefined;
    },
    instead: () => Promise.resolve(copied),
  });
}
