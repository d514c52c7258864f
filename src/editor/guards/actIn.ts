import type { Act } from '../FolderTerms.js';
import type { Question } from './Verdict.js';

/** What somebody would do, out of a guard's question. */
export function actIn({ action, lines, into }: Question): Act {
  return {
    action,
    ...(lines === undefined ? {} : { lines }),
    ...(into === undefined ? {} : { into }),
  };
}
