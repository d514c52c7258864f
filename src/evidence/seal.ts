/**
 * The seal of an entry. The line in the file is the canonical form: JSON without white space, fields in the order in
 * which they are written, `hash` last. The hash is SHA-256 over the UTF-8 bytes of the line up to and not including
 * `,"hash":`, closed with `}`. So every byte counts, and a chain can be checked with nothing but a text tool:
 *
 *     sed 's/,"hash":"[0-9a-f]*"}$/}/' | sha256sum
 */
import type { Hash, Instant } from '../ports.js';
import type { Body } from './Entry.js';

/** What the first entry of a chain names as the one before. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** Where a chain stands: the last entry's sequence and hash. */
export interface ChainState {
  readonly sequence: number;
  readonly hash: string;
}

/** The state of a chain that has no entry yet. */
export const EMPTY_CHAIN: ChainState = { sequence: 0, hash: NOTHING_BEFORE };

/** A line of a chain, without its line end, and the chain's state after it. */
export interface SealedLine extends ChainState {
  readonly line: string;
}

/** Appends a body to a chain that stands at `before`. */
export async function sealed(
  body: Body,
  context: { readonly at: Instant; readonly session: string },
  before: ChainState,
  hash: Hash,
): Promise<SealedLine> {
  const { entry, ...rest } = body;
  const sequence = before.sequence + 1;
  const open = JSON.stringify({
    entry,
    sequence,
    at: context.at,
    session: context.session,
    ...rest,
    previous: before.hash,
  });
  const own = await hash(new TextEncoder().encode(open));
  return { line: `${open.slice(0, -1)}${HASH_FIELD}${own}"}`, sequence, hash: own };
}

/** What stands between an entry's content and its hash. */
const HASH_FIELD = ',"hash":"';
/** Bytes after the content: the field, 64 digits, a quotation mark and a brace. */
const SEAL_LENGTH = HASH_FIELD.length + 64 + 2;
const SEAL = /^,"hash":"[0-9a-f]{64}"\}$/;

/** The hash that a line carries and the one that its content has; undefined when the line ends in no seal. */
export async function sealOf(
  line: Uint8Array,
  hash: Hash,
): Promise<{ readonly carried: string; readonly actual: string } | undefined> {
  const at = line.length - SEAL_LENGTH;
  if (at <= 0) return undefined;
  const seal = new TextDecoder('latin1').decode(line.subarray(at));
  if (!SEAL.test(seal)) return undefined;
  const content = line.slice(0, at + 1);
  content[at] = 0x7d;
  return { carried: seal.slice(HASH_FIELD.length, -2), actual: await hash(content) };
}
