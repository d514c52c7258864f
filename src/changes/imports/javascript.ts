import type { ImportKind } from './Import.js';
import type { ImportReader } from './ImportReader.js';
import type { Lexis } from './Lexis.js';
import type { Token } from './tokens.js';

export const JAVASCRIPT: Lexis = {
  slashComments: true,
  backtick: 'template',
  patterns: true,
  importWords: { anywhere: ['import', 'require'], beforeString: ['from'] },
};

/** `import`, `export … from`, `import()`, `require()`, `import type`, `new URL('x', import.meta.url)`. */
export function readJavaScript(reader: ImportReader): void {
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    if (token.kind !== 'word' || isMember(reader)) continue;
    if (token.text === 'import') readImport(reader);
    else if (token.text === 'export') readExport(reader);
    else if (token.text === 'require') readCall(reader, 'require');
    else if (token.text === 'URL') readUrl(reader);
  }
}

/** `this.import(…)` and `{ import: … }` import nothing. */
function isMember(reader: ImportReader): boolean {
  const before = reader.taken(2);
  const isSpread = reader.taken(3)?.text === '.';
  return (before?.kind === 'sign' && before.text === '.' && !isSpread) || reader.is(':');
}

function readImport(reader: ImportReader): void {
  if (reader.is('(')) {
    readCall(reader, 'dynamic');
    return;
  }
  const first = reader.peek();
  if (first?.kind === 'string') {
    reader.take();
    note(reader, first, 'import', []);
    return;
  }
  // `import type X from` names X, but `import type from` names something called type.
  if (reader.is('type') && !reader.is('from', 1) && !reader.is(',', 1)) reader.skip('type');
  else if (reader.is('type') && reader.is('from', 1) && reader.is('from', 2)) reader.skip('type');
  const names = readClause(reader);
  if (reader.skip('from')) {
    const from = reader.peek();
    if (from?.kind !== 'string') return;
    reader.take();
    note(reader, from, 'import', names);
  } else if (reader.is('=') && reader.is('require', 1)) {
    reader.take();
    reader.take();
    readCall(reader, 'require');
  }
}

function readExport(reader: ImportReader): void {
  if (reader.is('type') && (reader.is('{', 1) || reader.is('*', 1))) reader.take();
  if (!reader.is('{') && !reader.is('*')) return;
  const names = readClause(reader);
  const from = reader.peek(1);
  if (!reader.is('from') || from?.kind !== 'string') return;
  reader.take();
  reader.take();
  note(reader, from, 'import', names);
}

/**
 * What stands between `import` and `from`: the names at their origin, or undefined for everything. It ends at the first
 * token that can stand in no such clause, so that an unfinished import swallows nothing.
 */
function readClause(reader: ImportReader): readonly string[] | undefined {
  const names: string[] = [];
  let everything = false;
  let inBraces = false;
  let isNewName = true;
  for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
    if (token.kind === 'sign') {
      if (token.text === '{') inBraces = true;
      else if (token.text === '}') inBraces = false;
      else if (token.text === '*') everything = true;
      else if (token.text !== ',') break;
      isNewName = true;
    } else if (token.kind === 'word') {
      if (!inBraces && token.text === 'from' && reader.peek(1)?.kind === 'string') break;
      if (token.text === 'as') isNewName = false;
      else if (isNewName) {
        const isModifier = token.text === 'type' && reader.peek(1)?.kind === 'word' && !reader.is('as', 1);
        if (inBraces && !isModifier) names.push(token.text);
        // What stands outside braces is the default, whatever it is called here; after `* as` it is everything.
        else if (!inBraces) names.push('default');
        isNewName = isModifier;
      }
    } else if (!inBraces) break;
    reader.take();
  }
  return everything ? undefined : names;
}

function readCall(reader: ImportReader, kind: ImportKind): void {
  if (reader.is('.') && reader.is('resolve', 1)) {
    reader.take();
    reader.take();
  }
  const argument = reader.peek(1);
  if (!reader.is('(') || argument?.kind !== 'string') return;
  reader.take();
  reader.take();
  note(reader, argument, kind, undefined);
}

/** `new URL('./x.js', import.meta.url)` is how workers and assets are named. */
function readUrl(reader: ImportReader): void {
  const name = reader.peek(1);
  if (!reader.is('(') || name?.kind !== 'string' || !reader.is(',', 2) || !reader.is('import', 3)) return;
  if (!reader.is('meta', 5)) return;
  note(reader, name, 'dynamic', undefined);
}

function note(reader: ImportReader, token: Token, kind: ImportKind, names: readonly string[] | undefined): void {
  const { at, text } = token;
  reader.found(
    { at, length: text.length },
    { specifier: text, kind, ...(names === undefined || names.length === 0 ? {} : { names }) },
  );
}
