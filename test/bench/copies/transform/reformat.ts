import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LineRange } from '../Corpus.js';
import { extensionOf } from '../Language.js';
import type { Random } from '../random.js';
import { scan } from '../scan.js';
import { sourceFile, type SourceFile } from '../SourceFile.js';
import { reflow } from './reflow.js';
import type { Job } from './Transformation.js';

const prettierParsers: Readonly<Record<string, string>> = {
  js: 'babel',
  jsx: 'babel',
  mjs: 'babel',
  cjs: 'babel',
  ts: 'typescript',
  tsx: 'typescript',
  mts: 'typescript',
};
const clangLanguages = new Set(['c', 'objc', 'java', 'csharp']);
const clangStyles = ['LLVM', 'Google', 'Chromium', 'Mozilla', 'WebKit', 'Microsoft', 'GNU'];

/** Longer files are left out of reformatting, which takes seconds for each of them. */
const LONGEST = 120_000;

/** The version line of clang-format, or undefined when it is not installed. */
export function clangFormatVersion(): string | undefined {
  try {
    return execFileSync('clang-format', ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

/**
 * The pieces as they stand after their whole file was formatted another way: by prettier for JavaScript and TypeScript,
 * by clang-format for C, C++, Objective-C, Java and C#, by rewrapping for the rest. The piece is found again by counting
 * words, which formatters keep. Undefined where the file does not parse or the formatter changed its words.
 */
export async function reformatted(jobs: readonly Job[]): Promise<(string | undefined)[]> {
  const results: (string | undefined)[] = jobs.map(() => undefined);
  const forClang: number[] = [];
  const hasClang = clangFormatVersion() !== undefined;
  const prettier = await import('prettier');
  for (const [at, { range, random }] of jobs.entries()) {
    if (range.file.text.length > LONGEST) continue;
    const parser = prettierParsers[extensionOf(range.file.path)];
    if (parser !== undefined) {
      try {
        const text = await prettier.format(range.file.text, {
          parser: /@flow\b/.test(range.file.text.slice(0, 600)) ? 'babel-flow' : parser,
          printWidth: random.pick([60, 90, 120]),
          tabWidth: random.pick([2, 4, 8]),
          semi: random.chance(0.5),
          singleQuote: random.chance(0.5),
          trailingComma: random.pick(['none', 'es5', 'all']),
          bracketSpacing: random.chance(0.5),
          arrowParens: random.pick(['always', 'avoid']),
          bracketSameLine: random.chance(0.5),
        });
        results[at] = findAgain(range, text);
      } catch {
        // A file that prettier cannot read is left out, as it would be by someone formatting it.
      }
    } else if (clangLanguages.has(range.file.language)) {
      if (hasClang) forClang.push(at);
    } else results[at] = reflow(range, random);
  }
  formatByClang(jobs, forClang, results);
  return results;
}

function formatByClang(jobs: readonly Job[], places: readonly number[], results: (string | undefined)[]): void {
  if (places.length === 0) return;
  const root = mkdtempSync(join(tmpdir(), 'copies-bench-'));
  try {
    const byStyle = new Map<string, { at: number; path: string }[]>();
    for (const at of places) {
      const { range, random } = jobs[at] as Job;
      const style = clangStyle(random);
      const path = join(
        root,
        `${at}.${extensionOf(range.file.path) === 'h' && range.file.text.includes('@interface') ? 'm' : extensionOf(range.file.path)}`,
      );
      mkdirSync(root, { recursive: true });
      writeFileSync(path, range.file.text);
      byStyle.set(style, [...(byStyle.get(style) ?? []), { at, path }]);
    }
    for (const [style, files] of byStyle) {
      for (const { at, path } of files) {
        try {
          execFileSync('clang-format', ['-i', `--style=${style}`, path], { stdio: 'ignore', timeout: 20_000 });
          results[at] = findAgain((jobs[at] as Job).range, readFileSync(path, 'utf8'));
        } catch {
          // Formatting gave up on this file.
        }
      }
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function clangStyle(random: Random): string {
  const width = random.pick([60, 80, 100, 120]);
  return `{BasedOnStyle: ${random.pick(clangStyles)}, ColumnLimit: ${width}, SortIncludes: false, IndentWidth: ${random.pick([2, 4, 8])}}`;
}

/** The lines of the formatted file that hold the range's words; undefined when they are not the same words. */
function findAgain(range: LineRange, formatted: string): string | undefined {
  const before = wordStarts(range.file);
  const file = sourceFile('formatted', range.file.path, range.file.language, formatted);
  const after = wordStarts(file);
  const first = before.findIndex((word) => word.line >= range.start);
  let last = first;
  while (last + 1 < before.length && (before[last + 1]?.line ?? Infinity) < range.end) last++;
  const words = before.slice(first, last + 1).map((word) => word.text);
  if (first < 0 || words.length < 4) return undefined;
  const offset = locate(
    words,
    first,
    after.map((word) => word.text),
  );
  if (offset < 0) return undefined;
  const start = after[offset]?.line ?? 0;
  const end = after[offset + words.length - 1]?.line ?? 0;
  return file.lines.slice(start, end + 1).join('\n');
}

/** Where the words stand in the other text, looked for near their old place; -1 when nowhere. */
function locate(words: readonly string[], near: number, all: readonly string[]): number {
  for (let drift = 0; drift < 400; drift++) {
    for (const at of drift === 0 ? [near] : [near - drift, near + drift]) {
      if (at >= 0 && words.every((word, offset) => all[at + offset] === word)) return at;
    }
  }
  return -1;
}

function wordStarts(file: SourceFile): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  let line = 0;
  let nextBreak = file.text.indexOf('\n');
  for (const token of scan(file.text, file.language)) {
    while (nextBreak >= 0 && token.start > nextBreak) {
      line++;
      nextBreak = file.text.indexOf('\n', nextBreak + 1);
    }
    if (token.kind === 'word') found.push({ text: file.text.slice(token.start, token.end), line });
  }
  return found;
}
