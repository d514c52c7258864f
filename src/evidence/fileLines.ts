/** Reads a part of a file: bytes from `start` up to `end`. */
export type ReadBytes = (start: number, end: number) => Promise<Uint8Array>;

/** A line of a file, without its line end. */
export interface FileLine {
  /** 1-based. */
  readonly number: number;
  readonly bytes: Uint8Array;
  /** False for the last line of a file that does not end with a line end. */
  readonly isWhole: boolean;
  /** True for a line that is too long to be an entry; `bytes` is its beginning. */
  readonly isTooLong: boolean;
}

const CHUNK = 1024 * 1024;
/** No entry comes near this size; whatever is longer is not held in memory. */
const LINE_LIMIT = 8 * 1024 * 1024;
const NEWLINE = 0x0a;

/** The lines of a file of this many bytes, one after the other, without ever holding more than a chunk and a line. */
export async function* fileLines(read: ReadBytes, size: number): AsyncGenerator<FileLine> {
  let number = 1;
  let rest: Uint8Array = new Uint8Array();
  let dropped = false;
  for (let start = 0; start < size; start += CHUNK) {
    const chunk = await read(start, Math.min(size, start + CHUNK));
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const bytes = rest.length === 0 ? chunk.subarray(from, end) : joined(rest, chunk.subarray(from, end));
      yield { number: number++, bytes, isWhole: true, isTooLong: dropped };
      rest = new Uint8Array();
      dropped = false;
      from = end + 1;
    }
    if (from < chunk.length && !dropped) rest = joined(rest, chunk.subarray(from));
    if (rest.length > LINE_LIMIT) dropped = true;
  }
  if (rest.length > 0) yield { number, bytes: rest, isWhole: false, isTooLong: dropped };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
