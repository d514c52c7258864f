import type { Language } from './Language.js';

/** A file of the corpus. `id` is package and path; `path` is what the index is told. */
export interface SourceFile {
  readonly id: string;
  readonly path: string;
  readonly language: Language;
  readonly text: string;
  readonly lines: readonly string[];
}

/** Makes a file, its line endings turned into `\n`. */
export function sourceFile(id: string, path: string, language: Language, text: string): SourceFile {
  const unified = text.replace(/\r\n?/g, '\n');
  return { id, path, language, text: unified, lines: unified.split('\n') };
}
