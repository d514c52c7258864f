import { namespacesOf } from '../../changes/imports/csharp.js';
import { importLanguageOf } from '../../changes/imports/importsOf.js';
import { createImportTree, tellsImports, type ImportTree } from '../../changes/imports/ImportTree.js';
import { linksOf, type ImportTarget } from '../../changes/imports/usesOf.js';
import { LARGEST_FILE, readableText } from '../../changes/readableText.js';
import type { RepositoryCopies } from '../../changes/RepositoryCopies.js';
import type { Act } from '../../check/Act.js';
import { copiesInText } from '../../check/copiesIn.js';
import { importedInText, type ImportedLookup } from '../../check/importedCopiesIn.js';
import { usesIn } from '../../check/importsIn.js';
import { bytesAtOnce } from '../../node/treeFiles.js';
import type { RegionPolicy } from '../../regions/fileReading.js';
import type { FileRegions } from '../../regions/Region.js';
import { regionsOf } from '../../regions/regionsOf.js';
import { readTreeFile, type TreeFile } from './readTreeFile.js';

/** What the first look at a file tells. */
export interface FirstLook {
  /** Its text is left out where nobody has a use for it. */
  readonly file: TreeFile;
  readonly regions: FileRegions;
  /** What other files may import it by, where its path does not say: of C# its namespaces, else its text. */
  readonly imported?: readonly string[];
}

/** What has to be known of the whole tree before the second look: plain data, beside the copy index. */
export interface KnownOfTree {
  /** What covers a file, where anything does. */
  readonly covered: ReadonlyMap<string, FileRegions>;
  readonly paths: readonly string[];
  /** What files may be imported by, as the first look tells it. */
  readonly imported: ReadonlyMap<string, readonly string[]>;
}

/** Looks at the files of a tree: first what is restricted in them, then what they repeat or import of it. */
export class TreeLooks {
  private known: (KnownOfTree & { readonly copies: RepositoryCopies; readonly tree: ImportTree }) | undefined;
  private readonly isAsset: (id: string) => boolean;
  /** The assets of which there are lines to copy. */
  private restricted: readonly string[] = [];
  private readonly targets = new Map<string, ImportTarget>();

  constructor(
    private readonly root: string,
    private readonly policy: RegionPolicy,
    /** Code of other repositories that is looked for as well. */
    private readonly foreign: readonly ImportedLookup[] = [],
  ) {
    const known = new Set(policy.assets.map(({ id }) => id));
    this.isAsset = (id) => known.has(id);
  }

  /** Undefined for what is gone. */
  first(path: string): FirstLook | undefined {
    const file = readTreeFile(this.root, path);
    if (file === undefined) return undefined;
    const regions = regionsOf(this.policy, path, file.text, file.target);
    const isTelling = regions.regions.length > 0 || regions.problems.length > 0;
    const imported = tellsImports(path) ? importedBy(path, file.text) : undefined;
    return {
      file: isTelling ? file : { ...file, text: '' },
      regions,
      ...(imported === undefined ? {} : { imported }),
    };
  }

  /** Takes in what is known once every file was looked at. */
  learn(known: KnownOfTree, copies: RepositoryCopies): void {
    const tree = createImportTree(known.paths, (path) => known.imported.get(path)?.[0], {
      isLazy: true,
      namespaces: (path) => known.imported.get(path) ?? [],
    });
    this.known = { ...known, copies, tree };
    this.restricted = copies.assets.map(({ asset }) => asset);
  }

  /** What of the tree a file repeats or imports; nothing for what is gone. */
  second(path: string): readonly Act[] {
    const { known } = this;
    const file = readTreeFile(this.root, path);
    if (file === undefined || known === undefined) return [];
    const regions = known.covered.get(path) ?? { path, regions: [], problems: [] };
    const uses = usesIn(regions, linksOf(path, file.text, known.tree), (target) => this.target(known.covered, target));
    const whole = new Set(regions.regions.filter(({ by }) => by !== 'marker').map(({ asset }) => asset));
    // What every asset covers as a whole has nothing of another one in it.
    const copies = this.restricted.every((asset) => whole.has(asset))
      ? []
      : copiesInText(known.copies, file, regions, this.isAsset);
    return [...copies, ...importedInText(this.foreign, file, regions, this.isAsset), ...uses];
  }

  /** A file that imports lead to. Its text is wanted only where regions are marked in it. */
  private target(covered: KnownOfTree['covered'], path: string): ImportTarget | undefined {
    const regions = covered.get(path);
    if (regions === undefined) return undefined;
    if (regions.regions.every(({ by }) => by !== 'marker')) return { regions, text: '' };
    let target = this.targets.get(path);
    if (target === undefined) this.targets.set(path, (target = { regions, text: this.textOf(path) }));
    return target;
  }

  private textOf(path: string): string {
    const bytes = bytesAtOnce(this.root, path, LARGEST_FILE);
    return (bytes && readableText(bytes)) ?? '';
  }
}

function importedBy(path: string, text: string): readonly string[] {
  return importLanguageOf(path) === 'csharp' ? namespacesOf(text) : [text];
}
