import type { LineRange } from '../Corpus.js';
import type { Random } from '../random.js';
import { piecesOf } from './pieces.js';

const braces = new Set(['kotlin', 'swift', 'go', 'rust', 'php', 'csharp', 'java', 'c', 'objc']);

/**
 * Another layout for languages whose formatter is not at hand: opening braces on a line of their own, lists broken
 * after their commas or joined into one line, blanks around brackets. Nothing within strings or comments changes.
 */
export function reflow(range: LineRange, random: Random): string {
  const ownLine = braces.has(range.file.language) && range.file.language !== 'go' && random.chance(0.6);
  const pieces = piecesOf(range);
  const breakLists = random.chance(0.5);
  const padded = random.chance(0.5);
  let depth = 0;
  let text = '';
  for (const [at, piece] of pieces.entries()) {
    const next = pieces[at + 1];
    if (piece.kind === 'mark' && '(['.includes(piece.text)) depth++;
    if (piece.kind === 'mark' && ')]'.includes(piece.text)) depth = Math.max(0, depth - 1);
    const followsComment = pieces[at - 1]?.kind === 'comment';
    if (piece.kind === 'space' && depth > 0 && piece.text.includes('\n') && !breakLists && !followsComment) text += ' ';
    else if (piece.kind === 'mark' && piece.text === ',' && depth > 0 && breakLists && next?.kind !== 'comment')
      text += ',\n        ';
    else if (
      piece.kind === 'mark' &&
      piece.text === '{' &&
      ownLine &&
      pieces[at - 1]?.kind === 'space' &&
      next?.text.includes('\n') === true
    )
      text = `${text.trimEnd()}\n    {`;
    else if (piece.kind === 'mark' && piece.text === '(' && padded && next?.text !== ')' && !next?.text.includes('\n'))
      text += '( ';
    else if (
      piece.kind === 'mark' &&
      piece.text === ')' &&
      padded &&
      pieces[at - 1]?.text !== '(' &&
      !text.endsWith('\n')
    )
      text += ' )';
    else text += piece.text;
  }
  return text;
}
