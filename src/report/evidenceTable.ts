/** Evidence as a table for counsel: plain columns, one act a row, safe to open in a spreadsheet. */
import type { PlacedEntry } from '../evidence/readEntries.js';

type Cell = (entry: PlacedEntry) => unknown;

const field =
  (name: string): Cell =>
  ({ fields }) =>
    fields[name];
const lines =
  (end: 0 | 1): Cell =>
  ({ fields }) =>
    /^(\d+)-(\d+)$/.exec(textOf(fields.lines))?.[end + 1];

/** The columns in their order. Lines stand in two columns: a spreadsheet takes `3-4` for a day in April. */
const COLUMNS: readonly (readonly [string, Cell])[] = [
  ['When (UTC)', field('at')],
  ['Agreement', ({ agreement }) => agreement],
  ['Person', field('person')],
  ['Person as claimed by', field('source')],
  ['Action', ({ fields }) => (fields.entry === 'exposure' ? 'view' : fields.action)],
  ['What happened', ({ fields }) => (fields.entry === 'exposure' ? 'exposed' : fields.outcome)],
  ['Decision', field('effect')],
  ['Rules', field('rules')],
  ['Clauses', ({ fields }) => listOf(fields.clauses).map((clause) => `clause ${textOf(clause)}`)],
  ['Waivers', field('waived')],
  ['Notices', field('notices')],
  ['Duties', field('duties')],
  ['Assets', ({ fields }) => fields.assets ?? fields.asset],
  ['Tier', field('tier')],
  ['File', field('path')],
  ['First line', lines(0)],
  ['Last line', lines(1)],
  ['Destination', field('into')],
  ['Purpose', field('purpose')],
  ['Reason given', field('reason')],
  ['Hashes of the text (keyed)', field('content')],
  ['Policy in force (SHA-256)', field('policy')],
  ['Session', field('session')],
  ['Evidence file', ({ file }) => file],
  ['Line in it', ({ line }) => line],
  ['Entry number', field('sequence')],
  ['Entry hash', field('hash')],
];

/** The first row: what the columns are. */
export function tableHead(): string {
  return csvRow(COLUMNS.map(([title]) => title));
}

/** One act or exposure as a row. */
export function tableRow(entry: PlacedEntry): string {
  return csvRow(COLUMNS.map(([, cell]) => textOf(cell(entry))));
}

/** One act or exposure for programs: where it stands, and its fields as they are. */
export function entryAsJson({ file, line, agreement, fields }: PlacedEntry): object {
  return { file, line, agreement, ...fields };
}

/** A row after RFC 4180, every cell in quotation marks. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/**
 * What a spreadsheet would take for a formula begins with an apostrophe, so that it is shown and not run. Names of files
 * and reasons come from people.
 */
function harmless(cell: string): string {
  return /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** A value as a cell has it: lists with `; ` between their items, nothing for what is not there. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).join('; ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
