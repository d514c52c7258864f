import { nodeNetwork } from '../../node/nodeNetwork.js';
import { systemClock } from '../../node/systemClock.js';
import { createImportTree, tellsImports } from '../../changes/imports/ImportTree.js';
import { linksOf, type ImportTarget } from '../../changes/imports/usesOf.js';
import { LARGEST_FILE, readableText } from '../../changes/readableText.js';
import { RepositoryCopies } from '../../changes/RepositoryCopies.js';
import { CHECK_KEY, copiesInText } from '../../check/copiesIn.js';
import { exportsIn } from '../../check/exportsIn.js';
import { summaryOf, type CheckNote, type CheckResult } from '../../check/Finding.js';
import { withFingerprints, type Unmarked } from '../../check/fingerprints.js';
import { markerProblem, policyProblem } from '../../check/findingsOf.js';
import { importedInText } from '../../check/importedCopiesIn.js';
import { usesIn } from '../../check/importsIn.js';
import { inOrder } from '../../check/inOrder.js';
import { judge, type Judgement } from '../../check/judge.js';
import { linesWithEnds } from '../../check/changedLines.js';
import { createEngine } from '../../engine.js';
import { diskFiles, pathFromRoot } from '../../node/diskFiles.js';
import { policyFile } from '../../node/policyFile.js';
import { digest, sha256 } from '../../node/sha256.js';
import { absolutePath, bytesAtOnce, bytesOnDisk, fileOrLinkOnDisk, isThere, treeFiles } from '../../node/treeFiles.js';
import { UserError } from '../../ports.js';
import type { FileRegions } from '../../regions/Region.js';
import { regionsOf } from '../../regions/regionsOf.js';
import { Progress } from '../Progress.js';
import type { CheckRequest } from './CheckRequest.js';
import type { Checked } from './checkStaged.js';
import { personOf } from './personOf.js';
import { openJudgingPolicy } from './openJudgingPolicy.js';

/** Files that are read at once. */
const AT_ONCE = 32;

/**
 * Judges the files as they are, by the policy on disk: wrong markers, problems of the policy, lines that repeat covered lines of
 * another place, and imports of covered code; for a person, or for whoever may have written them.
 */
export async function checkTree(request: CheckRequest): Promise<Checked> {
  const { io } = request;
  const place = policyFile(io.cwd);
  const { policy, sha256: hash, problems } = await openJudgingPolicy(place, io);
  const engine = createEngine({ files: diskFiles(place.root), hash: sha256 });
  const read = await engine.readRecords(policy, { clock: systemClock, network: nodeNetwork() });
  const { records, unchecked, problems: unread } = read;
  const notes: CheckNote[] = unread.map((message) => ({ code: 'records', message }));
  const judgement: Judgement = {
    policy,
    facts: { records, unchecked, exposures: [] },
    who: request.who,
    ...(request.purpose === undefined ? {} : { purpose: request.purpose }),
    ...(request.reason === undefined ? {} : { reason: request.reason }),
    isReasonAwaited: request.isReasonAwaited,
    at: request.at,
  };
  const all = await treeFiles(place.root, []);
  const wanted = await wantedFiles(request, place.root, all);
  const exporting = request.into === undefined ? undefined : { ...judgement, who: await personOf(request, place.root) };
  const tree = new TreeCheck(place.root, judgement, exporting, notes, request);
  const findings = await tree.findings(all, wanted);
  const own =
    request.paths.length > 0
      ? []
      : [...problems, ...engine.warningsAt(policy, request.at), ...engine.warningsInTree(policy, all)];
  const told = own.filter(({ severity }) => severity !== 'notice').map((problem) => policyProblem(judgement, problem));
  const marked = withFingerprints(inOrder([...findings, ...told]), digest);
  const result: CheckResult = {
    policy: { path: place.file, sha256: hash },
    findings: marked,
    policyChanges: [],
    notes,
    summary: summaryOf(marked, { files: wanted.length }),
  };
  return { result, policy };
}

/** The files that were asked for: all, or those at or below the paths that were given. */
async function wantedFiles(
  { paths, io }: CheckRequest,
  root: string,
  all: readonly string[],
): Promise<readonly string[]> {
  if (paths.length === 0) return all;
  const below: string[] = [];
  for (const given of paths) {
    if (!isThere(absolutePath(io.cwd, given))) throw new UserError(`There is no ${given}.`);
    const path = pathFromRoot(root, io.cwd, given);
    if (path === undefined && absolutePath(io.cwd, given) === root) return all;
    if (path === undefined) throw new UserError(`${given} lies outside ${root}.`);
    below.push(path);
  }
  return treeFiles(root, below);
}

interface ReadFile {
  readonly path: string;
  readonly text: string;
  readonly target: string | undefined;
  readonly stamp: string;
}

/** The files of a tree in two passes: what is restricted, then who repeats or imports it. */
class TreeCheck {
  private readonly copies = RepositoryCopies.create('', { key: CHECK_KEY });
  /** What covers a file, where anything does. */
  private readonly covered = new Map<string, FileRegions>();
  private readonly findingList: Unmarked[] = [];
  private readonly importTexts = new Map<string, string>();

  constructor(
    private readonly root: string,
    private readonly judgement: Judgement,
    /** For the person who would let the files go; undefined where nobody asked. */
    private readonly exporting: Judgement | undefined,
    private readonly notes: CheckNote[],
    private readonly request: CheckRequest,
  ) {}

  async findings(all: readonly string[], wanted: readonly string[]): Promise<Unmarked[]> {
    const { policy } = this.judgement;
    const isWanted = new Set(wanted);
    const progress = this.progress(all.length + wanted.length);
    await this.each(all, progress, 0, 'what is covered', (file) => {
      this.takeIn(file, isWanted.has(file.path));
    });
    const { imported } = this.request;
    if (this.covered.size > 0 || imported.length > 0) {
      const tree = createImportTree(all, (path) => this.importTexts.get(path));
      this.importTexts.clear();
      const known = new Set(policy.assets.map(({ id }) => id));
      const restricted = new Set(this.copies.assets.map(({ asset }) => asset));
      const texts = new Map<string, ImportTarget>();
      await this.each(wanted, progress, all.length, 'copies and imports', (file) => {
        const regions = this.covered.get(file.path) ?? { path: file.path, regions: [], problems: [] };
        const links = linksOf(file.path, file.text, tree);
        const uses = usesIn(regions, links, (path) => this.target(path, texts));
        const whole = new Set(regions.regions.filter(({ by }) => by !== 'marker').map(({ asset }) => asset));
        // What every asset covers as a whole has nothing of another one in it.
        const copies = [...restricted].every((asset) => whole.has(asset))
          ? []
          : copiesInText(this.copies, file, regions, (id) => known.has(id));
        const foreign = importedInText(imported, file, regions, (id) => known.has(id));
        for (const act of [...copies, ...foreign, ...uses]) {
          const finding = judge(this.judgement, act);
          if (finding !== undefined) this.findingList.push(finding);
        }
      });
    }
    progress.end();
    return this.findingList;
  }

  private takeIn({ path, text, target, stamp }: ReadFile, isWanted: boolean): void {
    const { policy } = this.judgement;
    const regions = regionsOf(policy, path, text, target);
    if (regions.regions.length > 0) {
      this.covered.set(path, regions);
      // A link has no text of its own.
      if (target === undefined) this.copies.update(policy, { path, text, stamp }, { restrictedOnly: true });
    }
    if (tellsImports(path)) this.importTexts.set(path, text);
    const { into } = this.request;
    const leaves = isWanted && into !== undefined && this.exporting !== undefined && regions.regions.length > 0;
    if (!leaves && (!isWanted || regions.problems.length === 0)) return;
    const lines = linesWithEnds(text);
    if (leaves) {
      const acts = exportsIn(regions, lines, into);
      this.findingList.push(...acts.flatMap((act) => judge(this.exporting ?? this.judgement, act) ?? []));
    }
    for (const problem of regions.problems)
      this.findingList.push(markerProblem(this.judgement, path, problem, lines[problem.range.start.line - 1] ?? ''));
  }

  /** A file that imports lead to. Its text is wanted only where regions are marked in it. */
  private target(path: string, texts: Map<string, ImportTarget>): ImportTarget | undefined {
    const regions = this.covered.get(path);
    if (regions === undefined) return undefined;
    if (regions.regions.every(({ by }) => by !== 'marker')) return { regions, text: '' };
    let target = texts.get(path);
    if (target === undefined) texts.set(path, (target = { regions, text: this.textOf(path) }));
    return target;
  }

  private textOf(path: string): string {
    const bytes = bytesAtOnce(this.root, path, LARGEST_FILE);
    return (bytes && readableText(bytes)) ?? '';
  }

  private progress(total: number): Progress {
    const { io, isQuiet } = this.request;
    return new Progress(isQuiet ? { ...io, isTerminal: false } : io, total);
  }

  /** Reads files, some at once, and looks at each in order. */
  private async each(
    paths: readonly string[],
    progress: Progress,
    before: number,
    what: string,
    look: (file: ReadFile) => void,
  ): Promise<void> {
    const batch = (from: number): Promise<(ReadFile | undefined)[]> =>
      Promise.all(paths.slice(from, from + AT_ONCE).map((path) => this.readFile(path)));
    let next = batch(0);
    for (let from = 0; from < paths.length; from += AT_ONCE) {
      const files = await next;
      // The disk is busy with the next ones meanwhile.
      next = batch(from + AT_ONCE);
      for (const file of files) if (file !== undefined) look(file);
      const done = Math.min(paths.length, from + AT_ONCE);
      progress.at(
        before + done,
        `${what}: ${done.toLocaleString('en-US')} of ${paths.length.toLocaleString('en-US')} files`,
      );
    }
  }

  private async readFile(path: string): Promise<ReadFile | undefined> {
    const file = await fileOrLinkOnDisk(this.root, path);
    if (file === undefined) return undefined;
    const { size, stamp, target } = file;
    if (target !== undefined) return { path, text: '', target, stamp };
    if (size > LARGEST_FILE) {
      this.note('too-large', path, 'It is over 20 MB, and is judged by its path alone.');
      return { path, text: '', target, stamp };
    }
    const bytes = await bytesOnDisk(absolutePath(this.root, path));
    if (bytes === undefined) this.note('unreadable', path, 'It cannot be read, and is judged by its path alone.');
    const text = bytes && readableText(bytes);
    if (text?.startsWith('version https://git-lfs.github.com/spec/') === true) {
      this.note('lfs-pointer', path, 'Its content is kept by Git LFS: it is judged by its path, not by its text.');
      return { path, text: '', target, stamp };
    }
    return { path, text: text ?? '', target, stamp };
  }

  private note(code: CheckNote['code'], path: string, message: string): void {
    if (!this.notes.some((note) => note.code === code && note.path === path)) this.notes.push({ code, path, message });
  }
}
