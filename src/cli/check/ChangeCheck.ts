import type { RepositoryCopies } from '../../changes/RepositoryCopies.js';
import { readChange, type ReadChange } from '../../check/actsIn.js';
import { mayBringCopies } from '../../check/copiesIn.js';
import type { FileChange } from '../../check/FileChange.js';
import type { CheckNote } from '../../check/Finding.js';
import { bringsImports, type Lookups } from '../../check/findingsOf.js';
import type { Facts } from '../../decision/Ask.js';
import { createEngine } from '../../engine.js';
import { diskFiles, pathFromRoot } from '../../node/diskFiles.js';
import { ObjectReader } from '../../node/git/ObjectReader.js';
import { openRepository, type Repository } from '../../node/git/openRepository.js';
import { policyFolder, type PolicyFolder } from '../../node/git/policyFolder.js';
import type { StartedGit } from '../../node/git/startStaged.js';
import { revisionFiles } from '../../node/git/revisionFiles.js';
import { trackedFiles } from '../../node/git/changes.js';
import { nodeNetwork } from '../../node/nodeNetwork.js';
import { sha256 } from '../../node/sha256.js';
import { systemClock } from '../../node/systemClock.js';
import type { Policy } from '../../policy/Policy.js';
import { UserError, type Files } from '../../ports.js';
import type { CheckRequest } from './CheckRequest.js';
import { copiesAt, type CommittedTree } from './committedCopies.js';
import { FileVersions } from './FileVersions.js';
import { importLookup } from './importLookup.js';
import { POLICY_FILE } from './judgingPolicy.js';

/** What checking changes needs of the repository, opened once and closed at the end. */
export class ChangeCheck {
  readonly versions: FileVersions;
  readonly notes: CheckNote[] = [];
  readonly paths: readonly string[];

  private constructor(
    readonly request: CheckRequest,
    readonly repository: Repository,
    readonly place: PolicyFolder,
    readonly reader: ObjectReader,
  ) {
    this.versions = new FileVersions(reader, place.folder);
    this.paths = request.paths
      .map((path) => pathInside(path, place.root, request.io.cwd))
      .filter((path) => path !== '');
  }

  /** Opens the repository for a check, unless that was `started` before, and closes it after it, however it ends. */
  static async with<Result>(
    request: CheckRequest,
    check: (opened: ChangeCheck) => Promise<Result>,
    started?: Pick<StartedGit, 'reader' | 'repository'>,
  ): Promise<Result> {
    const { cwd } = request.io;
    const reader = started?.reader ?? new ObjectReader(cwd);
    reader.start();
    try {
      const repository = await (started?.repository ?? openRepository(cwd));
      const place = policyFolder(POLICY_FILE, cwd, repository.top);
      return await check(new ChangeCheck(request, repository, place, reader));
    } finally {
      reader.close();
    }
  }

  /** The files of a revision; '' for what is staged. */
  files(revision: string): Files {
    return revisionFiles(this.reader, revision, this.place.folder);
  }

  /** True for a path that was asked for: at or below one of those that were given, or any where none was. */
  isWanted(path: string | undefined): boolean {
    if (path === undefined) return false;
    return this.paths.length === 0 || this.paths.some((at) => path === at || path.startsWith(`${at}/`));
  }

  /** The changes that were asked for, read under the policy that judges. */
  read(policy: Policy, changes: readonly FileChange[]): ReadChange[] {
    return changes
      .filter(
        ({ before, after }) => this.isWanted(after?.path) || before.some((version) => this.isWanted(version?.path)),
      )
      .map((change) => readChange(policy, change));
  }

  /**
   * The copy index of a commit's files by this policy; undefined where nothing can be a copy: it has no asset, or none of `changes` comes near
   * covered code.
   */
  async copies(
    policy: Policy,
    commit: string | undefined,
    changes?: readonly ReadChange[],
  ): Promise<RepositoryCopies | undefined> {
    if (policy.assets.length === 0 || changes?.every(hasNoText) === true) return undefined;
    const { top } = this.repository;
    const { root, folder } = this.place;
    const { io } = this.request;
    const tree: CommittedTree = {
      reader: this.reader,
      top,
      root,
      folder,
      policy,
      policyHash: await regionHash(policy),
    };
    if (changes !== undefined) {
      const restricted = await copiesAt(tree, commit, io, 'restricted');
      if (!changes.some((change) => mayBringCopies(restricted, change))) return undefined;
    }
    return copiesAt(tree, commit, io);
  }

  /** Where imports lead; undefined where no change brings one. */
  async imports(policy: Policy, changes: readonly ReadChange[]): Promise<Lookups['imports']> {
    if (policy.assets.length === 0 || !changes.some(bringsImports)) return undefined;
    return importLookup(policy, this.place.root, await trackedFiles(this.place.root));
  }

  /**
   * What is known of people, from the registers as they are on the base side: a change cannot bring its own permission. A register that git
   * does not track is read from disk.
   */
  async facts(policy: Policy, base: string | undefined): Promise<Facts> {
    const [committed, staged, disk] = [
      base === undefined ? undefined : this.files(base),
      this.files(''),
      diskFiles(this.place.root),
    ];
    const files: Files = {
      read: async (path) => {
        const bytes = await committed?.read(path);
        if (bytes !== undefined) return bytes;
        const isTracked = (await staged.read(path)) !== undefined;
        return isTracked && committed !== undefined ? undefined : disk.read(path);
      },
      target: (path) => Promise.resolve(path),
    };
    const { records, unchecked, problems } = await createEngine({ files, hash: sha256 }).readRecords(policy, {
      clock: systemClock,
      network: nodeNetwork(),
    });
    for (const message of problems) this.notes.push({ code: 'records', message });
    return { records, unchecked, exposures: [] };
  }
}

/** True for a change that leaves nothing which could be a copy. */
function hasNoText({ after, changed }: ReadChange): boolean {
  return after?.version.text === undefined || changed === 'whole';
}

/** A path as it was given, from the policy's folder; '' for the folder itself. Rejects what lies outside. */
function pathInside(given: string, root: string, cwd: string): string {
  const path = pathFromRoot(root, cwd, given);
  if (path !== undefined) return path;
  if (pathFromRoot(`${root}/..`, cwd, given) === root.slice(root.lastIndexOf('/') + 1)) return '';
  throw new UserError(`${given} lies outside ${root}.`);
}

/** Names what a policy covers: its assets, markers and own files. Other rules of it do not change what is restricted. */
function regionHash({ assets, markers, places }: Policy): Promise<string> {
  const files = [...new Set(Object.values(places).map(({ file }) => file))].sort();
  const covered = assets.map(({ id, paths }) => ({ id, paths }));
  return sha256(new TextEncoder().encode(JSON.stringify({ covered, markers, files })));
}
