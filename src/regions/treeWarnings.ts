import type { Policy } from '../policy/Policy.js';
import type { Problem } from '../policy/Problem.js';
import type { Place } from '../ports.js';
import { createPathCover, pathPatternsOf, type PathPattern } from './pathCover.js';
import { compilePattern, createPatternIndex, PATTERN_OPTIONS } from './patternIndex.js';

/** So many patterns without a file are looked at again for a likely slip; a list of more is a tree that is not there. */
const MAX_HINTS = 20;

/**
 * What a policy's paths miss in the tree it guards: a warning `pattern-matches-nothing` for each pattern, inclusion or
 * exclusion, that matches no file, with the likely slip when there is one (a folder's bare name, another case); and
 * `asset-without-files` for each asset whose patterns match, but whose exclusions leave nothing of it. Assets without
 * paths are marked in files and need none. In the order of the policy.
 *
 * @param paths every file of the repository, from its root, with `/`
 * @param placeOf where a pattern stands in the policy file; without an answer, its asset's entry is named
 */
export function treeWarnings(
  policy: Pick<Policy, 'assets' | 'places'>,
  paths: readonly string[],
  placeOf?: (pattern: PathPattern) => Place | undefined,
): Problem[] {
  const patterns = pathPatternsOf(policy.assets);
  const index = createPatternIndex(patterns.map(({ glob }) => glob));
  const cover = createPathCover(policy.assets);
  const matched = new Set<number>();
  const covered = new Set<string>();
  // Most paths share their answer with others, and an answer says nothing new the second time.
  const seen = new Set<unknown>();
  for (const path of paths) {
    const numbers = index.matching(path);
    const assets = cover.assetsOf(path);
    if (!seen.has(numbers)) for (const number of numbers) matched.add(number);
    if (!seen.has(assets)) for (const asset of assets) covered.add(asset);
    seen.add(numbers).add(assets);
  }

  const idle = patterns.filter((_, number) => !matched.has(number));
  const hints = slips(idle.slice(0, MAX_HINTS), paths);
  const warn = (code: string, place: Place | undefined, message: string): Problem => ({
    code,
    severity: 'warning',
    file: place?.file ?? 'developer-terms.yaml',
    range: place?.range ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
    message,
  });

  return policy.assets.flatMap(({ id, paths: written }): Problem[] => {
    const place = policy.places[`asset:${id}`];
    const own = idle.filter(({ asset }) => asset === id);
    const warnings = own.map((pattern) => {
      const effect = pattern.excludes ? 'carves out nothing' : 'protects nothing';
      const message = `No file here matches \`${pattern.written}\`, so it ${effect} for the asset “${id}”. ${hints.get(pattern) ?? 'Correct it or take it out.'}`;
      return warn('pattern-matches-nothing', placeOf?.(pattern) ?? place, message);
    });
    const included = written.filter((pattern) => !pattern.startsWith('!'));
    if (written.length > 0 && included.length === 0) {
      const message = `The asset “${id}” says which files it leaves out, but not which it covers. Add a path without \`!\`.`;
      warnings.push(warn('asset-without-files', place, message));
    } else if (included.length > own.filter(({ excludes }) => !excludes).length && !covered.has(id)) {
      const message = `The \`!\` patterns of the asset “${id}” carve out every file that its other paths match, so no file is covered by path. Narrow them.`;
      warnings.push(warn('asset-without-files', place, message));
    }
    return warnings;
  });
}

/** For each pattern, what its writer probably meant; nothing for a pattern without a likely slip. */
function slips(patterns: readonly PathPattern[], paths: readonly string[]): Map<PathPattern, string> {
  const hints = new Map<PathPattern, string>();
  const folders = createPatternIndex(patterns.map(({ glob }) => `${glob.replace(/\/+$/, '')}/**`));
  const asFolder = new Set(paths.flatMap((path) => folders.matching(path)));
  for (const [number, pattern] of patterns.entries()) {
    if (asFolder.has(number)) {
      const meant = `${pattern.written.replace(/\/+$/, '')}/**`;
      hints.set(pattern, `It names a folder: write \`${meant}\` to mean the files in it.`);
      continue;
    }
    const anyCase = compilePattern(pattern.glob, { ...PATTERN_OPTIONS, nocase: true });
    const near = anyCase && paths.find((path) => anyCase.match(path));
    if (near !== undefined) {
      hints.set(pattern, `Upper and lower case count: \`${near}\` would match if they did not.`);
    }
  }
  return hints;
}
