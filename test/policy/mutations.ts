import fc from 'fast-check';

const BITS = [
  '\n',
  '  ',
  ' ',
  ':',
  ': ',
  '- ',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '#',
  ' #',
  '\n  ',
  '\n    ',
  'a',
  'x: y',
  '|',
  '>',
  '\t',
  '---\n',
  '*a',
  '&a ',
  '!t ',
  '\\',
  '\r\n',
  '0',
  '~',
  '@',
  '%',
  'null',
  'deny',
  'P1D',
  'tier:',
  '2026-02-30',
  '😀',
  '\u0000',
] as const;

type Change =
  | { readonly kind: 'insert'; readonly at: number; readonly bit: string }
  | { readonly kind: 'delete'; readonly at: number; readonly length: number }
  | { readonly kind: 'copy'; readonly at: number; readonly from: number; readonly length: number }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'line'; readonly at: number; readonly from: number; readonly deeper: boolean };

/** Texts as people and merge tools leave them: something inserted, deleted, copied, cut off, a line moved. */
export function mutations(texts: readonly string[]): fc.Arbitrary<string> {
  const where = fc.nat(1_000_000);
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ kind: fc.constant('insert' as const), at: where, bit: fc.constantFrom(...BITS) }),
    fc.record({ kind: fc.constant('delete' as const), at: where, length: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ kind: fc.constant('copy' as const), at: where, from: where, length: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ kind: fc.constant('line' as const), at: where, from: where, deeper: fc.boolean() }),
    fc.record({ kind: fc.constant('cut' as const), at: where }),
  );
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([text, changes]) => changes.reduce(apply, text));
}

function apply(text: string, change: Change): string {
  const at = change.at % (text.length + 1);
  switch (change.kind) {
    case 'insert':
      return text.slice(0, at) + change.bit + text.slice(at);
    case 'delete':
      return text.slice(0, at) + text.slice(at + change.length);
    case 'copy': {
      const from = change.from % (text.length + 1);
      return text.slice(0, at) + text.slice(from, from + change.length) + text.slice(at);
    }
    case 'cut':
      return text.slice(0, at);
    case 'line': {
      const lines = text.split('\n');
      lines[change.at % lines.length] = (change.deeper ? ' ' : '') + (lines[change.from % lines.length] ?? '');
      return lines.join('\n');
    }
  }
}
