/**
 * What the engine needs from outside, and the few shapes every room shares. No room but the hosts knows where these
 * come from: an editor, a disk, a test.
 */

/** A place in a text. Both numbers are 1-based; columns count UTF-16 code units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of text from `start` up to, not including, `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Whole lines of a file, 1-based, both ends included. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** A range in a named file; `file` is a path from the repository's root with `/` on every platform. */
export interface Place {
  readonly file: string;
  readonly range: Range;
}

/** A moment, written as ISO 8601 with an offset: `2026-05-20T10:00:00+02:00`. */
export type Instant = string;

/** Reading the files of one repository. Paths are relative to its root, with `/`. */
export interface Files {
  /** The file's bytes, or undefined when there is no such file; rejects with a `UserError` when it cannot be read. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** The path that a symbolic link leads to, relative to the root; the path itself when it is no link. */
  target(path: string): Promise<string>;
}

/** SHA-256 of some bytes, in lower-case hex. */
export type Hash = (bytes: Uint8Array) => Promise<string>;

/** A keyed hash of a text, as a short string: who lacks the key can neither read it nor test a guess against it. */
export type KeyedHash = (text: string) => string;

export interface Clock {
  now(): Instant;
}

export interface Person {
  /** The address the person goes by, as claimed by `source`; undefined when nobody is known. */
  readonly address: string | undefined;
  /** Where the address comes from, in words for a person: "git's user.email". */
  readonly source: string;
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}

/** A file of an evidence folder. `size` is in bytes. */
export interface StoredFile {
  readonly name: string;
  readonly size: number;
}

/**
 * Where evidence is kept: folders, one for each agreement, with files in them. Every method rejects with a `UserError`
 * that says why when the disk does not let it.
 */
export interface EvidenceStore {
  /** The files of a folder, sorted by name, without links and folders in it; none when there is no such folder. */
  list(folder: string): Promise<readonly StoredFile[]>;
  /** Bytes of a file from `start` up to `end` (to its end when left out); undefined when there is no such file. */
  read(folder: string, name: string, start: number, end?: number): Promise<Uint8Array | undefined>;
  /**
   * Adds bytes to the end of a file, which is made when there is none. With `durable` resolves when they are on the disk
   * and not only on their way. When it rejects, a part of them may have been written.
   */
  append(folder: string, name: string, bytes: Uint8Array, options: { readonly durable: boolean }): Promise<void>;
  /** Removes a file; one that is gone already is fine. */
  remove(folder: string, name: string): Promise<void>;
  /** The folder's secret, 64 hex digits, kept apart from the folder; made from chance when it is first asked for. */
  secret(folder: string): Promise<string>;
}

/** An expected failure. Hosts print its message; any other error keeps its stack in the log. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Messages to and from something that runs beside us, a worker. What is posted arrives in order, as a copy. */
export interface Channel {
  /** Posts a message; the buffers in `moved` are handed over, not copied, and empty here afterwards. */
  post(message: unknown, moved?: readonly ArrayBuffer[]): void;
  /** Calls `listener` for every message from the other side. One listener a channel. */
  onMessage(listener: (message: unknown) => void): void;
  /** Calls `listener` once when the other side is gone without being closed. */
  onFailure(listener: (error: Error) => void): void;
  close(): void;
}

/** Files of lines in one folder that several processes use at once. */
export interface LineFiles {
  /** Name, size in bytes and last change (epoch milliseconds) of every file; empty where there is no folder yet. */
  list(): Promise<readonly { readonly name: string; readonly size: number; readonly changed: number }[]>;
  /** The bytes from `offset` to the end; undefined when the file is gone. */
  read(name: string, offset: number): Promise<Uint8Array | undefined>;
  /** Adds to the end, making the file where there is none. A crash may leave the beginning of the text. */
  append(name: string, text: string): Promise<void>;
  /** Takes a file away; nothing happens when it is gone already. */
  remove(name: string): Promise<void>;
}

/** One request over the network. */
export interface HttpRequest {
  readonly method: 'GET' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came of a request. A redirect is an answer like any other: whoever asked decides whether to follow it. */
export type HttpOutcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** By their names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'failure'; readonly cause: 'time-out' | 'tls' | 'unreachable' | 'too-large' };

/** Sends one request, without following redirects and without cookies. Never rejects. */
export type Http = (request: HttpRequest) => Promise<HttpOutcome>;

/** What proves to a record store who asks. */
export type Credential =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** The record stores to which a person agreed for this repository. Nothing is ever sent to any other. */
export interface StoreAccess {
  /** The endpoints that the person confirmed, as they confirmed them. */
  confirmed(): Promise<readonly string[]>;
  /** The credential for a confirmed endpoint; undefined when there is none. */
  credentialFor(endpoint: string): Promise<Credential | undefined>;
}

/** A place for texts that outlives the process and that nobody but this person reads. */
export interface TextCache {
  read(key: string): Promise<string | undefined>;
  /** Keeps a text, or not: a cache that cannot be written is no failure. */
  write(key: string, text: string): Promise<void>;
}

/** Asking record stores over the network. */
export interface Network {
  readonly http: Http;
  readonly access: StoreAccess;
  readonly cache: TextCache;
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}
