import type { ImportReader } from './ImportReader.js';
import type { Lexis } from './Lexis.js';
import type { Token } from './tokens.js';

export const RUST: Lexis = {
  slashComments: true,
  nestedComments: true,
  raw: 'rust',
  lifetimes: true,
  longStrings: true,
};

/** Braces of a `use` that nest deeper are nobody's code. */
const DEEPEST = 32;
const ROOTS = new Set(['crate', 'self', 'super', '$crate']);

/** `use` with its trees, `mod x;`, `extern crate x;`, and paths in code that start from `crate`, `self` or `super`. */
export function readRust(reader: ImportReader): void {
  /** For each open brace, the inline module that it opens. */
  const braces: (string | undefined)[] = [];
  let file: Token | undefined;
  const inside = (): { inside?: readonly string[] } => {
    // Modules that stand deeper are nobody's code, and looking through them each time would take too long.
    const modules = braces.length > DEEPEST * 4 ? [] : braces.filter((name) => name !== undefined);
    return modules.length === 0 ? {} : { inside: modules };
  };
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    if (token.kind === 'string') continue;
    if (token.text === '{') braces.push(undefined);
    else if (token.text === '}') braces.pop();
    else if (token.text === 'path' && reader.taken(2)?.text === '[' && reader.is('=')) file = reader.peek(1);
    else if (token.kind !== 'word') continue;
    else if (token.text === 'mod') {
      const name = reader.peek();
      if (name?.kind !== 'word') continue;
      reader.take();
      if (reader.skip('{')) braces.push(name.text);
      else if (reader.is(';')) {
        const named = file?.kind === 'string' ? file : name;
        const specifier = named === name ? name.text : `./${named.text}`;
        reader.found({ at: named.at, length: named.text.length }, { specifier, kind: 'mod', ...inside() });
      }
      file = undefined;
    } else if (token.text === 'extern' && reader.is('crate')) {
      reader.take();
      const path = reader.path('::');
      if (path !== undefined) reader.found(path, { specifier: path.specifier, kind: 'crate' });
    } else if (token.text === 'use') readUse(reader, inside());
    else if (ROOTS.has(token.text) && reader.is('::') && reader.peek(1)?.kind === 'word') {
      reader.take();
      const path = reader.path('::');
      if (path === undefined) continue;
      const length = path.at + path.length - token.at;
      reader.found(
        { at: token.at, length },
        { specifier: `${token.text}::${path.specifier}`, kind: 'path', ...inside() },
      );
    }
  }
}

/** One import for each leaf of a tree; its place is the part of the path that stands there. */
function readUse(reader: ImportReader, shared: { readonly inside?: readonly string[] }): void {
  const prefixes: (readonly string[])[] = [];
  let path: string[] = [];
  let first: Token | undefined;
  let last: Token | undefined;
  const leaf = (): void => {
    if (first === undefined || last === undefined || path.length === 0) return;
    // `a::{self}` is a itself.
    const whole = path.at(-1) === 'self' && path.length > 1 ? path.slice(0, -1) : path;
    const name = whole.at(-1);
    const names = name === undefined || name === '*' || whole.length < 2 ? {} : { names: [name] };
    const length = last.at + last.text.length - first.at;
    reader.found({ at: first.at, length }, { specifier: whole.join('::'), kind: 'use', ...names, ...shared });
    first = undefined;
  };
  for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
    if (token.kind === 'string') return;
    if (token.text === 'as') {
      // Its new name says nothing about where it is.
      reader.take();
    } else if (token.kind === 'word' || token.text === '*') {
      // A word that follows a word belongs to what comes after a `use` that was never finished.
      if (reader.taken(1)?.kind === 'word' && first !== undefined) break;
      path.push(token.text);
      first ??= token;
      last = token;
    } else if (token.text === '{') {
      if (prefixes.length >= DEEPEST) return;
      prefixes.push(path);
      path = [...path];
      first = undefined;
    } else if (token.text === ',' || token.text === '}') {
      leaf();
      // This brace closes something that was open before, or this comma stands in no tree.
      if (prefixes.length === 0) return;
      if (token.text === '}') prefixes.pop();
      path = [...(prefixes.at(-1) ?? [])];
      if (prefixes.length === 0) {
        reader.take();
        return;
      }
    } else if (token.text !== '::') break;
    reader.take();
  }
  leaf();
}
