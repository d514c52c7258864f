import { createImportTree } from '../../changes/imports/ImportTree.js';
import type { PathList } from '../../changes/imports/PathList.js';
import { LARGEST_FILE, readableText } from '../../changes/readableText.js';
import type { Lookups } from '../../check/findingsOf.js';
import { bytesAtOnce } from '../../node/treeFiles.js';
import type { Policy } from '../../policy/Policy.js';
import { pathCoverOf } from '../../regions/pathCover.js';
import { regionsOf } from '../../regions/regionsOf.js';

/** Where imports lead among these files of the policy's folder, as they are on disk, and what covers them. */
export function importLookup(policy: Policy, root: string, paths: PathList): NonNullable<Lookups['imports']> {
  const textOf = (path: string): string | undefined => {
    const bytes = bytesAtOnce(root, path, LARGEST_FILE);
    return bytes && readableText(bytes);
  };
  const targets = new Map<string, ReturnType<NonNullable<Lookups['imports']>['target']>>();
  return {
    tree: createImportTree(paths, textOf, { isLazy: true }),
    target(path) {
      if (targets.has(path)) return targets.get(path);
      const text = textOf(path);
      // A file that cannot be read is still covered by its path.
      const isCovered = text !== undefined || pathCoverOf(policy).assetsOf(path).length > 0;
      const target = isCovered ? { regions: regionsOf(policy, path, text ?? ''), text: text ?? '' } : undefined;
      targets.set(path, target);
      return target;
    },
  };
}
