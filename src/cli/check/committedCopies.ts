import { LARGEST_FILE, readableText } from '../../changes/readableText.js';
import { RepositoryCopies } from '../../changes/RepositoryCopies.js';
import { CHECK_KEY } from '../../check/copiesIn.js';
import { changesBetween, commitAt, filesOfCommit } from '../../node/git/changes.js';
import type { ObjectReader } from '../../node/git/ObjectReader.js';
import { committedIndexPlace } from '../../node/indexPlace.js';
import { bytesAtOnce } from '../../node/treeFiles.js';
import { writeWhole } from '../../node/writeWhole.js';
import type { Policy } from '../../policy/Policy.js';
import { UserError } from '../../ports.js';
import type { Io } from '../Command.js';
import { Progress } from '../Progress.js';

/** Files that are asked of git at once. */
const AT_ONCE = 256;
/** An index is stored again once so many files of it had to be read anew: storing it takes longer than reading a few. */
const STORED_AFTER = 200;

/** Where the index of a repository's commits is to come from. */
export interface CommittedTree {
  readonly reader: ObjectReader;
  readonly top: string;
  /** The policy's folder, absolute, and from the repository's root with `/` behind it. */
  readonly root: string;
  readonly folder: string;
  readonly policy: Policy;
  /** Names the assets and markers of the policy: another index is of no use. */
  readonly policyHash: string;
}

interface BlobAt {
  readonly path: string;
  readonly id: string;
}

/**
 * Which of the two indexes of a commit: `whole` also knows open code, by which what everybody writes alike is told from a copy;
 * `restricted` is a small part of it, loaded in no time, that finds everything the other finds and more.
 */
export type IndexPart = 'whole' | 'restricted';

/**
 * The copy index of the files of a commit, by the policy: the stored one with what changed since, or one made now. Without a commit, an
 * empty one.
 */
export async function copiesAt(
  tree: CommittedTree,
  commit: string | undefined,
  io: Io,
  part: IndexPart = 'whole',
): Promise<RepositoryCopies> {
  if (commit === undefined) return complete(emptyIndex(tree), undefined);
  const known = await stored(tree, part);
  if (known === undefined) return (await build(tree, commit, io))[part];
  const changed = await bringTo(tree, known, commit, io, part);
  if (changed > STORED_AFTER) store(tree, known, io, part);
  return known;
}

function emptyIndex({ policyHash }: CommittedTree): RepositoryCopies {
  return RepositoryCopies.create(policyHash, { key: CHECK_KEY });
}

function complete(copies: RepositoryCopies, commit: string | undefined): RepositoryCopies {
  copies.complete();
  copies.commit = commit;
  return copies;
}

async function stored(tree: CommittedTree, part: IndexPart): Promise<RepositoryCopies | undefined> {
  // Many megabytes in one piece: there is nothing else to do before they are here.
  const bytes = bytesAtOnce('', committedIndexPlace(tree.root, part), Infinity);
  const read = bytes && RepositoryCopies.read(bytes);
  if (!(read instanceof RepositoryCopies) || read.policy !== tree.policyHash || read.commit === undefined)
    return undefined;
  // With a commit that was thrown away since nothing can be compared.
  return (await commitAt(tree.reader, read.commit)) === undefined ? undefined : read;
}

/** A cache that cannot be written is a pity and no failure. */
function store(tree: CommittedTree, copies: RepositoryCopies, io: Io, part: IndexPart): void {
  try {
    writeWhole(committedIndexPlace(tree.root, part), copies.serialize());
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    io.err(`The copy index is not kept for the next time: ${error.message}\n`);
  }
}

async function build(tree: CommittedTree, commit: string, io: Io): Promise<Record<IndexPart, RepositoryCopies>> {
  const parts = { whole: emptyIndex(tree), restricted: emptyIndex(tree) };
  const files = inside(tree, await filesOfCommit(tree.top, commit));
  await read(tree, files, io, (file) => {
    for (const part of PARTS) take(tree, parts[part], file, part);
  });
  for (const part of PARTS) store(tree, complete(parts[part], commit), io, part);
  return parts;
}

const PARTS = ['whole', 'restricted'] as const;

/** Brings an index to another commit; gives how many files were read or forgotten. */
async function bringTo(
  tree: CommittedTree,
  copies: RepositoryCopies,
  commit: string,
  io: Io,
  part: IndexPart,
): Promise<number> {
  const { commit: from } = copies;
  if (from === undefined || from === commit) return 0;
  const [gone, files] = await changedSince(tree, from, commit);
  for (const path of gone) copies.remove(path);
  await read(tree, files, io, (file) => {
    take(tree, copies, file, part);
  });
  copies.commit = commit;
  return gone.length + files.length;
}

async function changedSince(tree: CommittedTree, from: string, to: string): Promise<[string[], BlobAt[]]> {
  const changes = await changesBetween(tree.top, from, to, { asTheyAre: true });
  const gone = changes.flatMap(({ before, after }) => (after.mode === '000000' ? before.map(({ path }) => path) : []));
  return [
    inside(
      tree,
      gone.map((path) => ({ path, mode: FILE_MODES[0] ?? '', id: '' })),
    ).map(({ path }) => path),
    inside(
      tree,
      changes.map(({ after }) => after),
    ),
  ];
}

const FILE_MODES = ['100644', '100755'];

function inside({ folder }: CommittedTree, files: readonly (BlobAt & { readonly mode: string })[]): BlobAt[] {
  return files
    .filter(({ path, mode }) => FILE_MODES.includes(mode) && path.startsWith(folder))
    .map(({ path, id }) => ({ path: path.slice(folder.length), id }));
}

interface Blob extends BlobAt {
  /** Undefined for what is no text. */
  readonly text: string | undefined;
}

function take({ policy }: CommittedTree, copies: RepositoryCopies, { path, id, text }: Blob, part: IndexPart): void {
  if (text === undefined) copies.remove(path);
  else copies.update(policy, { path, text, stamp: id }, { restrictedOnly: part === 'restricted', unlisted: true });
}

/** Reads files of the repository in order, and gives each on. */
async function read(
  { reader }: CommittedTree,
  files: readonly BlobAt[],
  io: Io,
  give: (file: Blob) => void,
): Promise<void> {
  const progress = new Progress(io, files.length);
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const batch = files.slice(from, from + AT_ONCE);
    const objects = await Promise.all(batch.map(({ id }) => reader.read(id, LARGEST_FILE)));
    batch.forEach(({ path, id }, at) => {
      const bytes = objects[at]?.bytes;
      give({ path, id, text: bytes === undefined ? undefined : readableText(bytes) });
    });
    progress.at(from + batch.length, `copy index: ${from + batch.length} of ${files.length} files`);
  }
  progress.end();
}
