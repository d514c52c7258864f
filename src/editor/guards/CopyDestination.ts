import type * as vscode from 'vscode';
import type { CopyOrigin } from '../../changes/CopyLedger.js';
import type { Action } from '../../policy/language.js';
import { assetsAt } from '../../regions/assetsAt.js';
import type { CoveredDocument } from '../DocumentRegions.js';
import type { FolderTerms } from '../FolderTerms.js';
import { linesOfRange, regionsOfOrigin } from './copyOrigin.js';
import type { Question } from './Verdict.js';

/** Where code is about to stand, or stands. */
export class CopyDestination {
  constructor(
    readonly document: vscode.TextDocument,
    readonly ranges: readonly vscode.Range[],
    /** What governs the document; undefined where no policy does. */
    readonly covered: CoveredDocument | undefined,
  ) {}

  /** Assets that cover every one of the ranges: their code is at home here. */
  get assets(): readonly string[] {
    const { covered } = this;
    if (covered === undefined) return [];
    const each = this.ranges.map((range) => assetsAt(covered.regions, linesOfRange(range)).map(({ asset }) => asset));
    const [first = [], ...others] = each;
    return [...new Set(first)].filter((asset) => others.every((assets) => assets.includes(asset)));
  }

  /** The folder's path for people; the name where it lies in none. */
  get path(): string {
    const path = this.covered?.path ?? '';
    return path === '' ? (this.document.uri.path.split('/').pop() ?? '') : path;
  }

  /**
   * What has to be asked before code of an origin may stand here; nothing when it is at home here. Within the origin's
   * repository that is `copy` (and `move` for what was cut) into this path. A file anywhere else takes the code out of the
   * workspace, which is `export` as well; no rule can name such a place, so that the destination counts as unknown, which is
   * the strictest reading. A text without a file is such a place, too, but has not left.
   */
  questions(folder: FolderTerms, origin: CopyOrigin, options: { readonly isCut?: boolean } = {}): Question[] {
    const { policy } = folder;
    if (policy === undefined) return [];
    const isInside = this.covered?.folder === folder;
    const here = isInside ? this.assets : [];
    const assets = origin.assets.filter((asset) => !here.includes(asset));
    if (assets.length === 0) return [];
    const isFile = !['untitled', 'vscode-scm', 'comment', 'search-editor'].includes(this.document.uri.scheme);
    const actions: Action[] = ['copy'];
    if (options.isCut === true) actions.push('move');
    if (!isInside && isFile) actions.push('export');
    const into = isInside ? this.covered?.path : undefined;
    return actions.map((action) => ({
      ...{ folder, policy, action },
      regions: regionsOfOrigin(policy, origin, assets),
      lines: origin.lines,
      ...(into === undefined || into === '' ? {} : { into }),
    }));
  }
}
