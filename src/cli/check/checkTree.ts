import { nodeNetwork } from '../../node/nodeNetwork.js';
import { systemClock } from '../../node/systemClock.js';
import { RepositoryCopies } from '../../changes/RepositoryCopies.js';
import type { Act } from '../../check/Act.js';
import { CHECK_KEY } from '../../check/copiesIn.js';
import { exportsIn } from '../../check/exportsIn.js';
import { summaryOf, type CheckNote, type CheckResult } from '../../check/Finding.js';
import { withFingerprints, type Unmarked } from '../../check/fingerprints.js';
import { markerProblem, policyProblem } from '../../check/findingsOf.js';
import { inOrder } from '../../check/inOrder.js';
import { judge, type Judgement } from '../../check/judge.js';
import { linesWithEnds } from '../../check/changedLines.js';
import { createEngine } from '../../engine.js';
import { diskFiles, pathFromRoot } from '../../node/diskFiles.js';
import { policyFile } from '../../node/policyFile.js';
import { digest, sha256 } from '../../node/sha256.js';
import { threadsAvailable } from '../../node/threads.js';
import { absolutePath, isThere, treeFiles } from '../../node/treeFiles.js';
import { workerChannel } from '../../node/workerChannel.js';
import { UserError } from '../../ports.js';
import type { FileRegions } from '../../regions/Region.js';
import { Progress } from '../Progress.js';
import type { CheckRequest } from './CheckRequest.js';
import type { Checked } from './checkStaged.js';
import { inLanes } from './inLanes.js';
import { openJudgingPolicy } from './openJudgingPolicy.js';
import { personOf } from './personOf.js';
import { ownLane, threadLane, type TreeLane } from './TreeLane.js';
import { TreeLooks, type FirstLook } from './TreeLooks.js';

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

/** Fewer files than this for each thread, and starting it takes longer than they do. */
const FEWEST_FILES = 200;
/** Each thread takes memory of its own, and the disk does not get faster. */
const MOST_LANES = 8;

/** The files of a tree in two passes: what is restricted, then who repeats or imports it. */
class TreeCheck {
  private readonly copies = RepositoryCopies.create('', { key: CHECK_KEY });
  /** What covers a file, where anything does. */
  private readonly covered = new Map<string, FileRegions>();
  private readonly imported = new Map<string, readonly string[]>();
  private readonly findingList: Unmarked[] = [];

  constructor(
    private readonly root: string,
    private readonly judgement: Judgement,
    /** For the person who would let the files go; undefined where nobody asked. */
    private readonly exporting: Judgement | undefined,
    private readonly notes: CheckNote[],
    private readonly request: CheckRequest,
  ) {}

  async findings(all: readonly string[], wanted: readonly string[]): Promise<Unmarked[]> {
    const isWanted = new Set(wanted);
    const progress = this.progress(all.length + wanted.length);
    const lanes = this.lanes(all.length);
    const said = (what: string, before: number, done: number, of: number): void => {
      progress.at(before + done, `${what}: ${done.toLocaleString('en-US')} of ${of.toLocaleString('en-US')} files`);
    };
    try {
      const first = (lane: TreeLane, paths: readonly string[]): Promise<readonly FirstLook[]> => lane.first(paths);
      await inLanes(lanes, all, first, (looks, done) => {
        for (const look of looks) this.takeIn(look, isWanted.has(look.file.path));
        said('what is covered', 0, done, all.length);
      });
      if (this.covered.size > 0 || this.request.imported.length > 0) {
        await this.learn(lanes, all);
        const second = (lane: TreeLane, paths: readonly string[]): Promise<readonly (readonly Act[])[]> =>
          lane.second(paths);
        await inLanes(lanes, wanted, second, (found, done) => {
          this.findingList.push(...found.flat().flatMap((act) => judge(this.judgement, act) ?? []));
          said('copies and imports', all.length, done, wanted.length);
        });
      }
    } finally {
      for (const lane of lanes) lane.close();
    }
    progress.end();
    return this.findingList;
  }

  /** This thread, and others where there are enough files for them and the machine has them. */
  private lanes(files: number): TreeLane[] {
    const { io, imported } = this.request;
    const { assets, markers, places } = this.judgement.policy;
    const policy = { assets, markers, places };
    const own = ownLane(new TreeLooks(this.root, policy, imported));
    // An imported index is at hand in this thread alone.
    if (io.treeWorker === undefined || imported.length > 0) return [own];
    const worker = io.treeWorker;
    const count = this.request.threads ?? Math.min(threadsAvailable(), MOST_LANES, Math.floor(files / FEWEST_FILES));
    const others = Array.from({ length: Math.max(0, count - 1) }, () =>
      threadLane(workerChannel(worker), this.root, policy),
    );
    return [...others, own];
  }

  private async learn(lanes: readonly TreeLane[], paths: readonly string[]): Promise<void> {
    const known = { covered: this.covered, paths, imported: this.imported };
    let stored: Uint8Array | undefined;
    // One piece of memory for all threads.
    const inMemory = (): Uint8Array => (stored ??= shared(this.copies.serialize()));
    await Promise.all(lanes.map((lane) => lane.learn(known, this.copies, inMemory)));
  }

  private takeIn({ file, regions, imported }: FirstLook, isWanted: boolean): void {
    const { policy } = this.judgement;
    const { path, text, target, stamp, note } = file;
    if (note !== undefined) this.notes.push(note);
    if (regions.regions.length > 0) {
      this.covered.set(path, regions);
      // A link has no text of its own.
      if (target === undefined) this.copies.update(policy, { path, text, stamp }, { restrictedOnly: true });
    }
    if (imported !== undefined) this.imported.set(path, imported);
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

  private progress(total: number): Progress {
    const { io, isQuiet } = this.request;
    return new Progress(isQuiet ? { ...io, isTerminal: false } : io, total);
  }
}

/** The bytes in memory that threads share. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
