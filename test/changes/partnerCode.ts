import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const EXAMPLE = join(import.meta.dirname, '../../examples/cobuild');

/** The text of a file of the demo co-build. */
export const demoText = (path: string): string => readFileSync(join(EXAMPLE, path), 'utf8');

/** Lines of a text, from 1, both included. */
export const linesFrom = (text: string, start: number, end: number): string =>
  text
    .split('\n')
    .slice(start - 1, end)
    .join('\n');

/** The same code with other names, as somebody does who hides where it comes from. */
export const renamed = (text: string): string =>
  text.replace(
    /\b(cell|state|current|rate|excess|steps|elapsed|wanted_a|ambient_c|target|minutes|after|missing_ah)\b/g,
    'my_$1_x',
  );
