import { fileReading, type RegionPolicy } from './fileReading.js';
import { windowLines } from './markers.js';
import type { FileRegions } from './Region.js';

/**
 * The protected regions of one file: those its path gives, whole files, and those its markers give. A marker adds an
 * asset to what the path gives and never removes one; an asset that covers lines both ways appears once for each.
 *
 * @param path from the repository's root, with `/`
 * @param target where the file leads when it is a symbolic link, also from the root: what covers either covers it
 */
export function regionsOf(policy: RegionPolicy, path: string, text: string, target?: string): FileRegions {
  const reading = fileReading(policy, path, target);
  return reading.resolve(reading.scan(text), () => windowLines(text));
}
