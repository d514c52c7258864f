import * as vscode from 'vscode';
import { inSentence } from '../policy/inSentence.js';
import { DisposableStore } from './DisposableStore.js';
import type { DocumentRegions } from './DocumentRegions.js';
import { COLORS } from './names.js';
import type { Terms } from './Terms.js';

/** The section sign: a clause applies here. Two characters at most fit beside a file's name. */
const BADGE = '§';

/** A badge and a tooltip on covered files in the explorer, the tabs and every other list of files. */
export class FileDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<vscode.Uri | undefined>());
  readonly onDidChangeFileDecorations = this.changed.event;
  /** Open documents that had marked regions when last looked at. */
  private readonly marked = new Map<string, string>();

  constructor(
    private readonly terms: Terms,
    private readonly documents: DocumentRegions,
  ) {
    this.owned.add(
      terms.onDidChange(() => {
        this.changed.fire(undefined);
      }),
    );
    const look = (document: vscode.TextDocument): void => {
      const key = document.uri.toString();
      const assets = this.markedAssets(document).join(' ');
      if (assets === (this.marked.get(key) ?? '')) return;
      this.marked.set(key, assets);
      this.changed.fire(document.uri);
    };
    this.owned.add(documents.onDidChange(look));
    this.owned.add(vscode.workspace.onDidOpenTextDocument(look));
    this.owned.add(vscode.window.registerFileDecorationProvider(this));
  }

  async provideFileDecoration(uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> {
    const where = this.terms.locate(uri);
    const policy = where?.folder.policy;
    if (where === undefined || policy === undefined || where.path === '') return undefined;
    const covering = where.folder.engine.assetsOf(policy, where.path);
    // Marked lines may be of another asset than the file around them, and of a higher tier.
    const ids = [...covering, ...(this.marked.get(uri.toString())?.split(' ') ?? [])];
    const assets = policy.assets.filter((asset) => ids.includes(asset.id));
    // A folder's own name may match a pattern whose carve-out takes out all that is in it.
    if (assets.length === 0 || (await isFolder(uri))) return undefined;
    const words = assets.map((asset) => {
      const owners = asset.owner.map((owner) => policy.parties.find((party) => party.id === owner)?.name ?? owner);
      const label = policy.tiers.find((tier) => tier.name === asset.tier)?.label ?? asset.tier;
      return `${asset.id} of ${inSentence(owners)}, ${label}`;
    });
    const lead = covering.length > 0 ? 'Covered by the developer terms' : 'Holds lines covered by the developer terms';
    const decoration = new vscode.FileDecoration(
      BADGE,
      `${lead}: ${words.join('; ')}`,
      new vscode.ThemeColor(COLORS.badge),
    );
    decoration.propagate = false;
    return decoration;
  }

  private markedAssets(document: vscode.TextDocument): string[] {
    const regions = this.documents.of(document)?.regions.regions ?? [];
    return [...new Set(regions.filter((region) => region.known).map((region) => region.asset))].sort();
  }

  dispose(): void {
    this.owned.dispose();
  }
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    (stat) => (stat.type & vscode.FileType.Directory) !== 0,
    () => false,
  );
}
