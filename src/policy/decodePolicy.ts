import type { Problem } from './Problem.js';

/** The largest policy file that is read, in bytes. */
export const MAX_POLICY_BYTES = 1024 * 1024;

/** The text of a policy file, or the one problem that keeps it from being text. */
export type DecodedPolicy = { readonly text: string } | { readonly problem: Problem };

/**
 * The text in a policy file's bytes. UTF-8, with or without a byte order mark, which is dropped; line ends stay as they
 * are. Anything else gives a problem: another encoding, broken UTF-8, more than 1 MiB.
 */
export function decodePolicy(bytes: Uint8Array, file = 'developer-terms.yaml'): DecodedPolicy {
  const refuse = (code: string, message: string, line = 1, column = 1): DecodedPolicy => ({
    problem: {
      code,
      severity: 'error',
      file,
      range: { start: { line, column }, end: { line, column } },
      message,
    },
  });
  if (bytes.length > MAX_POLICY_BYTES) {
    const size = (bytes.length / MAX_POLICY_BYTES).toFixed(1);
    return refuse(
      'too-large',
      `The policy is ${size} MiB. Keep it under 1 MiB; move parts into a policy that it extends.`,
    );
  }
  const [first, second] = bytes;
  // A 16-bit text has a byte order mark, or a zero in one of its first two bytes, since a policy begins in ASCII.
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0) !== (second === 0)) {
    if (bytes.length > 1) return refuse('not-utf8', 'The policy is saved as UTF-16. Save it as UTF-8.');
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const { line, column } = firstBroken(bytes);
    return refuse(
      'not-utf8',
      `Line ${line} holds bytes that are not UTF-8. Save the policy as UTF-8 (it may be in an older encoding, such as Windows-1252).`,
      line,
      column,
    );
  }
}

/** Where the first byte sequence stands that is not UTF-8; 1-based. */
function firstBroken(bytes: Uint8Array): { line: number; column: number } {
  // The replacement character may also stand in the text itself, so the text up to it is encoded again and compared.
  const text = new TextDecoder('utf-8').decode(bytes);
  const encoder = new TextEncoder();
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let offset = start;
  let line = 1;
  let column = 1;
  for (const character of text) {
    const expected = encoder.encode(character);
    if (character === '\uFFFD' && !expected.every((byte, at) => bytes[offset + at] === byte)) break;
    offset += expected.length;
    if (character === '\n') {
      line += 1;
      column = 1;
    } else column += character.length;
  }
  return { line, column };
}
