import { ownersOf } from '../policy/ownersOf.js';
import type { Policy } from '../policy/Policy.js';
import type { LineSpan } from '../ports.js';
import type { Act } from './Act.js';

const LIST = new Intl.ListFormat('en-GB');

/** One or two sentences: what was done to which code, and whose it is. They name the act, not the person, and quote nothing. */
export function actInWords(act: Act, assets: readonly string[], policy: Policy): string {
  // A company's name may end in a full stop of its own.
  return sentences(act, assets, policy).replace(/\.\.(?=\s|$)/g, '.');
}

function sentences(act: Act, assets: readonly string[], policy: Policy): string {
  if (act.sentence !== undefined) return act.sentence;
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
      const sentence = (act.copy?.sentence ?? 'These lines repeat covered lines.').replace(/\.$/, '');
      const cut = act.kind === 'move' ? ' They were cut there in the same change.' : '';
      const doubt = act.isDoubtful === true ? ' Both are data, which may be alike by right.' : '';
      return `${sentence}: ${code}.${cut}${doubt}`;
    }
    case 'import':
      return act.isDoubtful === true
        ? `This line may import ${act.source?.path ?? 'a file'}: ${code}. It can also mean code that nothing covers.`
        : `This line imports ${act.source?.path ?? 'a file'}: ${code}.`;
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

/** "corvid-motion of Corvid Motion GmbH": whose code it is; '' for code that no asset covers. */
function whose(assets: readonly string[], policy: Policy): string {
  if (assets.length === 0) return '';
  const owners = ownersOf(assets, policy);
  const names = LIST.format(assets.map((id) => (id === '' ? 'an unnamed asset' : id)));
  return owners.length === 0 ? names : `${names} of ${LIST.format(owners)}`;
}

const isOne = ({ start, end }: LineSpan): boolean => start === end;
const linesInWords = (lines: LineSpan): string =>
  isOne(lines) ? `line ${lines.start}` : `lines ${lines.start}–${lines.end}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
