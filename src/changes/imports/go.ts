import type { ImportReader } from './ImportReader.js';
import type { Lexis } from './Lexis.js';

export const GO: Lexis = { slashComments: true, backtick: 'raw' };

/** `import "x"`, `import a "x"`, and a block of them. */
export function readGo(reader: ImportReader): void {
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    const before = reader.taken(2);
    if (token.kind !== 'word' || token.text !== 'import' || !(token.isFirst || before?.text === ';')) continue;
    const isBlock = reader.skip('(');
    do {
      // A name, a dot or an underscore may stand before the path.
      const alias = reader.peek();
      if (alias !== undefined && (alias.kind === 'word' || alias.text === '.')) reader.take();
      const path = reader.peek();
      if (path?.kind !== 'string') break;
      reader.take();
      reader.found({ at: path.at, length: path.text.length }, { specifier: path.text, kind: 'import' });
      while (isBlock && reader.skip(';'));
    } while (isBlock && !reader.skip(')'));
  }
}
