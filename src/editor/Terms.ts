import * as vscode from 'vscode';
import { DisposableStore } from './DisposableStore.js';
import { FolderTerms, type FolderPorts } from './FolderTerms.js';
import { POLICY_FILE } from './names.js';
import type { Disk } from './workspaceFiles.js';

/** A file inside a folder that has terms. */
export interface GovernedFile {
  readonly folder: FolderTerms;
  /** From the repository's root, with `/`; '' for an untitled document. */
  readonly path: string;
}

/** The terms of every folder in the window. Each folder has its own policy, or none. */
export class Terms implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<FolderTerms | undefined>());
  /** Fires with the folder whose terms changed; undefined when folders came or went. */
  readonly onDidChange = this.changed.event;
  private folders = new Map<string, FolderTerms>();
  private arrangements = 0;
  /** Repositories that code came from and that are not open here. */
  private readonly visited = new Map<string, Promise<FolderTerms | undefined>>();

  constructor(private readonly ports: FolderPorts) {
    this.owned.add(
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        void this.arrange();
      }),
    );
    this.owned.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        void this.askWhoIsThere();
      }),
    );
    this.owned.add(
      vscode.window.onDidChangeWindowState((state) => {
        if (!state.focused) return;
        void this.askWhoIsThere();
        for (const folder of this.all) {
          void folder.readIfChanged();
          void folder.recallExposures();
        }
      }),
    );
  }

  /** All folders, in the window's order. */
  get all(): readonly FolderTerms[] {
    return [...this.folders.values()];
  }

  /** Folders that a policy governs, or that have a policy file with problems. */
  get governed(): readonly FolderTerms[] {
    return this.all.filter((folder) => folder.policy !== undefined || folder.inForce.stale !== undefined);
  }

  /** Finds each folder's repository and reads its policy. Resolves when all are read. */
  async arrange(): Promise<void> {
    const arrangement = ++this.arrangements;
    const roots = await Promise.all(
      (vscode.workspace.workspaceFolders ?? []).map((folder) => repositoryRoot(folder.uri, this.ports.disk)),
    );
    if (arrangement !== this.arrangements) return;
    const before = this.folders;
    this.folders = new Map();
    const opened: Promise<void>[] = [];
    for (const root of roots) {
      const key = root.toString();
      if (this.folders.has(key)) continue;
      const kept = before.get(key);
      if (kept !== undefined) {
        this.folders.set(key, kept);
        continue;
      }
      const folder = new FolderTerms(root, this.ports);
      folder.onDidChange(() => {
        this.changed.fire(folder);
      });
      this.folders.set(key, folder);
      opened.push(folder.open());
    }
    for (const [key, folder] of before) if (!this.folders.has(key)) folder.dispose();
    await Promise.all(opened);
    this.changed.fire(undefined);
  }

  /**
   * The folder that governs a document, and its path there; undefined for what lies outside every folder. Documents of
   * other schemes (a diff's older side, a notebook's cell) belong to the file whose path they carry. An untitled document
   * has no path: its markers count when the window has exactly one policy.
   */
  locate(uri: vscode.Uri): GovernedFile | undefined {
    let best: GovernedFile | undefined;
    for (const folder of this.folders.values()) {
      const path = folder.pathOf(uri);
      // Where folders are nested, the innermost repository's policy counts.
      if (path !== undefined && (best === undefined || folder.root.path.length > best.folder.root.path.length)) {
        best = { folder, path };
      }
    }
    if (best === undefined && uri.scheme === 'untitled') {
      const [only, ...others] = this.all.filter((folder) => folder.policy !== undefined);
      if (only !== undefined && others.length === 0) return { folder: only, path: '' };
    }
    return best;
  }

  /**
   * The terms of a repository wherever it is: a folder of this window, or one that code was copied from in another. Undefined
   * when no policy can be read there. Those of another window govern no document of this one.
   */
  visit(root: string): Promise<FolderTerms | undefined> {
    const open = this.folders.get(root);
    if (open !== undefined) return Promise.resolve(open.policy === undefined ? undefined : open);
    let visit = this.visited.get(root);
    if (visit === undefined) {
      visit = this.openElsewhere(vscode.Uri.parse(root));
      this.visited.set(root, visit);
      // A policy that was not there may come.
      void visit.then((folder) => folder ?? this.visited.delete(root));
    }
    return visit;
  }

  private async openElsewhere(root: vscode.Uri): Promise<FolderTerms | undefined> {
    const folder = new FolderTerms(root, this.ports);
    await folder.open();
    if (folder.policy !== undefined) return this.owned.add(folder);
    folder.dispose();
    return undefined;
  }

  private async askWhoIsThere(): Promise<void> {
    await Promise.all(this.all.map((folder) => folder.askWhoIsThere()));
  }

  dispose(): void {
    for (const folder of this.folders.values()) folder.dispose();
    this.folders.clear();
    this.owned.dispose();
  }
}

/**
 * The folder whose policy governs `folder`: itself when it holds a policy, else the nearest folder above it that does, up to
 * the repository's own root, so that opening a part of a repository does not leave its terms behind.
 */
async function repositoryRoot(folder: vscode.Uri, disk: Disk): Promise<vscode.Uri> {
  let here = folder;
  for (;;) {
    const [hasPolicy, isRepository] = await Promise.all([exists(here, POLICY_FILE, disk), exists(here, '.git', disk)]);
    if (hasPolicy) return here;
    const above = vscode.Uri.joinPath(here, '..');
    if (isRepository || above.path === here.path) return folder;
    here = above;
  }
}

/** True for a file, a folder and whatever else has the name. */
async function exists(folder: vscode.Uri, name: string, disk: Disk): Promise<boolean> {
  if (folder.scheme === 'file') {
    // A folder of the name is no file to read, but it is there.
    return disk(folder.fsPath)
      .read(name)
      .then(
        (bytes) => bytes !== undefined,
        () => true,
      );
  }
  return vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, name)).then(
    () => true,
    () => false,
  );
}
