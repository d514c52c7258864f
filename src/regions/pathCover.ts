import type { Asset } from '../policy/language.js';
import type { Policy } from '../policy/Policy.js';
import { createPatternIndex } from './patternIndex.js';

/** Which assets cover a path, by their `paths` alone. */
export interface PathCover {
  /**
   * Ids of the assets whose paths cover the file at `path`, sorted; empty when none does. `path` is relative to the
   * repository's root, with `/`, without `./` in front and without `..`. Paths with the same answer mostly share one array.
   */
  assetsOf(path: string): readonly string[];
}

/** One entry of an asset's `paths`. */
export interface PathPattern {
  readonly asset: string;
  /** Its place in the asset's `paths`, from 0. */
  readonly at: number;
  /** The entry as the policy spells it, `!` included. */
  readonly written: string;
  /** The glob alone. */
  readonly glob: string;
  /** True for an entry that carves out. */
  readonly excludes: boolean;
}

/** Every path pattern of these assets. One `!` in front makes a pattern an exclusion; the rest is the glob. */
export function pathPatternsOf(assets: readonly Pick<Asset, 'id' | 'paths'>[]): PathPattern[] {
  return assets.flatMap(({ id, paths }) =>
    paths.map((written, at) => {
      const excludes = written.startsWith('!');
      return { asset: id, at, written, glob: excludes ? written.slice(1) : written, excludes };
    }),
  );
}

/**
 * Compiles the paths of these assets once, to be asked for many files.
 *
 * A pattern is a minimatch glob from the repository's root: `/` on every platform, dot-files matched, case kept. It
 * means exactly what minimatch says, so `./src/**` and `/src/**` match nothing (paths start at the root without a sign),
 * and neither does `src/` nor, unless it is a file, `src`. An exclusion wins wherever it stands in its asset, and says
 * nothing about other assets. A pattern that cannot be compiled never lessens protection: such an inclusion covers every
 * file, such an exclusion carves nothing out; the policy's own checks refuse it long before.
 */
export function createPathCover(assets: readonly Pick<Asset, 'id' | 'paths'>[]): PathCover {
  const patterns = pathPatternsOf(assets);
  const index = createPatternIndex(patterns.map(({ glob }) => glob));
  const everywhere = index.refused.flatMap((number) => patterns[number] ?? []).filter(({ excludes }) => !excludes);
  const answers = new WeakMap<readonly number[], readonly string[]>();

  return {
    assetsOf(path) {
      const matching = index.matching(path);
      let covering = answers.get(matching);
      if (!covering) {
        const found = matching.flatMap((number) => patterns[number] ?? []);
        const carved = new Set(found.filter(({ excludes }) => excludes).map(({ asset }) => asset));
        const included = [...found.filter(({ excludes }) => !excludes), ...everywhere].map(({ asset }) => asset);
        covering = Object.freeze([...new Set(included)].filter((asset) => !carved.has(asset)).sort());
        answers.set(matching, covering);
      }
      return covering;
    },
  };
}

const covers = new WeakMap<object, PathCover>();

/** The path cover of a policy's assets, compiled when it is first asked for and kept as long as the policy is. */
export function pathCoverOf(policy: Pick<Policy, 'assets'>): PathCover {
  let cover = covers.get(policy.assets);
  if (!cover) covers.set(policy.assets, (cover = createPathCover(policy.assets)));
  return cover;
}
