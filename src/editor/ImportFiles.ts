import * as vscode from 'vscode';
import { createImportTree, tellsImports, type ImportTree } from '../changes/imports/ImportTree.js';
import type { ImportTarget } from '../changes/imports/usesOf.js';
import { readableText } from '../changes/readableText.js';
import type { Policy } from '../policy/Policy.js';
import { DisposableStore } from './DisposableStore.js';
import type { FolderTerms } from './FolderTerms.js';

/** Larger files (bytes) declare nothing that a person wrote: their regions by path count, their text is not read. */
const LARGEST_TARGET = 1 << 20;
const FILES_AT_ONCE = 16;
const NOT_SOURCES = '**/{node_modules,.git,.hg,.svn}/**';

interface Target {
  readonly policy: Policy;
  readonly target: ImportTarget;
}

/**
 * The files of one folder's repository as imports look for them: listed once, kept up to date by a watcher, texts read
 * when an import leads to them.
 */
export class ImportFiles implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<void>());
  /** Fires when imports may lead elsewhere, or to other regions, than before. */
  readonly onDidChange = this.changed.event;
  private listing: Promise<Map<string, string | undefined>> | undefined;
  private known: ImportTree | undefined;
  private readonly targets = new Map<string, Target>();

  constructor(private readonly folder: FolderTerms) {
    const watcher = this.owned.add(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder.root, '**')),
    );
    this.owned.add(watcher.onDidCreate((uri) => void this.follow(uri, true)));
    this.owned.add(watcher.onDidChange((uri) => void this.follow(uri, true)));
    this.owned.add(watcher.onDidDelete((uri) => void this.follow(uri, false)));
  }

  /** The tree as it is now; listed when it is first asked for. */
  async tree(): Promise<ImportTree> {
    this.listing ??= this.list();
    const files = await this.listing;
    this.known ??= createImportTree(files.keys(), (path) => files.get(path));
    return this.known;
  }

  /** A file that an import leads to: as an editor has it, else as it is on disk. Undefined when it cannot be read. */
  async target(policy: Policy, path: string): Promise<ImportTarget | undefined> {
    const uri = vscode.Uri.joinPath(this.folder.root, path);
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open !== undefined) return this.targetOf(policy, path, open.getText());
    const known = this.targets.get(path);
    if (known?.policy === policy) return known.target;
    const target = this.targetOf(policy, path, (await textOf(uri)) ?? '');
    this.targets.set(path, { policy, target });
    return target;
  }

  private targetOf(policy: Policy, path: string, text: string): ImportTarget {
    return { regions: this.folder.engine.regionsOf(policy, path, text), text };
  }

  /** The paths, and the texts of those whose path does not tell what they are imported by. */
  private async list(): Promise<Map<string, string | undefined>> {
    const uris = await vscode.workspace.findFiles(new vscode.RelativePattern(this.folder.root, '**'), NOT_SOURCES);
    const files = new Map<string, string | undefined>();
    for (const uri of uris) {
      const path = this.folder.pathOf(uri);
      if (path !== undefined) files.set(path, undefined);
    }
    const telling = [...files.keys()].filter(tellsImports);
    for (let from = 0; from < telling.length; from += FILES_AT_ONCE)
      await Promise.all(
        telling.slice(from, from + FILES_AT_ONCE).map(async (path) => {
          files.set(path, await textOf(vscode.Uri.joinPath(this.folder.root, path)));
        }),
      );
    return files;
  }

  private async follow(uri: vscode.Uri, isThere: boolean): Promise<void> {
    const path = this.folder.pathOf(uri);
    if (path === undefined || /(^|\/)(node_modules|\.git|\.hg|\.svn)(\/|$)/.test(path)) return;
    const wasTarget = this.targets.delete(path);
    const files = await this.listing;
    if (files === undefined) return;
    if (!isThere) {
      // A folder goes with everything in it, and only itself is told.
      for (const file of [...files.keys()]) if (file === path || file.startsWith(`${path}/`)) files.delete(file);
    } else if (files.has(path) && !tellsImports(path)) {
      if (wasTarget) this.changed.fire();
      return;
    } else {
      const stat = await vscode.workspace.fs.stat(uri).then(
        (it) => it,
        () => undefined,
      );
      if (stat?.type !== vscode.FileType.File) {
        // A folder that came whole does not tell its files one by one everywhere.
        if (stat?.type === vscode.FileType.Directory) this.listing = undefined;
        else return;
      } else files.set(path, tellsImports(path) ? await textOf(uri) : undefined);
    }
    this.known = undefined;
    this.changed.fire();
  }

  dispose(): void {
    this.owned.dispose();
  }
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > LARGEST_TARGET ? undefined : readableText(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
