import type { SourceText } from './CopyMatch.js';

/** Code that everybody writes the same way and nobody copies. Written for this list. */
export const boilerplate: readonly SourceText[] = [];
