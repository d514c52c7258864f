import * as vscode from 'vscode';
import type { Action } from '../../policy/language.js';
import type { Log } from '../../ports.js';
import { DisposableStore } from '../DisposableStore.js';
import type { Terms } from '../Terms.js';
import type { Outcome } from '../../evidence/Entry.js';
import type { ActRecorder } from './ActRecorder.js';
import { assetsOf, bytesOf, filesAt, governed, originOf, type Governed } from './CoveredFiles.js';
import type { Permissions } from './Permissions.js';
import type { Telling } from './Telling.js';
import { isLetThrough, type Verdict } from './Verdict.js';

/** More than this (bytes) of deleted files is not held in memory: such a deletion is told, and not taken back. */
const MOST_HELD = 64 << 20;
/** A document that is saved within this time (ms) after it was opened may have been made by *Save As*. */
const FRESH_MS = 15_000;
/** What another program makes is looked at when nothing has come for this long (ms), and up to so many files at once. */
const SETTLE_MS = 500;
const MOST_AT_ONCE = 40;

/** The editor has opened a file that was moved back after this (ms). */
const OPENED_WITHIN_MS = 5_000;

/** What the file guard needs. */
export interface FileGuardParts {
  readonly terms: Terms;
  readonly permissions: Permissions;
  readonly telling: Telling;
  readonly recorder: ActRecorder;
  readonly log: Log;
  /** Files that were just put back: the editor opens them by itself, so that nobody is asked why. As URIs. */
  readonly putBack: Set<string>;
}

/** The covered ones among files that are being deleted. */
interface Held {
  readonly files: readonly { readonly file: Governed; readonly bytes: Uint8Array }[];
  /** False when they are too large to be given back. */
  readonly isWhole: boolean;
}

/**
 * Judges what happens to covered files as files: moving, renaming, duplicating, saving under another name and deleting.
 * The editor lets nobody forbid these, so that what is not allowed is taken back as soon as it has happened, without
 * losing a byte; what another program did is told and left.
 */
export class FileGuard implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  /** Files that this guard itself renames, writes or removes just now. */
  private readonly own = new Set<string>();
  private readonly deleting = new Map<string, Promise<Held>>();
  /** Files that the editor itself made a moment ago: the watcher sees them, too. */
  private readonly made = new Set<string>();
  private readonly appeared = new Set<string>();
  /** When documents were opened, until they are saved. */
  private readonly opened = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: FileGuardParts) {
    this.owned.add(
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files)
          this.run('A move could not be judged', () => this.moved(oldUri, newUri));
      }),
    );
    this.owned.add(
      vscode.workspace.onDidCreateFiles(({ files }) => {
        for (const uri of files) {
          this.made.add(uri.toString());
          this.run('A new file could not be judged', () => this.created(uri));
        }
      }),
    );
    this.owned.add(
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        this.opened.set(uri.toString(), performance.now());
      }),
    );
    this.owned.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.opened.delete(uri.toString());
      }),
    );
    this.owned.add(
      vscode.workspace.onDidSaveTextDocument((document) => {
        this.run('A saved file could not be judged', () => this.saved(document));
      }),
    );
    this.owned.add(
      vscode.workspace.onWillDeleteFiles((event) => {
        // What is deleted can only be given back when it was read before.
        for (const uri of event.files) {
          const held = this.hold(uri);
          this.deleting.set(uri.toString(), held);
          event.waitUntil(held.then(() => new vscode.WorkspaceEdit()));
        }
      }),
    );
    this.owned.add(
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) this.run('A deletion could not be judged', () => this.deleted(uri));
      }),
    );
    const watcher = this.owned.add(vscode.workspace.createFileSystemWatcher('**/*', false, true, true));
    this.owned.add(
      watcher.onDidCreate((uri) => {
        this.appeared.add(uri.toString());
        clearTimeout(this.timer);
        this.timer = setTimeout(() => {
          this.run('New files could not be judged', () => this.lookAtAppeared());
        }, SETTLE_MS);
      }),
    );
  }

  private run(what: string, act: () => Promise<void>): void {
    act().catch((error: unknown) => {
      this.parts.log.error(what, error);
    });
  }

  /** A file or folder has another path: the same file, so that it can be moved back, unsaved text and all. */
  private async moved(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    if (this.own.delete(to.toString())) return;
    const { terms } = this.parts;
    const left: { readonly file: Governed; readonly into: Governed | undefined; readonly text: string }[] = [];
    for (const uri of await filesAt(to)) {
      const before = vscode.Uri.joinPath(from, uri.path.slice(to.path.length));
      const file = governed(terms, uri.toString() === to.toString() ? from : before);
      if (file === undefined) continue;
      const there = governed(terms, uri);
      const into = there?.folder === file.folder ? there : undefined;
      const kept = into === undefined ? [] : assetsOf(into);
      const text = new TextDecoder().decode((into === undefined ? await bytesOf(uri) : undefined) ?? new Uint8Array());
      // Markers go with the text, so that inside the repository nothing marked loses its terms.
      const isMarked = file.folder.engine
        .regionsOf(file.policy, file.path, text)
        .regions.some(({ by }) => by !== 'path');
      if (isMarked || assetsOf(file).some((asset) => !kept.includes(asset))) left.push({ file, into, text });
    }
    const [first] = left;
    if (first === undefined) return;
    const target = vscode.workspace.asRelativePath(to, false);
    const what = nameOfAll(left.map(({ file }) => file.path));
    const actions = first.into === undefined ? (['move', 'export'] as const) : (['move', 'unmark'] as const);
    const verdict = await this.settle(
      left.map(({ file, into, text }) => ({ file, into: into?.path, text })),
      actions,
      `move ${what} to ${target}`,
    );
    const place = { path: first.into?.path ?? target };
    if (isLetThrough(verdict)) {
      this.record(verdict, place.path, letThrough(verdict));
      if (verdict.kind === 'warned') this.parts.telling.tell({ verdict, deed: `You moved ${what} to ${target}` });
      return;
    }
    const isBack = await this.moveBack(to, from);
    this.record(verdict, place.path, outcomeOf(verdict, isBack));
    this.parts.telling.tell({
      verdict,
      deed: isBack ? `Moved back: ${what}` : `${what} was moved to ${target} and could not be moved back`,
      where: () => vscode.commands.executeCommand('revealInExplorer', isBack ? from : to),
    });
  }

  private async moveBack(from: vscode.Uri, to: vscode.Uri): Promise<boolean> {
    const edit = new vscode.WorkspaceEdit();
    // Never over something that came to stand there meanwhile.
    edit.renameFile(from, to, { overwrite: false, ignoreIfExists: false });
    this.own.add(to.toString());
    const { putBack } = this.parts;
    putBack.add(to.toString());
    setTimeout(() => putBack.delete(to.toString()), OPENED_WITHIN_MS);
    const isBack = await vscode.workspace.applyEdit(edit);
    if (!isBack) this.own.delete(to.toString());
    return isBack;
  }

  /** A file or folder was made by a person in the editor: pasted, duplicated, dropped in, or new. */
  private async created(uri: vscode.Uri): Promise<void> {
    for (const file of await filesAt(uri)) {
      this.made.add(file.toString());
      const bytes = await bytesOf(file);
      if (bytes !== undefined) await this.judgeCopy(file, bytes, true);
    }
  }

  /** What another program made is noticed and told, and never fought. */
  private async lookAtAppeared(): Promise<void> {
    const uris = [...this.appeared].filter((uri) => !this.made.has(uri) && !this.own.has(uri));
    this.appeared.clear();
    this.made.clear();
    // So many at once come from a checkout or a build; the commit hook and CI look at those.
    if (uris.length > MOST_AT_ONCE) return;
    for (const text of uris) {
      const uri = vscode.Uri.parse(text);
      if (/\/(node_modules|\.git)\//.test(uri.path)) continue;
      const bytes = await bytesOf(uri);
      if (bytes !== undefined) await this.judgeCopy(uri, bytes, false);
    }
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    const { uri } = document;
    const opened = this.opened.get(uri.toString());
    this.opened.delete(uri.toString());
    if (opened === undefined || performance.now() - opened > FRESH_MS) return;
    const file = governed(this.parts.terms, uri);
    // In place, or in a place that covers it as well: nothing has left.
    if (file !== undefined && assetsOf(file).length > 0) return;
    const bytes = await bytesOf(uri);
    if (bytes !== undefined) await this.judgeCopy(uri, bytes, true);
  }

  /** A file that repeats a covered one where it is not covered. */
  private async judgeCopy(uri: vscode.Uri, bytes: Uint8Array, mayRemove: boolean): Promise<void> {
    const origin = await originOf(this.parts.terms, uri, bytes);
    if (origin === undefined) return;
    const there = governed(this.parts.terms, uri);
    const into = there?.folder === origin.folder ? there : undefined;
    const kept = into === undefined ? [] : assetsOf(into);
    if (assetsOf(origin).every((asset) => kept.includes(asset))) return;
    const target = into?.path ?? vscode.workspace.asRelativePath(uri, false);
    const verdict = await this.settle(
      [{ file: origin, into: into?.path }],
      into === undefined ? ['copy', 'export'] : ['copy'],
      `copy ${origin.path} to ${target}`,
    );
    if (isLetThrough(verdict)) {
      this.record(verdict, target, letThrough(verdict));
      if (verdict.kind === 'warned')
        this.parts.telling.tell({ verdict, deed: `You copied ${origin.path} to ${target}` });
      return;
    }
    // The same bytes still stand at their origin, so that removing the copy loses nothing.
    const now = await bytesOf(uri);
    const isRemoved = mayRemove && now !== undefined && isEqual(now, bytes) && (await this.remove(uri));
    this.record(verdict, target, outcomeOf(verdict, isRemoved));
    this.parts.telling.tell({
      verdict,
      deed: isRemoved
        ? `Copy removed: ${target} repeated ${origin.path}`
        : `${target} repeats ${origin.path}, all of it`,
      where: () =>
        isRemoved
          ? vscode.commands.executeCommand('revealInExplorer', origin.uri)
          : vscode.window.showTextDocument(uri, { preview: true }),
    });
  }

  private async remove(uri: vscode.Uri): Promise<boolean> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    // What was typed after it was saved would be lost.
    if (open?.isDirty === true) return false;
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
    await vscode.window.tabGroups.close(tabs, true);
    const gone = (useTrash: boolean): Thenable<boolean> =>
      vscode.workspace.fs.delete(uri, { useTrash }).then(
        () => true,
        () => false,
      );
    return (await gone(true)) || (await gone(false));
  }

  /** Reads what is about to be deleted, as far as it is covered. */
  private async hold(uri: vscode.Uri): Promise<Held> {
    const held: { file: Governed; bytes: Uint8Array }[] = [];
    let size = 0;
    for (const one of await filesAt(uri)) {
      const file = governed(this.parts.terms, one);
      if (file === undefined) continue;
      const bytes = await bytesOf(one);
      if (bytes === undefined) continue;
      const regions = file.folder.engine.regionsOf(file.policy, file.path, new TextDecoder().decode(bytes));
      if (regions.regions.length === 0) continue;
      size += bytes.length;
      held.push({ file, bytes });
      if (size > MOST_HELD) return { files: held, isWhole: false };
    }
    return { files: held, isWhole: true };
  }

  /** Deleting is an edit of everything that was in the file. */
  private async deleted(uri: vscode.Uri): Promise<void> {
    const { files: held, isWhole } = (await this.deleting.get(uri.toString())) ?? { files: [], isWhole: true };
    this.deleting.delete(uri.toString());
    const [first] = held;
    if (first === undefined) return;
    const what = nameOfAll(held.map(({ file }) => file.path));
    const verdict = await this.settle(
      held.map(({ file, bytes }) => ({ file, text: new TextDecoder().decode(bytes) })),
      ['edit'],
      `delete ${what}`,
    );
    if (isLetThrough(verdict)) {
      this.record(verdict, first.file.path, letThrough(verdict));
      if (verdict.kind === 'warned') this.parts.telling.tell({ verdict, deed: `You deleted ${what}` });
      return;
    }
    let isBack = isWhole;
    for (const { file, bytes } of held) {
      // Something new may stand there already: it is somebody's work.
      if ((await bytesOf(file.uri)) !== undefined) continue;
      this.own.add(file.uri.toString());
      isBack =
        (await vscode.workspace.fs.writeFile(file.uri, bytes).then(
          () => true,
          () => false,
        )) && isBack;
    }
    this.record(verdict, first.file.path, outcomeOf(verdict, isBack));
    this.parts.telling.tell({
      verdict,
      deed: isBack ? `Deletion undone: ${what}` : `${what} was deleted and could not all be written back`,
      where: () => vscode.commands.executeCommand('revealInExplorer', first.file.uri),
    });
  }

  /** The strictest verdict over files and actions; what waits for a reason asks for it, unless something is refused. */
  private async settle(
    files: readonly { readonly file: Governed; readonly into?: string | undefined; readonly text?: string }[],
    actions: readonly Action[],
    deed: string,
  ): Promise<Verdict> {
    const questions = files.flatMap(({ file: { folder, policy, path }, into, text = '' }) =>
      actions.map((action) => ({
        ...{ folder, policy, action, regions: folder.engine.regionsOf(policy, path, text) },
        ...(into === undefined ? {} : { into }),
      })),
    );
    const judged = questions.map((question) => this.parts.permissions.judge(question));
    const refused = judged.find(({ kind }) => kind === 'refused');
    if (refused !== undefined) return refused;
    let strictest: Verdict | undefined;
    for (const { question } of judged) {
      const verdict = await this.parts.permissions.settle(question, deed);
      if (!isLetThrough(verdict)) return verdict;
      if (strictest === undefined || RANK[verdict.kind] > RANK[strictest.kind]) strictest = verdict;
    }
    if (strictest === undefined) throw new Error('nothing was asked about');
    return strictest;
  }

  private record(verdict: Verdict, path: string, outcome: Outcome): void {
    this.parts.recorder.record({ verdict, outcome, place: { path } });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.owned.dispose();
  }
}

const RANK: Readonly<Record<Verdict['kind'], number>> = {
  ...{ allowed: 0, justified: 1, warned: 2, unsettled: 3, cancelled: 3, refused: 4 },
};

function letThrough({ kind }: Verdict): Outcome {
  return kind === 'warned' || kind === 'justified' ? kind : 'allowed';
}

function outcomeOf({ kind }: Verdict, isTakenBack: boolean): Outcome {
  if (!isTakenBack) return 'flagged';
  return kind === 'cancelled' ? 'cancelled' : 'undone';
}

/** "sealed/a.ts", "sealed/a.ts and 3 more files". */
function nameOfAll(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  if (others.length === 0) return first;
  return `${first} and ${others.length} more ${others.length === 1 ? 'file' : 'files'}`;
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
