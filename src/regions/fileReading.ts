import type { Policy } from '../policy/Policy.js';
import { compareRegions } from './compareRegions.js';
import { createMarkerScanner, endOfFileWindow, resolveMarkers } from './markers.js';
import type { Lines, MarkerScan, MarkerScanner } from './markers.js';
import { pathCoverOf } from './pathCover.js';
import type { FileRegions, Region } from './Region.js';

/** What regions are made from: the assets, the words of the markers, and which files hold the policy itself. */
export type RegionPolicy = Pick<Policy, 'assets' | 'markers' | 'places'>;

/** How one file is read under a policy: first what stands in it, then what that means. */
export interface FileReading {
  /** The markers in the file's text, or in some lines of it. */
  scan(text: string): MarkerScan;
  /**
   * The regions of the file when these are its markers: by path and by marker together. `lines` is asked only when
   * there is a `TERMS-FILE`, and read only as far as one may stand.
   */
  resolve(scan: MarkerScan, lines: () => Lines): FileRegions;
}

/** The policy's usual file, at the root of a repository. */
const POLICY_FILE = 'developer-terms.yaml';

interface PolicyReading {
  readonly scanner: MarkerScanner;
  readonly isAsset: (id: string) => boolean;
  readonly policyFiles: ReadonlySet<string>;
}

const readings = new WeakMap<RegionPolicy, PolicyReading>();

/** What every file of a policy needs, worked out once for each policy. */
function policyReading(policy: RegionPolicy): PolicyReading {
  let reading = readings.get(policy);
  if (!reading) {
    const ids = new Set(policy.assets.map(({ id }) => id));
    reading = {
      scanner: createMarkerScanner(policy.markers),
      isAsset: (id) => ids.has(id),
      policyFiles: new Set([POLICY_FILE, ...Object.values(policy.places).map(({ file }) => file)]),
    };
    readings.set(policy, reading);
  }
  return reading;
}

/** Ids of the assets that cover a file by its path, and by the path it leads to when it is a symbolic link; sorted. */
export function assetsOfFile(policy: Pick<Policy, 'assets'>, path: string, target = path): readonly string[] {
  const cover = pathCoverOf(policy);
  if (target === path) return cover.assetsOf(path);
  return [...new Set([...cover.assetsOf(path), ...cover.assetsOf(target)])].sort();
}

/**
 * How the file at `path` is read. A symbolic link is covered by what covers the link and by what covers its `target`,
 * so that the stricter of the two wins. The policy's own files, and those it extends, have to spell the words of the
 * markers, so in them the words mark nothing: those files are covered by path alone.
 */
export function fileReading(policy: RegionPolicy, path: string, target = path): FileReading {
  const { scanner, isAsset, policyFiles } = policyReading(policy);
  const assets = assetsOfFile(policy, path, target);
  const marksNothing = policyFiles.has(target);

  return {
    scan(text) {
      const scan = scanner.scan(text);
      return marksNothing ? { marked: [], lineCount: scan.lineCount } : scan;
    },
    resolve(scan, lines) {
      const markers = resolveMarkers(scan, () => endOfFileWindow(lines()), policy.markers, isAsset);
      const whole = { start: 1, end: scan.lineCount };
      const byPath = assets.map((asset): Region => ({ asset, known: true, by: 'path', lines: whole }));
      return {
        path,
        regions: byPath.length === 0 ? markers.regions : [...byPath, ...markers.regions].sort(compareRegions),
        problems: markers.problems,
      };
    },
  };
}
