import * as vscode from 'vscode';
import { CopyIndexHost, type CopyIndexPorts } from './CopyIndexHost.js';
import { DisposableStore } from './DisposableStore.js';
import type { FolderTerms } from './FolderTerms.js';
import type { Terms } from './Terms.js';

/** The copy index of every folder that has terms. */
export class CopyIndexes implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<FolderTerms>());
  /** Fires with the folder whose index changed, came or went. */
  readonly onDidChange = this.changed.event;
  private readonly hosts = new Map<FolderTerms, CopyIndexHost>();

  constructor(
    private readonly terms: Terms,
    private readonly ports: CopyIndexPorts,
  ) {
    this.owned.add(
      terms.onDidChange(() => {
        this.arrange();
      }),
    );
  }

  /** The index of a folder; undefined where no policy governs. */
  of(folder: FolderTerms): CopyIndexHost | undefined {
    return this.hosts.get(folder);
  }

  /** The indexes of all folders that have one. */
  get all(): readonly CopyIndexHost[] {
    return [...this.hosts.values()];
  }

  private arrange(): void {
    const present = new Set(this.terms.all);
    for (const [folder, host] of this.hosts) {
      if (present.has(folder)) continue;
      this.hosts.delete(folder);
      host.dispose();
    }
    for (const folder of present) {
      let host = this.hosts.get(folder);
      if (host === undefined && folder.policy === undefined) continue;
      if (host === undefined) {
        host = new CopyIndexHost(folder, this.ports);
        this.hosts.set(folder, host);
        host.onDidChange(() => {
          this.changed.fire(folder);
        });
      }
      host.followPolicy();
    }
  }

  dispose(): void {
    for (const host of this.hosts.values()) host.dispose();
    this.hosts.clear();
    this.owned.dispose();
  }
}
