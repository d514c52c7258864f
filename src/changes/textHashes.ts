import type { KeyedHash } from '../ports.js';

/** Keyed hashes of a text. Nothing of the text can be read from them without the key and a guess of the whole line. */
export interface TextHashes {
  /** Of the whole text, without regard to line endings and to white space at the ends of lines. */
  readonly whole: string;
  /** Of each telling line, in any indentation; every hash once, at most `MOST_LINES`. */
  readonly lines: readonly string[];
}

/** A line with fewer characters that are no white space (a brace, an `else`) says nothing about where it comes from. */
export const TELLING_CHARACTERS = 12;
/** Of longer texts only so many lines are remembered; the hash of the whole still tells them. */
export const MOST_LINES = 2_000;

/** The hashes of a text under a key. The same text gives the same hashes, whatever its line endings and indentation. */
export function textHashes(text: string, hash: KeyedHash): TextHashes {
  const lines = new Set<string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (lines.size >= MOST_LINES) break;
    const told = tellingLine(line);
    if (told !== undefined) lines.add(hash(`line\n${told}`));
  }
  return { whole: hash(`text\n${plain(text)}`), lines: [...lines] };
}

/** A line without its indentation and with single spaces; undefined for one that tells nothing. */
export function tellingLine(line: string): string | undefined {
  const told = line.trim().replace(/\s+/g, ' ');
  let characters = 0;
  for (const character of told) if (character !== ' ' && ++characters >= TELLING_CHARACTERS) return told;
  return undefined;
}

/** True for a text that is long enough to be told from others by its hash alone. */
export function isTelling(text: string): boolean {
  return text.replace(/\s+/g, '').length >= TELLING_CHARACTERS;
}

function plain(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}
