import type { ImportReader } from './ImportReader.js';
import type { Lexis } from './Lexis.js';

export const C: Lexis = {
  slashComments: true,
  raw: 'cpp',
  importWords: { anywhere: ['include', 'import'], beforeString: [] },
};

/** `#include "x"`, `#include <x>`, and `#import` of Objective-C. A name that a macro gives is not known here. */
export function readC(reader: ImportReader): void {
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    if (!token.isFirst || token.text !== '#' || token.kind !== 'sign') continue;
    const word = reader.peek()?.text;
    if (word !== 'include' && word !== 'import' && word !== 'include_next') continue;
    reader.take();
    const name = reader.peek();
    if (name === undefined || name.isFirst) continue;
    if (name.kind === 'string') {
      reader.take();
      reader.found({ at: name.at, length: name.text.length }, { specifier: name.text, kind: 'quoted' });
    } else if (name.text === '<') {
      const at = name.at + 1;
      const end = closing(reader.text, at);
      if (end === undefined) continue;
      reader.found({ at, length: end - at }, { specifier: reader.text.slice(at, end), kind: 'angled' });
    }
  }
}

/** The offset of the `>` on the same line. */
function closing(text: string, from: number): number | undefined {
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === '>') return i;
    if (c === '\n' || c === '\r') return undefined;
  }
  return undefined;
}
