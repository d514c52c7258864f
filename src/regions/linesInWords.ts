import type { LineSpan } from '../ports.js';

/** "line 6" or "lines 6–9". */
export function linesInWords({ start, end }: LineSpan): string {
  return start === end ? `line ${start}` : `lines ${start}–${end}`;
}
