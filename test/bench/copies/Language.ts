/** A family of languages that the benchmark treats alike. */
export type Language =
  | 'javascript'
  | 'typescript'
  | 'c'
  | 'objc'
  | 'java'
  | 'kotlin'
  | 'swift'
  | 'csharp'
  | 'python'
  | 'go'
  | 'rust'
  | 'php'
  | 'ruby';

const byExtension: Readonly<Record<string, Language>> = {
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  tsx: 'typescript',
  mts: 'typescript',
  c: 'c',
  h: 'c',
  cc: 'c',
  cpp: 'c',
  cxx: 'c',
  hpp: 'c',
  m: 'objc',
  mm: 'objc',
  java: 'java',
  kt: 'kotlin',
  swift: 'swift',
  cs: 'csharp',
  py: 'python',
  go: 'go',
  rs: 'rust',
  php: 'php',
  rb: 'ruby',
};

/** The language of a path by its extension; undefined for other files, declaration files and minified ones. */
export function languageOf(path: string): Language | undefined {
  if (/\.d\.[mc]?ts$|[.-]min\.[a-z]+$/.test(path)) return undefined;
  return byExtension[extensionOf(path)];
}

/** The extension without its dot, lower case; '' when there is none. */
export function extensionOf(path: string): string {
  return /\.([A-Za-z]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}
