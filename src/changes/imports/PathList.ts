/** Paths of files, each once, as an import tree asks about them. */
export interface PathList extends Iterable<string> {
  has(path: string): boolean;
  /** Those whose last part is one of these names, in the order of the list. */
  named(names: ReadonlySet<string>): Iterable<string>;
}

/** A list of these paths. */
export function pathList(paths: Iterable<string>): PathList {
  const known = new Set(paths);
  return {
    has: (path) => known.has(path),
    named: (names) => [...known].filter((path) => names.has(path.slice(path.lastIndexOf('/') + 1))),
    [Symbol.iterator]: () => known.values(),
  };
}
