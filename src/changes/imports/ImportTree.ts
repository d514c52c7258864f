import { namespacesOf } from './csharp.js';
import { importLanguageOf } from './importsOf.js';
import { pathList, type PathList } from './PathList.js';

/** The files of a repository as imports look for them. Paths are from the repository's root, with `/`. */
export interface ImportTree {
  has(path: string): boolean;
  /** The files directly in a folder ('' is the root). */
  filesIn(folder: string): readonly string[];
  /** Files whose path is `tail` or ends with `/` and `tail`. */
  endingWith(tail: string): readonly string[];
  /** Folders whose path is `tail` or ends with `/` and `tail`. */
  foldersEndingWith(tail: string): readonly string[];
  /** The files that declare a C# namespace. */
  declaring(namespace: string): readonly string[];
  /** Packages of a kind that are made here, by the name that other code imports them by. */
  readonly packages: Readonly<Record<PackageKind, ReadonlyMap<string, string>>>;
  /** The folder of the Cargo package that a file belongs to; undefined for none. */
  crateOf(path: string): string | undefined;
}

/** Go modules, npm packages and Rust crates. */
export type PackageKind = 'go' | 'npm' | 'crate';

/** True for a file whose text an import tree has to know, since its path does not tell what it is imported by. */
export function tellsImports(path: string): boolean {
  return MANIFESTS.has(nameOf(path)) || importLanguageOf(path) === 'csharp';
}

const MANIFESTS: ReadonlySet<string> = new Set(['go.mod', 'package.json', 'Cargo.toml']);

/**
 * The tree of these files. `textOf` is asked once for each file for which `tellsImports` is true; undefined where a text
 * cannot be had. With `isLazy` it is asked when an import first needs it, which in a large tree most never do. Where
 * `namespaces` is given, it is asked in place of the texts of C# files.
 */
export function createImportTree(
  paths: Iterable<string> | PathList,
  textOf: (path: string) => string | undefined,
  options: { readonly isLazy?: boolean; readonly namespaces?: (path: string) => readonly string[] } = {},
): ImportTree {
  const files = 'named' in paths ? paths : pathList(paths);
  const places = once(() => placesOf(files));
  const told = once(() => packagesOf(files, textOf));
  const namespaces = once(() => declaredIn(files, options.namespaces ?? ((path) => namespacesIn(textOf(path)))));
  if (options.isLazy !== true) {
    told();
    namespaces();
  }
  return {
    has: (path) => files.has(path),
    filesIn: (folder) => places().byFolder.get(folder) ?? [],
    endingWith: (tail) => (places().byName.get(nameOf(tail)) ?? []).filter((path) => endsIn(path, tail)),
    foldersEndingWith: (tail) => (places().folders.get(nameOf(tail)) ?? []).filter((path) => endsIn(path, tail)),
    declaring: (namespace) => namespaces().get(namespace) ?? [],
    get packages() {
      return told().packages;
    },
    crateOf(path) {
      const { crates } = told();
      for (let folder = folderOf(path); ; folder = folderOf(folder)) {
        if (crates.has(folder)) return folder;
        if (folder === '') return undefined;
      }
    },
  };
}

/** A value that is worked out when it is first asked for. */
function once<Value>(work: () => Value): () => Value {
  let known: { readonly value: Value } | undefined;
  return () => (known ??= { value: work() }).value;
}

type Lists = ReadonlyMap<string, readonly string[]>;

/** Files by their folder and by their name, and folders by theirs. */
function placesOf(files: Iterable<string>): { byFolder: Lists; byName: Lists; folders: Lists } {
  const byFolder = new Map<string, string[]>();
  const byName = new Map<string, string[]>();
  const folders = new Map<string, string[]>();
  for (const path of files) {
    const folder = folderOf(path);
    if (!byFolder.has(folder)) add(folders, nameOf(folder), folder);
    add(byFolder, folder, path);
    add(byName, nameOf(path), path);
  }
  return { byFolder, byName, folders };
}

/** What the manifests among these files say is made here. */
function packagesOf(files: PathList, textOf: (path: string) => string | undefined) {
  const packages = { go: new Map<string, string>(), npm: new Map<string, string>(), crate: new Map<string, string>() };
  const crates = new Set<string>();
  for (const path of files.named(MANIFESTS)) {
    const name = nameOf(path);
    const folder = folderOf(path);
    const text = textOf(path);
    if (name === 'Cargo.toml') crates.add(folder);
    if (text === undefined) continue;
    if (name === 'go.mod') setFirst(packages.go, /^[ \t]*module[ \t]+"?([^\s"]+)/m.exec(text)?.[1], folder);
    else if (name === 'package.json') setFirst(packages.npm, nameInPackage(text), folder);
    else setFirst(packages.crate, nameInCargo(text)?.replaceAll('-', '_'), folder);
  }
  return { packages, crates };
}

function declaredIn(files: Iterable<string>, namespacesAt: (path: string) => readonly string[]): Lists {
  const namespaces = new Map<string, string[]>();
  for (const path of files)
    if (importLanguageOf(path) === 'csharp') for (const name of namespacesAt(path)) add(namespaces, name, path);
  return namespaces;
}

function namespacesIn(text: string | undefined): readonly string[] {
  return text === undefined ? [] : namespacesOf(text);
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder that a path lies in; '' for the root, and for the root's own. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** A path from a folder, with `.` and `..` worked out; undefined when it leads out of the repository. */
export function joined(folder: string, path: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function setFirst(map: Map<string, string>, key: string | undefined, value: string): void {
  if (key !== undefined && key !== '' && !map.has(key)) map.set(key, value);
}

function endsIn(path: string, tail: string): boolean {
  return path === tail || (path.endsWith(tail) && path[path.length - tail.length - 1] === '/');
}

function nameInPackage(text: string): string | undefined {
  try {
    const { name } = JSON.parse(text) as { readonly name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

/** The library's name where there is one, else the package's. */
function nameInCargo(text: string): string | undefined {
  let section = '';
  let name: string | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    section = /^\s*\[+\s*([^\]\s]+)\s*\]/.exec(line)?.[1] ?? section;
    const found = /^\s*name\s*=\s*["']([^"']+)["']/.exec(line)?.[1];
    if (found === undefined) continue;
    if (section === 'lib') return found;
    if (section === 'package') name = found;
  }
  return name;
}
