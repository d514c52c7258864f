import * as vscode from 'vscode';
import type { ExplainedCopy } from '../../changes/RepositoryCopies.js';
import {
  contentOf,
  isReported,
  readWrongMatches,
  writeWrongMatches,
  type WrongMatch,
} from '../../changes/wrongMatch.js';
import type { Hash, KeyedHash, Log } from '../../ports.js';
import { DisposableStore } from '../DisposableStore.js';
import type { FolderTerms } from '../FolderTerms.js';
import type { Terms } from '../Terms.js';

/** What keeping reports needs from outside. */
export interface WrongMatchPorts {
  /** Where they outlive the window: a file for each repository. */
  readonly storage: vscode.Uri;
  /** Names the file. */
  readonly hash: Hash;
  readonly keyedHash: KeyedHash;
  readonly log: Log;
}

/** The matches that people reported as wrong, by repository. They are no longer pointed out, until the report is taken back. */
export class WrongMatches implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<FolderTerms>());
  /** Fires with the folder whose reports changed. */
  readonly onDidChange = this.changed.event;
  private readonly reports = new Map<string, readonly WrongMatch[]>();

  constructor(
    terms: Terms,
    private readonly ports: WrongMatchPorts,
  ) {
    this.owned.add(
      terms.onDidChange(() => {
        for (const folder of terms.all)
          if (folder.policy !== undefined && this.all(folder) === NONE) void this.load(folder);
      }),
    );
  }

  /** The reports of a folder's repository, oldest first. */
  all(folder: FolderTerms): readonly WrongMatch[] {
    return this.reports.get(folder.root.toString()) ?? NONE;
  }

  /** True when a match in these lines is reported as wrong. */
  covers(folder: FolderTerms, { assets, lines: span }: ExplainedCopy, lines: readonly string[]): boolean {
    const reports = this.all(folder);
    return reports.length > 0 && isReported(reports, assets, lines, span, this.ports.keyedHash);
  }

  /** Reports a match in these lines as wrong, and returns the report. */
  async report(
    folder: FolderTerms,
    copy: ExplainedCopy,
    lines: readonly string[],
    { reason, place }: { readonly reason: string; readonly place: string },
  ): Promise<WrongMatch> {
    const report: WrongMatch = {
      at: folder.clock.now(),
      by: folder.person.address ?? '',
      reason,
      assets: copy.assets,
      origin: copy.origin.path,
      place,
      content: contentOf(lines, copy.lines, this.ports.keyedHash),
    };
    await this.change(folder, (reports) => [...reports, report]);
    return report;
  }

  /** Takes a report back: the match is pointed out again. */
  async takeBack(folder: FolderTerms, report: WrongMatch): Promise<void> {
    const gone = JSON.stringify(report);
    await this.change(folder, (reports) => reports.filter((other) => JSON.stringify(other) !== gone));
  }

  /** Reads what is stored first: another window may have reported something. */
  private async change(
    folder: FolderTerms,
    edit: (reports: readonly WrongMatch[]) => readonly WrongMatch[],
  ): Promise<void> {
    const place = await this.place(folder);
    const reports = edit(await read(place));
    const beside = place.with({ path: `${place.path}.${Math.random().toString(36).slice(2)}.part` });
    await vscode.workspace.fs.createDirectory(this.ports.storage);
    await vscode.workspace.fs.writeFile(beside, new TextEncoder().encode(writeWrongMatches(reports)));
    await vscode.workspace.fs.rename(beside, place, { overwrite: true });
    this.reports.set(folder.root.toString(), reports);
    this.changed.fire(folder);
  }

  private async load(folder: FolderTerms): Promise<void> {
    this.reports.set(folder.root.toString(), []);
    const reports = await read(await this.place(folder));
    if (reports.length === 0) return;
    this.reports.set(folder.root.toString(), reports);
    this.changed.fire(folder);
  }

  private async place({ root }: FolderTerms): Promise<vscode.Uri> {
    const name = await this.ports.hash(new TextEncoder().encode(root.toString()));
    return vscode.Uri.joinPath(this.ports.storage, `wrong-matches-${name.slice(0, 24)}.json`);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

const NONE: readonly WrongMatch[] = [];

async function read(place: vscode.Uri): Promise<WrongMatch[]> {
  const bytes = await vscode.workspace.fs.readFile(place).then(
    (found) => found,
    () => undefined,
  );
  return bytes === undefined ? [] : readWrongMatches(new TextDecoder().decode(bytes));
}
