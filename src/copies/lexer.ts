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
import {
  CARRIAGE_RETURN,
  CLOSER,
  classes,
  DIGIT,
  DOT,
  DROPPED,
  EQUALS,
  HASH,
  LESS,
  MINUS,
  NEWLINE,
  QUOTE,
  SLASH,
  SPACE,
  STAR,
  WIDE,
  wideSpace,
  WORD,
  wordPart,
} from './characters.js';
import { halfSipHash, type Secrets } from './key.js';
import type { Language } from './languages.js';
import {
  endOfImport,
  endOfLine,
  endOfPattern,
  endOfRequire,
  find,
  isIncludeDirective,
  lineFeeds,
  startsWith,
} from './scan.js';

/** A comment that ends without having begun is believed only this near to the start of a snippet. */
const LONGEST_OPEN_COMMENT = 200;

const CACHE_BITS = 15;
const KEYWORD_SLOTS = 1024;
const STRING_SALT = 0x51ed270b;
const LINE_FEED = 10;
/** Zeros behind the text, so that looking a few bytes ahead needs no check. */
const PADDING = 16;
/** The array for the bytes is kept for texts up to this many characters. */
const LARGEST_KEPT = 1 << 20;

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

  #bytes = new Uint8Array(1 << 14);
  readonly #encoder = new TextEncoder();
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

  /** Writes the text into `#bytes` as UTF-8, with zeros behind it, and returns its length in bytes. */
  #encode(text: string): number {
    // Three bytes hold any UTF-16 unit; a long text gets an array of its own that goes when the next text comes.
    if (text.length > LARGEST_KEPT) {
      const encoded = this.#encoder.encode(text);
      this.#bytes = new Uint8Array(encoded.length + PADDING);
      this.#bytes.set(encoded);
      return encoded.length;
    }
    const room = text.length * 3 + PADDING;
    const kept = this.#bytes.length;
    if (kept < room || kept > LARGEST_KEPT * 6 + PADDING) this.#bytes = new Uint8Array(room * 2);
    const { written } = this.#encoder.encodeInto(text, this.#bytes);
    this.#bytes.fill(0, written, written + PADDING);
    return written;
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
    const { declares, require: requires } = tables.code;
    const seed = this.#secrets.wordSeed;
    const length = this.#encode(text);
    const bytes = this.#bytes;
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
      const c = bytes[i] as number;
      let kind = classes[c] as number;
      if (kind === WIDE) {
        const space = wideSpace(bytes, i);
        if (space > 0) {
          i += space;
          continue;
        }
        kind = WORD;
      }
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
        if (c === 36 && (bytes[i + 1] as number) === 123) {
          i++; // `${` in a template
          continue;
        }
        let hash = seed;
        const start = i;
        let d = c;
        let part: number;
        do {
          hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ d, 0x27220a95);
          d = bytes[++i] as number;
          part = wordPart[d] as number;
        } while (part === 1 || (part === 2 && wideSpace(bytes, i) === 0));
        if ((d === 34 || d === 39) && i - start <= 2 && language.tripleQuotes === 'docstrings') {
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
            const end = endOfImport(bytes, i, length, language);
            if (end > 0) {
              lineNumber += lineFeeds(bytes, i, end);
              i = end;
              continue;
            }
          }
          if (javascript) {
            if (wordCode === declares[0] || wordCode === declares[1] || wordCode === declares[2]) declaredAt = count;
            else if (wordCode === requires && declaredAt >= 0 && count - declaredAt < 60 && code[count - 1] === 61) {
              const end = endOfRequire(bytes, i, length);
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
        if ((bytes[i] as number) !== LINE_FEED) {
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
      const next = bytes[i + 1] as number;
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
          d = bytes[i] as number;
        } while (
          wordPart[d] === 1 ||
          (d === 46 && bytes[i + 1] !== 46) ||
          (d === 39 && language.preprocessor && wordPart[bytes[i + 1] as number] === 1) ||
          ((d === 43 || d === 45) && (before | 32) === 101 && next !== 120)
        );
        firstOnLine = false;
        value[count] = this.#secretValue(hash);
        code[count] = NUMBER;
        line[count++] = lineNumber;
        continue;
      }
      if (kind === QUOTE) {
        if (c === 39 && language.lifetimes && wordPart[next] !== 0 && bytes[i + 2] !== 39) {
          i++; // the tick of a lifetime; its name follows as a word
          continue;
        }
        const docstring = firstOnLine;
        firstOnLine = false;
        if (next === c && language.tripleQuotes !== 'never' && bytes[i + 2] === c) {
          const end = find(bytes, c === 34 ? '"""' : "'''", i + 3, length);
          if (end < 0) {
            i += 3; // the snippet began inside the string, or ends inside it
            continue;
          }
          let hash = seed ^ STRING_SALT;
          const startLine = lineNumber;
          for (i += 3; i < end; i++) {
            const d = bytes[i] as number;
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
          const d = bytes[i] as number;
          if (d === c) {
            i++;
            break;
          }
          if (d === LINE_FEED) break;
          if (d === 92) {
            const escaped = bytes[i + 1] as number;
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
          if (next === 47 && (i === 0 || bytes[i - 1] !== 58)) {
            i = endOfLine(bytes, i + 2, length);
            continue;
          }
          if (next === 42) {
            commentSeen = true;
            for (i += 2; i < length; i++) {
              const d = bytes[i];
              if (d === LINE_FEED) lineNumber++;
              else if (d === 42 && bytes[i + 1] === 47) {
                i += 2;
                break;
              }
            }
            continue;
          }
          if (javascript && mayOpenPattern(code[count - 1] ?? 0, count)) {
            const end = endOfPattern(bytes, i, length);
            if (end > 0) {
              let hash = seed ^ STRING_SALT;
              for (; i < end; i++) hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ (bytes[i] as number), 0x27220a95);
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
          i = endOfLine(bytes, i + 1, length);
          continue;
        }
        if (language.preprocessor && firstOnLine && isIncludeDirective(bytes, i + 1)) {
          i = endOfLine(bytes, i + 1, length);
          continue;
        }
      } else if (kind === MINUS) {
        if (next === 45 && language.dashComments) {
          i = endOfLine(bytes, i + 2, length);
          continue;
        }
      } else if (kind === LESS) {
        if (next === 33 && language.markupComments && startsWith(bytes, '<!--', i)) {
          const close = find(bytes, '-->', i + 4, length);
          const end = close < 0 ? length : close + 3;
          lineNumber += lineFeeds(bytes, i, end);
          i = end;
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
        } else if (language.beginEnd && firstOnLine && startsWith(bytes, '=begin', i)) {
          const close = find(bytes, '\n=end', i, length);
          const end = close < 0 ? length : close + 5;
          lineNumber += lineFeeds(bytes, i, end);
          i = end;
          continue;
        }
      } else if (kind === CLOSER && count > 0 && code[count - 1] === 44) {
        count--; // a trailing comma
      }

      let sign = c;
      i++;
      for (;;) {
        const following = bytes[i] as number;
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
    this.charactersRead += text.length;
  }
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
