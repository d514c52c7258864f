import { C, readC } from './c.js';
import { CSHARP, readCSharp } from './csharp.js';
import { GO, readGo } from './go.js';
import type { Import } from './Import.js';
import { ImportReader } from './ImportReader.js';
import { JAVA, readJava } from './java.js';
import { JAVASCRIPT, readJavaScript } from './javascript.js';
import type { Lexis } from './Lexis.js';
import { PYTHON, readPython } from './python.js';
import { readRust, RUST } from './rust.js';
import { tokensOf } from './tokens.js';

/** The languages whose imports are read. */
export type ImportLanguage = 'javascript' | 'python' | 'c' | 'java' | 'go' | 'rust' | 'csharp';

const EXTENSIONS: Readonly<Record<ImportLanguage, string>> = {
  javascript: 'js jsx mjs cjs ts tsx mts cts',
  python: 'py pyi pyw pyx',
  c: 'c h cc cpp cxx c++ hh hpp hxx h++ inl ipp tpp ixx m mm cu cuh ino',
  java: 'java',
  go: 'go',
  rust: 'rs',
  csharp: 'cs csx',
};

const READERS: Readonly<Record<ImportLanguage, readonly [Lexis, (reader: ImportReader) => void]>> = {
  javascript: [JAVASCRIPT, readJavaScript],
  python: [PYTHON, readPython],
  c: [C, readC],
  java: [JAVA, readJava],
  go: [GO, readGo],
  rust: [RUST, readRust],
  csharp: [CSHARP, readCSharp],
};

const byExtension = new Map(
  Object.entries(EXTENSIONS).flatMap(([language, extensions]) =>
    extensions.split(' ').map((extension) => [extension, language as ImportLanguage] as const),
  ),
);

/** The language whose imports a file's name promises, without regard to case; undefined when its imports are not read. */
export function importLanguageOf(path: string): ImportLanguage | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : byExtension.get(name.slice(dot + 1).toLowerCase());
}

/**
 * What a file brings in from elsewhere, in the order of the text; nothing for a language that is not read. Comments and
 * strings import nothing. Any text is read, whole or half typed, in time that grows with its length alone.
 *
 * Not seen: names that are made when the code runs, macros, and code of the same package, which needs no import.
 */
export function importsOf(path: string, text: string): readonly Import[] {
  const language = importLanguageOf(path);
  if (language === undefined) return [];
  const [lexis, read] = READERS[language];
  const reader = new ImportReader(text, tokensOf(text, lexis));
  read(reader);
  return reader.imports;
}
