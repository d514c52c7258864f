import type { Lexis } from './Lexis.js';

/** A piece of code. Comments and white space are none. */
export interface Token {
  readonly kind: 'word' | 'string' | 'sign';
  /** A word, one sign (`::` counts as one), or what stands between a string's quotes, as it is spelt. */
  readonly text: string;
  /** Offset of `text`; of a string, after its opening quote. */
  readonly at: number;
  /** True for the first token of its line. */
  readonly isFirst: boolean;
}

const NEWLINE = /[\r\n]/;
/** Unicode's blanks as well: a no-break space hides no import. */
const isBlank = (code: number): boolean => code <= 32 || (code >= 128 && /\s/.test(String.fromCharCode(code)));

const isWordPart = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 36 ||
  (code >= 128 && !isBlank(code));

/** After one of these a `/` opens a regular expression, though a word stands before it. */
const BEFORE_PATTERN = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'delete',
  'void',
  'throw',
  'new',
  'do',
  'else',
  'yield',
  'await',
  'instanceof',
]);

/** As many tokens behind the last word of an import as any import has there, and some. */
const TOKENS_BEHIND = 8;

/**
 * The tokens of a text, in one pass, as far as imports go. Any text is read; what is left open ends with its line or with
 * the text.
 */
export function tokensOf(text: string, lexis: Lexis): Token[] {
  const tokens: Token[] = [];
  const length = text.length;
  const lastImport = lexis.importWords === undefined ? length : lastOf(text, lexis.importWords);
  let most = Infinity;
  /** For each template that we are in the code of: how many braces are open there. */
  const templates: number[] = [];
  let isFirst = true;
  let i = 0;

  const push = (kind: Token['kind'], at: number, end: number): void => {
    tokens.push({ kind, text: text.slice(at, end), at, isFirst });
    isFirst = false;
  };
  /** Reads on in a template, up to its end or to the code in it; a template without code is one string. */
  const template = (from: number, opens: boolean): number => {
    let j = from;
    for (; j < length; j++) {
      const c = text[j];
      if (c === '\\') j++;
      else if (c === '`') {
        if (opens) push('string', from, j);
        return j + 1;
      } else if (c === '$' && text[j + 1] === '{') {
        templates.push(0);
        // So that nothing before the template is taken for the beginning of what stands in it.
        push('sign', j + 1, j + 2);
        return j + 2;
      }
    }
    return j;
  };

  while (i < length && tokens.length < most) {
    if (i > lastImport && most === Infinity) most = tokens.length + TOKENS_BEHIND;
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) {
      isFirst = true;
      i++;
    } else if (isBlank(code)) {
      i++;
    } else if (isWordPart(code)) {
      let end = i + 1;
      const isNumber = code >= 48 && code <= 57;
      // `1'000'000` is one number in C++, and no character.
      while (
        end < length &&
        (isWordPart(text.charCodeAt(end)) ||
          (isNumber && text[end] === "'" && lexis.raw === 'cpp' && isWordPart(text.charCodeAt(end + 1))))
      )
        end++;
      const raw = lexis.raw === undefined ? undefined : rawString(text, i, end, lexis.raw);
      if (raw === undefined) {
        push('word', i, end);
        i = end;
      } else {
        push('string', raw.at, raw.end);
        i = raw.after;
      }
    } else {
      const c = text[i] as string;
      const next = text[i + 1];
      if (c === '/' && lexis.slashComments === true && next === '/') i = endOfLine(text, i);
      else if (c === '/' && lexis.slashComments === true && next === '*')
        i = lexis.nestedComments === true ? endOfNested(text, i) : after(text, '*/', i + 2);
      else if (c === '#' && (lexis.hashComments === true || (lexis.directives === true && isFirst)))
        i = endOfLine(text, i);
      else if (c === '@' && lexis.raw === 'csharp' && (next === '"' || (next === '$' && text[i + 2] === '"'))) {
        const at = next === '"' ? i + 2 : i + 3;
        const end = endOfVerbatim(text, at);
        push('string', at, end);
        i = end + 1;
      } else if ((c === '"' || c === "'") && isTriple(text, i, lexis)) {
        const end = text.indexOf(c.repeat(3), i + 3);
        push('string', i + 3, end < 0 ? length : end);
        i = end < 0 ? length : end + 3;
      } else if (c === "'" && lexis.lifetimes === true && !isCharacter(text, i)) {
        i++;
      } else if (c === '"' || c === "'") {
        const end = endOfString(text, i + 1, c, lexis.longStrings === true && c === '"');
        push('string', i + 1, end);
        i = text[end] === c ? end + 1 : end;
      } else if (c === '`' && lexis.backtick === 'template') {
        i = template(i + 1, true);
      } else if (c === '`' && lexis.backtick === 'raw') {
        const end = text.indexOf('`', i + 1);
        push('string', i + 1, end < 0 ? length : end);
        i = end < 0 ? length : end + 1;
      } else if (c === '/' && lexis.patterns === true && mayOpenPattern(tokens.at(-1))) {
        const end = endOfPattern(text, i);
        push('sign', i, i + 1);
        i = end;
      } else {
        const open = templates.length - 1;
        if (c === '{' && open >= 0) templates[open] = (templates[open] ?? 0) + 1;
        if (c === '}' && open >= 0) {
          if (templates[open] === 0) {
            templates.pop();
            push('sign', i, i + 1);
            i = template(i + 1, false);
            continue;
          }
          templates[open] = (templates[open] ?? 0) - 1;
        }
        const end = c === ':' && next === ':' ? i + 2 : i + 1;
        push('sign', i, end);
        i = end;
      }
    }
  }
  return tokens;
}

/** Where the last of these words begins; -1 where there is none. */
function lastOf(text: string, { anywhere, beforeString }: NonNullable<Lexis['importWords']>): number {
  let last = Math.max(...anywhere.map((word) => text.lastIndexOf(word)));
  for (const word of beforeString) {
    let at = text.lastIndexOf(word);
    // An offset below zero would be taken for zero.
    while (at > last && !isBeforeString(text, at + word.length)) at = at === 0 ? -1 : text.lastIndexOf(word, at - 1);
    last = Math.max(last, at);
  }
  return last;
}

/** True where a string follows, or a comment that one may follow. */
function isBeforeString(text: string, from: number): boolean {
  let i = from;
  while (i < text.length && isBlank(text.charCodeAt(i))) i++;
  return '"\'`/'.includes(text[i] ?? ' ');
}

function endOfLine(text: string, from: number): number {
  let i = from;
  while (i < text.length && text[i] !== '\n' && text[i] !== '\r') i++;
  return i;
}

/** The offset behind the next `sign`, or the end of the text. */
function after(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? text.length : at + sign.length;
}

function endOfNested(text: string, from: number): number {
  let depth = 0;
  let i = from;
  while (i < text.length) {
    if (text[i] === '/' && text[i + 1] === '*') {
      depth++;
      i += 2;
    } else if (text[i] === '*' && text[i + 1] === '/') {
      i += 2;
      if (--depth === 0) return i;
    } else i++;
  }
  return i;
}

/** Where the string that begins here ends: at its quote, or where its line does. */
function endOfString(text: string, from: number, quote: string, isLong: boolean): number {
  let i = from;
  for (; i < text.length; i++) {
    const c = text[i] as string;
    if (c === quote || (!isLong && NEWLINE.test(c))) return i;
    // A line break behind a backslash belongs to the string, as two characters on Windows.
    if (c === '\\') i += text[i + 1] === '\r' && text[i + 2] === '\n' ? 2 : 1;
  }
  return Math.min(i, text.length);
}

/** In C#'s `@"…"` two quotes are one quote. */
function endOfVerbatim(text: string, from: number): number {
  let i = from;
  for (; i < text.length; i++) {
    if (text[i] !== '"') continue;
    if (text[i + 1] !== '"') return i;
    i++;
  }
  return i;
}

function isTriple(text: string, at: number, { tripleQuotes }: Lexis): boolean {
  const c = text[at];
  return (
    (tripleQuotes === 'both' || (tripleQuotes === 'double' && c === '"')) && text[at + 1] === c && text[at + 2] === c
  );
}

/** Tells `'a'` from the lifetime `'a`. */
function isCharacter(text: string, at: number): boolean {
  if (text[at + 1] === '\\') return true;
  const wide = (text.codePointAt(at + 1) ?? 0) > 0xffff ? 1 : 0;
  return text[at + 2 + wide] === "'";
}

function mayOpenPattern(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'string') return false;
  if (before.kind === 'word') return BEFORE_PATTERN.has(before.text);
  return before.text !== ')' && before.text !== ']' && before.text !== '}';
}

/** Behind the regular expression that begins here; behind its `/` alone when no other closes it on this line. */
function endOfPattern(text: string, from: number): number {
  let inClass = false;
  for (let i = from + 1; i < text.length; i++) {
    const c = text[i] as string;
    if (NEWLINE.test(c)) break;
    if (c === '\\') i++;
    else if (c === '[') inClass = true;
    else if (c === ']') inClass = false;
    else if (c === '/' && !inClass) return i + 1;
  }
  return from + 1;
}

/** A raw string whose prefix is the word from `at` to `end`. */
function rawString(
  text: string,
  at: number,
  end: number,
  language: 'cpp' | 'rust' | 'csharp',
): { readonly at: number; readonly end: number; readonly after: number } | undefined {
  const word = text.slice(at, Math.min(end, at + 4));
  if (language === 'cpp' && text[end] === '"' && /^(u8|u|U|L)?R$/.test(word) && end - at < 4) {
    // C++ allows a delimiter of sixteen characters at most.
    const offset = text.slice(end, end + 18).indexOf('(');
    if (offset < 0) return undefined;
    const open = end + offset;
    const close = `)${text.slice(end + 1, open)}"`;
    const found = text.indexOf(close, open);
    return found < 0
      ? { at: open + 1, end: text.length, after: text.length }
      : { at: open + 1, end: found, after: found + close.length };
  }
  if (language === 'rust' && /^(b|c)?r$/.test(word) && end - at < 3) {
    let open = end;
    while (text[open] === '#' && open - end < 255) open++;
    if (text[open] !== '"') return undefined;
    const close = `"${'#'.repeat(open - end)}`;
    const found = text.indexOf(close, open + 1);
    return found < 0
      ? { at: open + 1, end: text.length, after: text.length }
      : { at: open + 1, end: found, after: found + close.length };
  }
  // In C# `$@"…"` is verbatim too; the `$` is read as a word.
  if (language === 'csharp' && word === '$' && text[end] === '@' && text[end + 1] === '"') {
    const close = endOfVerbatim(text, end + 2);
    return { at: end + 2, end: close, after: close + 1 };
  }
  return undefined;
}
