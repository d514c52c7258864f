import type { Ask, Facts } from '../decision/Ask.js';
import { parseLines } from '../decision/cases.js';
import { decide } from '../decision/decide.js';
import { readFacts } from '../decision/readFacts.js';
import { createEngine } from '../engine.js';
import { commandArguments } from '../node/commandArguments.js';
import { diskFiles, pathFromRoot } from '../node/diskFiles.js';
import { nodeNetwork } from '../node/nodeNetwork.js';
import { gitPerson } from '../node/gitPerson.js';
import { policyFile, textOf } from '../node/policyFile.js';
import { sha256 } from '../node/sha256.js';
import { systemClock } from '../node/systemClock.js';
import { ACTIONS, type Action } from '../policy/language.js';
import { zoneOf } from '../policy/membership.js';
import { instantInWords, parseMoment, startOfDay } from '../policy/moments.js';
import { nearest } from '../policy/nearest.js';
import type { Policy } from '../policy/Policy.js';
import { UserError, type Instant, type LineSpan } from '../ports.js';
import { regionsOf } from '../regions/regionsOf.js';
import type { FileRegions } from '../regions/Region.js';
import { coverageAsJson, coverageInWords } from '../report/coverage.js';
import { decisionAsJson, decisionInWords, isRestrictive } from '../report/decision.js';
import { CLEAN, FINDINGS, type Io } from './Command.js';
import { openPolicy } from './openPolicy.js';

export const help = `devterms ask: may this person do this to this code, now?

Usage: devterms ask --file F [--who W] [--action A] [--lines a-b] [--into D] [--purpose P] [--at T]

  --file F       the file, as a path from here; it need not exist
  --who W        the person's address; left out: git's user.email
  --action A     ${ACTIONS.join(', ')};
                 left out: what covers the code, and all actions at a glance
  --lines a-b    these lines only, the first is 1; left out: the whole file
  --into D       where the code would go: a path, remote:HOST/PATH or tool:NAME
  --purpose P    what it is for, as the policy's grants name it
  --at T         when: 2026-05-20T10:00:00+02:00, or a day, from its start; left out: now
  --policy FILE  another policy than the nearest developer-terms.yaml
  --records FILE course records, and exposures: a YAML list of {person, course, passed},
                 or {records: [...], exposures: [{person, asset, at}]}; left out: what
                 the policy names under records
  --format F     text or json

Exit codes: 0 it may be done (allow or warn), 1 not, or not without a reason (deny or
justify), 2 the question could not be asked.
`;

/** Answers one question about one file; without an action, says what covers the code and what may be done. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { texts, rest } = commandArguments(args, {
    file: 'text',
    who: 'text',
    action: 'text',
    lines: 'text',
    into: 'text',
    purpose: 'text',
    at: 'text',
    policy: 'text',
    records: 'text',
    format: 'text',
  });
  if (rest.length > 0) throw new UserError(`'${rest[0]}' is no option. Name the file with --file ${rest[0]}.`);
  if (texts.file === undefined) throw new UserError('Say which file: --file PATH.');
  const format = formatOf(texts.format);
  const action = actionOf(texts.action);
  const lines = linesOf(texts.lines);
  const place = policyFile(io.cwd, texts.policy);
  const { root } = place;
  const policy = await openPolicy(place, io);
  const file = pathFromRoot(root, io.cwd, texts.file);
  if (file === undefined) throw new UserError(`${texts.file} lies outside the policy's repository.`);
  const { who, source } = await personOf(texts.who, root);
  const { facts, now } = await factsOf(texts.records, policy, root, who, texts.at !== undefined, io);
  const ask: Omit<Ask, 'action'> = {
    who,
    file,
    ...(lines === undefined ? {} : { lines }),
    ...(texts.into === undefined ? {} : { into: intoOf(texts.into, root, io.cwd) }),
    ...(texts.purpose === undefined ? {} : { purpose: texts.purpose }),
    at: texts.at === undefined ? now : momentOf(texts.at, policy, io),
  };
  const regions = await regionsOnDisk(policy, root, file);
  if (source !== undefined) io.err(`For ${who}, ${source}.\n`);

  if (action !== undefined) {
    const whole: Ask = { ...ask, action };
    const decision = decide(policy, regions, whole, facts);
    io.out(format === 'json' ? json(decisionAsJson(decision)) : decisionInWords(decision, whole, policy, io.paint));
    return isRestrictive(decision) ? FINDINGS : CLEAN;
  }
  const decisions = ACTIONS.map((each) => ({
    action: each,
    decision: decide(policy, regions, { ...ask, action: each }, facts),
  }));
  const coverage = { ask, regions, decisions };
  io.out(format === 'json' ? json(coverageAsJson(coverage)) : coverageInWords(coverage, policy, io.paint));
  return CLEAN;
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function formatOf(text = 'text'): 'text' | 'json' {
  if (text === 'text' || text === 'json') return text;
  throw new UserError(`There is no format '${text}'. Write --format text or --format json.`);
}

function actionOf(text: string | undefined): Action | undefined {
  if (text === undefined) return undefined;
  const action = ACTIONS.find((known) => known === text);
  if (action !== undefined) return action;
  const meant = nearest(text, ACTIONS);
  const hint = meant === undefined ? `Write one of ${ACTIONS.join(', ')}.` : `Did you mean '${meant}'?`;
  throw new UserError(`There is no action '${text}'. ${hint}`);
}

function linesOf(text: string | undefined): LineSpan | undefined {
  if (text === undefined) return undefined;
  const lines = parseLines(text);
  if (lines === undefined) throw new UserError(`'${text}' is no span of lines. Write --lines 12-40, or --lines 12.`);
  return lines;
}

/** A bare path is meant from where the person stands, as the file is. */
function intoOf(text: string, root: string, cwd: string): string {
  if (/^(remote|tool):/.test(text)) return text;
  const path = text.startsWith('path:') ? text.slice('path:'.length) : text;
  return pathFromRoot(root, cwd, path) ?? path;
}

async function personOf(who: string | undefined, root: string): Promise<{ who: string; source?: string }> {
  if (who !== undefined) return { who };
  const { address, source } = await gitPerson(root);
  if (address === undefined) throw new UserError(`Say who: --who ADDRESS; ${source}.`);
  return { who: address, source: `as claimed by ${source}` };
}

function momentOf(text: string, policy: Policy, io: Io): string {
  const moment = parseMoment(text);
  if (moment === undefined)
    throw new UserError(`'${text}' is no moment. Write a day (2026-05-20) or an instant (2026-05-20T10:00:00+02:00).`);
  if (moment.kind === 'instant') return text;
  const start = startOfDay(moment.day, zoneOf(policy));
  io.err(`A day is taken at its start: ${instantInWords(start, zoneOf(policy))}.\n`);
  return new Date(start).toISOString();
}

/** What the file that was named says; without one, what the policy's sources say. And the moment that it is. */
async function factsOf(
  path: string | undefined,
  policy: Policy,
  root: string,
  who: string,
  history: boolean,
  io: Io,
): Promise<{ readonly facts: Facts; readonly now: Instant }> {
  if (path === undefined) {
    const files = diskFiles(root);
    const { records, unchecked, problems, now } = await createEngine({ files, hash: sha256 }).readRecords(
      policy,
      { clock: systemClock, network: nodeNetwork() },
      { person: who, history },
    );
    for (const problem of problems) io.err(`${problem}\n`);
    return { facts: { records, unchecked, exposures: [] }, now };
  }
  const { facts, problems } = readFacts(await textOf(io.cwd, path), path);
  const [first] = problems;
  if (facts === undefined)
    throw new UserError(`${path}, line ${first?.range.start.line ?? 1}: ${first?.message ?? 'These are no records.'}`);
  return { facts, now: systemClock.now() };
}

/** The regions of a file as it is on disk, through a link too; of an empty one when there is none. */
async function regionsOnDisk(policy: Policy, root: string, file: string): Promise<FileRegions> {
  const files = diskFiles(root);
  const [bytes, target] = await Promise.all([files.read(file), files.target(file)]);
  return regionsOf(policy, file, new TextDecoder().decode(bytes ?? new Uint8Array()), target);
}
