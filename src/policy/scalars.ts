/** What the text of a YAML scalar means: the core schema for plain ones, escapes and folding for quoted and block ones. */

const NUMBER = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** The value of a plain scalar in YAML 1.2's core schema. */
export function plainMeaning(text: string): string | number | boolean | null {
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
  }
  const first = text.charCodeAt(0);
  // Only a digit, a sign or a dot can begin a number.
  if (!((first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e)) return text;
  if (NUMBER.test(text)) return Number(text);
  if (/^0o[0-7]+$/.test(text)) return parseInt(text.slice(2), 8);
  if (/^0x[0-9a-fA-F]+$/.test(text)) return parseInt(text.slice(2), 16);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return NaN;
  return text;
}

/** Lines of a plain or quoted scalar as one text: a line break is a space, an empty line is a line break. */
export function foldLines(text: string): string {
  if (!text.includes('\n')) return text;
  const lines = text.split('\n');
  const last = lines.length - 1;
  let out = '';
  let empty = 0;
  for (const [at, line] of lines.entries()) {
    // The spaces at the outer ends belong to the text; those around a line break do not.
    const body = at === 0 ? trimEnd(line) : at === last ? trimStart(line) : trimStart(trimEnd(line));
    if (at > 0 && body === '' && at < last) {
      empty += 1;
      continue;
    }
    if (at > 0) out += empty < 1 ? ' ' : '\n'.repeat(empty);
    out += body;
    empty = 0;
  }
  return out;
}

const isBlank = (code: number) => code === 0x20 || code === 0x09 || code === 0x0d;

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function trimStart(text: string): string {
  let start = 0;
  while (start < text.length && isBlank(text.charCodeAt(start))) start += 1;
  return text.slice(start);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The text between double quotes; `badAt` is the offset of the first escape that does not exist. */
export function doubleQuoted(inner: string): { readonly text: string; readonly badAt?: number } {
  if (!inner.includes('\\')) return { text: foldLines(inner) };
  let badAt: number | undefined;
  let out = '';
  let from = 0;
  while (from < inner.length) {
    const slash = inner.indexOf('\\', from);
    const plain = inner.slice(from, slash < 0 ? undefined : slash);
    if (slash < 0) return { text: out + foldLines(plain), ...(badAt === undefined ? {} : { badAt }) };
    // What stands before an escape keeps its trailing spaces, so only whole line breaks inside it are folded.
    out += foldLines(plain);
    const letter = inner.charAt(slash + 1);
    const digits = DIGITS[letter];
    if (letter === '\n' || letter === '\r') {
      // An escaped line break joins the lines without a space.
      const gap = /^\r?\n[ \t]*/.exec(inner.slice(slash + 1))?.[0] ?? letter;
      const more = /^(?:[ \t\r]*\n)*[ \t]*/.exec(inner.slice(slash + 1 + gap.length))?.[0] ?? '';
      out += '\n'.repeat(more.split('\n').length - 1);
      from = slash + 1 + gap.length + more.length;
    } else if (digits !== undefined) {
      const hex = inner.slice(slash + 2, slash + 2 + digits);
      const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? parseInt(hex, 16) : NaN;
      if (Number.isNaN(code) || code > 0x10ffff) {
        badAt ??= slash;
        out += `\\${letter}`;
        from = slash + 2;
      } else {
        out += String.fromCodePoint(code);
        from = slash + 2 + digits;
      }
    } else {
      const meant = ESCAPES[letter];
      if (meant === undefined) badAt ??= slash;
      out += meant ?? `\\${letter}`;
      from = slash + 2;
    }
  }
  return { text: out, ...(badAt === undefined ? {} : { badAt }) };
}

export function singleQuoted(inner: string): string {
  return foldLines(inner.includes("''") ? inner.replace(/''/g, "'") : inner);
}

/**
 * The text of a block scalar. `lines` are its lines without their line ends; `indent` is the indentation that is taken
 * off; `keep` says what becomes of the line breaks at the end (`-` none, `+` all, otherwise one).
 */
export function blockText(lines: readonly string[], indent: number, folded: boolean, keep: '' | '-' | '+'): string {
  const content = lines.map((line) => line.slice(indent));
  let last = content.length;
  while (last > 0 && content[last - 1] === '') last -= 1;
  const trailing = content.length - last;
  const kept = content.slice(0, last);
  const body = folded ? foldBlock(kept) : kept.join('\n');
  if (keep === '-') return body;
  if (keep === '+') return last === 0 ? '\n'.repeat(trailing) : body + '\n'.repeat(trailing + 1);
  return last === 0 ? '' : `${body}\n`;
}

function foldBlock(lines: readonly string[]): string {
  let out = '';
  let empty = 0;
  let started = false;
  let wasIndented = false;
  for (const line of lines) {
    if (line === '') {
      empty += 1;
      continue;
    }
    const indented = line.startsWith(' ') || line.startsWith('\t');
    if (!started) out += '\n'.repeat(empty);
    else if (indented || wasIndented) out += '\n'.repeat(empty + 1);
    else out += empty === 0 ? ' ' : '\n'.repeat(empty);
    out += line;
    empty = 0;
    started = true;
    wasIndented = indented;
  }
  return out;
}
