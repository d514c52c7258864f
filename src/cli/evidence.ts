import { contentHash, isSecret, secretName } from '../evidence/contentHash.js';
import { readEntries, type PlacedEntry } from '../evidence/readEntries.js';
import { verifyFolder } from '../evidence/verifyFolder.js';
import { commandArguments } from '../node/commandArguments.js';
import { evidenceGroups, type EvidenceGroup } from '../node/evidenceGroups.js';
import { textOf } from '../node/policyFile.js';
import { sha256 } from '../node/sha256.js';
import { parseLines } from '../decision/cases.js';
import { foldAddress } from '../policy/addresses.js';
import { beginning, ending, parseInstant, parseMoment, type Window } from '../policy/moments.js';
import { UserError } from '../ports.js';
import {
  headsAsJson,
  headsInWords,
  verificationAsJson,
  verificationInWords,
  type VerifiedFolder,
} from '../report/evidence.js';
import { entryAsJson, tableHead, tableRow } from '../report/evidenceTable.js';
import { CLEAN, FINDINGS, type Io } from './Command.js';

export const help = `devterms evidence: what was recorded of work with covered code

Usage: devterms evidence verify FILE|FOLDER... [--anchor HASH[,HASH...]] [--format text|json]
       devterms evidence head FILE|FOLDER... [--format text|json]
       devterms evidence export FILE|FOLDER... --format csv|json [--from T] [--until T]
                                [--person ADDRESS] [--asset ID] [--bom]
       devterms evidence hash FILE [--lines a-b] --key FILE

  verify    checks that no entry and no file was changed, removed, moved or added, and says where
            one was; a folder is checked as a whole, so that missing files are noticed
  --anchor  hashes that 'head' printed earlier and that were deposited elsewhere: verify says
            whether the files still hold what they stood for
  head      prints the hash of the last entry of every chain, for depositing elsewhere
  export    writes acts and exposures as a table for a spreadsheet, or as JSON
  --from, --until  2026-05-20 (a day in UTC, the last one included) or an instant with an offset
  --bom     begins the table with a byte order mark, which some spreadsheets need for accents
  hash      the keyed hash of lines of a file, as entries have it under 'content': shows that a
            text is the one that was recorded; --key is the agreement's file from the keys folder

The editor keeps evidence in its global storage folder, below 'evidence', one folder an agreement.
Entries hold places and hashes, never code. See docs/evidence.md.

Exit codes: 0 done and consistent; 1 something is not consistent; 2 it could not be done.
`;

/** Runs `devterms evidence SUBCOMMAND`. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  switch (name) {
    case 'verify':
      return verify(rest, io);
    case 'head':
      return head(rest, io);
    case 'export':
      return exportEntries(rest, io);
    case 'hash':
      return hash(rest, io);
    default:
      throw new UserError(
        `${name === undefined ? 'Say what to do' : `There is no 'evidence ${name}'`}: verify, head, export or hash.`,
      );
  }
}

async function verify(args: readonly string[], io: Io): Promise<number> {
  const { texts, rest } = commandArguments(args, { anchor: 'text', format: 'text' });
  const format = formatOf(texts.format, ['text', 'json']);
  const anchors = anchorsOf(texts.anchor);
  const folders = await verified(await groupsOf(rest, io), anchors);
  const found = new Set(folders.flatMap(({ verification }) => verification.anchored));
  const missing = anchors.filter((anchor) => !found.has(anchor));
  io.out(
    format === 'json' ? json(verificationAsJson(folders, missing)) : verificationInWords(folders, missing, io.paint),
  );
  return missing.length > 0 || !areConsistent(folders) ? FINDINGS : CLEAN;
}

async function head(args: readonly string[], io: Io): Promise<number> {
  const { texts, rest } = commandArguments(args, { format: 'text' });
  const format = formatOf(texts.format, ['text', 'json']);
  const folders = await verified(await groupsOf(rest, io), []);
  if (!areConsistent(folders)) {
    io.err('The evidence is not consistent, so that its head is worth nothing. Run: devterms evidence verify\n');
    return FINDINGS;
  }
  io.out(format === 'json' ? json(headsAsJson(folders)) : headsInWords(folders));
  return CLEAN;
}

async function exportEntries(args: readonly string[], io: Io): Promise<number> {
  const { texts, flags, rest } = commandArguments(args, {
    format: 'text',
    from: 'text',
    until: 'text',
    person: 'text',
    asset: 'text',
    bom: 'flag',
  });
  if (texts.format === undefined) throw new UserError('Say what to write: --format csv or --format json.');
  const format = formatOf(texts.format, ['csv', 'json']);
  const isWanted = wanted(texts);
  const groups = await groupsOf(rest, io);
  const folders = await verified(groups, []);
  let count = 0;
  io.out(format === 'csv' ? `${flags.has('bom') ? '\uFEFF' : ''}${tableHead()}` : '{"entries":[');
  for (const group of groups) {
    for await (const entry of readEntries(group)) {
      if (!isWanted(entry)) continue;
      if (format === 'csv') io.out(tableRow(entry));
      else io.out(`${count === 0 ? '\n' : ',\n'}${JSON.stringify(entryAsJson(entry))}`);
      count++;
    }
  }
  const isConsistent = areConsistent(folders);
  if (format === 'json') io.out(`\n],"consistent":${String(isConsistent)}}\n`);
  io.err(`${count.toLocaleString('en-US')} ${count === 1 ? 'entry' : 'entries'}.\n`);
  if (isConsistent) return CLEAN;
  io.err('The evidence is not consistent: some of it was changed or is missing. Run: devterms evidence verify\n');
  return FINDINGS;
}

async function hash(args: readonly string[], io: Io): Promise<number> {
  const { texts, rest } = commandArguments(args, { lines: 'text', key: 'text' });
  const [file, more] = rest;
  if (file === undefined || more !== undefined)
    throw new UserError('Name one file: devterms evidence hash FILE --key FILE.');
  if (texts.key === undefined)
    throw new UserError('Say under which secret: --key FILE, from the keys folder beside the evidence.');
  const secret = (await textOf(io.cwd, texts.key)).trim();
  if (!isSecret(secret)) throw new UserError(`${texts.key} holds no secret: one line of 64 hexadecimal digits.`);
  const text = await textOf(io.cwd, file);
  io.out(`${await contentHash(secret, linesOf(text, texts.lines), sha256)}\n`);
  io.err(`Under the secret ${await secretName(secret, sha256)}, as the header of a file names it under 'key'.\n`);
  return CLEAN;
}

function linesOf(text: string, span: string | undefined): string {
  if (span === undefined) return text;
  const found = parseLines(span);
  if (found === undefined) throw new UserError(`'${span}' is no span of lines. Write --lines 12-40, or --lines 12.`);
  return text
    .split(/\r\n|\r|\n/)
    .slice(found.start - 1, found.end)
    .join('\n');
}

async function groupsOf(paths: readonly string[], io: Io): Promise<readonly EvidenceGroup[]> {
  if (paths.length === 0) throw new UserError('Say where the evidence is: a file or a folder.');
  return evidenceGroups(io.cwd, paths);
}

async function verified(groups: readonly EvidenceGroup[], anchors: readonly string[]): Promise<VerifiedFolder[]> {
  const folders: VerifiedFolder[] = [];
  for (const group of groups) {
    const verification = await verifyFolder(group, sha256, anchors);
    const links = group.links.map(
      (file) => ({ code: 'link', file, message: 'This is a link. It was not followed.' }) as const,
    );
    folders.push({ folder: group.folder, verification: { ...verification, notes: [...verification.notes, ...links] } });
  }
  return folders;
}

function areConsistent(folders: readonly VerifiedFolder[]): boolean {
  return folders.every(({ verification }) => verification.findings.length === 0);
}

function anchorsOf(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const anchors = text.split(',').map((anchor) => anchor.trim().toLowerCase());
  const wrong = anchors.find((anchor) => !/^[0-9a-f]{64}$/.test(anchor));
  if (wrong !== undefined)
    throw new UserError(`'${wrong}' is no hash: 64 hexadecimal digits, as 'devterms evidence head' prints them.`);
  return anchors;
}

/** Which entries the options want. */
function wanted(texts: Readonly<Record<string, string>>): (entry: PlacedEntry) => boolean {
  const window: Window = {
    start: texts.from === undefined ? -Infinity : beginning(momentOf(texts.from), 'UTC'),
    end: texts.until === undefined ? Infinity : ending(momentOf(texts.until), 'UTC'),
  };
  const person = texts.person === undefined ? undefined : foldAddress(texts.person);
  return ({ fields }) => {
    const at = typeof fields.at === 'string' ? parseInstant(fields.at) : undefined;
    if (at !== undefined && (at < window.start || at >= window.end)) return false;
    if (person !== undefined && (typeof fields.person !== 'string' || foldAddress(fields.person) !== person))
      return false;
    if (texts.asset === undefined || fields.asset === texts.asset) return true;
    return Array.isArray(fields.assets) && fields.assets.includes(texts.asset);
  };
}

function momentOf(text: string): NonNullable<ReturnType<typeof parseMoment>> {
  const moment = parseMoment(text);
  if (moment === undefined)
    throw new UserError(`'${text}' is no moment. Write a day (2026-05-20) or an instant (2026-05-20T10:00:00+02:00).`);
  return moment;
}

function formatOf<Format extends string>(text: string | undefined, formats: readonly Format[]): Format {
  const format = formats.find((known) => known === (text ?? formats[0]));
  if (format === undefined)
    throw new UserError(
      `There is no format '${String(text)}'. Write ${formats.map((known) => `--format ${known}`).join(' or ')}.`,
    );
  return format;
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
