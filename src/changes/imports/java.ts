import type { ImportReader } from './ImportReader.js';
import type { Lexis } from './Lexis.js';

export const JAVA: Lexis = { slashComments: true, tripleQuotes: 'double' };

/** `import a.b.C;`, `import a.b.*;`, `import static a.b.C.m;`. */
export function readJava(reader: ImportReader): void {
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    const before = reader.taken(2);
    if (token.kind !== 'word' || token.text !== 'import' || !(token.isFirst || before?.text === ';')) continue;
    const isStatic = reader.skip('static');
    const path = reader.path('.');
    if (path === undefined) continue;
    reader.found(path, { specifier: path.specifier, kind: isStatic ? 'static' : 'import' });
  }
}
