/** What verifying evidence gave, in words for somebody who has to rely on it, and for programs. */
import type { Finding, Note, Verification } from '../evidence/Verification.js';
import { PLAIN, type Paint } from './paint.js';
import { counted } from './words.js';

/** The verification of one folder, as it was named. */
export interface VerifiedFolder {
  readonly folder: string;
  readonly verification: Verification;
}

const number = (count: number): string => count.toLocaleString('en-US');
const entries = (count: number): string => (count === 1 ? '1 entry' : `${number(count)} entries`);

/** Findings and notes with their places, and what the whole amounts to. `missing` are deposited hashes nobody found. */
export function verificationInWords(
  folders: readonly VerifiedFolder[],
  missing: readonly string[],
  paint: Paint = PLAIN,
): string {
  const out: string[] = [];
  for (const { folder, verification } of folders) {
    const { files, findings, notes, from, until } = verification;
    const when = from === undefined || until === undefined ? '' : `, ${from} to ${until}`;
    out.push(paint.bold(`${folder}: ${counted(files.length, 'file')}, ${entries(verification.entries)}${when}`));
    out.push(...findings.map((finding) => `  ${paint.bad('✗')} ${remarkInWords(finding, paint)}`));
    out.push(...notes.map((note) => `  - ${remarkInWords(note, paint)}`));
    if (findings.length === 0) out.push(`  ${paint.good('✓')} consistent`);
  }
  for (const anchor of missing) out.push(`${paint.bad('✗')} ${anchorInWords(anchor)}`);
  const count = folders.reduce((sum, { verification }) => sum + verification.findings.length, missing.length);
  out.push('');
  if (count > 0) out.push(paint.bad(`Not consistent: ${counted(count, 'finding')}.`));
  else
    out.push(
      `${paint.good('Consistent.')} No entry was changed, removed, moved or added since it was written, unless somebody with`,
      'access to the machine wrote whole chains anew. A hash that was deposited elsewhere rules that out: see',
      '`devterms evidence head` and --anchor.',
    );
  return `${out.join('\n')}\n`;
}

/** The same for programs. */
export function verificationAsJson(folders: readonly VerifiedFolder[], missing: readonly string[]): object {
  return {
    consistent: missing.length === 0 && folders.every(({ verification }) => verification.findings.length === 0),
    folders: folders.map(({ folder, verification }) => ({ folder, ...verification })),
    anchorsNotFound: missing,
  };
}

/** The ends of all chains: what to deposit elsewhere. */
export function headsInWords(folders: readonly VerifiedFolder[]): string {
  return folders
    .flatMap(({ verification }) => verification.heads)
    .map(({ file, sequence, hash, at }) => `${hash}  ${file}  entry ${sequence}  ${at}\n`)
    .join('');
}

/** The same for programs. */
export function headsAsJson(folders: readonly VerifiedFolder[]): object {
  return {
    heads: folders.flatMap(({ folder, verification }) => verification.heads.map((head) => ({ folder, ...head }))),
  };
}

function remarkInWords({ file, line, code, message }: Finding | Note, paint: Paint): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${message} ${paint.faint(`[${code}]`)}`;
}

function anchorInWords(anchor: string): string {
  return `No entry has the hash ${anchor}, which was deposited. What it stood for was removed or written anew since, or it belongs to other files. [anchor]`;
}
