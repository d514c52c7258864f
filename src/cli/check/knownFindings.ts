import { compared, isDay, printBaseline, readBaseline, updated, type BaselineEntry } from '../../check/baseline.js';
import { summaryOf, type CheckNote, type CheckResult, type Known } from '../../check/Finding.js';
import { pathFromRoot } from '../../node/diskFiles.js';
import { runGit } from '../../node/git/runGit.js';
import { bytesOfFile } from '../../node/largeFile.js';
import { absolutePath } from '../../node/treeFiles.js';
import { writeShared } from '../../node/writeWhole.js';
import { zoneOf } from '../../policy/membership.js';
import { endOfDay, parseMoment } from '../../policy/moments.js';
import { UserError } from '../../ports.js';
import { problemsInWords } from '../../report/problems.js';
import type { CheckRequest } from './CheckRequest.js';
import type { Checked } from './checkStaged.js';

/** Notes name this many entries that are found no more; a number stands for the rest. */
const NAMED = 10;

/** What a result comes to beside the findings that are known. Rejects with a `UserError` for a file that cannot be used. */
export async function besideBaseline(request: CheckRequest, checked: Checked, file: string): Promise<Checked> {
  const { result, policy } = checked;
  const { entries, note } = await entriesInForce(request, result, file);
  const { findings, stale } = compared(result.findings, entries, Date.parse(request.at), zoneOf(policy));
  const notes = [...result.notes, ...(note === undefined ? [] : [note])];
  // A part of the tree, or of its history, does not show what is gone from the rest.
  if (isWhole(request) && stale.length > 0) notes.push(...staleNotes(stale, file));
  return { policy, result: resultWith(result, findings, notes) };
}

/**
 * Brings a baseline up to date with what was found in the whole tree, and says what became of it. `words` are for what comes in;
 * without anything new they may be left out. Rejects with a `UserError`, and writes nothing, when they are missing or wrong.
 */
export async function updateBaseline(
  request: CheckRequest,
  { result, policy }: Checked,
  file: string,
  words: Partial<Known>,
): Promise<Checked> {
  if (!isWhole(request))
    throw new UserError('A baseline is brought up to date with the whole tree: leave --staged, --since and paths out.');
  const zone = zoneOf(policy);
  const at = Date.parse(request.at);
  const entries = (await entriesOnDisk(request, file)) ?? [];
  const before = compared(result.findings, entries, at, zone);
  const isNeeded = before.findings.some(({ outcome }) => outcome === 'fails');
  const given = isNeeded ? wordsOf(words, at, zone) : { reason: '', owner: '', until: '' };
  const after = updated(entries, before, given);
  writeShared(absolutePath(request.io.cwd, file), new TextEncoder().encode(printBaseline(after.entries)));
  request.io.err(
    `${file}: ${after.added} added, ${after.renewed} renewed, ${after.dropped} taken out; ${after.entries.length} in all.\n`,
  );
  const { findings } = compared(result.findings, after.entries, at, zone);
  return { policy, result: resultWith(result, findings, result.notes) };
}

function resultWith(result: CheckResult, findings: CheckResult['findings'], notes: readonly CheckNote[]): CheckResult {
  const { files, commits } = result.summary;
  const looked = { files, ...(commits === undefined ? {} : { commits }) };
  return { ...result, findings, notes, summary: summaryOf(findings, looked) };
}

const isWhole = ({ range, paths }: CheckRequest): boolean => range.kind === 'tree' && paths.length === 0;

/**
 * The entries that count: for changes those of the base side, as with the policy, so that a change cannot bring its own
 * excuse. A file that git does not track is read from disk.
 */
async function entriesInForce(
  request: CheckRequest,
  { policy: { commit } }: CheckResult,
  file: string,
): Promise<{ readonly entries: readonly BaselineEntry[]; readonly note?: CheckNote }> {
  const { cwd } = request.io;
  const below = pathFromRoot(cwd, cwd, file);
  if (commit !== undefined && below !== undefined) {
    const shown = await runGit(cwd, ['show', `${commit}:./${below}`]);
    if (shown.code === 0) return { entries: entriesIn(new TextDecoder().decode(shown.stdout), file, request) };
    const tracked = await runGit(cwd, ['ls-files', '--error-unmatch', '--', `:(literal)${below}`]);
    if (tracked.code === 0) {
      const message = `${file} comes with this change, so what it lists counts from the next one on.`;
      return { entries: [], note: { code: 'baseline-new', message } };
    }
  }
  const entries = await entriesOnDisk(request, file);
  if (entries !== undefined) return { entries };
  throw new UserError(
    `There is no ${file}. To make it: devterms check --baseline ${file} --update-baseline --reason REASON --owner WHO --until YYYY-MM-DD.`,
  );
}

async function entriesOnDisk(request: CheckRequest, file: string): Promise<readonly BaselineEntry[] | undefined> {
  const bytes = await bytesOfFile(absolutePath(request.io.cwd, file), file);
  return bytes && entriesIn(new TextDecoder().decode(bytes), file, request);
}

function entriesIn(text: string, file: string, { io }: CheckRequest): readonly BaselineEntry[] {
  const { entries, problems } = readBaseline(text, file);
  if (entries !== undefined) return entries;
  io.err(problemsInWords(problems));
  throw new UserError(`${file} has errors, so that nobody can say what is known.`);
}

function wordsOf({ reason, owner, until }: Partial<Known>, at: number, zone: string): Known {
  const missing = [
    ...(reason === undefined ? ['--reason REASON'] : []),
    ...(owner === undefined ? ['--owner WHO'] : []),
    ...(until === undefined ? ['--until YYYY-MM-DD'] : []),
  ];
  if (reason === undefined || owner === undefined || until === undefined)
    throw new UserError(
      `What is taken in needs a reason, somebody who answers for it and a last day: ${missing.join(' ')}.`,
    );
  if (!isDay(until)) throw new UserError(`'${until}' is no day. Write it as 2026-06-30.`);
  const day = parseMoment(until);
  if (day?.kind === 'day' && endOfDay(day.day, zone) <= at) throw new UserError(`${until} is over already.`);
  return { reason, owner, until };
}

function staleNotes(stale: readonly BaselineEntry[], file: string): CheckNote[] {
  const named = stale.slice(0, NAMED).map(({ path, kind, fingerprint }): CheckNote => ({
    code: 'baseline-stale',
    path,
    message: `${file} lists a ${kind} (${fingerprint.slice(0, 8)}) here that is found no more.`,
  }));
  const rest = stale.length - named.length;
  const more = rest > 0 ? `${rest} more entries of it are found no more. ` : '';
  const message = `${more}To take them out: devterms check --baseline ${file} --update-baseline.`;
  return [...named, { code: 'baseline-stale', message }];
}
