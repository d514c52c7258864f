import type { Language } from './Language.js';

export type TokenKind = 'word' | 'number' | 'string' | 'comment' | 'mark' | 'space';

/** A piece of a text; the tokens of a text cover it without gaps. `end` is exclusive. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

const hashComments = new Set<Language>(['python', 'ruby', 'php']);
const slashComments = new Set<Language>([
  'javascript',
  'typescript',
  'c',
  'objc',
  'java',
  'kotlin',
  'swift',
  'csharp',
  'go',
  'rust',
  'php',
]);
const templates = new Set<Language>(['javascript', 'typescript']);
const tripleQuotes = new Set<Language>(['python', 'kotlin', 'swift', 'java', 'csharp']);

/**
 * Cuts a text into tokens. It is the benchmark's own scanner, written apart from the copy index, so that the
 * transformations and the oracle do not share the index's mistakes. Templates are strings between whose `${` and `}`
 * ordinary code stands; an unterminated string ends with its line.
 */
export function scan(text: string, language: Language): Token[] {
  const tokens: Token[] = [];
  const length = text.length;
  const templateDepths: number[] = [];
  let depth = 0;
  let at = 0;
  let lastMark = '(';

  const push = (kind: TokenKind, end: number): void => {
    if (end > at) tokens.push({ kind, start: at, end });
    if (kind === 'mark') lastMark = text[end - 1] ?? '';
    else if (kind !== 'space' && kind !== 'comment') lastMark = kind === 'word' ? text.slice(at, end) : 'x';
    at = end;
  };
  const until = (stop: string, from: number): number => {
    const found = text.indexOf(stop, from);
    return found < 0 ? length : found + stop.length;
  };
  const lineEnd = (from: number): number => {
    const found = text.indexOf('\n', from);
    return found < 0 ? length : found;
  };
  const quoted = (quote: string, from: number): number => {
    for (let i = from; i < length; i++) {
      const c = text[i];
      if (c === '\\') i++;
      else if (c === quote) return i + 1;
      else if (c === '\n') return i;
    }
    return length;
  };
  const templatePart = (from: number): number => {
    for (let i = from; i < length; i++) {
      const c = text[i];
      if (c === '\\') i++;
      else if (c === '`') return i + 1;
      else if (c === '$' && text[i + 1] === '{') {
        templateDepths.push(depth);
        return i + 2;
      }
    }
    return length;
  };

  while (at < length) {
    const code = text.charCodeAt(at);
    const c = text[at] ?? '';
    if (isSpace(code)) {
      let i = at + 1;
      while (i < length && isSpace(text.charCodeAt(i))) i++;
      push('space', i);
    } else if (isWord(code) && !isDigit(code)) {
      let i = at + 1;
      while (i < length && isWord(text.charCodeAt(i))) i++;
      push('word', i);
    } else if (c === '/' && text[at + 1] === '/' && slashComments.has(language)) push('comment', lineEnd(at));
    else if (c === '/' && text[at + 1] === '*' && slashComments.has(language)) push('comment', until('*/', at + 2));
    else if (c === '#' && hashComments.has(language)) push('comment', lineEnd(at));
    else if (language === 'ruby' && text.startsWith('=begin', at) && (at === 0 || text[at - 1] === '\n'))
      push('comment', until('\n=end', at));
    else if (c === '/' && templates.has(language) && startsRegex(lastMark)) {
      const end = regexEnd(text, at);
      if (end > 0) push('string', end);
      else push('mark', at + 1);
    } else if (tripleQuotes.has(language) && (text.startsWith('"""', at) || text.startsWith("'''", at)))
      push('string', until(text.slice(at, at + 3), at + 3));
    else if (c === '"') push('string', quoted('"', at + 1));
    else if (c === "'") {
      const lifetime =
        language === 'rust' && /^'[A-Za-z_]\w*(?!')/.test(text.slice(at, at + 40)) && text[at + 2] !== "'";
      if (lifetime) push('mark', at + 1);
      else push('string', quoted("'", at + 1));
    } else if (c === '`' && templates.has(language)) push('string', templatePart(at + 1));
    else if (c === '`' && language === 'go') push('string', until('`', at + 1));
    else if (c === '}' && templateDepths.length > 0 && templateDepths[templateDepths.length - 1] === depth) {
      templateDepths.pop();
      push('string', templatePart(at + 1));
    } else if (isDigit(code)) {
      const match = /^(?:0[xX][\da-fA-F_]+\w*|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?\w*)/.exec(
        text.slice(at, at + 80),
      );
      push('number', at + (match?.[0].length ?? 1));
    } else {
      if (c === '{') depth++;
      else if (c === '}') depth--;
      push('mark', at + 1);
    }
  }
  return tokens;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** Letters, digits, `_`, `$`, and everything beyond ASCII. */
const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  isDigit(code) ||
  code === 95 ||
  code === 36 ||
  code > 0xa0;

function startsRegex(last: string): boolean {
  return /^(?:[(,=:[!&|?{};+\-*%<>~^]|return|typeof|case|in|of|do|else)$/.test(last);
}

function regexEnd(text: string, from: number): number {
  let inClass = false;
  for (let i = from + 1; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === '\n') return -1;
    else if (c === '[') inClass = true;
    else if (c === ']') inClass = false;
    else if (c === '/' && !inClass) {
      i++;
      while (/[a-z]/.test(text[i] ?? '')) i++;
      return i;
    }
  }
  return -1;
}
