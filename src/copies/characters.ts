/** What a byte of UTF-8 can begin, as numbers for the lexer's tables. */

/** 0 is any other sign. */
export const SPACE = 1;
export const NEWLINE = 2;
export const WORD = 3;
export const DIGIT = 4;
export const QUOTE = 5;
export const DROPPED = 6;
export const SLASH = 7;
export const HASH = 8;
export const DOT = 9;
export const CLOSER = 10;
export const MINUS = 11;
export const LESS = 12;
export const EQUALS = 13;
export const STAR = 14;
export const CARRIAGE_RETURN = 15;
/** The first byte of a sequence that may be a space beyond ASCII. */
export const WIDE = 16;

/** By byte: what it begins. */
export const classes: Uint8Array = (() => {
  const table = new Uint8Array(256).fill(WORD, 128);
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
  for (const lead of [0xc2, 0xe2, 0xe3, 0xef]) table[lead] = WIDE;
  return table;
})();

/** By byte: 0 ends a word, 1 goes on with it, 2 goes on unless the bytes that start here are a space. */
export const wordPart = classes.map((kind) => (kind === WORD || kind === DIGIT ? 1 : kind === WIDE ? 2 : 0));

/** The length of the space beyond ASCII that starts here, in bytes; 0 when none does. */
export function wideSpace(bytes: Uint8Array, i: number): number {
  const second = bytes[i + 1] as number;
  const third = bytes[i + 2] as number;
  switch (bytes[i]) {
    case 0xc2:
      return second === 0xa0 || second === 0x85 ? 2 : 0;
    case 0xe2:
      return second === 0x80 && (third <= 0x8b || third === 0xa8 || third === 0xa9 || third === 0xaf) ? 3 : 0;
    case 0xe3:
      return second === 0x80 && third === 0x80 ? 3 : 0;
    default:
      return second === 0xbb && third === 0xbf ? 3 : 0;
  }
}
