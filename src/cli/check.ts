import { textOf } from '../node/policyFile.js';
import { commandArguments } from '../node/commandArguments.js';
import { systemClock } from '../node/systemClock.js';
import { parseMoment } from '../policy/moments.js';
import { UserError, type Instant } from '../ports.js';
import { checkAsJson, checkInWords, notesInWords } from '../report/check.js';
import type { Checked } from './check/checkStaged.js';
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
  --format F      text or json
  --quiet         no progress and no remarks, and of the findings only those that fail

A change is judged by the policy on its base side: that of the last commit for --staged, and of
the commit where the branch parted for --since. A change of the policy is judged, too.

Exit codes: 0 nothing fails (warnings pass), 1 something does, 2 it could not be checked.
`;

/** Checks what was asked for and prints what was found. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { texts, flags, rest } = commandArguments(args, {
    staged: 'flag',
    since: 'text',
    who: 'text',
    purpose: 'text',
    reason: 'text',
    message: 'text',
    'await-reason': 'flag',
    at: 'text',
    format: 'text',
    quiet: 'flag',
  });
  const format = formatOf(texts['format']);
  const isQuiet = flags.has('quiet');
  const { since } = texts;
  if (since !== undefined && flags.has('staged')) throw new UserError('Choose one: --staged or --since REV.');
  if (since === '') throw new UserError('Say since when: --since REV, such as --since origin/main.');
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
    reason: filled(texts['reason']),
    message: texts['message'] === undefined ? undefined : await textOf(io.cwd, texts['message']),
    isReasonAwaited: flags.has('await-reason'),
    at: momentOf(texts['at']),
    isQuiet,
  };
  const { result, policy } = await checked(request);
  if (!isQuiet) io.err(notesInWords(result.notes));
  io.out(
    format === 'json'
      ? `${JSON.stringify(checkAsJson(result), undefined, 2)}\n`
      : checkInWords(result, policy, io.paint, { isQuiet }),
  );
  return result.summary.fails > 0 ? FINDINGS : CLEAN;
}

/** Each way of checking is loaded when it is asked for: a hook should not wait for the others. */
async function checked(request: CheckRequest): Promise<Checked> {
  switch (request.range.kind) {
    case 'staged':
      return (await import('./check/checkStaged.js')).checkStaged(request);
    case 'since':
      return (await import('./check/checkSince.js')).checkSince(request, request.range.revision);
    case 'tree':
      return (await import('./check/checkTree.js')).checkTree(request);
  }
}

function formatOf(text = 'text'): 'text' | 'json' {
  if (text === 'text' || text === 'json') return text;
  throw new UserError(`There is no format '${text}'. Write --format text or --format json.`);
}

/** An empty value, as an unset variable of a script leaves it, is none. */
function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function momentOf(text: string | undefined): Instant {
  if (text === undefined) return systemClock.now();
  if (parseMoment(text)?.kind === 'instant') return text;
  throw new UserError(`'${text}' is no instant. Write a date, a time and an offset: 2026-05-20T10:00:00+02:00.`);
}
