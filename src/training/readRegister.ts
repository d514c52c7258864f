import { dsvFormat } from 'd3-dsv';
import { plainValue } from '../policy/readContent.js';
import { readYaml } from '../policy/readYaml.js';
import { Report } from '../policy/Report.js';
import { Source } from '../policy/Source.js';

/** One line of a register: who passed which course when. `passed` is a bare date or an instant, as written. */
export interface RegisterEntry {
  readonly person: string;
  readonly course: string;
  readonly passed: string;
  /** Where it stands, by the name of its source; left out where nobody asks for it. */
  readonly source?: string;
}

/** The names that an export uses for the three columns. */
export interface RegisterColumns {
  readonly person: string;
  readonly course: string;
  readonly passed: string;
}

export const REGISTER_COLUMNS: RegisterColumns = { person: 'person', course: 'course', passed: 'passed' };

/** What a register holds. Entries that cannot be read count for nothing, and `problems` says which and why. */
export interface Register {
  readonly records: readonly RegisterEntry[];
  /** Why nothing of it can be read and what to do, as the end of a sentence and more; left out when it can. */
  readonly unreadable?: string;
  /** One sentence each; entries are counted from 1, as a person counts the rows below the heading. */
  readonly problems: readonly string[];
}

/**
 * Reads a register of passed courses: YAML (a list of {person, course, passed}, or a map with such a list under `records`)
 * when the name ends in .yaml or .yml, else CSV with a heading line (RFC 4180; comma, semicolon or tab). Never throws.
 */
export function readRegister(path: string, text: string, columns: RegisterColumns = REGISTER_COLUMNS): Register {
  const rows = /\.ya?ml$/i.test(path) ? yamlRows(text) : csvRows(text, columns);
  if (typeof rows === 'string') return { records: [], unreadable: rows, problems: [] };
  const records: RegisterEntry[] = [];
  const problems: string[] = [];
  rows.forEach((row, index) => {
    const value = (column: string): string => {
      const cell = row[column];
      return typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim() : '';
    };
    const entry = { person: value(columns.person), course: value(columns.course), passed: value(columns.passed) };
    const missing = (['person', 'course', 'passed'] as const).filter((field) => entry[field] === '');
    if (missing.length === 0) records.push(entry);
    else {
      const names = missing.map((field) => `'${columns[field]}'`).join(' and ');
      problems.push(`${path}, entry ${index + 1} has no ${names}. It counts for nothing until that is filled in.`);
    }
  });
  return { records, problems };
}

type Row = Readonly<Record<string, unknown>>;

function csvRows(text: string, columns: RegisterColumns): readonly Row[] | string {
  const plain = text.replace(/^\uFEFF/, '');
  if ((plain.match(/"/g)?.length ?? 0) % 2 === 1) return 'a quoted cell is not closed. Close it with a quote.';
  const first = plain.slice(0, plain.search(/[\r\n]|$/));
  const delimiter = [',', ';', '\t'].find((candidate) => first.includes(candidate)) ?? ',';
  const [heading, ...rows] = dsvFormat(delimiter).parseRows(plain);
  const names = heading?.map((name) => name.trim()) ?? [];
  const missing = Object.values(columns).filter((column: string) => !names.includes(column));
  if (plain.trim() !== '' && missing.length > 0)
    return `its heading has no ${missing.map((column: string) => `'${column}'`).join(' and no ')}. Correct the heading, or name its columns under 'columns'.`;
  return rows
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
}

/** Read as policies are, and not by the yaml package, which a hostile file of a repository can keep busy for minutes. */
function yamlRows(text: string): readonly Row[] | string {
  const report = new Report(new Source('register', text));
  const { root } = readYaml(report);
  if (report.hasErrors) return 'this is not valid YAML. Write a list of {person, course, passed}.';
  if (root === undefined) return [];
  const content = plainValue(root);
  const list = Array.isArray(content) ? content : (content as { records?: unknown } | null)?.records;
  if (!Array.isArray(list)) return 'this is no list of {person, course, passed}.';
  return list.map((entry): Row => (typeof entry === 'object' && entry !== null ? (entry as Row) : {}));
}
