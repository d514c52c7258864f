import type { Effect } from '../policy/language.js';
import type { KeyedHash, LineFiles, LineSpan } from '../ports.js';
import { isTelling, textHashes, type TextHashes } from './textHashes.js';

/** Covered lines of a repository, as far as another window has to know them. */
export interface CopyOrigin {
  /** The repository's root, as a URI. */
  readonly root: string;
  /** The agreement's id: another checkout of the same repository is under the same. */
  readonly agreement: string;
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly lines: LineSpan;
  /** Ids of the assets that cover the lines. */
  readonly assets: readonly string[];
}

/** A copy that a person took of covered code: where from and under which terms. No text is in it. */
export interface RememberedCopy extends CopyOrigin {
  /** When it was taken: epoch milliseconds. */
  readonly at: number;
  /** What the repository's terms said of taking it elsewhere, for windows that cannot ask them. */
  readonly elsewhere: {
    readonly effect: Effect;
    /** Whose code, which clause, until when: "protected as … of …, clause 6.2". */
    readonly facts: string;
    /** What must not be done, what instead, whom to ask. */
    readonly advice: string;
  };
}

/** A remembered copy that a text repeats. */
export interface LedgerMatch {
  readonly copy: RememberedCopy;
  /** Lines of the text that are in the copy. */
  readonly lines: number;
  /** True when the text is that copy, as a whole. */
  readonly isWhole: boolean;
}

export interface LedgerOptions {
  /** Names this window's files; no two windows have the same. */
  readonly writer: string;
  /**
   * Where the ledger lies: one folder for all windows of a machine. Each window appends to files of its own and reads those of
   * the others, so that no two ever write to the same one.
   */
  readonly files: LineFiles;
  /** The machine's key, and with it the same hashes in every window. */
  readonly hash: KeyedHash;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A copy is remembered for so long (ms): a week. */
export const RETENTION = 7 * 24 * 3600 * 1000;
/** A window begins another file when its last one has so many bytes. */
export const LARGEST_LEDGER_FILE = 256 * 1024;
/** Above so many bytes in all, the oldest files go. */
export const LARGEST_LEDGER = 4 * 1024 * 1024;

/** So many telling lines of a remembered copy in a text are no coincidence; fewer are when they are half of what is pasted. */
const CERTAIN_LINES = 5;
const FEWEST_LINES = 2;

/** As it stands in a file. */
interface Stored {
  readonly copy: RememberedCopy;
  readonly hashes: TextHashes;
}

interface Entry {
  readonly copy: RememberedCopy;
  readonly whole: string;
  readonly lines: ReadonlySet<string>;
}

/**
 * What was copied from covered code on this machine in the last week, by any window. Kept in memory; `refresh` takes in what
 * other windows added. Whatever a crash or another program leaves in the files, only whole and authentic entries count.
 */
export class CopyLedger {
  private readonly read = new Map<string, { offset: number; entries: Entry[] }>();
  private own = 0;
  private ownSize = 0;
  private refreshing: Promise<void> | undefined;

  constructor(private readonly options: LedgerOptions) {}

  /** Remembers a copy. It is known here at once, and to other windows when this resolves. */
  async remember(copy: RememberedCopy, text: string): Promise<void> {
    const { hash, files, writer } = this.options;
    const stored: Stored = { copy, hashes: textHashes(text, hash) };
    const json = JSON.stringify(stored);
    // What a crash left of an entry before it ends at the line break in front.
    const line = `\n${hash(`entry\n${json}`)} ${json}\n`;
    if (this.ownSize > LARGEST_LEDGER_FILE) {
      this.own++;
      this.ownSize = 0;
    }
    this.ownSize += line.length;
    const name = `${writer}.${this.own}.jsonl`;
    const known = this.read.get(name) ?? { offset: 0, entries: [] };
    known.entries.push(held(stored));
    known.offset += new TextEncoder().encode(line).length;
    this.read.set(name, known);
    await files.append(name, line);
  }

  /** Takes in what other windows have added, and clears away what is too old or too much. */
  refresh(): Promise<void> {
    return (this.refreshing ??= this.readFiles().finally(() => {
      this.refreshing = undefined;
    }));
  }

  /** Remembered copies that the text repeats, whole ones first, then the latest; each place once. From memory. */
  find(text: string): LedgerMatch[] {
    const oldest = this.options.now() - RETENTION;
    const { whole, lines } = textHashes(text, this.options.hash);
    const total = text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/).length;
    const wholeTells = isTelling(text);
    const found: LedgerMatch[] = [];
    for (const { entries } of this.read.values()) {
      for (const { copy, ...held } of entries) {
        if (copy.at < oldest) continue;
        if (wholeTells && held.whole === whole) {
          found.push({ copy, lines: total, isWhole: true });
          continue;
        }
        const shared = lines.reduce((count, line) => count + (held.lines.has(line) ? 1 : 0), 0);
        if (shared >= CERTAIN_LINES || (shared >= FEWEST_LINES && shared * 2 >= lines.length))
          found.push({ copy, lines: shared, isWhole: false });
      }
    }
    found.sort((a, b) => Number(b.isWhole) - Number(a.isWhole) || b.copy.at - a.copy.at || b.lines - a.lines);
    const places = new Set<string>();
    return found.filter(({ copy }) => {
      const place = JSON.stringify([copy.root, copy.path, copy.assets]);
      if (places.has(place)) return false;
      places.add(place);
      return true;
    });
  }

  private async readFiles(): Promise<void> {
    const { files, now } = this.options;
    const listed = [...(await files.list())].sort((a, b) => b.changed - a.changed);
    const present = new Set(listed.map(({ name }) => name));
    for (const name of this.read.keys()) if (!present.has(name) && !this.isOwn(name)) this.read.delete(name);
    let total = 0;
    for (const { name, size, changed } of listed) {
      total += size;
      const isOwn = this.isOwn(name);
      if (!isOwn && (changed < now() - RETENTION || total > LARGEST_LEDGER)) {
        this.read.delete(name);
        await files.remove(name);
      } else if (!isOwn) await this.readTail(name, size);
    }
  }

  private async readTail(name: string, size: number): Promise<void> {
    const known = this.read.get(name) ?? { offset: 0, entries: [] };
    if (size <= known.offset) return;
    const bytes = await this.options.files.read(name, known.offset);
    if (bytes === undefined) return;
    // What follows the last line break is still being written.
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    for (const line of new TextDecoder().decode(bytes.subarray(0, end)).split('\n')) {
      const entry = this.entryOf(line);
      if (entry !== undefined) known.entries.push(entry);
    }
    known.offset += end;
    this.read.set(name, known);
  }

  private isOwn(name: string): boolean {
    return name.startsWith(`${this.options.writer}.`);
  }

  /** Undefined for a line that was torn, changed, or written under another key. */
  private entryOf(line: string): Entry | undefined {
    const space = line.indexOf(' ');
    if (space < 1) return undefined;
    const json = line.slice(space + 1);
    if (this.options.hash(`entry\n${json}`) !== line.slice(0, space)) return undefined;
    return held(JSON.parse(json) as Stored);
  }
}

const LINE_FEED = 10;

function held({ copy, hashes: { whole, lines } }: Stored): Entry {
  return { copy, whole, lines: new Set(lines) };
}
