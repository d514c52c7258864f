import type { RepositoryCopies } from '../../changes/RepositoryCopies.js';
import { LARGEST_FILE, readableText } from '../../changes/readableText.js';
import { withoutTold, type ReadChange } from '../../check/actsIn.js';
import { atEnd, type LastVersion } from '../../check/atEnd.js';
import type { FileChange } from '../../check/FileChange.js';
import { summaryOf, type CheckNote, type CheckResult } from '../../check/Finding.js';
import { withFingerprints, type Unmarked } from '../../check/fingerprints.js';
import { findingsOfChanges, type Lookups } from '../../check/findingsOf.js';
import { inOrder } from '../../check/inOrder.js';
import type { Judgement } from '../../check/judge.js';
import { NetChange } from '../../check/NetChange.js';
import { termsTrailers } from '../../check/trailers.js';
import type { Facts } from '../../decision/Ask.js';
import {
  changesBetween,
  commitAt,
  commitsSince,
  isNoRevision,
  mergeBase,
  type Commit,
} from '../../node/git/changes.js';
import { FETCH_ALL } from '../../node/git/openRepository.js';
import type { RawCommit } from '../../node/git/rawDiff.js';
import { takenBackBy } from '../../node/git/takenBack.js';
import { digest } from '../../node/sha256.js';
import type { Policy } from '../../policy/Policy.js';
import { policyChanges } from '../../policy/policyChanges.js';
import { UserError } from '../../ports.js';
import { printable } from '../../report/check.js';
import { Progress } from '../Progress.js';
import { ChangeCheck } from './ChangeCheck.js';
import type { CheckRequest } from './CheckRequest.js';
import { touches, type Checked } from './checkStaged.js';
import { judgingPolicy, POLICY_FILE, readPolicyIn } from './judgingPolicy.js';
import { changedPolicy, policyFilesOf } from './policyFindings.js';

/** A commit's subject is shown up to this many characters. */
const SUBJECT = 72;

/**
 * Judges every commit since a revision, each for its author, by the terms where the history parted from it. What a later
 * commit took back is not a finding any more.
 */
export function checkSince(request: CheckRequest, revision: string): Promise<Checked> {
  return ChangeCheck.with(request, async (check) => {
    const tip = await commitAt(check.reader, 'HEAD');
    if (tip === undefined) throw new UserError('There is no commit yet. Use --staged, or leave --since out.');
    const base = isNoRevision(revision) ? await baseOfNewBranch(check, tip) : await baseOf(check, revision, tip);
    const commits = await commitsSince(check.repository, base, tip.id);
    const judging = await judgingPolicy(
      base === undefined ? undefined : { files: check.files(base), commit: base },
      { files: check.files(tip.id), commit: tip.id, where: 'in the last commit' },
      request.io,
    );
    const { policy } = judging;
    const facts = await check.facts(policy, base);
    const copies = await check.copies(policy, base);
    const range = new Range(check, policy, facts, copies, new LastVersions(check, tip, commits));
    const net = await range.net(base, tip);
    const progress = new Progress(request.isQuiet ? { ...request.io, isTerminal: false } : request.io, commits.length);
    let before: Policy | undefined = judging.isNew ? undefined : policy;
    let judged = 0;
    for (const [at, { commit = '', changes: raw }] of commits.entries()) {
      const changes = await check.versions.changes(raw);
      // Where the terms begin in the range, what came before could not know of them.
      if (before === undefined) {
        if (!changes.some(({ after }) => after?.path === POLICY_FILE)) continue;
        const reading = await readPolicyIn(check.files(commit));
        before = reading.kind === 'parsed' ? reading.parsed.policy : undefined;
        range.takeIn(changes);
        continue;
      }
      judged++;
      before = await range.judgeCommit(at, await commitOf(check, commit), changes, before, net);
      progress.at(at + 1, `${at + 1} of ${commits.length} commits`);
    }
    progress.end();
    range.finish(net);
    const found = net.surviving([...range.findings, ...range.takenBack]);
    const findings = withFingerprints(inOrder(found), digest);
    const notes: CheckNote[] = [...judging.notes, ...check.versions.notes, ...check.notes];
    if (base === undefined)
      notes.push({
        code: 'whole-history',
        message: 'There is no commit to start from, so the whole history is judged.',
      });
    if (judged < commits.length)
      notes.push({
        code: 'before-the-terms',
        message: `${commits.length - judged} of ${commits.length} commits are from before there were terms, or bring them, and are not judged.`,
      });
    for (const { path, in: from } of net.undone(range.findings))
      notes.push({
        code: 'undone',
        path,
        message: `What commit ${from?.commit.slice(0, 10) ?? ''} did here was taken back later. The history still holds it.`,
      });
    const last = await readPolicyIn(check.files(tip.id));
    const after = last.kind === 'parsed' ? last.parsed.policy : undefined;
    const result: CheckResult = {
      policy: judging.told,
      findings,
      policyChanges: judging.isNew || after === undefined ? [] : policyChanges(policy, after),
      notes,
      summary: summaryOf(findings, { files: net.files, commits: judged }),
    };
    return { result, policy };
  });
}

async function commitOf(check: ChangeCheck, id: string): Promise<Commit> {
  const commit = await commitAt(check.reader, id);
  if (commit === undefined) throw new UserError(`git does not have commit ${id}. ${FETCH_ALL}`);
  return commit;
}

/** Where the history parted from a revision. */
async function baseOf(check: ChangeCheck, revision: string, tip: Commit): Promise<string> {
  const { top, shallow } = check.repository;
  const found = await commitAt(check.reader, revision);
  if (found === undefined)
    throw new UserError(
      shallow.size > 0
        ? `There is no revision ${printable(revision)} here, and this clone is shallow. ${FETCH_ALL}`
        : `There is no revision ${printable(revision)} in this repository. Fetch it, or name another: a branch, a tag or a commit.`,
    );
  const base = await mergeBase(top, found.id, tip.id);
  if (base !== undefined) return base;
  throw new UserError(
    shallow.size > 0
      ? `Where this branch parted from ${printable(revision)} cannot be seen: this clone is shallow. ${FETCH_ALL}`
      : `${printable(revision)} and the last commit have no history in common. Name a revision that this branch started from.`,
  );
}

const MAIN_BRANCHES = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
];

/** Where a new branch started from the main one; undefined where it is the main one, or nothing else is known. */
async function baseOfNewBranch({ reader, repository }: ChangeCheck, tip: Commit): Promise<string | undefined> {
  for (const name of MAIN_BRANCHES) {
    const main = await commitAt(reader, name);
    const base = main && (await mergeBase(repository.top, main.id, tip.id));
    if (base !== undefined && base !== tip.id) return base;
  }
  return undefined;
}

/** The files of a range's commits as they are at its end. */
class LastVersions {
  private readonly renames: readonly { readonly at: number; readonly from: string; readonly to: string }[];
  private readonly read = new Map<string, Promise<LastVersion | undefined>>();

  constructor(
    private readonly check: ChangeCheck,
    private readonly tip: Commit,
    commits: readonly RawCommit[],
  ) {
    const { folder } = check.place;
    this.renames = commits.flatMap(({ changes }, at) =>
      changes
        .filter(({ status, after }) => status === 'R' && after.path.startsWith(folder))
        .flatMap(({ before, after }) =>
          before
            .filter(({ path }) => path.startsWith(folder))
            .map(({ path }) => ({ at, from: path.slice(folder.length), to: after.path.slice(folder.length) })),
        ),
    );
  }

  /** Findings of the commit that comes `at` this place, where their lines are at the end; as they were where the file is gone. */
  async placed(
    findings: readonly Unmarked[],
    policy: Policy,
    at: number,
    changes: readonly FileChange[],
  ): Promise<Unmarked[]> {
    const placed: Unmarked[] = [];
    for (const finding of findings) {
      const version = changes.find(({ after }) => after?.path === finding.path)?.after;
      const last = version && ((await this.at(this.laterName(finding.path, at))) ?? (await this.at(finding.path)));
      placed.push(last === undefined ? finding : atEnd(finding, policy, version?.text, last));
    }
    return placed;
  }

  private laterName(path: string, at: number): string {
    return this.renames.reduce((name, rename) => (rename.at > at && rename.from === name ? rename.to : name), path);
  }

  private at(path: string): Promise<LastVersion | undefined> {
    const known = this.read.get(path);
    if (known !== undefined) return known;
    const { reader, place } = this.check;
    const found = reader.read(`${this.tip.id}:${place.folder}${path}`, LARGEST_FILE).then((object) => {
      if (object?.type !== 'blob') return undefined;
      return { path, text: object.bytes && readableText(object.bytes) };
    });
    this.read.set(path, found);
    return found;
  }
}

/** The commits of a range while they are judged, one after another. */
class Range {
  readonly findings: Unmarked[] = [];
  /** Of merges, what they took back. Where it is not so at the end, nothing is held against anybody, and nothing is in the history. */
  readonly takenBack: Unmarked[] = [];
  private whole: readonly ReadChange[] = [];

  constructor(
    private readonly check: ChangeCheck,
    private readonly policy: Policy,
    private readonly facts: Facts,
    private readonly copies: RepositoryCopies | undefined,
    private readonly last: LastVersions,
  ) {}

  /** What the whole range comes to. */
  async net(base: string | undefined, tip: Commit): Promise<NetChange> {
    const { check, policy } = this;
    if (base === undefined) return NetChange.ofEverything();
    const raw = await changesBetween(check.repository.top, base, tip.id);
    const all = await check.versions.changes(raw);
    const changes = check.read(policy, all);
    const lookups = await this.lookups(changes);
    this.whole = changes;
    return NetChange.of(policy, changes, lookups, await this.loosened(all, tip));
  }

  /** Adds the copies of code that came in within the range itself: only now does the index know it. */
  finish(net: NetChange): void {
    if (this.copies !== undefined) net.add(this.policy, this.whole, { copies: this.copies });
  }

  /** The rules that are looser at the end; undefined where the policy cannot be used then. */
  private async loosened(changes: readonly FileChange[], tip: Commit): Promise<ReadonlySet<string> | undefined> {
    if (!touches(changes, policyFilesOf(this.policy))) return new Set();
    const reading = await readPolicyIn(this.check.files(tip.id));
    if (reading.kind !== 'parsed' || reading.parsed.policy === undefined) return undefined;
    const loose = policyChanges(this.policy, reading.parsed.policy).filter(({ direction }) => direction === 'loosens');
    return new Set(loose.map(({ rule }) => rule));
  }

  /** Judges the commit that comes `at` this place of the range; gives the policy as it is after it. */
  async judgeCommit(
    at: number,
    commit: Commit,
    changes: readonly FileChange[],
    before: Policy,
    net: NetChange,
  ): Promise<Policy> {
    const { check, policy, facts } = this;
    const { request } = check;
    const trailers = termsTrailers(commit.message);
    const purpose = request.purpose ?? trailers.purpose;
    const reason = request.reason ?? trailers.reason;
    const [subject = ''] = commit.message.split('\n');
    const judgement: Judgement = {
      policy,
      facts,
      who: request.who ?? commit.author,
      ...(purpose === undefined ? {} : { purpose }),
      ...(reason === undefined ? {} : { reason }),
      at: request.at,
      in: { commit: commit.id, subject: subject.length > SUBJECT ? `${subject.slice(0, SUBJECT - 1)}…` : subject },
    };
    const read = check.read(policy, changes);
    net.follow(read);
    const place = (found: readonly Unmarked[]): Promise<Unmarked[]> => this.last.placed(found, policy, at, all);
    const dropped = await this.droppedBy(commit);
    const all = [...changes, ...dropped];
    this.findings.push(...(await place(findingsOfChanges(judgement, read, await this.lookups(read)))));
    const taken = check.read(policy, dropped).map((change) => withoutTold(change, read));
    if (taken.length > 0)
      this.takenBack.push(...(await place(findingsOfChanges(judgement, taken, await this.lookups(taken)))));
    this.takeIn(changes);
    if (!touches(all, policyFilesOf(before))) return before;
    const changed = await changedPolicy(judgement, before, check.files(commit.id));
    this.findings.push(...(await place(changed.findings.filter((found) => check.isWanted(found.path)))));
    return changed.policy;
  }

  /** What a merge has otherwise than a parent that had changed it: what all parents have otherwise is among its changes already. */
  private async droppedBy({ id, parents }: Commit): Promise<readonly FileChange[]> {
    if (parents.length < 2) return [];
    const { repository, versions } = this.check;
    return versions.takenBack(await takenBackBy(repository.top, parents, id));
  }

  /** Brings the copy index to where a commit left the files, so that the next one is compared with them. */
  takeIn(changes: readonly FileChange[]): void {
    for (const { before, after } of changes) {
      for (const version of before)
        if (version !== undefined && version.path !== after?.path) this.copies?.remove(version.path);
      if (after?.text !== undefined && after.target === undefined)
        this.copies?.update(this.policy, { path: after.path, text: after.text, stamp: after.id });
    }
  }

  private async lookups(changes: readonly ReadChange[]): Promise<Lookups> {
    const imports = await this.check.imports(this.policy, changes);
    return {
      imported: this.check.request.imported,
      ...(this.copies === undefined ? {} : { copies: this.copies }),
      ...(imports === undefined ? {} : { imports }),
    };
  }
}
