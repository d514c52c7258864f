/**
 * The codes of tokens. A code below 128 is the ASCII sign itself, 1 to 3 are the classes whose members the abstract tier
 * does not tell apart, 128 and up are signs of several characters, 160 and up the keywords of the file's language.
 */
export const IDENTIFIER = 1;
export const STRING = 2;
export const NUMBER = 3;
export const FIRST_LONG_SIGN = 128;
export const FIRST_KEYWORD = 160;
export const CODES = 256;

/** Signs that are one token. `>>` is left out: it also closes two type arguments, which formatters may set apart. */
export const longSigns: readonly string[] = [
  '==',
  '!=',
  '=>',
  '->',
  '&&',
  '||',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '<=',
  '>=',
  '::',
  '??',
  '?.',
  '..',
  '**',
  ':=',
  '<-',
  '<<',
  '|=',
  '&=',
  '===',
  '!==',
  '...',
];

/** `signAfter[code << 7 | character]` is the longer sign that the character makes of the sign so far, or 0. */
export const signAfter: Uint8Array = (() => {
  const table = new Uint8Array(FIRST_KEYWORD << 7);
  const codeOf = (sign: string): number =>
    sign.length === 1 ? sign.charCodeAt(0) : FIRST_LONG_SIGN + longSigns.indexOf(sign);
  longSigns.forEach((sign, index) => {
    table[(codeOf(sign.slice(0, -1)) << 7) | sign.charCodeAt(sign.length - 1)] = FIRST_LONG_SIGN + index;
  });
  return table;
})();

/** Whether the exact tier keeps a token of this code: `,(){}` move when code is reformatted. */
export const keptExactly: Uint8Array = (() => {
  const table = new Uint8Array(CODES).fill(1);
  for (const sign of ',(){}') table[sign.charCodeAt(0)] = 0;
  return table;
})();
