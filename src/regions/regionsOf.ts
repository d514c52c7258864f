import type { Policy } from '../policy/Policy.js';
import { compareRegions } from './compareRegions.js';
import { createMarkerScanner, endOfFileWindow, FILE_MARKER_WINDOW, linesOf, resolveMarkers } from './markers.js';
import type { MarkerRegions, MarkerScan, MarkerScanner, MarkerWords, Lines } from './markers.js';
import { pathCoverOf } from './pathCover.js';
import type { FileRegions, Region } from './Region.js';

/** What regions are made from: the assets, the words of the markers, and which files hold the policy itself. */
export type RegionPolicy = Pick<Policy, 'assets' | 'markers' | 'places'>;

/** The policy's usual file, at the root of a repository. */
const POLICY_FILE = 'developer-terms.yaml';

/** A policy as the regions read it, worked out once. */
interface Reading {
  readonly scanner: MarkerScanner;
  readonly words: MarkerWords;
  readonly isAsset: (id: string) => boolean;
  readonly policyFiles: ReadonlySet<string>;
}

const readings = new WeakMap<RegionPolicy, Reading>();

function readingOf(policy: RegionPolicy): Reading {
  let reading = readings.get(policy);
  if (!reading) {
    const ids = new Set(policy.assets.map(({ id }) => id));
    reading = {
      scanner: createMarkerScanner(policy.markers),
      words: policy.markers,
      isAsset: (id) => ids.has(id),
      policyFiles: new Set([POLICY_FILE, ...Object.values(policy.places).map(({ file }) => file)]),
    };
    readings.set(policy, reading);
  }
  return reading;
}

const NOTHING: MarkerScan = { marked: [], lineCount: 1 };

/**
 * The markers in a text. The policy's own files have to spell the words of the markers, so in them the words mark
 * nothing: those files are covered by path alone.
 */
export function scanFile(policy: RegionPolicy, path: string, text: string): MarkerScan {
  const { scanner, policyFiles } = readingOf(policy);
  const scan = scanner.scan(text);
  return policyFiles.has(path) ? { ...NOTHING, lineCount: scan.lineCount } : scan;
}

/** What markers that were found amount to under this policy; `lines` is read only as far as `TERMS-FILE` reaches. */
export function resolveScan(policy: RegionPolicy, scan: MarkerScan, lines: () => Lines): MarkerRegions {
  const { words, isAsset } = readingOf(policy);
  return resolveMarkers(scan, () => endOfFileWindow(lines()), words, isAsset);
}

/** Ids of the assets that cover a file by its path, and by the path it leads to when it is a symbolic link; sorted. */
export function assetsOfFile(policy: Pick<Policy, 'assets'>, path: string, target?: string): readonly string[] {
  const cover = pathCoverOf(policy);
  const own = cover.assetsOf(path);
  if (target === undefined || target === path) return own;
  return [...new Set([...own, ...cover.assetsOf(target)])].sort();
}

/** The regions by path and by marker together, in the order that `FileRegions` promises. */
export function composeRegions(
  path: string,
  assets: readonly string[],
  lineCount: number,
  markers: MarkerRegions,
): FileRegions {
  const lines = { start: 1, end: lineCount };
  const byPath = assets.map((asset): Region => ({ asset, known: true, by: 'path', lines }));
  return {
    path,
    regions: byPath.length === 0 ? markers.regions : [...byPath, ...markers.regions].sort(compareRegions),
    problems: markers.problems,
  };
}

/** The beginning of a text that the window for `TERMS-FILE` can reach into: no character takes less than a byte. */
const windowLines = (text: string): Lines => {
  // Twice the window, because CR LF counts as one byte; the cut can only lie behind the window's end.
  const lines = linesOf(text.slice(0, 2 * FILE_MARKER_WINDOW + 2));
  return { lineCount: lines.length, lineAt: (line) => lines[line - 1] ?? '' };
};

/**
 * The protected regions of one file: those its path gives, whole files, and those its markers give. A marker adds an
 * asset to what the path gives and never removes one; an asset that covers lines both ways appears once for each.
 *
 * @param path from the repository's root, with `/`
 * @param target where the file leads when it is a symbolic link: it is covered by what covers the link and by what
 *   covers the target, so that the stricter of the two wins
 */
export function regionsOf(policy: RegionPolicy, path: string, text: string, target?: string): FileRegions {
  const scan = scanFile(policy, target !== undefined && isPolicyFile(policy, target) ? target : path, text);
  const markers = resolveScan(policy, scan, () => windowLines(text));
  return composeRegions(path, assetsOfFile(policy, path, target), scan.lineCount, markers);
}

/** True for the file of the policy itself, and for those it `extends`. */
export const isPolicyFile = (policy: RegionPolicy, path: string): boolean => readingOf(policy).policyFiles.has(path);
