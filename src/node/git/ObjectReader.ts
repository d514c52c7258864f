import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { UserError } from '../../ports.js';
import { QUIET_GIT } from './runGit.js';

/** An object of the repository. */
export interface GitObject {
  /** In hex. */
  readonly id: string;
  readonly type: 'blob' | 'commit' | 'tree' | 'tag';
  /** In bytes. */
  readonly size: number;
  /** Undefined for an object larger than what was asked for. */
  readonly bytes: Buffer | undefined;
}

interface Waiter {
  readonly largest: number;
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

const LINE_FEED = 10;

/**
 * Reads objects of one repository through a single `git cat-file --batch`, which is started when the first is asked for.
 * Answers come in the order of the questions. Close it, or the program does not end.
 */
export class ObjectReader {
  private child: ChildProcessWithoutNullStreams | undefined;
  private readonly waiting: Waiter[] = [];
  private failure: Error | undefined;
  private pieces: Buffer[] = [];
  private buffered = 0;
  /** The answer that is being read; `rest` bytes of it are still to come, its line feed counted. */
  private open:
    { readonly object: GitObject; readonly keep: boolean; readonly kept: Buffer[]; rest: number } | undefined;

  constructor(private readonly cwd: string) {}

  /** Starts git now, so that it is ready by the time that something is asked for. */
  start(): void {
    if (this.child !== undefined || this.failure !== undefined) return;
    const child = spawn('git', ['cat-file', '--batch'], {
      cwd: this.cwd,
      env: { ...process.env, ...QUIET_GIT },
      windowsHide: true,
    });
    this.child = child;
    child.stdout.on('data', (chunk: Buffer) => {
      this.take(chunk);
    });
    child.stderr.resume();
    child.stdin.on('error', () => undefined);
    child.on('error', () => {
      this.fail(new UserError('git could not be started.'));
    });
    child.on('close', () => {
      this.fail(new UserError('git stopped answering while objects were read.'));
    });
  }

  /**
   * The object that a name means: an id, `HEAD`, `REV:path`. Undefined when there is none. Of one larger than `largest`
   * bytes, only the size is told.
   */
  read(name: string, largest = Infinity): Promise<GitObject | undefined> {
    // One question is one line; a path with a line break cannot be asked for by name.
    if (name.includes('\n')) return Promise.resolve(undefined);
    this.start();
    if (this.failure !== undefined) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.waiting.push({ largest, resolve, reject });
      this.child?.stdin.write(`${name}\n`);
    });
  }

  close(): void {
    this.failure ??= new Error('The object reader was closed.');
    this.child?.stdin.end();
    this.child?.kill();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const waiter of this.waiting.splice(0)) waiter.reject(this.failure);
  }

  private take(chunk: Buffer): void {
    this.pieces.push(chunk);
    this.buffered += chunk.length;
    while (this.buffered > 0) {
      if (this.open === undefined && !this.readHeader()) return;
      if (this.open !== undefined && !this.readContent()) return;
    }
  }

  /** Reads the line before an object, if it is there as a whole. */
  private readHeader(): boolean {
    const buffer = this.pieces.length === 1 ? this.pieces[0] : Buffer.concat(this.pieces);
    if (buffer === undefined) return false;
    this.pieces = [buffer];
    const end = buffer.indexOf(LINE_FEED);
    if (end < 0) return false;
    const words = buffer.toString('utf8', 0, end).split(' ');
    this.rest(buffer.subarray(end + 1));
    const size = Number(words[2]);
    const type = words[1];
    const isObject = words.length === 3 && (type === 'blob' || type === 'commit' || type === 'tree' || type === 'tag');
    const waiter = this.waiting[0];
    if (!isObject || waiter === undefined) {
      // "NAME missing" or "NAME ambiguous": NAME may hold spaces.
      this.waiting.shift()?.resolve(undefined);
      return this.buffered > 0;
    }
    const object: GitObject = { id: words[0] ?? '', type, size, bytes: undefined };
    this.open = { object, keep: size <= waiter.largest, kept: [], rest: size + 1 };
    return true;
  }

  private readContent(): boolean {
    const { open } = this;
    if (open === undefined) return true;
    while (open.rest > 0) {
      const piece = this.pieces.shift();
      if (piece === undefined) return false;
      const part = piece.subarray(0, open.rest);
      if (open.keep) open.kept.push(part);
      open.rest -= part.length;
      this.buffered -= part.length;
      if (part.length < piece.length) this.pieces.unshift(piece.subarray(part.length));
    }
    this.open = undefined;
    const bytes = open.keep ? Buffer.concat(open.kept).subarray(0, open.object.size) : undefined;
    this.waiting.shift()?.resolve({ ...open.object, bytes });
    return true;
  }

  private rest(buffer: Buffer): void {
    this.pieces = buffer.length === 0 ? [] : [buffer];
    this.buffered = buffer.length;
  }
}
