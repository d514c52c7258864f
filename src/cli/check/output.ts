import { ENGINE_VERSION } from '../../engine/version.js';
import { provenanceOf } from '../../node/git/provenance.js';
import { absolutePath } from '../../node/treeFiles.js';
import { writeShared } from '../../node/writeWhole.js';
import { UserError } from '../../ports.js';
import { checkAsJson, checkInWords } from '../../report/check.js';
import { PLAIN, type Paint } from '../../report/paint.js';
import type { Io } from '../Command.js';
import type { Checked } from './checkStaged.js';

export const FORMATS = ['text', 'json', 'sarif', 'github', 'junit'] as const;
export type Format = (typeof FORMATS)[number];

/** How a result is printed. */
export interface OutputOptions {
  readonly cwd: string;
  readonly paint?: Paint;
  /** Columns of the terminal that it is printed on. */
  readonly width?: number;
  readonly isQuiet: boolean;
  readonly hasBaseline: boolean;
}

/** The format of this name. Throws a `UserError` that lists those there are. */
export function formatOf(text = 'text'): Format {
  const format = FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  throw new UserError(`There is no format '${text}'. Write one of ${FORMATS.join(', ')}.`);
}

/** A result in a format. What a format alone needs is loaded when it is asked for. */
export async function printed(format: Format, { result, policy }: Checked, options: OutputOptions): Promise<string> {
  switch (format) {
    case 'text':
      return checkInWords(result, policy, options.paint ?? PLAIN, options);
    case 'json':
      return inJson(checkAsJson(result));
    case 'github': {
      const { findingsForGithub } = await import('../../report/findingsForGithub.js');
      return findingsForGithub(result, policy);
    }
    case 'junit': {
      const { findingsAsJunit } = await import('../../report/findingsAsJunit.js');
      return findingsAsJunit(result, policy);
    }
    case 'sarif': {
      const { findingsAsSarif } = await import('../../report/findingsAsSarif.js');
      const provenance = await provenanceOf(options.cwd);
      return inJson(
        findingsAsSarif(result, policy, {
          version: ENGINE_VERSION,
          hasBaseline: options.hasBaseline,
          ...(provenance === undefined ? {} : { provenance }),
        }),
      );
    }
  }
}

/** A report that is to be written: `sarif=devterms.sarif`. */
export interface Report {
  readonly format: Format;
  readonly file: string;
}

/** Reads `FORMAT=FILE`. Throws a `UserError` for anything else. */
export function reportOf(text: string): Report {
  const equals = text.indexOf('=');
  if (equals < 1 || equals === text.length - 1)
    throw new UserError(`'${text}' is no report. Write --report FORMAT=FILE, such as --report sarif=devterms.sarif.`);
  return { format: formatOf(text.slice(0, equals)), file: text.slice(equals + 1) };
}

/** Writes reports to their files, each as a whole or not at all. */
export async function writeReports(
  reports: readonly Report[],
  checked: Checked,
  io: Io,
  options: Omit<OutputOptions, 'cwd' | 'paint' | 'width' | 'isQuiet'>,
): Promise<void> {
  for (const { format, file } of reports) {
    const text = await printed(format, checked, { ...options, cwd: io.cwd, isQuiet: false });
    writeShared(absolutePath(io.cwd, file), new TextEncoder().encode(text));
  }
}

function inJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
