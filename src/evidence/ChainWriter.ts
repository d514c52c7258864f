import { UserError, type Clock, type EvidenceStore, type Hash, type Instant } from '../ports.js';
import { chainFileName, HEADS_FILE, unnamedHeads } from './chainFiles.js';
import { secretName } from './contentHash.js';
import { FORMAT, type Body, type ChainKind, type Head, type LostBody } from './Entry.js';
import { EMPTY_CHAIN, sealed, type ChainState, type SealedLine } from './seal.js';

/** What a chain needs from outside. */
export interface ChainPorts {
  readonly store: EvidenceStore;
  readonly clock: Clock;
  /** SHA-256. */
  readonly hash: Hash;
  /** The editor's session. */
  readonly session: string;
  /** The version of this product. */
  readonly product: string;
  /** A file that has reached this many bytes is followed by another. */
  readonly sizeLimit?: number;
  /** Entries that wait in memory while the disk takes none; beyond it the oldest are counted and let go. */
  readonly heldLimit?: number;
}

/** What a chain is about. */
export interface ChainPlace {
  readonly folder: string;
  readonly kind: ChainKind;
  readonly agreement: string;
}

const SIZE_LIMIT = 4 * 1024 * 1024;
const HELD_LIMIT = 10_000;
/** Entries in one write. */
const BATCH = 500;

interface Waiting {
  readonly body: Body;
  readonly at: Instant;
  readonly keep: string | null;
}

/** A file of the chain, as far as it is known to be written. */
interface OpenFile {
  readonly name: string;
  readonly part: number;
  readonly keep: string | null;
  readonly size: number;
}

/** Entries that had to be let go. */
type Lost = Pick<LostBody, 'count' | 'from' | 'until'>;

/** A write whose outcome is not known. Its lines are the header or `lost`, where there is one, and then the entries. */
interface Doubtful {
  readonly file: OpenFile;
  readonly lines: readonly SealedLine[];
  readonly lost?: Lost | undefined;
  readonly entries: readonly Waiting[];
}

/**
 * One chain of entries, written by this session alone. Entries are taken at once and written in order, as many as wait
 * in one write. While the disk takes none they wait in memory, and `trouble` says why.
 */
export class ChainWriter {
  private waiting: Waiting[] = [];
  private readonly id = randomId();
  /** The instant of the chain's first header: all its files are named by it, so that they stand together. */
  private begun: Instant | undefined;
  /** The last part that has anything in it. */
  private part = 0;
  private state: ChainState = EMPTY_CHAIN;
  private file: OpenFile | undefined;
  private doubtful: Doubtful | undefined;
  private lost: Lost | undefined;
  private running: Promise<void> = Promise.resolve();
  private reason: string | undefined;

  constructor(
    private readonly place: ChainPlace,
    private readonly ports: ChainPorts,
  ) {}

  /** How many entries wait to be written. */
  get held(): number {
    return this.waiting.length;
  }

  /** Why entries wait, as a sentence; undefined while the disk takes them. */
  get trouble(): string | undefined {
    return this.reason;
  }

  /** Takes an entry. `keep` is how long the policy in force wants it kept; a file holds entries of one `keep` only. */
  add(body: Body, at: Instant, keep: string | null): void {
    this.waiting.push({ body, at, keep });
    while (this.waiting.length > (this.ports.heldLimit ?? HELD_LIMIT)) {
      const gone = this.waiting.shift();
      if (gone === undefined) break;
      this.lost = { count: (this.lost?.count ?? 0) + 1, from: this.lost?.from ?? gone.at, until: gone.at };
    }
  }

  /** Says that the session came to its orderly end; nothing when nothing was ever recorded. */
  end(at: Instant): void {
    if (this.file !== undefined || this.waiting.length > 0)
      this.add({ entry: 'ended' }, at, this.waiting.at(-1)?.keep ?? this.file?.keep ?? null);
  }

  /** Writes what waits, also what comes meanwhile. Resolves when all is written or the disk refuses; never rejects. */
  flush(): Promise<void> {
    this.running = this.running.then(() => this.writeAll());
    return this.running;
  }

  private async writeAll(): Promise<void> {
    try {
      if (this.doubtful !== undefined) await this.settle(this.doubtful);
      while (this.waiting.length > 0) await this.writeBatch();
      this.reason = undefined;
    } catch (error) {
      this.reason = error instanceof UserError ? error.message : `Evidence cannot be written: ${String(error)}`;
    }
  }

  private async writeBatch(): Promise<void> {
    const { store, clock, session, hash, sizeLimit } = { sizeLimit: SIZE_LIMIT, ...this.ports };
    const keep = this.waiting[0]?.keep ?? null;
    let { file } = this;
    if (file === undefined || file.size >= sizeLimit || file.keep !== keep) file = await this.begin(keep);
    const { lost } = this;
    const other = this.waiting.findIndex((entry) => entry.keep !== keep);
    const batch = this.waiting.slice(0, Math.min(BATCH, other < 0 ? BATCH : other));
    const bodies: Waiting[] = lost === undefined ? [] : [{ body: { entry: 'lost', ...lost }, at: clock.now(), keep }];
    const lines: SealedLine[] = [];
    for (const { body, at } of [...bodies, ...batch]) {
      lines.push(await sealed(body, { at, session }, lines.at(-1) ?? this.state, hash));
    }
    await this.write({ file, lines, lost, entries: batch });
    await this.noteHead(store, batch.at(-1)?.at ?? clock.now());
  }

  /** Begins the chain's next file with its header. */
  private async begin(keep: string | null): Promise<OpenFile> {
    const { store, clock, hash, session, product } = this.ports;
    const { folder, kind, agreement } = this.place;
    const at = clock.now();
    this.begun ??= at;
    const part = this.part + 1;
    const name = chainFileName(kind, this.begun, this.id, part);
    const heads = await unnamedHeads(store, folder, hash);
    const { state } = this;
    const body: Body = {
      entry: 'header',
      format: FORMAT,
      kind,
      file: name,
      part,
      agreement,
      product,
      key: await secretName(await store.secret(folder), hash),
      keep,
      // The part before is named as the entry before, unless its end is torn.
      after: heads.filter((head) => head.file !== name && (head.hash !== state.hash || head.torn !== undefined)),
    };
    const line = await sealed(body, { at, session }, state, hash);
    const file = await this.write({ file: { name, part, keep, size: 0 }, lines: [line], entries: [] });
    await this.noteHead(store, at);
    return file;
  }

  private async write(doubtful: Doubtful): Promise<OpenFile> {
    const { file, lines } = doubtful;
    this.doubtful = doubtful;
    await this.ports.store.append(this.place.folder, file.name, bytesOf(lines), { durable: true });
    this.doubtful = undefined;
    return this.confirm(doubtful, lines.length);
  }

  /** Takes the first `count` lines of a write as written. */
  private confirm({ file, lines, lost, entries }: Doubtful, count: number): OpenFile {
    const written = lines.slice(0, count);
    this.part = file.part;
    this.file = { ...file, size: file.size + bytesOf(written).length };
    this.state = written.at(-1) ?? this.state;
    if (lost !== undefined && this.lost !== undefined && count > 0) {
      // More may have been let go since.
      const more = this.lost.count - lost.count;
      this.lost = more === 0 ? undefined : { ...this.lost, count: more, from: lost.until };
    }
    const done = new Set(entries.slice(0, Math.max(0, count - (lines.length - entries.length))));
    this.waiting = this.waiting.filter((entry) => !done.has(entry));
    return this.file;
  }

  /**
   * After a write that failed: finds out how much of it is on the disk. Whole lines count as written. Behind half a line
   * nothing is added: the chain goes on in a new file, which says so.
   */
  private async settle(doubtful: Doubtful): Promise<void> {
    const { file, lines } = doubtful;
    const bytes = (await this.ports.store.read(this.place.folder, file.name, file.size)) ?? new Uint8Array();
    let whole = 0;
    while (whole < lines.length && startsWith(bytes, bytesOf(lines.slice(0, whole + 1)))) whole++;
    this.doubtful = undefined;
    if (whole > 0) this.confirm(doubtful, whole);
    if (bytes.length > bytesOf(lines.slice(0, whole)).length) {
      this.part = file.part;
      this.file = undefined;
    }
  }

  /** Says in the list of heads how far the file has got. The chain is whole without it. */
  private async noteHead(store: EvidenceStore, at: Instant): Promise<void> {
    if (this.file === undefined) return;
    const head: Head = { file: this.file.name, sequence: this.state.sequence, hash: this.state.hash, at };
    const bytes = new TextEncoder().encode(`${JSON.stringify(head)}\n`);
    await store.append(this.place.folder, HEADS_FILE, bytes, { durable: false }).catch(() => undefined);
  }
}

function bytesOf(lines: readonly SealedLine[]): Uint8Array {
  return new TextEncoder().encode(lines.map(({ line }) => `${line}\n`).join(''));
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && start.every((byte, at) => bytes[at] === byte);
}

function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
