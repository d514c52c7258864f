import { ImportReader } from './ImportReader.js';
import type { Lexis } from './Lexis.js';
import { tokensOf } from './tokens.js';

export const CSHARP: Lexis = { slashComments: true, tripleQuotes: 'double', raw: 'csharp', directives: true };

/** `using A.B;`, `global using A.B;`, `using static A.B.C;`, `using X = A.B.C;`. A `using` of a resource is none. */
export function readCSharp(reader: ImportReader): void {
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    if (token.kind !== 'word' || token.text !== 'using') continue;
    const before = reader.taken(2);
    const isStatement = token.isFirst || [';', '{', '}', 'global'].includes(before?.text ?? ';');
    if (!isStatement) continue;
    let isStatic = reader.skip('static');
    if (reader.peek()?.kind === 'word' && reader.is('=', 1)) {
      reader.take();
      reader.take();
      isStatic = true;
    }
    if (reader.is('global') && reader.is('::', 1)) {
      reader.take();
      reader.take();
    }
    const path = reader.path('.');
    if (path === undefined || !(reader.is(';') || (isStatic && reader.is('<')))) continue;
    reader.found(path, { specifier: path.specifier, kind: isStatic ? 'static' : 'using' });
  }
}

/** The namespaces that a C# file declares, each with its whole name; sorted. */
export function namespacesOf(text: string): readonly string[] {
  const reader = new ImportReader(text, tokensOf(text, CSHARP));
  const found = new Set<string>();
  /** The namespace that each open brace belongs to. */
  const braces: string[] = [];
  let current = '';
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    if (token.kind === 'string') continue;
    if (token.text === '{') braces.push(current);
    else if (token.text === '}') current = braces.pop() ?? '';
    else if (token.kind === 'word' && token.text === 'namespace') {
      const path = reader.path('.');
      if (path === undefined) continue;
      const name = current === '' ? path.specifier : `${current}.${path.specifier}`;
      // A name this long is no namespace, and many of them nested would take the square of the text.
      if (name.length > LONGEST_NAME) continue;
      found.add(name);
      if (reader.skip('{')) braces.push(current);
      current = name;
    }
  }
  return [...found].sort();
}

const LONGEST_NAME = 1000;
