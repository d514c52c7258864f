import { ImportedCopies, isExportedIndex } from '../changes/ExportedCopies.js';
import { keyOf } from '../copies/key.js';
import { environmentVariable } from '../node/environment.js';
import { bytesOfFile } from '../node/largeFile.js';
import { absolutePath } from '../node/treeFiles.js';
import { UserError } from '../ports.js';
import type { ExportFacts } from '../report/importedCopies.js';
import type { Io } from './Command.js';

const KEY_VARIABLE = 'DEVTERMS_INDEX_KEY';

/**
 * The index that `devterms index export` wrote to `file`, with the key at `keyFile`, else in DEVTERMS_INDEX_KEY, else in
 * `FILE.key`. Rejects with a `UserError` that names the file, what is wrong with it and what to do.
 */
export async function importedIndex(io: Io, file: string, keyFile?: string): Promise<ImportedCopies> {
  const bytes = await bytesOfFile(absolutePath(io.cwd, file), file);
  if (bytes === undefined) throw new UserError(`There is no ${file}.`);
  const key = await keyFor(io, file, keyFile);
  const read = ImportedCopies.read(bytes, key);
  if (read instanceof ImportedCopies) return read;
  const where = read.code === 'key-missing' ? `: --key FILE, ${KEY_VARIABLE}, or ${file}.key` : '';
  throw new UserError(`${file} ${read.message}${where}.`);
}

/** True when a file is an exported index, damaged or not. */
export async function isExport(io: Io, file: string): Promise<boolean> {
  const bytes = await bytesOfFile(absolutePath(io.cwd, file), file);
  return bytes !== undefined && isExportedIndex(bytes);
}

/** What an export says of itself, with its key where that is at hand; undefined for a file that is no export. */
export async function inspectedExport(io: Io, file: string, keyFile?: string): Promise<ExportFacts | undefined> {
  const bytes = await bytesOfFile(absolutePath(io.cwd, file), file);
  if (bytes === undefined || !isExportedIndex(bytes)) return undefined;
  const key = await keyFor(io, file, keyFile);
  if (key !== undefined) {
    const { assets, stats } = await importedIndex(io, file, keyFile);
    return { place: file, bytes: bytes.length, assets, stats };
  }
  const assets = ImportedCopies.assetsOf(bytes);
  if (assets === undefined) throw new UserError(`${file} is damaged or cut short. Ask for it again.`);
  return { place: file, bytes: bytes.length, assets };
}

/** The key in a file; undefined when there is none. Rejects with a `UserError` when what is there is no key. */
export async function keyIn(place: string, name: string): Promise<Uint8Array | undefined> {
  const bytes = await bytesOfFile(place, name);
  if (bytes === undefined) return undefined;
  const key = keyOf(new TextDecoder().decode(bytes.subarray(0, 100)));
  if (key === undefined) throw new UserError(`${name} is no key: it should hold 32 hexadecimal digits.`);
  return key;
}

async function keyFor(io: Io, file: string, keyFile: string | undefined): Promise<Uint8Array | undefined> {
  if (keyFile !== undefined) {
    const key = await keyIn(absolutePath(io.cwd, keyFile), keyFile);
    if (key === undefined) throw new UserError(`There is no ${keyFile}.`);
    return key;
  }
  const given = environmentVariable(KEY_VARIABLE);
  if (given === undefined) return keyIn(absolutePath(io.cwd, `${file}.key`), `${file}.key`);
  const key = keyOf(given);
  if (key === undefined) throw new UserError(`${KEY_VARIABLE} holds no key: it should be 32 hexadecimal digits.`);
  return key;
}
