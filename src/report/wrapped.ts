/** Narrower than this (columns), a terminal breaks lines better than we do. */
const NARROWEST = 40;
/** Lines that go on are indented by this much more than the first where it begins with a mark: "  ✗ 7: …". */
const MARKED = /^( *)([✗✓!·] )/u;

/**
 * One line of text broken between words, so that none is wider than `width` columns; what goes on is indented as its line is. A word
 * that is wider stays whole. Colours take no room.
 */
export function wrapped(line: string, width: number | undefined): string {
  if (width === undefined || width < NARROWEST || columnsOf(line) <= width) return line;
  const plain = line.replace(COLOURS, '');
  const [, blanks = '', mark = ''] = MARKED.exec(plain) ?? /^( *)/.exec(plain) ?? [];
  const indent = ' '.repeat(blanks.length + mark.length);
  const lines: string[] = [];
  let current = '';
  for (const word of line.slice(line.length - line.trimStart().length).split(' ')) {
    if (current === '') current = `${blanks}${word}`;
    else if (columnsOf(current) + 1 + columnsOf(word) <= width) current += ` ${word}`;
    else {
      lines.push(current);
      current = `${indent}${word}`;
    }
  }
  return [...lines, current].join('\n');
}

const COLOURS = /\u001b\[\d+m/g;

/** Columns that a text takes: one for each character that is not a colour. */
function columnsOf(text: string): number {
  return [...text.replace(COLOURS, '')].length;
}
