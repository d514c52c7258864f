import { importedSentence } from '../changes/ExportedCopies.js';
import { copySentence } from '../changes/RepositoryCopies.js';
import { parseDestination } from '../policy/destinations.js';
import type { Policy } from '../policy/Policy.js';
import { whose } from '../policy/whose.js';
import type { LineSpan } from '../ports.js';
import { linesInWords } from '../regions/linesInWords.js';
import type { Act } from './Act.js';

/** One or two sentences: what was done to which code, and whose it is. They name the act, not the person, and quote nothing. */
export function actInWords(act: Act, assets: readonly string[], policy: Policy): string {
  // A company's name may end in a full stop of its own.
  return sentences(act, assets, policy).replace(/\.\.(?=\s|$)/g, '.');
}

function sentences(act: Act, assets: readonly string[], policy: Policy): string {
  if (act.imported !== undefined) return importedSentence(act.lines, act.imported);
  const code = whose(assets, policy);
  switch (act.kind) {
    case 'change':
      return changeInWords(act, code);
    case 'marker-removed':
      return `A marker was taken out or altered: ${linesInWords(act.before?.lines ?? act.lines)} of ${code} ${isOne(act.before?.lines ?? act.lines) ? 'stays' : 'stay'} in the file and ${isOne(act.before?.lines ?? act.lines) ? 'is' : 'are'} no longer marked.`;
    case 'cover-lost':
      return `${act.before?.path ?? 'A file'} becomes ${act.path}, where ${code} does not reach: its code is no longer covered there.`;
    case 'copy':
    case 'move': {
      const { copy, lines } = act;
      const sentence = copy === undefined ? 'These lines repeat covered lines' : copySentence({ ...copy, lines });
      const cut = act.kind === 'move' ? ' They were cut there in the same change.' : '';
      const doubt = act.isDoubtful === true ? ' Both are data, which may be alike by right.' : '';
      return `${sentence.replace(/\.$/, '')}: ${code}.${cut}${doubt}`;
    }
    case 'import':
      return act.isDoubtful === true
        ? `This line may import ${act.source?.path ?? 'a file'}: ${code}. It can also mean code that nothing covers.`
        : `This line imports ${act.source?.path ?? 'a file'}: ${code}.`;
    case 'export': {
      const { lines, path, into = '', isWholeFile = false } = act;
      const what = isWholeFile ? path : `${capital(linesInWords(lines))} of ${path}`;
      return `${what} would go to ${placeInWords(into)}: ${code}.`;
    }
    default:
      return '';
  }
}

function changeInWords({ path, lines, before, added = 0, removed = 0 }: Act, code: string): string {
  const about = code === '' ? '.' : `: ${code}.`;
  if (added > 0 && removed > 0)
    return `${capital(linesInWords(lines))} ${isOne(lines) ? 'was' : 'were'} changed${about}`;
  if (added > 0) return `${capital(linesInWords(lines))} ${isOne(lines) ? 'was' : 'were'} added${about}`;
  if (removed > 0 && before !== undefined)
    return `${capital(linesInWords(before.lines))} of ${before.path} ${isOne(before.lines) ? 'was' : 'were'} taken out${about}`;
  if (before !== undefined && before.path !== path) return `${before.path} was renamed to ${path}${about}`;
  return `${path} was changed${about}`;
}

/** "github.com/acme/app", "the tool chat", or a path. */
function placeInWords(into: string): string {
  const { kind, name } = parseDestination(into);
  return kind === 'tool' ? `the tool ${name}` : name;
}

const isOne = ({ start, end }: LineSpan): boolean => start === end;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
