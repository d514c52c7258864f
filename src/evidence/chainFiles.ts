/** Names of the files of an evidence folder, and what their first and last lines say. */
import { parseInstant } from '../policy/moments.js';
import type { EvidenceStore, Hash, StoredFile } from '../ports.js';
import { NOTHING_BEFORE } from './seal.js';
import type { ChainKind, NamedHead } from './Entry.js';

/** The list of how far every file had got, in every folder. */
export const HEADS_FILE = 'heads.jsonl';

const NAME = /^(evidence|exposures)-\d{4}-\d\d-\d\dT\d{6}Z-[0-9a-f]{8}-\d{4,}\.jsonl$/;

/** `evidence-2026-05-20T100000Z-1a2b3c4d-0001.jsonl`: what, begun when, which chain, which part of it. */
export function chainFileName(kind: ChainKind, begun: string, chain: string, part: number): string {
  return `${kind}-${begun.slice(0, 19).replaceAll(':', '')}Z-${chain}-${String(part).padStart(4, '0')}.jsonl`;
}

/** The kind of a chain file by its name; undefined for a name of another shape. */
export function kindOfFile(name: string): ChainKind | undefined {
  return NAME.exec(name)?.[1] as ChainKind | undefined;
}

/** When the chain of a file was begun, by its name, in epoch milliseconds; undefined for a name of another shape. */
export function begunAt(name: string): number | undefined {
  const stamp = /(\d{4}-\d\d-\d\dT)(\d\d)(\d\d)(\d\d)Z/.exec(name);
  return stamp === null ? undefined : parseInstant(`${stamp[1]}${stamp[2]}:${stamp[3]}:${stamp[4]}Z`);
}

/** The newest files that are looked at for heads that nobody has named; older ones were named by these. */
const LOOKED_AT = 200;
const WINDOW = 64 * 1024;
const NEWLINE = 0x0a;

/** The ends of a folder's files that no file names yet: what a new file has to name, so that none can be taken away. */
export async function unnamedHeads(store: EvidenceStore, folder: string, hash: Hash): Promise<readonly NamedHead[]> {
  const files = (await store.list(folder)).filter(({ name }) => kindOfFile(name) !== undefined);
  const recent = [...files].sort((a, b) => (begunOf(a.name) < begunOf(b.name) ? -1 : 1)).slice(-LOOKED_AT);
  const heads: NamedHead[] = [];
  const named = new Set<string>();
  for (const file of recent) {
    const { header, head } = await endsOf(store, folder, file, hash);
    for (const name of namesIn(header)) named.add(name);
    heads.push(head);
  }
  return heads.filter((head) => !isEmpty(head) && !named.has(nameOf(head)));
}

/** What the first and the last whole line of a file say. */
export interface FileEnds {
  /** The fields of the first line; undefined when it is no entry. */
  readonly header: Fields | undefined;
  /** The fields of the last whole line; undefined when it is no entry. */
  readonly last: Fields | undefined;
  readonly head: NamedHead;
}

/** The fields of a line, as they were read: nothing is known of them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Reads the ends of a file, without what is between them. */
export async function endsOf(
  store: EvidenceStore,
  folder: string,
  { name, size }: StoredFile,
  hash: Hash,
): Promise<FileEnds> {
  let window = WINDOW;
  let tail: Uint8Array;
  let lines: Lines;
  // A line may be longer than the window: look at more, up to the whole file.
  do {
    tail = (await store.read(folder, name, Math.max(0, size - window), size)) ?? new Uint8Array();
    lines = linesOf(tail, window >= size);
    window *= 4;
  } while (lines.last === undefined && window / 4 < size);
  const first = size <= WINDOW ? tail : ((await store.read(folder, name, 0, WINDOW)) ?? new Uint8Array());
  const torn = lines.rest.length === 0 ? {} : { torn: { bytes: lines.rest.length, sha256: await hash(lines.rest) } };
  const last = fieldsOf(lines.last);
  const head = {
    file: name,
    sequence: typeof last?.sequence === 'number' ? last.sequence : 0,
    hash: typeof last?.hash === 'string' ? last.hash : NOTHING_BEFORE,
    at: typeof last?.at === 'string' ? last.at : '',
    ...torn,
  };
  return { header: fieldsOf(linesOf(first, true).first), last, head };
}

interface Lines {
  readonly first: Uint8Array | undefined;
  readonly last: Uint8Array | undefined;
  /** What stands behind the last line end. */
  readonly rest: Uint8Array;
}

/** `whole`: the bytes begin where a line does. */
function linesOf(bytes: Uint8Array, whole: boolean): Lines {
  const end = bytes.lastIndexOf(NEWLINE);
  const before = end <= 0 ? -1 : bytes.lastIndexOf(NEWLINE, end - 1);
  const firstEnd = bytes.indexOf(NEWLINE);
  return {
    first: firstEnd < 0 ? undefined : bytes.subarray(0, firstEnd),
    last: end < 0 || (before < 0 && !whole) ? undefined : bytes.subarray(before + 1, end),
    rest: bytes.slice(end + 1),
  };
}

/** The fields of a line; undefined when it is no JSON object. */
export function fieldsOf(line: Uint8Array | undefined): Fields | undefined {
  if (line === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(line));
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

/** Every end that a header names: of other files, and of the part before it. */
function namesIn(header: Fields | undefined): readonly string[] {
  if (header === undefined) return [];
  const after = Array.isArray(header.after) ? (header.after as readonly NamedHead[]) : [];
  return [...after.map(nameOf), `${String(header.previous)} `];
}

/** An end by its hash, which no other end has. Without a whole entry there is none, and two files may be torn at the same byte. */
function nameOf({ file, hash, torn }: NamedHead): string {
  return `${hash === NOTHING_BEFORE ? file : hash} ${torn === undefined ? '' : torn.sha256}`;
}

/** A file that was begun and got nothing: it holds nothing that could be taken away. */
function isEmpty({ hash, torn }: NamedHead): boolean {
  return hash === NOTHING_BEFORE && torn === undefined;
}

function begunOf(name: string): string {
  return name.slice(name.indexOf('-') + 1);
}
