import type { Import } from './Import.js';
import { folderOf, joined, nameOf, type ImportTree } from './ImportTree.js';

const ROOT_FILES = ['lib.rs', 'main.rs'];
const LANGUAGES_OWN = new Set(['std', 'core', 'alloc', 'proc_macro', 'test']);

/** The file that a Rust import leads to: of the longest part of its path that is a module with a file of its own. */
export function resolveRust(from: string, found: Import, tree: ImportTree): readonly string[] {
  const inside = found.inside ?? [];
  const own = moduleFolder(from);
  if (found.kind === 'mod') {
    const path = found.specifier;
    // A path attribute starts at the file's folder, whatever module the file is.
    if (path.startsWith('./')) return existing([joined(folderOf(from), path)], tree);
    return moduleFile(joined(own, [...inside, path].join('/')) ?? '', tree);
  }
  const parts = found.specifier.split('::').filter((part) => part !== '' && part !== '*');
  const [first = '', ...rest] = parts;
  if (first === 'self') return below(joined(own, inside.join('/')), rest, from, tree);
  if (first === 'super') return above(from, inside, parts, tree);
  const crate = crateRoot(from, tree);
  if (first === 'crate' || first === '$crate') return below(crate, rest, rootFile(crate, tree), tree);
  if (LANGUAGES_OWN.has(first)) return [];
  const other = tree.packages.crate.get(first);
  if (other !== undefined) {
    const folder = tree.has(join(other, 'src/lib.rs')) ? join(other, 'src') : other;
    return below(folder, rest, rootFile(folder, tree), tree);
  }
  if (found.kind === 'crate') return [];
  // A module of this module, or, in the 2015 edition, of the crate.
  const near = below(joined(own, inside.join('/')), parts, undefined, tree);
  return near.length > 0 ? near : below(crate, parts, undefined, tree);
}

/** Where the modules inside a file's module stand: beside `lib.rs`, `main.rs` and `mod.rs`, else in a folder of its name. */
function moduleFolder(path: string): string {
  const name = nameOf(path);
  return ROOT_FILES.includes(name) || name === 'mod.rs' ? folderOf(path) : path.replace(/\.rs$/, '');
}

/** One `super` leaves an inline module first, and a file after that. */
function above(from: string, inside: readonly string[], parts: readonly string[], tree: ImportTree): readonly string[] {
  const count = parts.findIndex((part) => part !== 'super');
  const supers = count < 0 ? parts.length : count;
  const rest = parts.slice(supers);
  if (supers <= inside.length) {
    const kept = inside.slice(0, inside.length - supers);
    return below(joined(moduleFolder(from), kept.join('/')), rest, from, tree);
  }
  const folder = joined(moduleFolder(from), '../'.repeat(supers - inside.length));
  if (folder === undefined) return [];
  return below(folder, rest, moduleFile(folder, tree)[0] ?? rootFile(folder, tree), tree);
}

/** The file of the longest part of `parts` below `folder`; `otherwise` when what is named stands in the module itself. */
function below(
  folder: string | undefined,
  parts: readonly string[],
  otherwise: string | undefined,
  tree: ImportTree,
): readonly string[] {
  if (folder === undefined) return [];
  for (let length = parts.length; length > 0; length--) {
    const files = moduleFile(join(folder, parts.slice(0, length).join('/')), tree);
    if (files.length > 0) return files;
  }
  return otherwise === undefined ? [] : [otherwise];
}

function moduleFile(path: string, tree: ImportTree): readonly string[] {
  return existing([`${path}.rs`, join(path, 'mod.rs')], tree);
}

function existing(paths: readonly (string | undefined)[], tree: ImportTree): readonly string[] {
  const found = paths.find((path) => path !== undefined && tree.has(path));
  return found === undefined ? [] : [found];
}

/** The folder of the crate's root module. */
function crateRoot(from: string, tree: ImportTree): string {
  const folder = tree.crateOf(from);
  if (folder !== undefined)
    return ROOT_FILES.some((name) => tree.has(join(folder, `src/${name}`))) ? join(folder, 'src') : folder;
  for (let above = folderOf(from); ; above = folderOf(above)) {
    if (rootFile(above, tree) !== undefined) return above;
    if (above === '') return folderOf(from);
  }
}

function rootFile(folder: string, tree: ImportTree): string | undefined {
  return ROOT_FILES.map((name) => join(folder, name)).find((path) => tree.has(path));
}

function join(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
