import { UserError, type Hash, type StoredFile } from '../ports.js';
import { fieldsOf, HEADS_FILE, kindOfFile, type Fields } from './chainFiles.js';
import { FORMAT, type ChainKind, type Head, type NamedHead, type RemovedBody } from './Entry.js';
import { fileLines, type FileLine } from './fileLines.js';
import { EMPTY_CHAIN, NOTHING_BEFORE, sealOf } from './seal.js';
import type { Finding, FindingCode, Note, NoteCode, Verification, VerifiedFile } from './Verification.js';

/** The files that are to be verified together. */
export interface GivenFolder {
  readonly files: readonly StoredFile[];
  /** True when these are all files of the folder, so that one that is not there is missing. */
  readonly isWhole: boolean;
  /** Bytes of one of the files. Rejects with a `UserError` when it cannot be read. */
  read(name: string, start: number, end: number): Promise<Uint8Array>;
}

/** Somebody says that a file had an entry. */
interface Claim extends NamedHead {
  /** The file that says so; `heads.jsonl` for the list of heads. */
  readonly by: string;
}

/** A chain file among those given. */
interface ChainFile {
  /** Its name on the disk. */
  readonly stored: StoredFile;
  /** Its name when it was written. */
  readonly name: string;
  readonly kind: ChainKind | undefined;
  readonly agreement: string | undefined;
  readonly part: number;
  /** What all parts of a chain share. */
  readonly chain: string;
  readonly after: readonly NamedHead[];
}

/** At most so many findings of one file are told; a file of another kind would give one for every line. */
const TOLD = 50;

/**
 * Verifies the chains in a folder: every entry by its own hash, by the entry before, and by what other files say of it.
 * `anchors` are hashes that were deposited elsewhere. Reads every file once, and holds no more than a piece of it.
 */
export async function verifyFolder(
  given: GivenFolder,
  hash: Hash,
  anchors: readonly string[] = [],
): Promise<Verification> {
  return new Verifier(given, hash, new Set(anchors)).run();
}

/** How far the reading of one chain has got. */
interface Progress {
  /** The sequence and hash of the last entry in order; undefined before the first that is known. */
  before:
    { readonly sequence: number; readonly hash: string; readonly file: string; readonly line: number } | undefined;
  /** Entries that were expected before a line and were not there. */
  readonly gaps: { readonly from: number; readonly to: number; readonly file: string; readonly line: number }[];
  /** Entries with a number that had passed already. */
  readonly strays: { readonly sequence: number; readonly file: string; readonly line: number }[];
  hasEnded: boolean;
}

class Verifier {
  private readonly findings: Finding[] = [];
  private readonly notes: Note[] = [];
  private readonly told = new Map<string, number>();
  private readonly claims = new Map<string, Claim[]>();
  private readonly removed: RemovedBody[] = [];
  private readonly verified: VerifiedFile[] = [];
  private readonly ends: NamedHead[] = [];
  private readonly anchored = new Set<string>();
  private entries = 0;
  private from: string | undefined;
  private until: string | undefined;

  constructor(
    private readonly given: GivenFolder,
    private readonly hash: Hash,
    private readonly anchors: ReadonlySet<string>,
  ) {}

  async run(): Promise<Verification> {
    const files: ChainFile[] = [];
    for (const stored of this.given.files) {
      if (stored.name !== HEADS_FILE) files.push(await this.identified(stored));
    }
    await this.readHeads(files.length > 0);
    const known = this.withoutTwins(files);
    for (const file of known) {
      for (const head of file.after) this.claim({ ...head, by: file.name });
    }
    const chains = new Map<string, ChainFile[]>();
    for (const file of known) chains.set(file.chain, [...(chains.get(file.chain) ?? []), file]);
    for (const chain of chains.values()) await this.readChain(chain.sort((a, b) => a.part - b.part));
    this.judgeMissing(new Set(known.map(({ name }) => name)));
    return {
      files: this.verified,
      entries: this.entries,
      bytes: this.given.files.reduce((sum, { size }) => sum + size, 0),
      from: this.from,
      until: this.until,
      findings: this.findings,
      notes: this.notes,
      heads: this.headsNobodyNames(known),
      anchored: [...this.anchored],
    };
  }

  /** Who a file is: by its header, or by its name when the header cannot be relied on. */
  private async identified(stored: StoredFile): Promise<ChainFile> {
    const first = await this.lines(stored).next();
    const line = first.done === true ? undefined : plain(first.value).bytes;
    const seal = line === undefined ? undefined : await sealOf(line, this.hash);
    const header = seal !== undefined && seal.actual === seal.carried ? fieldsOf(line) : undefined;
    const isHeader = header?.entry === 'header' && typeof header.file === 'string';
    if (isHeader && typeof header.format === 'number' && header.format > FORMAT)
      throw new UserError(`${stored.name} was written by a newer version of Developer Terms. Verify it with that one.`);
    const name = isHeader ? String(header.file) : stored.name;
    if (name !== stored.name)
      this.note('renamed', stored.name, undefined, `This file was called ${name} when it was written.`);
    const [, chain = name, part = '1'] = /^(.*)-(\d+)\.jsonl$/.exec(name) ?? [];
    const after = isHeader && Array.isArray(header.after) ? (header.after as readonly NamedHead[]) : [];
    const agreement = isHeader && typeof header.agreement === 'string' ? header.agreement : undefined;
    return { stored, name, kind: kindOfFile(name), agreement, part: Number(part), chain, after };
  }

  /** The list of heads tells of each file how far it had got. */
  private async readHeads(isExpected: boolean): Promise<void> {
    const stored = this.given.files.find(({ name }) => name === HEADS_FILE);
    if (stored === undefined) {
      if (this.given.isWhole && isExpected)
        this.find(
          'no-heads',
          HEADS_FILE,
          undefined,
          `${HEADS_FILE} is not there. It lists how far every file had got, so that entries missing at the end of a file, and missing files, may go unnoticed.`,
        );
      return;
    }
    const last = new Map<string, Claim>();
    for await (const { bytes } of this.lines(stored)) {
      const head = fieldsOf(bytes);
      if (!isHead(head)) continue;
      const before = last.get(head.file);
      if (before === undefined || head.sequence >= before.sequence) last.set(head.file, { ...head, by: HEADS_FILE });
    }
    for (const claim of last.values()) this.claim(claim);
  }

  private claim(claim: Claim): void {
    const others = this.claims.get(claim.file);
    if (others === undefined) this.claims.set(claim.file, [claim]);
    else others.push(claim);
  }

  private withoutTwins(files: readonly ChainFile[]): ChainFile[] {
    const byName = new Map<string, ChainFile>();
    // The one that has its own name is the original.
    const sorted = [...files].sort((a, b) => Number(b.stored.name === b.name) - Number(a.stored.name === a.name));
    for (const file of sorted) {
      const twin = byName.get(file.name);
      if (twin === undefined) byName.set(file.name, file);
      else
        this.find(
          'twice',
          file.stored.name,
          undefined,
          `This file says that it is ${file.name}, and so does ${twin.stored.name}. Only the latter was looked at.`,
        );
    }
    return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private async readChain(files: readonly ChainFile[]): Promise<void> {
    const progress: Progress = { before: undefined, gaps: [], strays: [], hasEnded: false };
    for (const [at, file] of files.entries()) {
      const isNext = at === 0 ? file.part === 1 : file.part === (files[at - 1]?.part ?? 0) + 1;
      if (at === 0 && isNext) progress.before = { ...EMPTY_CHAIN, file: file.stored.name, line: 0 };
      // What is missing between the parts is told as a missing file.
      if (!isNext) progress.before = undefined;
      await this.readFile(file, progress, isNext);
      if (!isNext) this.claimPartBefore(file);
    }
    this.judgeOrder(progress);
    const last = files.at(-1);
    if (last !== undefined && !progress.hasEnded)
      this.note(
        'open',
        last.stored.name,
        undefined,
        'The session that wrote this file has not said that it ended: it goes on, or it was ended by a crash or by switching the machine off.',
      );
  }

  /** The part before one that is not the first has to be there, too. */
  private claimPartBefore({ name, part, chain }: ChainFile): void {
    const file = `${chain}-${String(part - 1).padStart(4, '0')}.jsonl`;
    if (!this.claims.has(file)) this.claim({ file, by: name, sequence: 0, hash: NOTHING_BEFORE, at: '' });
  }

  private async readFile(file: ChainFile, progress: Progress, isNext: boolean): Promise<void> {
    const { stored } = file;
    const claims = new Map((this.claims.get(file.name) ?? []).map((claim) => [claim.sequence, claim]));
    let torn: FileLine | undefined;
    let converted = false;
    let entries = 0;
    let end: Head = { file: file.name, sequence: 0, hash: NOTHING_BEFORE, at: '' };
    for await (const line of this.lines(stored)) {
      const { bytes, wasConverted } = plain(line);
      converted ||= wasConverted;
      if (!line.isWhole) {
        torn = line;
        continue;
      }
      const read = line.isTooLong ? undefined : await this.entryOf(bytes);
      if (read === undefined) {
        this.find(
          'no-entry',
          stored.name,
          line.number,
          'This line is no entry. It was added, or an entry was overwritten.',
        );
        continue;
      }
      entries++;
      const { fields, sequence, carried, isSound } = read;
      if (!isSound)
        this.find(
          'changed',
          stored.name,
          line.number,
          `Entry ${sequence} was changed after it was written: its content no longer has the hash that it carries.`,
        );
      if (line.number === 1 && !isNext)
        progress.before = { sequence: sequence - 1, hash: String(fields.previous), file: stored.name, line: 0 };
      this.follow(progress, {
        sequence,
        carried,
        previous: String(fields.previous),
        file: stored.name,
        line: line.number,
      });
      const claim = claims.get(sequence);
      if (claim !== undefined && isSound && claim.hash !== carried)
        this.find(
          'replaced',
          stored.name,
          line.number,
          `Entry ${sequence} is not the one that ${claim.by} names. It was written anew, perhaps with everything that stands near it.`,
        );
      if (isSound) this.learn(fields, stored.name, line.number, carried, progress);
      if (sequence >= end.sequence) end = { file: file.name, sequence, hash: carried, at: textOf(fields.at) };
    }
    if (converted)
      this.find(
        'converted',
        stored.name,
        undefined,
        'Another program converted this file: its line ends or its first bytes are not as they were written. Its entries were checked without them.',
      );
    if (entries === 0 && torn === undefined)
      this.find(
        'no-entry',
        stored.name,
        undefined,
        'This file is empty. Its entries were removed, or the first of them could not be written.',
      );
    await this.judgeTorn(file, torn, entries === 0);
    for (const claim of claims.values()) {
      if (claim.sequence <= end.sequence || entries === 0) continue;
      this.find(
        'cut',
        stored.name,
        undefined,
        `This file ends with entry ${end.sequence}; ${claim.by} says that it had got to entry ${claim.sequence}. ${missingInWords(end.sequence + 1, claim.sequence)} at its end.`,
      );
    }
    this.verified.push({ file: stored.name, kind: file.kind, agreement: file.agreement, entries });
    this.entries += entries;
    this.ends.push(end);
  }

  /** An entry by its line; undefined when it is none. */
  private async entryOf(
    bytes: Uint8Array,
  ): Promise<{ fields: Fields; sequence: number; carried: string; isSound: boolean } | undefined> {
    const seal = await sealOf(bytes, this.hash);
    const fields = fieldsOf(bytes);
    if (seal === undefined || fields === undefined || typeof fields.sequence !== 'number') return undefined;
    return { fields, sequence: fields.sequence, carried: seal.carried, isSound: seal.carried === seal.actual };
  }

  /** Holds an entry against the one before it. */
  private follow(
    progress: Progress,
    entry: { sequence: number; carried: string; previous: string; file: string; line: number },
  ): void {
    const { sequence, carried, previous, file, line } = entry;
    const { before } = progress;
    const expected = (before?.sequence ?? sequence - 1) + 1;
    if (sequence < expected) {
      progress.strays.push({ sequence, file, line });
      return;
    }
    if (progress.hasEnded)
      this.find('added', file, line, `Entry ${sequence} stands behind the entry that ended the session. It was added.`);
    if (sequence > expected) progress.gaps.push({ from: expected, to: sequence - 1, file, line });
    else if (before !== undefined && before.hash !== previous)
      this.find(
        'replaced',
        file,
        line,
        before.line === 0 && before.file === file
          ? `Entry ${sequence} names another entry before it than there is.`
          : `The entry before this one (line ${before.line} of ${before.file}) is not the one that was written: it was changed and given a new hash, or put in another's place.`,
      );
    progress.before = { sequence, hash: carried, file, line };
  }

  /** What an entry says that bears on other files, or that a reader should know. */
  private learn(fields: Fields, file: string, line: number, hash: string, progress: Progress): void {
    const at = textOf(fields.at);
    if (at !== '') {
      if (this.from === undefined || at < this.from) this.from = at;
      if (this.until === undefined || at > this.until) this.until = at;
    }
    if (this.anchors.has(hash)) {
      this.anchored.add(hash);
      this.note(
        'anchored',
        file,
        line,
        `This entry has the hash ${hash}, which was deposited: it, and everything that leads up to it, is as it was then.`,
      );
    }
    progress.hasEnded ||= fields.entry === 'ended';
    if (fields.entry === 'lost')
      this.note(
        'lost',
        file,
        line,
        `${String(fields.count)} entries between ${textOf(fields.from)} and ${textOf(fields.until)} could not be written and were let go: the disk took nothing for too long.`,
      );
    if (fields.entry === 'removed' && Array.isArray(fields.files)) {
      this.removed.push(fields as unknown as RemovedBody);
      this.note(
        'removed',
        file,
        line,
        `${fields.files.length === 1 ? 'A file was' : `${fields.files.length} files were`} removed here, because evidence is kept for ${textOf(fields.keep)}.`,
      );
    }
  }

  private async judgeTorn({ stored, name }: ChainFile, torn: FileLine | undefined, isAll: boolean): Promise<void> {
    const claims = (this.claims.get(name) ?? []).flatMap(({ torn: said, by }) =>
      said === undefined ? [] : [{ said, by }],
    );
    if (torn === undefined) return;
    const sha256 = await this.hash(Uint8Array.from(torn.bytes));
    const by = claims.find(({ said }) => said.sha256 === sha256)?.by;
    const what = isAll ? 'This file holds nothing but' : 'Behind its last whole entry this file holds';
    if (by !== undefined)
      this.note(
        'interrupted',
        stored.name,
        torn.number,
        `${what} an incomplete line (${torn.bytes.length} bytes): a write was interrupted, by a crash or a full disk. ${by} says so.`,
      );
    else
      this.find(
        'torn',
        stored.name,
        torn.number,
        `${what} an incomplete line (${torn.bytes.length} bytes): a write was interrupted, by a crash or a full disk, or the end was cut off. Nothing that was written later says so yet. The entries before it are not touched by this.`,
      );
  }

  /** Entries that are missing in one place and stand in another were moved. */
  private judgeOrder({ gaps, strays }: Progress): void {
    const open = new Set(strays);
    for (const { from, to, file, line } of gaps) {
      const moved = [...open].filter(({ sequence }) => sequence >= from && sequence <= to);
      for (const stray of moved) {
        open.delete(stray);
        this.find(
          'moved',
          stray.file,
          stray.line,
          `Entry ${stray.sequence} does not stand where it was written: it belongs before line ${line} of ${file}.`,
        );
      }
      const count = to - from + 1 - new Set(moved.map(({ sequence }) => sequence)).size;
      if (count > 0) this.find('missing', file, line, `${missingInWords(from, to)} before this line.`);
    }
    for (const { sequence, file, line } of open)
      this.find(
        'added',
        file,
        line,
        `Entry ${sequence} stands here out of order; there has been an entry with this number before. One of the two was added.`,
      );
  }

  /** Files of which others tell, and which are not there. */
  private judgeMissing(present: ReadonlySet<string>): void {
    for (const [file, claims] of this.claims) {
      if (present.has(file)) continue;
      const claim = claims.find(({ sequence }) => sequence > 0) ?? claims[0];
      if (claim === undefined || this.wasRemoved(claim)) continue;
      const end = claim.sequence > 0 ? `, and that it had got to entry ${claim.sequence}` : '';
      if (this.given.isWhole)
        this.find('missing-file', file, undefined, `${file} is not there. ${claim.by} says that it was${end}.`);
      else
        this.note('not-given', file, undefined, `${file}, of which ${claim.by} tells, is not among the files given.`);
    }
  }

  private wasRemoved(head: Claim): boolean {
    return this.removed.some(
      ({ before, files }) => files.some(({ file }) => file === head.file) || (head.at !== '' && head.at <= before),
    );
  }

  private headsNobodyNames(files: readonly ChainFile[]): readonly Head[] {
    const named = new Set(files.flatMap(({ after }) => after.map(({ hash }) => hash)));
    const lastParts = new Map(files.map((file) => [file.chain, file.name]));
    const isLast = new Set(lastParts.values());
    return this.ends.filter(({ file, hash, sequence }) => sequence > 0 && isLast.has(file) && !named.has(hash));
  }

  private lines(stored: StoredFile): AsyncGenerator<FileLine> {
    return fileLines((start, end) => this.given.read(stored.name, start, end), stored.size);
  }

  private find(code: FindingCode, file: string, line: number | undefined, message: string): void {
    const told = (this.told.get(file) ?? 0) + 1;
    this.told.set(file, told);
    if (told > TOLD) return;
    const more = told === TOLD ? ' Further findings in this file are not listed.' : '';
    this.findings.push({ code, file, ...(line === undefined ? {} : { line }), message: message + more });
  }

  private note(code: NoteCode, file: string, line: number | undefined, message: string): void {
    this.notes.push({ code, file, ...(line === undefined ? {} : { line }), message });
  }
}

/** A line as it was written: without the carriage return or byte order mark that another program put there. */
function plain({ bytes, number }: FileLine): { readonly bytes: Uint8Array; readonly wasConverted: boolean } {
  const start = number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const end = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length;
  return { bytes: bytes.subarray(start, end), wasConverted: start > 0 || end < bytes.length };
}

function isHead(fields: Fields | undefined): fields is Fields & Head {
  return (
    typeof fields?.file === 'string' &&
    typeof fields.sequence === 'number' &&
    typeof fields.hash === 'string' &&
    typeof fields.at === 'string'
  );
}

function missingInWords(from: number, to: number): string {
  return from === to ? `Entry ${from} is missing` : `Entries ${from} to ${to} are missing`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
