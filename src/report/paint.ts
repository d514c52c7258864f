/** Colours for a terminal. Everything that prints takes one, so that a pipe gets plain text. */
export interface Paint {
  bold(text: string): string;
  faint(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warning(text: string): string;
}

const plain = (text: string): string => text;

export const PLAIN: Paint = { bold: plain, faint: plain, good: plain, bad: plain, warning: plain };

const ansi = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;

export const COLOUR: Paint = {
  bold: ansi(1, 22),
  faint: ansi(2, 22),
  good: ansi(32, 39),
  bad: ansi(31, 39),
  warning: ansi(33, 39),
};
