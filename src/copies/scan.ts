/** Finding where things end in the bytes of a text; every function stays below `end` and never goes back. */
import { wordPart } from './characters.js';
import type { Language } from './languages.js';

const LINE_FEED = 10;
/** An import longer than this is taken for code, so that an unclosed bracket cannot swallow a file. */
const LONGEST_IMPORT = 8000;

/** The offset of the line feed that ends the line, or `end`. */
export function endOfLine(bytes: Uint8Array, from: number, end: number): number {
  let i = from;
  while (i < end && bytes[i] !== LINE_FEED) i++;
  return i;
}

/** The offset where these ASCII characters next stand, or -1. */
export function find(bytes: Uint8Array, ascii: string, from: number, end: number): number {
  const first = ascii.charCodeAt(0);
  for (let i = from; i + ascii.length <= end; i++) {
    if (bytes[i] === first && startsWith(bytes, ascii, i)) return i;
  }
  return -1;
}

/** Whether these ASCII characters stand here. */
export function startsWith(bytes: Uint8Array, ascii: string, at: number): boolean {
  for (let j = 0; j < ascii.length; j++) if (bytes[at + j] !== ascii.charCodeAt(j)) return false;
  return true;
}

export function lineFeeds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (bytes[i] === LINE_FEED) count++;
  return count;
}

/** Whether what follows a `#` includes another file or speaks to the compiler. */
export function isIncludeDirective(bytes: Uint8Array, from: number): boolean {
  let i = from;
  while (bytes[i] === 32 || bytes[i] === 9) i++;
  return startsWith(bytes, 'include', i) || startsWith(bytes, 'import', i) || startsWith(bytes, 'pragma', i);
}

/** The offset after a regular expression on one line and its flags, or 0 when no `/` closes it. */
export function endOfPattern(bytes: Uint8Array, from: number, end: number): number {
  let inClass = false;
  for (let i = from + 1; i < end; i++) {
    const c = bytes[i];
    if (c === LINE_FEED) return 0;
    if (c === 92) i++;
    else if (c === 91) inClass = true;
    else if (c === 93) inClass = false;
    else if (c === 47 && !inClass) {
      let after = i + 1;
      while (after < end && wordPart[bytes[after] as number] === 1) after++;
      return after;
    }
  }
  return 0;
}

/** The offset after `('…')` that follows `require`, or 0 when something else follows. */
export function endOfRequire(bytes: Uint8Array, from: number, end: number): number {
  if (bytes[from] !== 40) return 0;
  const quote = bytes[from + 1];
  if (quote !== 34 && quote !== 39) return 0;
  for (let i = from + 2; i < end && i < from + 300; i++) {
    const c = bytes[i];
    if (c === LINE_FEED) return 0;
    if (c === quote) return bytes[i + 1] === 41 ? i + 2 : 0;
  }
  return 0;
}

/** The offset after the import whose first word ends at `from`, or 0 when it is no import after all. */
export function endOfImport(bytes: Uint8Array, from: number, end: number, language: Language): number {
  let i = from;
  while (bytes[i] === 32) i++;
  const first = bytes[i] as number;
  if (i === from && first !== 34 && first !== 39 && first !== 123 && first !== 40) return 0; // import.meta
  if (first === 61 || first === 58) return 0; // a variable of that name
  if (language.javascript && first === 40) return 0; // import('…') is a call
  const using = language.name === 'csharp' || language.name === 'c';
  if (using && (first === 40 || startsWith(bytes, 'var ', i))) return 0; // using (…) disposes
  let depth = 0;
  const limit = Math.min(end, from + LONGEST_IMPORT);
  for (; i < limit; i++) {
    const c = bytes[i];
    if (c === 34 || c === 39) {
      let close = i + 1;
      while (close < limit && bytes[close] !== c && bytes[close] !== LINE_FEED) close++;
      if (bytes[close] !== c) return 0;
      i = close;
    } else if (c === 40 || c === 123) {
      if (using) return 0;
      depth++;
    } else if (c === 41 || c === 125) depth--;
    else if (c === 59 && depth <= 0) return i + 1;
    else if (c === LINE_FEED && depth <= 0) return i;
  }
  return i >= end && depth <= 0 ? i : 0;
}
