import { coveredAssets } from './covers.js';
import type { Asset } from './language.js';
import type { Policy } from './Policy.js';
import type { Problem } from './Problem.js';
import type { ProblemCode } from './problemCodes.js';
import { shown } from './syntax.js';
import { inOrder, problemIn } from './warningsAt.js';

/** What the files of a tree say about a policy. */
export interface Tree {
  /** Paths of the tree's files from the repository's root, with `/`. */
  readonly paths: readonly string[];
  /** The matcher of `regions/`: for many globs, the numbers of those that match a path. */
  readonly matcher: (globs: readonly string[]) => { matching(path: string): readonly number[] };
  /** For globs that match nothing, what their writer probably meant, as a sentence; left out where that is not known. */
  readonly slips?: (globs: readonly string[]) => ReadonlyMap<string, string>;
  /**
   * Ids of the assets that markers in the files name. Left out where the files have not been read; then assets without
   * paths are taken on trust.
   */
  readonly marked?: ReadonlySet<string>;
}

/** Patterns, assets and rules of a policy that match nothing in a tree, in the order of the file. */
export function warningsInTree(policy: Policy, { paths, matcher, slips, marked }: Tree): readonly Problem[] {
  const patterns = policy.assets.flatMap((asset) =>
    asset.paths.map((written, at) => {
      const excludes = written.startsWith('!');
      return { asset, at, written, glob: excludes ? written.slice(1) : written, excludes };
    }),
  );
  const index = matcher(patterns.map(({ glob }) => glob));
  const hit = new Set<number>();
  const covered = new Set<Asset>();
  const seen = new Set<readonly number[]>();
  for (const path of paths) {
    const matching = index.matching(path);
    // Many paths share one answer, which has to be looked at once.
    if (matching.length === 0 || seen.has(matching)) continue;
    seen.add(matching);
    const carved = new Set<Asset>();
    for (const at of matching) {
      hit.add(at);
      const pattern = patterns[at];
      if (pattern?.excludes === true) carved.add(pattern.asset);
    }
    for (const at of matching) {
      const pattern = patterns[at];
      if (pattern !== undefined && !pattern.excludes && !carved.has(pattern.asset)) covered.add(pattern.asset);
    }
  }

  const found: Problem[] = [];
  const add = (code: ProblemCode, entry: object, key: string, at: number | undefined, message: string) => {
    found.push(problemIn(policy, code, entry, key, at, message));
  };
  const idle = patterns.filter((_, at) => !hit.has(at));
  const meant = slips?.(idle.map(({ glob }) => glob));
  for (const pattern of idle) {
    const what = pattern.excludes ? 'carves out no file' : 'matches no file';
    add(
      'pattern-matches-nothing',
      pattern.asset,
      'paths',
      pattern.at,
      `\`${shown(pattern.written)}\` ${what} of this tree. ${meant?.get(pattern.glob) ?? 'Correct it or delete it.'}`,
    );
  }
  const isThere = (asset: Asset) => {
    if (covered.has(asset) || marked?.has(asset.id) === true) return true;
    return asset.paths.length === 0 && marked === undefined;
  };
  for (const asset of policy.assets) {
    if (isThere(asset)) continue;
    const missing = marked === undefined ? 'No file of this tree' : 'No file and no marked region of this tree';
    add(
      'asset-matches-nothing',
      asset,
      'id',
      undefined,
      `${missing} belongs to \`${asset.id}\`, so nothing protects it. Correct its paths or delete it.`,
    );
  }
  const rules = [
    ['course', policy.training],
    ['guardrail', policy.guardrails],
    ['grant', policy.grants],
  ] as const;
  for (const [noun, entries] of rules) {
    for (const entry of entries) {
      const assets = coveredAssets(policy, entry.covers);
      if (assets.length === 0 || assets.some(isThere)) continue;
      add(
        'rule-matches-nothing',
        entry,
        'covers',
        undefined,
        `The ${noun} \`${entry.id}\` covers nothing of this tree. Correct \`covers\`, or the paths of its assets.`,
      );
    }
  }
  return inOrder(found);
}
