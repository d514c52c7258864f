import type { Tree } from '../policy/warningsInTree.js';
import { compilePattern, createPatternIndex, PATTERN_OPTIONS } from './patternIndex.js';

/** So many patterns without a file are looked at again for a likely slip; a list of more is a tree that is not there. */
const MAX_SLIPS = 20;

/** A repository's files as the policy's warnings look at them. */
export function treeOf(paths: readonly string[]): Tree {
  return { paths, matcher: createPatternIndex, slips: (globs) => patternSlips(globs, paths) };
}

/** For each glob that matches nothing, what its writer probably meant; nothing for one without a likely slip. */
function patternSlips(globs: readonly string[], paths: readonly string[]): ReadonlyMap<string, string> {
  const idle = globs.slice(0, MAX_SLIPS);
  const slips = new Map<string, string>();
  const folders = createPatternIndex(idle.map(asFolder));
  const named = new Set(paths.flatMap((path) => folders.matching(path)));
  for (const [number, glob] of idle.entries()) {
    if (named.has(number)) {
      slips.set(glob, `It names a folder: write \`${asFolder(glob)}\` to mean the files in it.`);
      continue;
    }
    const anyCase = compilePattern(glob, { ...PATTERN_OPTIONS, nocase: true });
    const near = anyCase && paths.find((path) => anyCase.match(path));
    if (near !== undefined) slips.set(glob, `Upper and lower case count: \`${near}\` would match if they did not.`);
  }
  return slips;
}

const asFolder = (glob: string): string => `${glob.replace(/\/+$/, '')}/**`;
