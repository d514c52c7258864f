import { keywordsOf } from '../keywords.js';
import type { Language } from '../Language.js';
import { lineFacts } from '../lineFacts.js';
import type { Random } from '../random.js';
import { scan } from '../scan.js';
import type { Job } from './Transformation.js';

const substitutes = [
  'result',
  'options',
  'entry',
  'context',
  'buffer',
  'current',
  'payload',
  'handler',
  'state',
  'limit',
];

/**
 * Edits a share of a text's filled lines, at least one: each is, with equal chance, preceded by a line of other code,
 * deleted, changed (up to half of its names), or swapped with the next one.
 */
export function editLines(text: string, share: number, job: Job): string {
  const { random } = job;
  const lines: (string | undefined)[] = text.split('\n');
  const filled = lines.flatMap((line, at) => (line?.trim() ? [at] : []));
  const chosen = random.shuffled(filled).slice(0, Math.max(1, Math.round(filled.length * share)));
  const inserted = new Map<number, string>();
  for (const at of chosen) {
    const line = lines[at];
    const operation = random.between(0, 3);
    if (operation === 0) inserted.set(at, foreignLine(job));
    else if (operation === 1) lines[at] = undefined;
    else if (operation === 2 && line !== undefined) lines[at] = changedLine(line, job.range.file.language, random);
    else if (at + 1 < lines.length) [lines[at], lines[at + 1]] = [lines[at + 1], lines[at]];
  }
  return lines.flatMap((line, at) => [inserted.get(at), line].filter((kept) => kept !== undefined)).join('\n');
}

function foreignLine({ stranger, random }: Job): string {
  if (stranger !== undefined) {
    const facts = lineFacts(stranger);
    for (let tries = 0; tries < 30; tries++) {
      const at = random.between(0, stranger.lines.length - 1);
      if (facts[at]?.substantial === true && !facts[at]?.imports) return stranger.lines[at] ?? '';
    }
  }
  return `  log(${random.pick(substitutes)}, ${random.between(1, 99)});`;
}

function changedLine(line: string, language: Language, random: Random): string {
  const keywords = keywordsOf(language);
  const tokens = scan(line, language);
  const isName = (kind: string, text: string): boolean => kind === 'number' || (kind === 'word' && !keywords.has(text));
  const names = tokens.filter((token) => isName(token.kind, line.slice(token.start, token.end)));
  const chosen = new Set(random.shuffled(names).slice(0, Math.max(1, Math.ceil(names.length / 2))));
  let changed = '';
  for (const token of tokens) {
    if (!chosen.has(token)) changed += line.slice(token.start, token.end);
    else if (token.kind === 'number') changed += String(random.between(2, 500));
    else changed += random.pick(substitutes) + (random.chance(0.3) ? `.${random.pick(substitutes)}` : '');
  }
  return names.length > 0 ? changed : `${line} `;
}
