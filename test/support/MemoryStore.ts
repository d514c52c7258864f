import { UserError, type EvidenceStore } from '../../src/ports.js';

/** Evidence in memory, on a disk that a test can fill up or take away. */
export class MemoryStore implements EvidenceStore {
  readonly files = new Map<string, Uint8Array>();
  /** Bytes that still fit; what goes beyond is written up to here and then fails, as a full disk does. */
  room = Infinity;
  /** Why nothing can be read or written; undefined when all is well. */
  refusal: string | undefined;

  list(folder: string) {
    this.check();
    const found = [...this.files].filter(([path]) => path.startsWith(`${folder}/`));
    return Promise.resolve(
      found
        .map(([path, bytes]) => ({ name: path.slice(folder.length + 1), size: bytes.length }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
  }

  read(folder: string, name: string, start: number, end?: number) {
    this.check();
    return Promise.resolve(this.files.get(`${folder}/${name}`)?.slice(start, end));
  }

  append(folder: string, name: string, bytes: Uint8Array) {
    this.check();
    const path = `${folder}/${name}`;
    const before = this.files.get(path) ?? new Uint8Array();
    const part = bytes.subarray(0, this.room);
    this.files.set(path, Uint8Array.from([...before, ...part]));
    this.room -= part.length;
    return part.length < bytes.length ? Promise.reject(new UserError('The disk is full.')) : Promise.resolve();
  }

  remove(folder: string, name: string) {
    this.check();
    this.files.delete(`${folder}/${name}`);
    return Promise.resolve();
  }

  secret() {
    this.check();
    return Promise.resolve('5e'.repeat(32));
  }

  /** The paths of the chain files, in order. */
  get chains(): readonly string[] {
    return [...this.files.keys()].filter((path) => !path.endsWith('/heads.jsonl')).sort();
  }

  /** A file's text; '' when there is none. */
  text(path: string): string {
    return new TextDecoder().decode(this.files.get(path));
  }

  /** The entries of all chain files, in the files' order. Half a line at the end of a file is left out. */
  get entries(): readonly Readonly<Record<string, unknown>>[] {
    return this.chains.flatMap((path) =>
      this.text(path)
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
    );
  }

  private check(): void {
    if (this.refusal !== undefined) throw new UserError(this.refusal);
  }
}
