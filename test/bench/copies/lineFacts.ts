import { scan } from './scan.js';
import type { SourceFile } from './SourceFile.js';

/** What one line is: told from the file's tokens, so that comments over several lines are known as such. */
export interface LineFacts {
  /** Has something besides space and comments. */
  readonly code: boolean;
  readonly imports: boolean;
  /** Two words and eight characters at least: more than a brace or `return x`. */
  readonly substantial: boolean;
  /** The code without space and comments, strings' quotes unified, no `;` or trailing comma; '' for no code. */
  readonly normal: string;
}

const importing =
  /^\s*(?:import\b|export\s+(?:\*|\{[^}]*\})\s+from\b|from\s+\S+\s+import\b|#\s*(?:include|import|pragma)\b|@import\b|using\s+[\w.= ]+;|(?:pub(?:\([\w ]+\))?\s+)?use\s+[\w:\\{},* ]+[;{,]\s*$|package\b|namespace\s+[\w\\.]+;?\s*$|require(?:_once|_relative)?\b|(?:var|let|const)\b[^=]*=\s*(?:__importDefault\(|__importStar\()?require\(|mod\s+\w+;|extern crate\b|goog\.(?:require|provide|module)\()|^\s*\}\s*from\s+['"]/;

const brackets = (code: string, which: RegExp): number => code.match(which)?.length ?? 0;

const cache = new WeakMap<SourceFile, LineFacts[]>();

/** The facts of every line of a file, the first line at 0. */
export function lineFacts(file: SourceFile): LineFacts[] {
  const known = cache.get(file);
  if (known) return known;
  const normals: string[] = file.lines.map(() => '');
  const words: number[] = file.lines.map(() => 0);
  let line = 0;
  let nextBreak = file.text.indexOf('\n');
  for (const token of scan(file.text, file.language)) {
    while (nextBreak >= 0 && token.start > nextBreak) {
      line++;
      nextBreak = file.text.indexOf('\n', nextBreak + 1);
    }
    if (token.kind === 'space' || token.kind === 'comment') continue;
    let text = file.text.slice(token.start, token.end);
    if (token.kind === 'string') text = text.replace(/['"`]/g, "'");
    for (const [offset, part] of text.split('\n').entries()) {
      const at = line + offset;
      if (at >= normals.length) break;
      normals[at] += part.trim();
      if (token.kind !== 'mark') words[at] = (words[at] ?? 0) + 1;
    }
  }
  // An import may go over several lines, until the brackets it opened are closed.
  let open = 0;
  const facts = file.lines.map((text, at): LineFacts => {
    const code = normals[at] ?? '';
    const imports = code !== '' && (open > 0 || importing.test(text));
    if (imports) open = Math.max(0, open + brackets(code, /[({[]/g) - brackets(code, /[)}\]]/g));
    const normal = (normals[at] ?? '').replace(/[;,]+$/, '');
    return {
      code: normals[at] !== '',
      imports,
      substantial: normal.length >= 8 && (words[at] ?? 0) >= 2,
      normal,
    };
  });
  cache.set(file, facts);
  return facts;
}
