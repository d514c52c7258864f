import { withoutTold, type ReadChange } from '../../check/actsIn.js';
import type { CheckResult } from '../../check/Finding.js';
import { summaryOf } from '../../check/Finding.js';
import { withFingerprints } from '../../check/fingerprints.js';
import { findingsOfChanges } from '../../check/findingsOf.js';
import type { Judgement } from '../../check/judge.js';
import { termsTrailers } from '../../check/trailers.js';
import type { FileChange } from '../../check/FileChange.js';
import { commitAt, mergeHeads, stagedChanges } from '../../node/git/changes.js';
import type { RawChange } from '../../node/git/rawDiff.js';
import type { StartedGit } from '../../node/git/startStaged.js';
import { takenBackBy } from '../../node/git/takenBack.js';
import { digest } from '../../node/sha256.js';
import type { Policy } from '../../policy/Policy.js';
import { inOrder } from '../../check/inOrder.js';
import { ChangeCheck } from './ChangeCheck.js';
import type { CheckRequest } from './CheckRequest.js';
import { judgingPolicy } from './judgingPolicy.js';
import { personOf } from './personOf.js';
import { changedPolicy, policyFilesOf } from './policyFindings.js';

/** A result with the policy that its words come from. */
export interface Checked {
  readonly result: CheckResult;
  readonly policy: Policy;
}

/** Judges what is staged, for whoever is about to commit it, by the terms of the last commit. `started` is closed at the end. */
export function checkStaged(request: CheckRequest, started: StartedGit): Promise<Checked> {
  const judgeStaged = async (check: ChangeCheck): Promise<Checked> => {
    const { reader, repository } = check;
    const [head, person] = await Promise.all([
      commitAt(reader, 'HEAD'),
      personOf(request, repository.top, started.person),
    ]);
    const base = head && { files: check.files(head.id), commit: head.id };
    const [raw, judging] = await Promise.all([
      stagedOrMerged(check, head?.id, started.staged),
      judgingPolicy(base, { files: check.files(''), where: 'among what is staged' }, request.io),
    ]);
    const { policy } = judging;
    const [changes, facts] = await Promise.all([check.versions.changes(raw), check.facts(policy, head?.id)]);
    const trailers = request.message === undefined ? {} : termsTrailers(request.message);
    const purpose = request.purpose ?? trailers.purpose;
    const reason = request.reason ?? trailers.reason;
    const judgement: Judgement = {
      policy,
      facts,
      who: person,
      ...(purpose === undefined ? {} : { purpose }),
      ...(reason === undefined ? {} : { reason }),
      isReasonAwaited: request.isReasonAwaited,
      at: request.at,
    };
    const own = check.read(policy, changes);
    const dropped = await droppedByMerge(check, head?.id);
    const read = [...own, ...check.read(policy, dropped).map((change) => withoutTold(change, own))];
    // Git lists all paths for imports while we look for copies.
    const [imports, copies] = await Promise.all([check.imports(policy, read), check.copies(policy, head?.id, read)]);
    const findings = findingsOfChanges(judgement, read, {
      imported: request.imported,
      ...(copies === undefined ? {} : { copies }),
      ...(imports === undefined ? {} : { imports }),
    });
    const changed =
      judging.isNew || !touches([...changes, ...dropped], policyFilesOf(policy))
        ? undefined
        : await changedPolicy(judgement, policy, check.files(''));
    const all = withFingerprints(
      inOrder([...findings, ...(changed?.findings ?? []).filter(({ path }) => check.isWanted(path))]),
      digest,
    );
    const result: CheckResult = {
      policy: judging.told,
      findings: all,
      policyChanges: changed?.changes ?? [],
      notes: [...judging.notes, ...check.versions.notes, ...check.notes],
      summary: summaryOf(all, { files: new Set(read.map(pathOf)).size }),
    };
    return { result, policy };
  };
  return ChangeCheck.with(request, judgeStaged, started);
}

/** True when a change touches one of these files. */
export function touches(changes: readonly FileChange[], files: ReadonlySet<string>): boolean {
  return changes.some(({ before, after }) =>
    [...before, after].some((version) => version !== undefined && files.has(version.path)),
  );
}

const pathOf = ({ before, after }: ReadChange): string | undefined => (after ?? before)?.version.path;

/** While a merge is made, what it would take back of a side's changes. */
async function droppedByMerge({ repository, versions }: ChangeCheck, head: string | undefined): Promise<FileChange[]> {
  const others = mergeHeads(repository);
  if (head === undefined || others.length === 0) return [];
  const { top } = repository;
  const staged = { changesTo: (parent: string) => stagedChanges(top, parent) };
  return versions.takenBack(await takenBackBy(top, [head, ...others], staged));
}

/** What is staged; while a merge is made, only what differs from every side of it. */
async function stagedOrMerged(
  { repository }: ChangeCheck,
  head: string | undefined,
  started: StartedGit['staged'],
): Promise<readonly RawChange[]> {
  const own = (head === undefined ? undefined : await started) ?? (await stagedChanges(repository.top, head));
  const others = await Promise.all(mergeHeads(repository).map((other) => stagedChanges(repository.top, other)));
  if (others.length === 0) return own;
  return own.flatMap((change) => {
    const sides = others.map((changes) => changes.find(({ after }) => after.path === change.after.path));
    const known = sides.filter((side) => side !== undefined);
    return known.length < sides.length
      ? []
      : [{ ...change, before: [...change.before, ...known.flatMap(({ before }) => before)] }];
  });
}
