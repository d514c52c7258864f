import type { Job } from './Transformation.js';
import { piecesOf } from './pieces.js';

/** The lines as they stand. */
export function verbatim({ range }: Job): string {
  return range.file.lines.slice(range.start, range.end).join('\n');
}

/** Other indentation, CRLF line endings, trailing blanks. */
export function reindented(job: Job): string {
  const lines = verbatim(job).split('\n');
  const unit = lines.some((line) => line.startsWith('\t')) ? '  ' : job.random.chance(0.5) ? '\t' : '      ';
  const depth = job.random.between(0, 3);
  const narrow = Math.min(...lines.filter((line) => line.trim()).map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0));
  return lines
    .map((line) => {
      if (line.trim() === '') return job.random.chance(0.5) ? '' : '   ';
      const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
      const levels = Math.max(0, Math.round(indent.includes('\t') ? indent.length : (indent.length - narrow) / 2));
      return unit.repeat(depth + levels) + line.trim() + (job.random.chance(0.2) ? '  ' : '');
    })
    .join('\r\n');
}

const eitherQuote = new Set(['javascript', 'typescript', 'python', 'php', 'ruby']);

/** The other quotes, trailing commas added or taken away, optional semicolons dropped. */
export function requoted(job: Job): string | undefined {
  const { language } = job.range.file;
  if (!eitherQuote.has(language)) return undefined;
  let text = '';
  for (const piece of piecesOf(job.range)) {
    const inner = piece.text.slice(1, -1);
    const first = piece.text[0];
    const isPlain =
      piece.kind === 'string' && piece.text.length > 1 && first === piece.text.at(-1) && !/['"\\$#\n]/.test(inner);
    if (isPlain && first === "'") text += `"${inner}"`;
    else if (isPlain && first === '"') text += `'${inner}'`;
    else text += piece.text;
  }
  const isScript = language === 'javascript' || language === 'typescript';
  if (isScript) text = text.replace(/;([ \t]*)$/gm, '$1');
  return text
    .replace(/,(\s*\n\s*[\])}])/g, '$1')
    .replace(/([\w'"\])])(\n\s*[\])}],?\n)/g, (all, a: string, b: string) =>
      job.random.chance(0.5) && isScript && /[\])]/.test(b) ? `${a},${b}` : all,
    );
}

const remarks = [
  'adapted',
  'see the ticket',
  'keep in step with the caller',
  'TODO: tidy up',
  'checked by hand',
  'edge case',
  'fast path',
  'as agreed',
];

/** Comments taken out or replaced by others, and a few new ones. */
export function recommented(job: Job): string {
  const { file } = job.range;
  const marker = file.language === 'python' || file.language === 'ruby' ? '#' : '//';
  const dropAll = job.random.chance(0.5);
  let text = '';
  for (const piece of piecesOf(job.range)) {
    if (piece.kind !== 'comment') text += piece.text;
    else if (!dropAll && !piece.text.startsWith('/*')) text += `${marker} ${job.random.pick(remarks)}`;
    else if (!dropAll) text += `/* ${job.random.pick(remarks)} */`;
  }
  return text
    .split('\n')
    .filter((line, at, all) => line.trim() !== '' || all[at - 1]?.trim() !== '')
    .flatMap((line) =>
      !dropAll && job.random.chance(0.1) && !/[\\`]\s*$/.test(line)
        ? [`${marker} ${job.random.pick(remarks)}`, line]
        : [line],
    )
    .join('\n');
}
