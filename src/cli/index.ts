import { exportOf, type ExportedAsset } from '../changes/ExportedCopies.js';
import { REPOSITORY_FORMAT, RepositoryCopies, type IndexScope } from '../changes/RepositoryCopies.js';
import { readableText } from '../changes/readableText.js';
import { hexOf, randomKey } from '../copies/key.js';
import { createEngine } from '../engine.js';
import { commandArguments } from '../node/commandArguments.js';
import { diskFiles, pathFromRoot } from '../node/diskFiles.js';
import { indexPlace } from '../node/indexPlace.js';
import { nearestFolderWith } from '../node/policyRoot.js';
import { sha256 } from '../node/sha256.js';
import { absolutePath, bytesOnDisk, isThere, treeFiles } from '../node/treeFiles.js';
import { writeWhole } from '../node/writeWhole.js';
import type { Policy } from '../policy/Policy.js';
import { UserError } from '../ports.js';
import type { RegionPolicy } from '../regions/fileReading.js';
import { regionsOf } from '../regions/regionsOf.js';
import { copiesAsJson, copiesInWords, indexAsJson, indexInWords, type FoundCopies } from '../report/copyIndex.js';
import {
  exportAsJson,
  exportedInWords,
  exportInWords,
  importedAsJson,
  importedInWords,
} from '../report/importedCopies.js';
import { problemsInWords } from '../report/problems.js';
import { CLEAN, FINDINGS, type Io } from './Command.js';
import { importedIndex, inspectedExport, isExport, keyIn } from './importedIndex.js';
import { intakeInWords, takeIn, type Intake } from './takeIn.js';

export const help = `devterms index: fingerprints of restricted code, by which copies of it are recognised

Usage: devterms index build [PATH...] [--as ASSET] [--out FILE]
       devterms index update [--index FILE]
       devterms index inspect [FILE [--key FILE]] [--format text|json]
       devterms index find FILE... [--index FILE [--key FILE]] [--format text|json]
       devterms index export --out FILE [--key FILE] [--assets ID,ID] [PATH...]
                             [--as ASSET [--owner NAME]]

  build    reads every file that git tracks or would track, or those at PATH, and stores the
           fingerprints of what the nearest developer-terms.yaml covers; the rest counts as open
  --as     takes every file at PATH for restricted, under this name, without a policy
  update   reads again only what changed
  inspect  says what is in an index, and what it would reveal
  find     says which lines of FILE repeat restricted lines, and which; brings the index up to
           date first, unless --index names one, which may be an export
  export   writes what may be handed on, for trees that must not hold the code: fingerprints
           without paths and lines, and whose the assets are. Its key goes to a file of its own
           (--key, else FILE.key) and opens nothing else; a key that is there already is used
           again. Who has both can look for copies: devterms check --index FILE
  --assets which assets go into the export; left out, all that the policy names

An index is kept in the cache folder of this person, for nobody else to read: it holds its key.
It never holds code. Where FILE is left out, it is the index of this repository. The key of an
export is looked for in --key, in DEVTERMS_INDEX_KEY, and in FILE.key. docs/copy-index.md says
what an index and its key give away.

Exit codes: 0 done, nothing found; 1 find found copies; 2 it could not be done.
`;

/** What a command works on: a tree, and what of it is restricted. */
interface Tree {
  readonly root: string;
  /** Names the policy; an index made by another is of no use. */
  readonly policyHash: string;
  readonly policy: RegionPolicy;
  readonly scope: IndexScope;
  /** What an export would say of the assets. */
  readonly assets: readonly ExportedAsset[];
}

/** Runs `devterms index SUBCOMMAND`. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  switch (name) {
    case 'build':
      return build(rest, io);
    case 'update':
      return update(rest, io);
    case 'inspect':
      return inspect(rest, io);
    case 'find':
      return find(rest, io);
    case 'export':
      return exportIndex(rest, io);
    default:
      throw new UserError(
        `${name === undefined ? 'Say what to do' : `There is no 'index ${name}'`}: build, update, inspect, find or export.`,
      );
  }
}

async function build(args: readonly string[], io: Io): Promise<number> {
  const { texts, rest } = commandArguments(args, { as: 'text', out: 'text' });
  if (texts.as === '') throw new UserError('Say under which name: --as ASSET.');
  const tree = await treeOf(io, texts.as, rest);
  const place = texts.out === undefined ? indexPlace(tree.root) : placeOf(io, texts.out);
  await buildAnew(tree, place, io);
  return CLEAN;
}

async function update(args: readonly string[], io: Io): Promise<number> {
  const { texts, rest } = commandArguments(args, { index: 'text' });
  if (rest.length > 0) throw new UserError('Update takes no paths: it reads again what the index was built of.');
  await broughtUpToDate(io, texts.index === undefined ? undefined : placeOf(io, texts.index));
  return CLEAN;
}

async function inspect(args: readonly string[], io: Io): Promise<number> {
  const { texts, rest } = commandArguments(args, { format: 'text', key: 'text' });
  const format = formatOf(texts.format);
  if (rest.length > 1) throw new UserError('One index at a time: devterms index inspect FILE.');
  const place = rest[0] === undefined ? indexPlace(rootOf(io)) : placeOf(io, rest[0]);
  const exported = rest[0] === undefined ? undefined : await inspectedExport(io, rest[0], texts.key);
  if (exported !== undefined) {
    io.out(format === 'json' ? json(exportAsJson(exported)) : exportInWords(exported, io.paint));
    return CLEAN;
  }
  const { copies, bytes } = await stored(place);
  const facts = {
    place,
    format: REPOSITORY_FORMAT,
    policy: copies.policy,
    scope: copies.scope,
    stored: bytes,
    exported: copies.exportFingerprints().length,
    stats: copies.stats,
    assets: copies.assets,
    overlaps: copies.overlaps(),
    doubted: copies.doubtedPaths,
  };
  io.out(format === 'json' ? json(indexAsJson(facts)) : indexInWords(facts, io.paint));
  return CLEAN;
}

async function find(args: readonly string[], io: Io): Promise<number> {
  const { texts, rest } = commandArguments(args, { index: 'text', key: 'text', format: 'text' });
  const format = formatOf(texts.format);
  if (rest.length === 0) throw new UserError('Say where to look: devterms index find FILE.');
  const files = await Promise.all(rest.map((path) => fileToLookAt(io, path)));
  if (texts.index !== undefined && (await isExport(io, texts.index))) {
    const imported = await importedIndex(io, texts.index, texts.key);
    const found = files.map(({ given, path, text }) => {
      const nothing = { path, regions: [], problems: [] };
      return { file: given, copies: imported.find({ path, text }, nothing) };
    });
    io.out(format === 'json' ? json(importedAsJson(found)) : importedInWords(found, io.paint));
    return found.some((file) => file.copies.length > 0) ? FINDINGS : CLEAN;
  }
  const names = files.map(({ path }) => path);
  const { copies, tree } =
    texts.index === undefined
      ? await broughtUpToDate(io, undefined, names)
      : { ...(await stored(placeOf(io, texts.index))), tree: undefined };
  const found: FoundCopies[] = files.map(({ given, path, text }) => {
    const snippet = { path, text };
    // Without a policy a file of the tree is what the index knows of it.
    const regions =
      tree === undefined || tree.scope.as !== undefined ? copies.regionsAt(path) : regionsOf(tree.policy, path, text);
    return { file: given, copies: copies.explainAll(snippet, copies.find(snippet), regions) };
  });
  io.out(format === 'json' ? json(copiesAsJson(found)) : copiesInWords(found, io.paint));
  return found.some((file) => file.copies.length > 0) ? FINDINGS : CLEAN;
}

async function exportIndex(args: readonly string[], io: Io): Promise<number> {
  const { texts, rest } = commandArguments(args, {
    out: 'text',
    key: 'text',
    assets: 'text',
    as: 'text',
    owner: 'text',
  });
  const { out, owner } = texts;
  if (out === undefined) throw new UserError('Say where to: devterms index export --out FILE.');
  if (owner !== undefined && texts.as === undefined)
    throw new UserError('--owner goes with --as: with a policy, the policy says whose an asset is.');
  const keyPlace = texts.key ?? `${out}.key`;
  if (placeOf(io, keyPlace) === placeOf(io, out))
    throw new UserError('The fingerprints and their key go into two files.');
  const tree = await treeOf(io, texts.as, rest);
  const assets = chosenAssets(tree.assets, texts.assets);
  const known = await keyIn(placeOf(io, keyPlace), keyPlace);
  const kept = await bytesOnDisk(indexPlace(tree.root));
  const earlier = kept && RepositoryCopies.read(kept);
  const doubted = earlier instanceof RepositoryCopies ? earlier.doubtedPaths : [];
  // Of its own, so that this key opens no other index, and the index on this machine stays with this machine.
  const key = known ?? randomKey();
  const { copies, intake } = await readTree(tree, io, doubted, key);
  io.err(intakeInWords(intake));
  copies.keepOnly(assets.map(({ id }) => id));
  if (copies.stats.regions === 0)
    throw new UserError('There is nothing to export: no file holds code of these assets.');
  const bytes = exportOf(
    copies.exportFingerprints(),
    assets.map((asset) => (owner === undefined ? asset : { ...asset, owners: [owner] })),
  );
  writeWhole(placeOf(io, out), bytes);
  if (known === undefined) writeWhole(placeOf(io, keyPlace), new TextEncoder().encode(`${hexOf(key)}\n`));
  io.err(exportedInWords(out, keyPlace, known !== undefined, bytes.length, copies));
  return CLEAN;
}

/** What an export says of the assets that were chosen by id, or of all. Throws a `UserError` for an id that is not there. */
function chosenAssets(assets: readonly ExportedAsset[], given: string | undefined): readonly ExportedAsset[] {
  if (given === undefined) return assets;
  return given.split(',').map((text) => {
    const id = text.trim();
    const asset = assets.find((known) => known.id === id);
    if (asset !== undefined) return asset;
    throw new UserError(`There is no asset '${id}'. The policy has ${assets.map((known) => known.id).join(', ')}.`);
  });
}

async function readTree(
  { root, policy, policyHash, scope }: Tree,
  io: Io,
  doubted: readonly string[],
  key?: Uint8Array,
): Promise<{ readonly copies: RepositoryCopies; readonly intake: Intake }> {
  const paths = await treeFiles(root, scope.paths, { all: scope.as !== undefined });
  const copies = RepositoryCopies.create(policyHash, { scope, doubted, ...(key === undefined ? {} : { key }) });
  return { copies, intake: await takeIn(copies, policy, root, paths, io, new Set(doubted)) };
}

async function buildAnew(
  tree: Tree,
  place: string,
  io: Io,
  doubted: readonly string[] = [],
): Promise<RepositoryCopies> {
  const { copies, intake } = await readTree(tree, io, doubted);
  writeWhole(place, copies.serialize());
  const { regions, lines } = copies.stats;
  io.err(intakeInWords(intake));
  io.err(
    `${regions.toLocaleString('en-US')} restricted regions with ${lines.toLocaleString('en-US')} lines: ${place}\n`,
  );
  return copies;
}

/** The index of this repository, or the one at `given`, as the tree is now; built when there is none that can be used. */
async function broughtUpToDate(
  io: Io,
  given: string | undefined,
  doubted: readonly string[] = [],
): Promise<{ copies: RepositoryCopies; tree: Tree }> {
  const place = given ?? indexPlace(rootOf(io));
  const bytes = await bytesOnDisk(place);
  const read = bytes && RepositoryCopies.read(bytes);
  if (!(read instanceof RepositoryCopies)) {
    if (given !== undefined) throw new UserError(read?.message ?? `There is no copy index at ${given}.`);
    if (read !== undefined) io.err(`${read.message}\n`);
    const tree = await treeOf(io, undefined, []);
    return { copies: await buildAnew(tree, place, io, doubted), tree };
  }
  const { as, paths } = read.scope;
  const found = await treeOf(io, as, []);
  const tree: Tree = { ...found, scope: read.scope };
  if (tree.policyHash !== read.policy) {
    io.err('The policy has changed since the index was built. It is built anew.\n');
    return { copies: await buildAnew(tree, place, io, [...read.doubtedPaths, ...doubted]), tree };
  }
  const intake = await takeIn(
    read,
    tree.policy,
    tree.root,
    await treeFiles(tree.root, paths, { all: as !== undefined }),
    io,
  );
  if (intake.read + intake.gone > 0) {
    writeWhole(place, read.serialize());
    io.err(intakeInWords(intake));
  } else if (doubted.length === 0) io.err('Nothing has changed.\n');
  return { copies: read, tree };
}

/** The index at a place. Rejects with a `UserError` when there is none, or it cannot be read. */
async function stored(place: string): Promise<{ readonly copies: RepositoryCopies; readonly bytes: number }> {
  const bytes = await bytesOnDisk(place);
  if (bytes === undefined) throw new UserError(`There is no copy index at ${place}. Make one: devterms index build.`);
  const copies = RepositoryCopies.read(bytes);
  if (copies instanceof RepositoryCopies) return { copies, bytes: bytes.length };
  const what = copies.code === 'other-version' ? 'is of another version' : 'is damaged, or no copy index';
  throw new UserError(`${place} ${what}. Make it anew: devterms index build.`);
}

async function treeOf(io: Io, as: string | undefined, given: readonly string[]): Promise<Tree> {
  const root = as === undefined ? policyRoot(io) : rootOf(io);
  const paths: string[] = [];
  for (const path of given) {
    if (placeOf(io, path) === root) return treeOf(io, as, []);
    const below = pathFromRoot(root, io.cwd, path);
    if (below === undefined) throw new UserError(`${path} lies outside ${root}.`);
    if (!isThere(placeOf(io, path))) throw new UserError(`There is no ${path}.`);
    paths.push(below);
  }
  if (as !== undefined) {
    const asset = { id: as, owner: [], tier: '', paths: ['**'], tags: [], delegates: false };
    const policy = { assets: [asset], markers: { begin: 'TERMS-BEGIN', end: 'TERMS-END' }, places: {} };
    return { root, policy, policyHash: `as:${as}`, scope: { as, paths }, assets: [{ id: as, owners: [] }] };
  }
  const reading = await createEngine({ files: diskFiles(root), hash: sha256 }).readPolicy(POLICY_FILE);
  if (reading.kind === 'parsed' && reading.parsed.policy !== undefined) {
    const { policy } = reading.parsed;
    return { root, policy, policyHash: reading.sha256, scope: { paths }, assets: assetsToExport(policy) };
  }
  const problems = reading.kind === 'parsed' ? reading.parsed.problems : 'problem' in reading ? [reading.problem] : [];
  io.err(problemsInWords(problems.filter(({ severity }) => severity === 'error')));
  throw new UserError(`${POLICY_FILE} has errors, so that nobody can say what it covers.`);
}

/** What a policy says of its assets to somebody who finds a copy: no paths, no rules. */
function assetsToExport(policy: Policy): readonly ExportedAsset[] {
  const { contact } = policy.agreement;
  return policy.assets.map(({ id, owner, tier }) => {
    const label = policy.tiers.find(({ name }) => name === tier)?.label;
    return {
      id,
      owners: owner.map((party) => policy.parties.find((known) => known.id === party)?.name ?? party),
      ...(label === undefined ? {} : { tier: label }),
      ...(contact === undefined ? {} : { contact }),
    };
  });
}

const POLICY_FILE = 'developer-terms.yaml';

function policyRoot(io: Io): string {
  const root = nearestFolderWith(POLICY_FILE, io.cwd);
  if (root !== undefined) return root;
  throw new UserError(
    `There is no ${POLICY_FILE} here or above. Go to a repository that has one, or name the code: --as ASSET.`,
  );
}

/** The folder that an index is about: of the nearest policy, else of the git repository, else the one we stand in. */
function rootOf(io: Io): string {
  return nearestFolderWith(POLICY_FILE, io.cwd) ?? nearestFolderWith('.git', io.cwd) ?? io.cwd;
}

async function fileToLookAt(io: Io, given: string): Promise<{ given: string; path: string; text: string }> {
  const bytes = await bytesOnDisk(placeOf(io, given));
  if (bytes === undefined) throw new UserError(`There is no file ${given}, or it cannot be read.`);
  const text = readableText(bytes);
  if (text === undefined) throw new UserError(`${given} is no text.`);
  return { given, path: pathFromRoot(rootOf(io), io.cwd, given) ?? given, text };
}

function placeOf(io: Io, path: string): string {
  return absolutePath(io.cwd, path);
}

function formatOf(text = 'text'): 'text' | 'json' {
  if (text === 'text' || text === 'json') return text;
  throw new UserError(`There is no format '${text}'. Write --format text or --format json.`);
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
