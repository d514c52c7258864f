import { textOf } from '../node/policyFile.js';
import { commandArguments } from '../node/commandArguments.js';
import { startStaged } from '../node/git/startStaged.js';
import { systemClock } from '../node/systemClock.js';
import { parseMoment } from '../policy/moments.js';
import { UserError, type Instant } from '../ports.js';
import type { ImportedCopies } from '../changes/ExportedCopies.js';
import { notesInWords } from '../report/check.js';
import { formatOf, printed, reportOf, writeReports } from './check/output.js';
import { checkStaged, type Checked } from './check/checkStaged.js';
import type { CheckRequest } from './check/CheckRequest.js';
import { CLEAN, FINDINGS, type Io } from './Command.js';

export const help = `devterms check: may these changes be made, by those who made them?

Usage: devterms check [PATH...] [--staged | --since REV] [OPTIONS]

  --staged        what is staged, for whoever is about to commit it
  --since REV     every commit since this branch parted from REV, each for its author;
                  a revision of zeros means a new branch
                  Without either: the files as they are. Copies of covered code, imports
                  of it, wrong markers, problems of the policy.
  PATH...         only these files and folders

  --who W         judges for this person: an address
  --purpose P     what the work is for, as the policy's grants name it; left out: the line
                  "Terms-Purpose: P" at the end of the commit message
  --reason R      why, for what needs a reason; left out: the line "Terms-Reason: R"
  --message FILE  the message of the commit that is being made, for these lines
  --await-reason  there is no message yet: what needs a reason passes, with a warning
  --at T          judges as of then: 2026-05-20T10:00:00+02:00; left out: now
  --into PLACE    also says whether the files may go there, before they are pushed, archived or
                  handed on: remote:HOST/PATH, tool:NAME or a path, as the policy's rules name it
  --index FILE    also looks for the code that this index tells of, which stands in another
                  repository; may be given several times. See: devterms index --help
  --key FILE      the key of the index; left out: DEVTERMS_INDEX_KEY, or FILE.key beside it

  --baseline FILE findings that are known, each with a reason, somebody who answers for it and a
                  last day; those pass until then. For changes, what it lists on the base side
  --update-baseline --reason R --owner W --until 2026-12-31
                  writes that file for the whole tree: takes in what fails, renews what is over,
                  takes out what is found no more; these words go with what is new

  --format F      text, json, sarif, github (annotations) or junit
  --report F=FILE also writes this format to a file; may be given several times
  --threads N     how many threads look at the files of a tree; left out: as many as the machine has
  --quiet         no progress and no remarks, and of the findings only those that fail

A change is judged by the policy on its base side: that of the last commit for --staged, and of
the commit where the branch parted for --since. A change of the policy is judged, too.

Exit codes: 0 nothing fails (warnings pass), 1 something does, 2 it could not be checked.
`;

/** Checks what was asked for and prints what was found. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { texts, lists, flags, rest } = commandArguments(args, {
    staged: 'flag',
    since: 'text',
    who: 'text',
    purpose: 'text',
    reason: 'text',
    message: 'text',
    'await-reason': 'flag',
    at: 'text',
    into: 'text',
    index: 'list',
    key: 'text',
    baseline: 'text',
    'update-baseline': 'flag',
    owner: 'text',
    until: 'text',
    format: 'text',
    report: 'list',
    threads: 'text',
    quiet: 'flag',
  });
  const format = formatOf(texts['format']);
  const reports = (lists['report'] ?? []).map(reportOf);
  const { baseline } = texts;
  const isUpdate = flags.has('update-baseline');
  if (isUpdate && baseline === undefined) throw new UserError('Say which: --baseline FILE --update-baseline.');
  if (!isUpdate && (texts['owner'] ?? texts['until']) !== undefined)
    throw new UserError('--owner and --until go with --baseline FILE --update-baseline.');
  const isQuiet = flags.has('quiet');
  const { since } = texts;
  if (since !== undefined && flags.has('staged')) throw new UserError('Choose one: --staged or --since REV.');
  if (since === '') throw new UserError('Say since when: --since REV, such as --since origin/main.');
  if (texts['into'] === '') throw new UserError('Say where the code would go: --into remote:HOST/PATH.');
  if (texts['into'] !== undefined && (since !== undefined || flags.has('staged')))
    throw new UserError('--into asks about the files as they are: leave --staged and --since out.');
  const request: CheckRequest = {
    io: isQuiet ? { ...io, err: () => undefined } : io,
    range: flags.has('staged')
      ? { kind: 'staged' }
      : since === undefined
        ? { kind: 'tree' }
        : { kind: 'since', revision: since },
    paths: rest,
    who: filled(texts['who']),
    purpose: filled(texts['purpose']),
    // With --update-baseline it is the reason why findings may stay, not one for a change.
    reason: isUpdate ? undefined : filled(texts['reason']),
    message: texts['message'] === undefined ? undefined : await textOf(io.cwd, texts['message']),
    isReasonAwaited: flags.has('await-reason'),
    at: momentOf(texts['at']),
    into: texts['into'],
    imported: await importedIndexes(io, lists['index'] ?? [], texts['key']),
    threads: threadsOf(texts['threads']),
    isQuiet,
  };
  const found = await checked(request);
  const known = baseline === undefined ? found : await besideKnown(request, found, baseline, isUpdate && texts);
  const { result } = known;
  if (!isQuiet) io.err(notesInWords(result.notes));
  const hasBaseline = baseline !== undefined;
  await writeReports(reports, known, io, { hasBaseline });
  io.out(
    await printed(format, known, {
      ...{ cwd: io.cwd, paint: io.paint, isQuiet, hasBaseline },
      ...(io.width === undefined ? {} : { width: io.width }),
    }),
  );
  return result.summary.fails > 0 ? FINDINGS : CLEAN;
}

/** Other ways of checking are loaded when they are asked for: a hook should not wait for them. */
async function checked(request: CheckRequest): Promise<Checked> {
  switch (request.range.kind) {
    case 'staged':
      return checkStaged(request, startStaged(request.io.cwd));
    case 'since':
      return (await import('./check/checkSince.js')).checkSince(request, request.range.revision);
    case 'tree':
      return (await import('./check/checkTree.js')).checkTree(request);
  }
}

/** What remains when known findings are told from others; `update` are the words with which the file is written anew. */
async function besideKnown(
  request: CheckRequest,
  found: Checked,
  file: string,
  update: false | Readonly<Record<string, string>>,
): Promise<Checked> {
  const { besideBaseline, updateBaseline } = await import('./check/knownFindings.js');
  if (update === false) return besideBaseline(request, found, file);
  const words = ['reason', 'owner', 'until'].map((name) => [name, filled(update[name])] as const);
  return updateBaseline(request, found, file, Object.fromEntries(words.filter(([, text]) => text !== undefined)));
}

async function importedIndexes(io: Io, files: readonly string[], key: string | undefined): Promise<ImportedCopies[]> {
  if (files.length === 0) {
    if (key !== undefined) throw new UserError('--key goes with --index FILE.');
    return [];
  }
  const { importedIndex } = await import('./importedIndex.js');
  const read: ImportedCopies[] = [];
  for (const file of files) read.push(await importedIndex(io, file, key));
  return read;
}

/** An empty value, as an unset variable of a script leaves it, is none. */
function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function threadsOf(text: string | undefined): number | undefined {
  if (text === undefined || /^[1-9]\d?$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UserError(`'${text}' is no number of threads. Write 1 to 99.`);
}

function momentOf(text: string | undefined): Instant {
  if (text === undefined) return systemClock.now();
  if (parseMoment(text)?.kind === 'instant') return text;
  throw new UserError(`'${text}' is no instant. Write a date, a time and an offset: 2026-05-20T10:00:00+02:00.`);
}
