import type { Import } from './Import.js';
import { folderOf, joined, nameOf, type ImportTree } from './ImportTree.js';
import { importLanguageOf } from './importsOf.js';
import { resolveRust } from './resolveRust.js';

/**
 * The files of the repository that an import may lead to, each once; none for what comes from outside. Where the build
 * decides (include folders, Python's path, a namespace over many files), all that fit are named, the nearest first.
 *
 * @param from the importing file
 */
export function resolveImport(from: string, found: Import, tree: ImportTree): readonly string[] {
  const paths = candidates(from, found, tree);
  return paths.length < 2 ? paths : [...new Set(paths)];
}

function candidates(from: string, found: Import, tree: ImportTree): readonly string[] {
  switch (importLanguageOf(from)) {
    case 'javascript':
      return resolveJavaScript(from, found.specifier, tree);
    case 'python':
      return resolvePython(from, found, tree);
    case 'c':
      return resolveInclude(from, found, tree);
    case 'java':
      return resolveJava(found, tree);
    case 'go':
      return resolveGo(from, found.specifier, tree);
    case 'rust':
      return resolveRust(from, found, tree);
    case 'csharp':
      return resolveCSharp(found, tree);
    case undefined:
      return [];
  }
}

const SCRIPTS = ['.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs', '.json', '.vue', '.svelte'];
/** What a compiled file's extension may stand for. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts', '.d.mts'],
  '.cjs': ['.cts', '.d.cts'],
};

function resolveJavaScript(from: string, written: string, tree: ImportTree): readonly string[] {
  // A loader or a query names how a file is taken, not another file.
  const specifier = written.slice(written.lastIndexOf('!') + 1).replace(/[?#].*$/s, '');
  if (/^\.\.?(\/|$)/.test(specifier)) return script(joined(folderOf(from), specifier), tree);
  for (let name = specifier; name !== ''; name = folderOf(name)) {
    const folder = tree.packages.npm.get(name);
    if (folder === undefined) continue;
    const rest = specifier.slice(name.length + 1);
    const inside = script(joined(folder, rest), tree);
    return inside.length > 0 ? inside : script(joined(joined(folder, 'src') ?? '', rest), tree);
  }
  return [];
}

/** The file that a script's path stands for: itself, with another extension, or the index of a folder. */
function script(path: string | undefined, tree: ImportTree): readonly string[] {
  if (path === undefined) return [];
  if (tree.has(path)) return [path];
  const dot = path.lastIndexOf('.');
  const extension = dot > path.lastIndexOf('/') ? path.slice(dot) : '';
  for (const other of WRITTEN_AS[extension] ?? []) {
    const candidate = path.slice(0, dot) + other;
    if (tree.has(candidate)) return [candidate];
  }
  for (const other of SCRIPTS) if (tree.has(path + other)) return [path + other];
  const index = path === '' ? 'index' : `${path}/index`;
  for (const other of SCRIPTS) if (tree.has(index + other)) return [index + other];
  return [];
}

const PYTHON_FILES = ['.py', '.pyi', '/__init__.py', '/__init__.pyi', '.pyx', '.pyw'];

function resolvePython(from: string, found: Import, tree: ImportTree): readonly string[] {
  const [dots = ''] = /^\.*/.exec(found.specifier) ?? [];
  const parts = found.specifier.slice(dots.length).split('.').filter(Boolean);
  const names = found.names ?? [];
  if (dots !== '') {
    const base = joined(folderOf(from), '../'.repeat(dots.length - 1));
    return base === undefined ? [] : pythonModule(base, parts, found, names, tree);
  }
  // Which folders are on Python's path is not written in the code: those above the file are tried, the nearest last,
  // since absolute imports start at a root.
  const roots = foldersAbove(from).reverse();
  for (const root of roots.flatMap((folder) => [folder, joined(folder, 'src') ?? folder])) {
    const paths = pythonModule(root, parts, found, names, tree);
    if (paths.length > 0) return paths;
  }
  if (parts.length < 2) return [];
  // A root somewhere else, as in a repository of several packages. One part alone would match any file of its name.
  const tail = parts.join('/');
  const ends = [...tree.endingWith(`${tail}.py`), ...tree.endingWith(`${tail}/__init__.py`)];
  return ends.flatMap((path) => {
    const root = path.slice(0, path.lastIndexOf(tail)).replace(/\/$/, '');
    return pythonModule(root, parts, found, names, tree);
  });
}

/** The file of a module below `root`, and those of the names that are modules themselves. */
function pythonModule(
  root: string,
  parts: readonly string[],
  { kind }: Import,
  names: readonly string[],
  tree: ImportTree,
): readonly string[] {
  const path = joined(root, parts.join('/')) ?? root;
  const own = pythonFile(path, tree);
  if (kind !== 'from') return own;
  const modules = names.map((name) => pythonFile(path === '' ? name : `${path}/${name}`, tree));
  const submodules = modules.flat();
  // Where every name is a module, the package around them gives nothing.
  return names.length > 0 && modules.every((files) => files.length > 0) ? submodules : [...own, ...submodules];
}

function pythonFile(path: string, tree: ImportTree): readonly string[] {
  for (const ending of PYTHON_FILES) {
    const candidate = path === '' && ending.startsWith('/') ? ending.slice(1) : path + ending;
    if (tree.has(candidate)) return [candidate];
  }
  return [];
}

function resolveInclude(from: string, { specifier, kind }: Import, tree: ImportTree): readonly string[] {
  const path = specifier.replaceAll('\\', '/');
  const beside = kind === 'quoted' ? joined(folderOf(from), path) : undefined;
  if (beside !== undefined && tree.has(beside)) return [beside];
  const tail = joined('', path.replace(/^(\.\.?\/)+/, '')) ?? '';
  // Most are the system's, of which no file here even has the name.
  if (tail !== '' && tree.endingWith(nameOf(tail)).length === 0) return [];
  const above = foldersAbove(from).flatMap((folder) =>
    [folder, `${folder}/include`, `${folder}/inc`, `${folder}/src`].flatMap((root) => joined(root, path) ?? []),
  );
  const near = above.find((candidate) => tree.has(candidate));
  // In angle brackets a name alone is most likely the system's.
  const isSystems = kind === 'angled' && !path.includes('/');
  if (near !== undefined && !(isSystems && folderOf(near) === folderOf(from))) return [near];
  if (tail === '') return [];
  const anywhere = tree.endingWith(tail);
  return isSystems ? anywhere.filter((candidate) => /(^|\/)(include|inc)$/.test(folderOf(candidate))) : anywhere;
}

/** A class stands in a file of its name, in folders that spell its package. */
function resolveJava({ specifier, kind }: Import, tree: ImportTree): readonly string[] {
  const parts = specifier.split('.');
  if (parts.at(-1) === '*' && kind !== 'static') {
    const packaged = tree.foldersEndingWith(parts.slice(0, -1).join('/')).flatMap((folder) => tree.filesIn(folder));
    const classes = packaged.filter((path) => path.endsWith('.java'));
    if (classes.length > 0) return classes;
  }
  // What follows the class is a class inside it, or a member.
  for (let length = parts.at(-1) === '*' ? parts.length - 1 : parts.length; length > 1; length--) {
    const files = tree.endingWith(`${parts.slice(0, length).join('/')}.java`);
    if (files.length > 0) return files;
  }
  return [];
}

function resolveGo(from: string, specifier: string, tree: ImportTree): readonly string[] {
  const inFolder = (folder: string | undefined): readonly string[] =>
    folder === undefined
      ? []
      : tree.filesIn(folder).filter((path) => path.endsWith('.go') && !path.endsWith('_test.go'));
  if (/^\.\.?(\/|$)/.test(specifier)) return inFolder(joined(folderOf(from), specifier));
  for (let name = specifier; name !== ''; name = folderOf(name)) {
    const folder = tree.packages.go.get(name);
    if (folder !== undefined) return inFolder(joined(folder, specifier.slice(name.length)));
  }
  return tree.foldersEndingWith(`vendor/${specifier}`).flatMap(inFolder);
}

function resolveCSharp({ specifier, kind }: Import, tree: ImportTree): readonly string[] {
  const exact = tree.declaring(specifier);
  if (exact.length > 0 || kind !== 'static') return exact;
  // A type, perhaps inside another one: its file mostly has its name.
  for (let name = specifier; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const files = tree.declaring(name);
    if (files.length === 0) continue;
    const type = specifier.slice(name.length + 1).split('.')[0] ?? '';
    const named = files.filter((path) => nameOf(path).startsWith(`${type}.`));
    return named.length > 0 ? named : files;
  }
  return [];
}

/** The folder of a file and those above it, the nearest first; the root last. */
function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === '') return folders;
  }
}
