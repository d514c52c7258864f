import type { CheckNote } from '../../check/Finding.js';
import type { FileChange, FileVersion } from '../../check/FileChange.js';
import { LARGEST_FILE, readableText } from '../../changes/readableText.js';
import { LINK_MODE, NO_MODE, SUBMODULE_MODE, type RawChange, type RawSide } from '../../node/git/rawDiff.js';
import type { TakenBack } from '../../node/git/takenBack.js';
import type { ObjectReader } from '../../node/git/ObjectReader.js';

const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** Reads the files of git's changes, as far as they can be looked into, and notes where they cannot. */
export class FileVersions {
  readonly notes: CheckNote[] = [];
  private readonly noted = new Set<string>();

  /**
   * @param folder the policy's folder from the repository's root, with `/` behind it; '' for the root. Files outside it are left out.
   */
  constructor(
    private readonly reader: ObjectReader,
    private readonly folder: string,
  ) {}

  /** These changes with their texts, in order, without those outside the policy's folder. */
  async changes(raw: readonly RawChange[]): Promise<FileChange[]> {
    // All at once: git answers one after another, and never waits for a question.
    const changes = await Promise.all(raw.map((change) => this.change(change)));
    return changes.filter((change) => change.after !== undefined || change.before.some((version) => version));
  }

  /** The same of what a merge took back of its parents' changes. */
  async takenBack(raw: readonly TakenBack[]): Promise<FileChange[]> {
    const changes = await Promise.all(
      raw.map(async ({ change, ancestor, isAsOther }): Promise<FileChange[]> => {
        const [read, parted = 'none'] = await Promise.all([this.change(change), this.version(ancestor)]);
        if (read.after === undefined && read.before[0] === undefined) return [];
        // What cannot be looked into was put together anew unless it is as another parent has it.
        const isText = [read.after, ...read.before].every(
          (version) => version === undefined || version.text !== undefined,
        );
        return isText || isAsOther ? [{ ...read, ancestor: parted }] : [];
      }),
    );
    return changes.flat();
  }

  private async change({ status, before, after }: RawChange): Promise<FileChange> {
    if (status === 'U') {
      const path = this.inside(after.path);
      if (path !== undefined)
        this.note('conflict', path, 'It has conflicts, and is not judged until they are resolved.');
      return { before: [], after: undefined };
    }
    const versions = await Promise.all([...before, after].map((side) => this.version(side)));
    return { before: versions.slice(0, -1), after: versions.at(-1) };
  }

  /** One side of a change; undefined where there is no file. */
  async version({ path: whole, mode, id }: RawSide): Promise<FileVersion | undefined> {
    const path = this.inside(whole);
    if (mode === NO_MODE || path === undefined) return undefined;
    if (path.includes('\uFFFD'))
      this.note('not-unicode', path, 'Its name is not UTF-8, so that patterns may not match it as they are meant to.');
    if (mode === SUBMODULE_MODE) {
      this.note('submodule', path, 'A submodule: which commit it stands at is judged, its files are not looked into.');
      return { path, text: undefined, id };
    }
    const object = await this.reader.read(id, LARGEST_FILE);
    if (object === undefined) {
      this.note('unreadable', path, 'git does not have its content, so that it is judged by its path alone.');
      return { path, text: undefined, id };
    }
    if (object.bytes === undefined) {
      this.note('too-large', path, 'It is over 20 MB, and is judged by its path alone.');
      return { path, text: undefined, id };
    }
    if (mode === LINK_MODE) {
      const text = object.bytes.toString('utf8');
      const target = linkTarget(path, text);
      return { path, text, id, ...(target === undefined ? {} : { target }) };
    }
    if (object.bytes.toString('latin1', 0, LFS_POINTER.length) === LFS_POINTER) {
      this.note('lfs-pointer', path, 'Its content is kept by Git LFS: it is judged by its path, not by its text.');
      return { path, text: undefined, id };
    }
    return { path, text: readableText(object.bytes), id };
  }

  /** A path of the repository as one of the policy's folder; undefined outside it. */
  private inside(path: string): string | undefined {
    return path.startsWith(this.folder) ? path.slice(this.folder.length) : undefined;
  }

  private note(code: CheckNote['code'], path: string, message: string): void {
    const key = `${code} ${path}`;
    if (this.noted.has(key)) return;
    this.noted.add(key);
    this.notes.push({ code, path, message });
  }
}

/** Where a link leads, from the same root as its own path; undefined for a way out of the repository. */
export function linkTarget(path: string, text: string): string | undefined {
  if (text.startsWith('/')) return undefined;
  const parts = path.split('/').slice(0, -1);
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
