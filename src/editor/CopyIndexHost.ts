import * as vscode from 'vscode';
import { CopyIndexClient } from '../changes/CopyIndexClient.js';
import type { IndexAnswers, IndexRequest } from '../changes/copyIndexMessages.js';
import { IgnoredPaths } from '../changes/IgnoredPaths.js';
import { LARGEST_FILE, readableText } from '../changes/readableText.js';
import type { IndexedFile } from '../changes/RepositoryCopies.js';
import type { Policy } from '../policy/Policy.js';
import type { Channel, Hash, Log } from '../ports.js';
import { DisposableStore } from './DisposableStore.js';
import type { FolderTerms } from './FolderTerms.js';

/** What the copy index of a folder needs from outside. */
export interface CopyIndexPorts {
  /** Starts the worker that holds an index. */
  startWorker(): Channel;
  /** Where indexes outlive the window. */
  readonly storage: vscode.Uri;
  readonly hash: Hash;
  readonly log: Log;
}

/**
 * Folders that are listed and files that are read at once: each asks the window and waits for its answer, so that one after
 * another would mostly be waiting. Characters that are handed over at once: between two batches the host is free.
 */
const FOLDERS_AT_ONCE = 32;
const FILES_AT_ONCE = 32;
const CHARACTERS_AT_ONCE = 1 << 20;
/** Paths that are judged at once. */
const PATHS_AT_ONCE = 2_000;
/** Other work of the window comes first: after a change on disk, wait this long (ms) for the next. */
const SETTLE_MS = 300;
/** The index is stored when nothing has changed for this long (ms). */
const STORE_MS = 5_000;
/** Progress is shown of what takes longer than this (ms). */
const PATIENCE_MS = 1_000;

/**
 * The copy index of one folder's repository, held by a worker: read from storage, brought up to date with the files in the
 * background, and stored again. Files are read through the editor, so that virtual file systems work, too.
 */
export class CopyIndexHost implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<void>());
  /** Fires when documents have to be looked at again: the index is complete, or its regions changed. */
  readonly onDidChange = this.changed.event;
  private client: CopyIndexClient | undefined;
  private opening = 0;
  private restarts = 0;
  private sha256: string | undefined;
  private ignored = new IgnoredPaths();
  private readonly waiting = new Set<string>();
  private updating: ReturnType<typeof setTimeout> | undefined;
  private storing: ReturnType<typeof setTimeout> | undefined;
  private isComplete = false;
  private trouble: string | undefined;

  constructor(
    readonly folder: FolderTerms,
    private readonly ports: CopyIndexPorts,
  ) {
    const watcher = this.owned.add(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder.root, '**')),
    );
    const onFile = (uri: vscode.Uri): void => {
      const path = folder.pathOf(uri);
      if (path !== undefined && this.client !== undefined) this.updateSoon(path);
    };
    this.owned.add(watcher.onDidChange(onFile));
    this.owned.add(watcher.onDidCreate(onFile));
    this.owned.add(watcher.onDidDelete(onFile));
  }

  /** True once every file is in. */
  get isReady(): boolean {
    return this.isComplete;
  }

  /** Why copies are not recognised at present, as a sentence; undefined when they are. */
  get problem(): string | undefined {
    return this.trouble;
  }

  /** Opens the index for the policy in force, unless it is open for that one. */
  followPolicy(): void {
    const { policy, sha256 } = this.folder.inForce;
    if (sha256 === this.sha256) return;
    this.sha256 = sha256;
    if (policy === undefined || sha256 === undefined) this.close();
    else void this.open(policy, sha256);
  }

  /** The worker's answer; undefined when there is no index, or it fails, which is logged. */
  async ask<K extends IndexRequest['kind']>(
    request: IndexRequest & { readonly kind: K },
  ): Promise<IndexAnswers[K] | undefined> {
    const { client } = this;
    if (client === undefined) return undefined;
    try {
      return await client.ask<K>(request);
    } catch (error) {
      if (client === this.client && client.isGone) this.workerIsGone(error);
      else if (client === this.client) this.ports.log.error(`The copy index could not answer '${request.kind}'`, error);
      return undefined;
    }
  }

  private async open(policy: Policy, sha256: string): Promise<void> {
    const opening = ++this.opening;
    const isCurrent = (): boolean => opening === this.opening;
    const started = performance.now();
    this.isComplete = false;
    try {
      this.client ??= new CopyIndexClient(this.ports.startWorker());
      this.trouble = undefined;
      const place = await this.place();
      const stored = await vscode.workspace.fs.readFile(place).then(
        (bytes) => bytes,
        () => undefined,
      );
      if (!isCurrent()) return;
      const { assets, markers, places } = policy;
      const opened = await this.ask({ kind: 'open', policy: { assets, markers, places }, sha256, stored });
      if (opened === undefined || !isCurrent()) return;
      if (opened.problem !== undefined) this.ports.log.warn(`${this.folder.root.path}: ${opened.problem}`);
      const found = await this.list(policy, isCurrent);
      const doubted = new Set(opened.doubted);
      // What the paths cover first: whether a doubted file holds copies can only be seen when their origins are in.
      const sure = [...found].filter(([path]) => !doubted.has(path));
      const paths = [
        ...sure.flatMap(([path, isCovered]) => (isCovered ? path : [])),
        ...sure.flatMap(([path, isCovered]) => (isCovered ? [] : path)),
        ...opened.doubted.filter((path) => found.has(path)),
      ];
      const gone = Object.keys(opened.stamps).filter((path) => !found.has(path));
      if (gone.length > 0) await this.ask({ kind: 'remove', paths: gone });
      const read = await this.takeIn(paths, opened.stamps, isCurrent);
      if (!isCurrent()) return;
      await this.ask({ kind: 'complete' });
      this.isComplete = true;
      const took = Math.round(performance.now() - started);
      this.ports.log.info(
        `Copy index of ${this.folder.root.path}: ${paths.length} files, ${read} of them read anew, in ${took} ms`,
      );
      if (read + gone.length > 0) this.storeSoon(0);
      this.changed.fire();
    } catch (error) {
      if (isCurrent()) this.fail('The copy index could not be opened', error);
    }
  }

  /**
   * Every file that git would track, and those that an asset covers by its paths wherever they are; with each, whether one
   * does. Folders are listed in waves, those above first, since what they leave out bears on those below.
   */
  private async list(policy: Policy, isCurrent: () => boolean): Promise<Map<string, boolean>> {
    const ignored = new IgnoredPaths();
    const found = new Map<string, boolean>();
    const isNamed = (folder: string): boolean =>
      policy.assets.some(({ paths }) => paths.some((path) => path.startsWith(`${folder}/`)));
    let judged = 0;
    const listFolder = async (folder: ListedFolder): Promise<readonly ListedFolder[]> => {
      const below: ListedFolder[] = [];
      const uri = folder.path === '' ? this.folder.root : vscode.Uri.joinPath(this.folder.root, folder.path);
      const entries = await vscode.workspace.fs.readDirectory(uri).then(
        (read) => read,
        () => [],
      );
      if (entries.some(([name]) => name === '.gitignore')) {
        const rules = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(uri, '.gitignore')).then(
          (bytes) => new TextDecoder().decode(bytes),
          () => '',
        );
        ignored.add(folder.path, rules);
      }
      for (const [name, type] of entries) {
        if (++judged % PATHS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
        const path = folder.path === '' ? name : `${folder.path}/${name}`;
        if ((type & vscode.FileType.SymbolicLink) !== 0) continue;
        const isFolder = type === vscode.FileType.Directory;
        const coveredOnly = folder.coveredOnly || ignored.has(path, isFolder);
        if (isFolder) {
          if (name !== '.git' && (!coveredOnly || folder.coveredOnly || isNamed(path)))
            below.push({ path, coveredOnly });
        } else {
          const isCovered = this.folder.engine.assetsOf(policy, path).length > 0;
          if (isCovered || !coveredOnly) found.set(path, isCovered);
        }
      }
      return below;
    };
    const open: ListedFolder[] = [{ path: '', coveredOnly: false }];
    while (open.length > 0 && isCurrent())
      for (const below of await Promise.all(open.splice(-FOLDERS_AT_ONCE).map(listFolder))) open.push(...below);
    this.ignored = ignored;
    return found;
  }

  /** Reads what changed and hands it to the worker, batch by batch; resolves with the number of files read. */
  private async takeIn(
    paths: readonly string[],
    stamps: Readonly<Record<string, string>>,
    isCurrent: () => boolean,
  ): Promise<number> {
    const progress = new BackgroundProgress('Reading the code that the developer terms cover', paths.length);
    let read = 0;
    try {
      let pending: IndexedFile[] = [];
      let characters = 0;
      let taken: Promise<unknown> = Promise.resolve();
      const hand = async (): Promise<void> => {
        const files = pending;
        pending = [];
        characters = 0;
        // The worker takes one batch in while the next is read, and no more wait for it than that.
        await taken;
        if (files.length > 0) taken = this.ask({ kind: 'update', files });
      };
      for (let from = 0; from < paths.length && isCurrent(); from += FILES_AT_ONCE) {
        const batch = paths.slice(from, from + FILES_AT_ONCE);
        for (const file of await Promise.all(batch.map((path) => this.read(path, stamps[path])))) {
          if (typeof file === 'string') continue;
          pending.push(file);
          read++;
          characters += file.text.length;
          if (characters > CHARACTERS_AT_ONCE) await hand();
        }
        await hand();
        progress.at(from + batch.length);
      }
      await taken;
    } finally {
      progress.end();
    }
    return read;
  }

  /** A file as the index takes it, or why not: it has not changed, or is not to be read. */
  private async read(path: string, stamp: string | undefined): Promise<IndexedFile | 'same' | 'gone' | 'no-text'> {
    const uri = vscode.Uri.joinPath(this.folder.root, path);
    try {
      const { size, mtime, type } = await vscode.workspace.fs.stat(uri);
      if (type !== vscode.FileType.File) return 'gone';
      if (size > LARGEST_FILE) return 'no-text';
      const now = `${size}-${mtime}`;
      if (now === stamp) return 'same';
      const text = readableText(await vscode.workspace.fs.readFile(uri));
      return text === undefined ? 'no-text' : { path, text, stamp: now };
    } catch {
      return 'gone';
    }
  }

  private updateSoon(path: string): void {
    this.waiting.add(path);
    clearTimeout(this.updating);
    this.updating = setTimeout(() => void this.update(), SETTLE_MS);
  }

  /** Brings the index up to date with files that changed on disk. */
  private async update(): Promise<void> {
    const { policy } = this.folder;
    if (!this.isComplete || policy === undefined) {
      // They are read when the index is complete: what was read before may be older.
      if (this.client !== undefined && this.trouble === undefined)
        this.updating = setTimeout(() => void this.update(), SETTLE_MS);
      return;
    }
    const opening = this.opening;
    const paths = [...this.waiting];
    this.waiting.clear();
    const wanted = paths.filter(
      (path) => !this.ignored.covers(path) || this.folder.engine.assetsOf(policy, path).length > 0,
    );
    if (wanted.length === 0) return;
    const gone: string[] = [];
    for (let from = 0; from < wanted.length && opening === this.opening; from += FILES_AT_ONCE) {
      const batch = wanted.slice(from, from + FILES_AT_ONCE);
      const files = await Promise.all(batch.map((path) => this.read(path, undefined)));
      const texts = files.filter((file) => typeof file !== 'string');
      batch.forEach((path, at) => {
        if (files[at] === 'gone' || files[at] === 'no-text') gone.push(path);
      });
      if (texts.length > 0) await this.ask({ kind: 'update', files: texts });
    }
    if (opening !== this.opening) return;
    if (gone.length > 0) await this.ask({ kind: 'remove', paths: gone });
    this.storeSoon(STORE_MS);
    this.changed.fire();
  }

  private storeSoon(after: number): void {
    clearTimeout(this.storing);
    this.storing = setTimeout(() => void this.store(), after);
  }

  /** Writes the index beside its place and then into it, so that a crash leaves the old one. */
  private async store(): Promise<void> {
    const opening = this.opening;
    const bytes = await this.ask({ kind: 'serialize' });
    if (bytes === undefined || opening !== this.opening) return;
    try {
      const place = await this.place();
      const beside = place.with({ path: `${place.path}.${Math.random().toString(36).slice(2)}.part` });
      await vscode.workspace.fs.createDirectory(this.ports.storage);
      await vscode.workspace.fs.writeFile(beside, bytes);
      await vscode.workspace.fs.rename(beside, place, { overwrite: true });
    } catch (error) {
      this.ports.log.error('The copy index could not be stored; it is built again next time', error);
    }
  }

  private async place(): Promise<vscode.Uri> {
    const name = await this.ports.hash(new TextEncoder().encode(this.folder.root.toString()));
    return vscode.Uri.joinPath(this.ports.storage, `copies-${name.slice(0, 24)}.dtrc`);
  }

  private workerIsGone(error: unknown): void {
    this.client = undefined;
    this.isComplete = false;
    this.opening++;
    const { policy, sha256 } = this.folder.inForce;
    if (this.restarts === 0 && policy !== undefined && sha256 !== undefined) {
      this.restarts++;
      this.ports.log.warn('The worker with the copy index ended and is started again once');
      void this.open(policy, sha256);
    } else this.fail('The worker with the copy index ended again', error);
  }

  private fail(message: string, error: unknown): void {
    this.ports.log.error(message, error);
    this.close();
    this.trouble = 'Copies of covered code are not recognised in this window; the log says why.';
    this.changed.fire();
  }

  private close(): void {
    this.opening++;
    this.isComplete = false;
    clearTimeout(this.updating);
    clearTimeout(this.storing);
    const { client } = this;
    this.client = undefined;
    client?.close();
    this.changed.fire();
  }

  dispose(): void {
    this.close();
    this.owned.dispose();
  }
}

interface ListedFolder {
  readonly path: string;
  /** It is left out, so that only what an asset covers by its paths is taken from it. */
  readonly coveredOnly: boolean;
}

/** Progress in the status bar, of what turns out to take longer than a moment. */
class BackgroundProgress {
  private ended = false;
  private report: ((message: string) => void) | undefined;
  private finish: (() => void) | undefined;
  private readonly timer: ReturnType<typeof setTimeout>;

  constructor(
    title: string,
    private readonly total: number,
  ) {
    this.timer = setTimeout(() => {
      void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, (progress) => {
        this.report = (message) => {
          progress.report({ message });
        };
        return new Promise<void>((resolve) => {
          this.finish = resolve;
          if (this.ended) resolve();
        });
      });
    }, PATIENCE_MS);
  }

  at(done: number): void {
    this.report?.(`${Math.floor((100 * done) / Math.max(1, this.total))} %`);
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    this.finish?.();
  }
}
