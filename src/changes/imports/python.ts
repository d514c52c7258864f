import type { ImportReader } from './ImportReader.js';
import type { Lexis } from './Lexis.js';

export const PYTHON: Lexis = { hashComments: true, tripleQuotes: 'both' };

/** `import a.b as c, d`, `from .a import (b, c)`, `importlib.import_module("a")`, `__import__("a")`. */
export function readPython(reader: ImportReader): void {
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    if (token.kind !== 'word') continue;
    const before = reader.taken(2);
    const isStatement = token.isFirst || (before?.kind === 'sign' && (before.text === ';' || before.text === ':'));
    if (token.text === 'import' && isStatement) readImport(reader);
    else if (token.text === 'from' && isStatement) readFrom(reader);
    else if (token.text === 'import_module' || token.text === '__import__') {
      const name = reader.peek(1);
      if (!reader.is('(') || name?.kind !== 'string') continue;
      reader.found({ at: name.at, length: name.text.length }, { specifier: name.text, kind: 'dynamic' });
    }
  }
}

function readImport(reader: ImportReader): void {
  for (;;) {
    skipContinuation(reader);
    const path = reader.path('.');
    if (path === undefined) return;
    reader.found(path, { specifier: path.specifier, kind: 'import' });
    if (reader.skip('as')) reader.take();
    skipContinuation(reader);
    if (!reader.skip(',')) return;
  }
}

function readFrom(reader: ImportReader): void {
  skipContinuation(reader);
  const first = reader.peek();
  let dots = '';
  while (reader.skip('.')) dots += '.';
  const path = reader.is('import') ? undefined : reader.path('.');
  if (first === undefined || (dots === '' && path === undefined)) return;
  const specifier = `${dots}${path?.specifier ?? ''}`;
  skipContinuation(reader);
  if (!reader.skip('import')) return;
  skipContinuation(reader);
  const names = readNames(reader);
  const length = path === undefined ? dots.length : path.at + path.length - first.at;
  reader.found({ at: first.at, length }, { specifier, kind: 'from', ...(names === undefined ? {} : { names }) });
}

/** The names behind `import`; undefined for a star. Parentheses let them go over several lines. */
function readNames(reader: ImportReader): readonly string[] | undefined {
  const names: string[] = [];
  if (reader.skip('*')) return undefined;
  const isLong = reader.skip('(');
  for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
    if (isLong ? token.kind === 'string' : token.isFirst && reader.taken(1)?.text !== '\\') break;
    if (token.kind === 'word') {
      names.push(token.text);
      reader.take();
      if (reader.skip('as')) reader.take();
    } else if (token.text === ',' || token.text === '\\') reader.take();
    else {
      if (token.text === ')') reader.take();
      break;
    }
  }
  return names;
}

function skipContinuation(reader: ImportReader): void {
  while (reader.skip('\\'));
}
