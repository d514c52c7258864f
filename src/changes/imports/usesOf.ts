import type { LineSpan } from '../../ports.js';
import type { FileRegions, Region } from '../../regions/Region.js';
import type { Import } from './Import.js';
import type { ImportTree } from './ImportTree.js';
import { importsOf } from './importsOf.js';
import { resolveImport } from './resolveImport.js';

/** An import and the files of the repository that it may lead to. */
export interface Link {
  readonly import: Import;
  readonly paths: readonly string[];
}

/** A file that something is imported from: what covers it, and its text where regions are marked in it. */
export interface ImportTarget {
  readonly regions: FileRegions;
  readonly text: string;
}

/** Covered code that an import brings into a place that it does not cover: to be judged as `use`. */
export interface Use {
  readonly import: Import;
  /** The file that the code stands in. */
  readonly path: string;
  /** Its regions of those assets only that do not cover the import: what the decision is asked about. */
  readonly regions: FileRegions;
  /** The covered lines that are meant, of a file that is not covered as a whole. */
  readonly lines?: LineSpan;
  /**
   * False when the import may as well lead to code that nothing covers: to another file, or to another part of this one.
   * Such a use is pointed out and never refused.
   */
  readonly isCertain: boolean;
}

/** The imports of a file that lead to files of the repository. */
export function linksOf(path: string, text: string, tree: ImportTree): readonly Link[] {
  return importsOf(path, text).flatMap((found) => linksOfImport(path, found, tree));
}

/** One link; several where names of one import are modules of their own, as Python's may be. */
function linksOfImport(path: string, found: Import, tree: ImportTree): readonly Link[] {
  const names = found.names ?? [];
  const parts =
    found.kind === 'from' && names.length > 1 ? names.map((name) => ({ ...found, names: [name] })) : [found];
  const links = new Map<string, Link>();
  for (const part of parts) {
    const paths = resolveImport(path, part, tree).filter((target) => target !== path);
    if (paths.length === 0) continue;
    const key = paths.join('\n');
    const known = links.get(key);
    links.set(key, {
      import: known === undefined ? part : { ...found, names: [...(known.import.names ?? []), ...(part.names ?? [])] },
      paths,
    });
  }
  return [...links.values()];
}

/**
 * The uses of covered code among these links. A file that an asset covers as a whole is used by whoever imports it. Of a
 * file with marked regions it depends on what is taken: names that are declared outside the regions do not count, names
 * that are declared inside do, and where all of it is taken (`import *`, a Go package) it is not certain. An include
 * brings the lines themselves, regions and all.
 *
 * @param importing what covers the importing file
 * @param target the files that the links lead to, as far as they can be read
 */
export function usesOf(
  importing: FileRegions,
  links: readonly Link[],
  target: (path: string) => ImportTarget | undefined,
): readonly Use[] {
  return links.flatMap((link) => {
    const found = link.paths.map((path) => useOf(importing, link.import, path, target(path)));
    const isSure = found.every((use) => use !== undefined);
    return found.flatMap((use) => (use === undefined ? [] : isSure ? [use] : [{ ...use, isCertain: false }]));
  });
}

function useOf(importing: FileRegions, found: Import, path: string, target: ImportTarget | undefined): Use | undefined {
  if (target === undefined) return undefined;
  const covering = importing.regions.filter(({ lines }) => lines.start <= found.line && found.line <= lines.end);
  const own = new Set(covering.map(({ asset }) => asset));
  const regions = target.regions.regions.filter(({ asset }) => !own.has(asset));
  if (regions.length === 0) return undefined;
  const shared = { import: found, path };
  const whole = regions.filter(({ by }) => by !== 'marker');
  const marked = regions.filter(({ by }) => by === 'marker');
  const { touched, isCertain } = touchedBy(found, marked, target.text);
  const meant = [...whole, ...touched];
  if (meant.length === 0) return undefined;
  const file: FileRegions = { path, regions: meant, problems: [] };
  if (whole.length > 0) return { ...shared, regions: file, isCertain: true };
  const lines = {
    start: Math.min(...touched.map((region) => region.lines.start)),
    end: Math.max(...touched.map((region) => region.lines.end)),
  };
  return { ...shared, regions: file, lines, isCertain };
}

interface Touched {
  readonly touched: readonly Region[];
  readonly isCertain: boolean;
}

function touchedBy(found: Import, marked: readonly Region[], text: string): Touched {
  if (marked.length === 0) return { touched: [], isCertain: true };
  if (found.kind === 'quoted' || found.kind === 'angled') return { touched: marked, isCertain: true };
  const { names } = found;
  if (names === undefined) return { touched: marked, isCertain: false };
  const wanted = new Set(names);
  const lines = text.split(/\r\n|\r|\n/);
  const places = new Map<string, number[]>();
  lines.forEach((line, index) => {
    for (const name of declaredIn(line)) {
      if (wanted.has(name)) places.set(name, [...(places.get(name) ?? []), index + 1]);
    }
  });
  const touched = marked.filter((region) =>
    names.some((name) => places.get(name)?.some((line) => region.lines.start <= line && line <= region.lines.end)),
  );
  if (touched.length > 0) return { touched, isCertain: true };
  // A name that is declared nowhere here may come from a region in a way that is not understood.
  const areKnown = names.every((name) => places.has(name));
  return areKnown ? { touched: [], isCertain: true } : { touched: marked, isCertain: false };
}

const DECLARATION =
  /\b(?:function\*?|class|interface|enum|type|namespace|module|const|let|var|def|fn|struct|union|trait|static|mod|macro_rules!|record|async def)\s+([\p{L}\p{N}_$]+)/gu;
const ASSIGNED = /^([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=]+)?=(?!=)/u;

/** The names that a line declares, as far as one line tells. `export default` declares `default`. */
function declaredIn(line: string): string[] {
  // A longer line was made by a program, and is nobody's declaration.
  if (line.length > LONGEST_LINE) return [];
  const names = [...line.matchAll(DECLARATION)].flatMap(([, name]) => name ?? []);
  const assigned = ASSIGNED.exec(line)?.[1];
  if (assigned !== undefined) names.push(assigned);
  if (/\bexport\s+default\b/.test(line)) names.push('default');
  return names;
}

const LONGEST_LINE = 2000;
