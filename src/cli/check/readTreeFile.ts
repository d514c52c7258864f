import { LARGEST_FILE, readableText } from '../../changes/readableText.js';
import type { CheckNote } from '../../check/Finding.js';
import { bytesAtOnce, fileOrLinkAtOnce } from '../../node/treeFiles.js';

/** A file of a tree as it is looked at. */
export interface TreeFile {
  readonly path: string;
  /** '' where it cannot be looked into. */
  readonly text: string;
  /** Where a link leads, see `fileOrLinkAtOnce`. */
  readonly target: string | undefined;
  readonly stamp: string;
  /** Why its text was not looked into, where there is something to say about that. */
  readonly note?: CheckNote;
}

/** A file as it is on disk; undefined for what is gone, or no file. */
export function readTreeFile(root: string, path: string): TreeFile | undefined {
  const file = fileOrLinkAtOnce(root, path);
  if (file === undefined) return undefined;
  const { size, stamp, target } = file;
  const closed = { path, text: '', target, stamp };
  if (target !== undefined) return closed;
  const noted = (code: CheckNote['code'], message: string): TreeFile => ({ ...closed, note: { code, path, message } });
  if (size > LARGEST_FILE) return noted('too-large', 'It is over 20 MB, and is judged by its path alone.');
  const bytes = bytesAtOnce(root, path, Infinity);
  if (bytes === undefined) return noted('unreadable', 'It cannot be read, and is judged by its path alone.');
  const text = readableText(bytes);
  if (text?.startsWith('version https://git-lfs.github.com/spec/') === true)
    return noted('lfs-pointer', 'Its content is kept by Git LFS: it is judged by its path, not by its text.');
  return { ...closed, text: text ?? '' };
}
