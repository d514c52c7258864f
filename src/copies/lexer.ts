/**
 * Text into tokens, for any language, in one pass over the characters. What does not make code someone's work is left
 * out: comments, documentation strings, imports, `;`, trailing commas, the kind of quotes. A snippet may start anywhere,
 * so nothing depends on what stood before it: backticks are no tokens (a paste may begin inside a template), a string
 * ends with its line, and a comment's end without a beginning closes the comment that the snippet began in.
 */
import {
  CODES,
  FIRST_KEYWORD,
  IDENTIFIER,
  longSigns,
  FIRST_LONG_SIGN,
  NUMBER,
  signAfter,
  STRING,
} from './abstractTokens.js';
import { halfSipHash, type Secrets } from './key.js';
import type { Language } from './languages.js';

/** What a character can begin. */
// 0 is any other sign.
const SPACE = 1;
const NEWLINE = 2;
const WORD = 3;
const DIGIT = 4;
const QUOTE = 5;
const DROPPED = 6;
const SLASH = 7;
const HASH = 8;
const DOT = 9;
const CLOSER = 10;
const MINUS = 11;
const LESS = 12;
const EQUALS = 13;
const STAR = 14;
const CARRIAGE_RETURN = 15;

const classes: Uint8Array = (() => {
  const table = new Uint8Array(128);
  const set = (characters: string, value: number): void => {
    for (const character of characters) table[character.charCodeAt(0)] = value;
  };
  for (let code = 0; code < 32; code++) table[code] = SPACE;
  set(' \t\v\f\x7f', SPACE);
  set('\n', NEWLINE);
  set('\r', CARRIAGE_RETURN);
  set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$', WORD);
  set('0123456789', DIGIT);
  set('"\'', QUOTE);
  set('`;\\', DROPPED);
  set('/', SLASH);
  set('#', HASH);
  set('.', DOT);
  set(')]}', CLOSER);
  set('-', MINUS);
  set('<', LESS);
  set('=', EQUALS);
  set('*', STAR);
  return table;
})();

const isSpaceBeyondAscii = (c: number): boolean =>
  c === 0xa0 || c === 0xfeff || (c >= 0x2000 && c <= 0x200b) || c === 0x2028 || c === 0x2029 || c === 0x3000;
const isWordPart = (c: number): boolean => {
  if (c >= 128) return !isSpaceBeyondAscii(c);
  const kind = classes[c];
  return kind === WORD || kind === DIGIT;
};

/** An import longer than this is taken for code, so that an unclosed bracket cannot swallow a file. */
const LONGEST_IMPORT = 8000;
/** A comment that ends without having begun is believed only this near to the start of a snippet. */
const LONGEST_OPEN_COMMENT = 200;

const CACHE_BITS = 15;
const KEYWORD_SLOTS = 1024;
const STRING_SALT = 0x51ed270b;
const LINE_FEED = 10;

/** What the lexer knows of one language under one key. */
interface Tables {
  readonly language: Language;
  readonly keywordHash: Int32Array;
  readonly keywordCode: Uint8Array;
  /** By code: 1 when the keyword opens an import. */
  readonly opensImport: Uint8Array;
  /** By code: the secret value of a sign, keyword or class in the abstract tier, and of a sign in the exact tier. */
  readonly valueOfCode: Int32Array;
  readonly code: { readonly require: number; readonly declares: readonly number[] };
}

/** The tokens of one text at a time; the arrays are reused by the next text, so read them before lexing again. */
export class Lexer {
  /** How many tokens the last text had. */
  count = 0;
  /** How many lines the last text had. */
  lines = 0;
  /** Per token: its secret value, the same for equal words. */
  value = new Int32Array(1024);
  /** Per token: its code, see abstractTokens.ts. */
  code = new Uint8Array(1024);
  /** Per token: its 1-based line. */
  line = new Int32Array(1024);
  /** By code: the value of a class, keyword or sign in the abstract tier, for the language of the last text. */
  valueOfCode: Int32Array = new Int32Array(CODES);
  /** How many characters were looked at so far, over all texts. */
  charactersRead = 0;

  readonly #secrets: Secrets;
  readonly #tables = new Map<string, Tables>();
  readonly #cacheKey = new Int32Array(1 << CACHE_BITS);
  readonly #cacheValue = new Int32Array(1 << CACHE_BITS);

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
    this.#cacheValue[0] = halfSipHash(secrets.token0, secrets.token1, 0);
  }

  #tablesOf(language: Language): Tables {
    const known = this.#tables.get(language.name);
    if (known !== undefined) return known;
    const keywordHash = new Int32Array(KEYWORD_SLOTS);
    const keywordCode = new Uint8Array(KEYWORD_SLOTS);
    const opensImport = new Uint8Array(CODES);
    const valueOfCode = new Int32Array(CODES);
    for (let code = 0; code < FIRST_KEYWORD; code++) valueOfCode[code] = this.#secretValue(code * 0x01000193 + 77);
    longSigns.forEach((sign, index) => {
      valueOfCode[FIRST_LONG_SIGN + index] = this.#secretValue(this.#hashOf(sign));
    });
    language.keywords.forEach((keyword, index) => {
      const hash = this.#hashOf(keyword);
      const code = FIRST_KEYWORD + index;
      let slot = (hash >>> 4) & (KEYWORD_SLOTS - 1);
      while (keywordCode[slot] !== 0) slot = (slot + 1) & (KEYWORD_SLOTS - 1);
      keywordHash[slot] = hash;
      keywordCode[slot] = code;
      valueOfCode[code] = this.#secretValue(hash);
      if (language.imports.includes(keyword)) opensImport[code] = 1;
    });
    const codeOf = (keyword: string): number => {
      const index = language.javascript ? language.keywords.indexOf(keyword) : -1;
      return index < 0 ? CODES : FIRST_KEYWORD + index;
    };
    const code = { require: codeOf('require'), declares: ['const', 'let', 'var'].map(codeOf) };
    const tables = { language, keywordHash, keywordCode, opensImport, valueOfCode, code };
    this.#tables.set(language.name, tables);
    return tables;
  }

  #hashOf(word: string): number {
    let hash = this.#secrets.wordSeed;
    for (let i = 0; i < word.length; i++)
      hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ word.charCodeAt(i), 0x27220a95);
    return hash;
  }

  #secretValue(hash: number): number {
    const slot = (hash ^ (hash >>> 15)) & ((1 << CACHE_BITS) - 1);
    if (this.#cacheKey[slot] === (hash | 0)) return this.#cacheValue[slot] as number;
    const value = halfSipHash(this.#secrets.token0, this.#secrets.token1, hash) | 0;
    this.#cacheKey[slot] = hash;
    this.#cacheValue[slot] = value;
    return value;
  }

  #grow(): void {
    const size = this.value.length * 2;
    const value = new Int32Array(size);
    value.set(this.value);
    this.value = value;
    const code = new Uint8Array(size);
    code.set(this.code);
    this.code = code;
    const line = new Int32Array(size);
    line.set(this.line);
    this.line = line;
  }

  /** Reads a text; the tokens are then in the arrays up to `count`. Any text is accepted; nothing throws. */
  lex(text: string, language: Language): void {
    const tables = this.#tablesOf(language);
    const { keywordHash, keywordCode, opensImport, valueOfCode } = tables;
    const { slashComments, javascript } = language;
    const seed = this.#secrets.wordSeed;
    const length = text.length;
    let { value, code, line } = this;
    let capacity = value.length;
    let count = 0;
    let lineNumber = 1;
    let i = 0;
    let firstOnLine = true;
    let commentSeen = false;
    let declaredAt = -1;

    while (i < length) {
      if (count === capacity) {
        this.#grow();
        ({ value, code, line } = this);
        capacity = value.length;
      }
      const c = text.charCodeAt(i);
      let kind: number = c < 128 ? (classes[c] as number) : isSpaceBeyondAscii(c) ? SPACE : WORD;
      if (kind === SPACE) {
        i++;
        continue;
      }
      if (kind === NEWLINE) {
        lineNumber++;
        i++;
        firstOnLine = true;
        continue;
      }
      if (kind === WORD) {
        if (c === 36 && text.charCodeAt(i + 1) === 123) {
          i++; // `${` in a template
          continue;
        }
        let hash = seed;
        const start = i;
        let d = c;
        do {
          hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ d, 0x27220a95);
          i++;
          if (i >= length) break;
          d = text.charCodeAt(i);
        } while (d < 128 ? classes[d] === WORD || classes[d] === DIGIT : !isSpaceBeyondAscii(d));
        if ((d === 34 || d === 39) && i < length && i - start <= 2 && language.tripleQuotes === 'docstrings') {
          continue; // the r, b or f before a Python string
        }
        let wordCode = IDENTIFIER;
        let slot = (hash >>> 4) & (KEYWORD_SLOTS - 1);
        while (keywordCode[slot] !== 0) {
          if (keywordHash[slot] === hash) {
            wordCode = keywordCode[slot] as number;
            break;
          }
          slot = (slot + 1) & (KEYWORD_SLOTS - 1);
        }
        if (wordCode !== IDENTIFIER) {
          if (firstOnLine && opensImport[wordCode] === 1) {
            const end = endOfImport(text, i, language);
            if (end > 0) {
              for (let j = i; j < end; j++) if (text.charCodeAt(j) === LINE_FEED) lineNumber++;
              i = end;
              continue;
            }
          }
          if (javascript) {
            if (tables.code.declares.includes(wordCode)) declaredAt = count;
            else if (
              wordCode === tables.code.require &&
              declaredAt >= 0 &&
              count - declaredAt < 60 &&
              code[count - 1] === 61
            ) {
              const end = endOfRequire(text, i);
              if (end > 0) {
                count = declaredAt;
                declaredAt = -1;
                i = end;
                continue;
              }
            }
          }
        }
        firstOnLine = false;
        value[count] = this.#secretValue(hash);
        code[count] = wordCode;
        line[count++] = lineNumber;
        continue;
      }
      if (kind === CARRIAGE_RETURN) {
        i++;
        if (text.charCodeAt(i) !== LINE_FEED) {
          lineNumber++;
          firstOnLine = true;
        }
        continue;
      }
      if (kind === DROPPED) {
        i++;
        if (c === 59) firstOnLine = true;
        continue;
      }
      const next = i + 1 < length ? text.charCodeAt(i + 1) : 0;
      if (kind === DOT && next >= 48 && next <= 57) kind = DIGIT;
      if (kind === DIGIT) {
        let hash = seed ^ 0x2545f491;
        let d = c;
        let before = 0;
        do {
          if (d !== 95 && d !== 39)
            hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ (d >= 65 && d <= 90 ? d | 32 : d), 0x27220a95);
          before = d;
          i++;
          if (i >= length) break;
          d = text.charCodeAt(i);
        } while (
          (d < 128 && (classes[d] === DIGIT || classes[d] === WORD)) ||
          (d === 46 && text.charCodeAt(i + 1) !== 46) ||
          (d === 39 && language.preprocessor && isWordPart(text.charCodeAt(i + 1))) ||
          ((d === 43 || d === 45) && (before | 32) === 101 && next !== 120)
        );
        firstOnLine = false;
        value[count] = this.#secretValue(hash);
        code[count] = NUMBER;
        line[count++] = lineNumber;
        continue;
      }
      if (kind === QUOTE) {
        if (c === 39 && language.lifetimes && isWordPart(next) && text.charCodeAt(i + 2) !== 39) {
          i++; // the tick of a lifetime; its name follows as a word
          continue;
        }
        const docstring = firstOnLine;
        firstOnLine = false;
        if (next === c && language.tripleQuotes !== 'never' && text.charCodeAt(i + 2) === c) {
          const end = text.indexOf(c === 34 ? '"""' : "'''", i + 3);
          if (end < 0) {
            i += 3; // the snippet began inside the string, or ends inside it
            continue;
          }
          let hash = seed ^ STRING_SALT;
          const startLine = lineNumber;
          for (i += 3; i < end; i++) {
            const d = text.charCodeAt(i);
            if (d === LINE_FEED) lineNumber++;
            if (d > 32) hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ d, 0x27220a95);
          }
          i = end + 3;
          if (docstring && language.tripleQuotes === 'docstrings' && !opensExpression(code[count - 1] ?? 0, count))
            continue;
          value[count] = this.#secretValue(hash);
          code[count] = STRING;
          line[count++] = startLine;
          continue;
        }
        let hash = seed ^ STRING_SALT;
        i++;
        while (i < length) {
          const d = text.charCodeAt(i);
          if (d === c) {
            i++;
            break;
          }
          if (d === LINE_FEED) break;
          if (d === 92) {
            const escaped = text.charCodeAt(i + 1);
            if (escaped === 34 || escaped === 39) {
              hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ escaped, 0x27220a95);
              i += 2;
              continue;
            }
            if (escaped !== LINE_FEED && escaped !== 13) {
              hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ d, 0x27220a95);
              if (i + 1 < length) hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ escaped, 0x27220a95);
              i += 2;
              continue;
            }
          }
          if (d !== 13) hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ d, 0x27220a95);
          i++;
        }
        value[count] = this.#secretValue(hash);
        code[count] = STRING;
        line[count++] = lineNumber;
        continue;
      }
      if (kind === SLASH) {
        if (slashComments) {
          if (next === 47 && !(i > 0 && text.charCodeAt(i - 1) === 58)) {
            i = endOfLine(text, i + 2);
            continue;
          }
          if (next === 42) {
            commentSeen = true;
            let end = text.indexOf('*/', i + 2);
            end = end < 0 ? length : end + 2;
            for (; i < end; i++) if (text.charCodeAt(i) === LINE_FEED) lineNumber++;
            continue;
          }
          if (javascript && mayOpenPattern(code[count - 1] ?? 0, count)) {
            const end = endOfPattern(text, i);
            if (end > 0) {
              let hash = seed ^ STRING_SALT;
              for (; i < end; i++) hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ text.charCodeAt(i), 0x27220a95);
              while (i < length && isWordPart(text.charCodeAt(i))) i++;
              firstOnLine = false;
              value[count] = this.#secretValue(hash);
              code[count] = STRING;
              line[count++] = lineNumber;
              continue;
            }
          }
        }
      } else if (kind === STAR) {
        if (next === 47 && slashComments && !commentSeen && lineNumber <= LONGEST_OPEN_COMMENT) {
          commentSeen = true;
          count = 0;
          declaredAt = -1;
          i += 2;
          continue;
        }
      } else if (kind === HASH) {
        if (
          language.hashComments === 'anywhere'
            ? next !== 91 || !slashComments
            : language.hashComments === 'line' && firstOnLine
        ) {
          i = endOfLine(text, i + 1);
          continue;
        }
        if (language.preprocessor && firstOnLine && isIncludeDirective(text, i + 1)) {
          i = endOfLine(text, i + 1);
          continue;
        }
      } else if (kind === MINUS) {
        if (next === 45 && language.dashComments) {
          i = endOfLine(text, i + 2);
          continue;
        }
      } else if (kind === LESS) {
        if (next === 33 && language.markupComments && text.startsWith('<!--', i)) {
          let end = text.indexOf('-->', i + 4);
          end = end < 0 ? length : end + 3;
          for (; i < end; i++) if (text.charCodeAt(i) === LINE_FEED) lineNumber++;
          continue;
        }
      } else if (kind === EQUALS) {
        if (
          javascript &&
          next === 62 &&
          count >= 3 &&
          code[count - 1] === 41 &&
          code[count - 2] === IDENTIFIER &&
          code[count - 3] === 40
        ) {
          value[count - 3] = value[count - 2] as number;
          code[count - 3] = IDENTIFIER;
          line[count - 3] = line[count - 2] as number;
          count -= 2;
        } else if (language.beginEnd && firstOnLine && text.startsWith('=begin', i)) {
          let end = text.indexOf('\n=end', i);
          end = end < 0 ? length : end + 5;
          for (; i < end; i++) if (text.charCodeAt(i) === LINE_FEED) lineNumber++;
          continue;
        }
      } else if (kind === CLOSER && count > 0 && code[count - 1] === 44) {
        count--; // a trailing comma
      }

      let sign = c;
      i++;
      for (;;) {
        const following = i < length ? text.charCodeAt(i) : 0;
        const longer = following < 128 ? (signAfter[(sign << 7) | following] as number) : 0;
        if (longer === 0) break;
        sign = longer;
        i++;
      }
      firstOnLine = false;
      value[count] = valueOfCode[sign] as number;
      code[count] = sign;
      line[count++] = lineNumber;
    }
    this.count = count;
    this.lines = length === 0 ? 0 : lineNumber;
    this.valueOfCode = valueOfCode;
    this.charactersRead += length;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function isIncludeDirective(text: string, from: number): boolean {
  let i = from;
  while (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9) i++;
  return text.startsWith('include', i) || text.startsWith('import', i) || text.startsWith('pragma', i);
}

/** Whether a triple-quoted string after this token is a value; at the start of a line it is documentation otherwise. */
function opensExpression(code: number, count: number): boolean {
  return count > 0 && (code === 61 || code === 40 || code === 44 || code === 91 || code === 43);
}

/** Whether a `/` after this token opens a regular expression in JavaScript; after a value it divides. */
function mayOpenPattern(code: number, count: number): boolean {
  if (count === 0) return true;
  if (code >= FIRST_KEYWORD) return true;
  return code > NUMBER && code !== 41 && code !== 93 && code !== 125 && code !== 60;
}

/** The offset after the closing `/` of a regular expression on one line, or 0 when none closes. */
function endOfPattern(text: string, from: number): number {
  let inClass = false;
  for (let i = from + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === LINE_FEED) return 0;
    if (c === 92) i++;
    else if (c === 91) inClass = true;
    else if (c === 93) inClass = false;
    else if (c === 47 && !inClass) return i + 1;
  }
  return 0;
}

/** The offset after `('…')` that follows `require`, or 0 when something else follows. */
function endOfRequire(text: string, from: number): number {
  if (text.charCodeAt(from) !== 40) return 0;
  const quote = text.charCodeAt(from + 1);
  if (quote !== 34 && quote !== 39) return 0;
  for (let i = from + 2; i < text.length && i < from + 300; i++) {
    const c = text.charCodeAt(i);
    if (c === LINE_FEED) return 0;
    if (c === quote) return text.charCodeAt(i + 1) === 41 ? i + 2 : 0;
  }
  return 0;
}

/** The offset after the import whose first word ends at `from`, or 0 when it is no import after all. */
function endOfImport(text: string, from: number, language: Language): number {
  let i = from;
  while (text.charCodeAt(i) === 32) i++;
  const first = text.charCodeAt(i);
  if (i === from && first !== 34 && first !== 39 && first !== 123 && first !== 40) return 0; // import.meta, use(…)
  if (first === 61 || first === 58) return 0; // a variable of that name
  if (language.javascript && first === 40) return 0; // import('…') is a call
  const using = language.name === 'csharp' || language.name === 'c';
  if (using && (first === 40 || text.startsWith('var ', i))) return 0; // using (…) disposes
  let depth = 0;
  const limit = Math.min(text.length, from + LONGEST_IMPORT);
  for (; i < limit; i++) {
    const c = text.charCodeAt(i);
    if (c === 34 || c === 39) {
      const close = text.indexOf(c === 34 ? '"' : "'", i + 1);
      if (close < 0 || close >= limit) return 0;
      i = close;
    } else if (c === 40 || c === 123) {
      if (using) return 0;
      depth++;
    } else if (c === 41 || c === 125) depth--;
    else if (c === 59 && depth <= 0) return i + 1;
    else if (c === LINE_FEED && depth <= 0) return i;
  }
  return i >= text.length && depth <= 0 ? i : 0;
}
