import { createEngine } from '../engine.js';
import { commandArguments } from '../node/commandArguments.js';
import { diskFiles } from '../node/diskFiles.js';
import { gitPerson } from '../node/gitPerson.js';
import { nodeNetwork } from '../node/nodeNetwork.js';
import { policyFile } from '../node/policyFile.js';
import { sha256 } from '../node/sha256.js';
import { systemClock } from '../node/systemClock.js';
import { foldAddress } from '../policy/addresses.js';
import { zoneOf } from '../policy/membership.js';
import { beginning, parseMoment } from '../policy/moments.js';
import { UserError } from '../ports.js';
import {
  isShut,
  standingsInWords,
  trainingAsCsv,
  trainingAsJson,
  trainingInWords,
  type TrainingReport,
} from '../report/training.js';
import { courseStandings } from '../training/courseStandings.js';
import { CLEAN, FINDINGS, type Io } from './Command.js';
import { openPolicy } from './openPolicy.js';
import { Progress } from './Progress.js';

export const help = `devterms training: where people stand in the courses that come before access

Usage: devterms training [--who W] [--at T] [--format text|csv|json]
       devterms training --all [--at T] [--format text|csv|json]

  --who W        one person; left out: git's user.email
  --all          everybody in the policy's teams × the courses that bind them, and who is due
                 again within 30 days
  --at T         when: a day, from its start, or an instant; left out: now
  --refresh      asks record stores again, however recently they were asked
  --policy FILE  another policy than the nearest developer-terms.yaml
  --format F     text, csv (a row for each person and course) or json

Records come from the sources that the policy names. A record store is asked only with

  DEVTERMS_XAPI_ENDPOINT  the endpoint that you agree to; a policy that names another gets nothing
  DEVTERMS_XAPI_USER, DEVTERMS_XAPI_PASSWORD, or DEVTERMS_XAPI_TOKEN

in the environment; for a second store the same names with _2 behind them, and so on. What a
store said is kept in the cache folder of this person: a minute for one person, ten for all.

Exit codes: 0 every course that binds them is passed; 1 one is missing, expired or could not be
checked; 2 the question could not be answered.
`;

/** Prints the standing of one person, or of everybody. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { texts, flags, rest } = commandArguments(args, {
    who: 'text',
    all: 'flag',
    at: 'text',
    refresh: 'flag',
    policy: 'text',
    format: 'text',
  });
  if (rest.length > 0) throw new UserError(`'${rest[0]}' is no option. Name a person with --who ${rest[0]}.`);
  const format = texts.format ?? 'text';
  if (format !== 'text' && format !== 'csv' && format !== 'json')
    throw new UserError(`There is no format '${format}'. Write text, csv or json.`);
  const all = flags.has('all');
  if (all && texts.who !== undefined)
    throw new UserError('Ask for one person (--who) or for all (--all), not for both.');
  const place = policyFile(io.cwd, texts.policy);
  const policy = await openPolicy(place, io);
  const zone = zoneOf(policy);
  const person = all ? undefined : foldAddress(texts.who ?? (await someone(place.root)));
  const moment = texts.at === undefined ? undefined : parseMoment(texts.at);
  if (texts.at !== undefined && moment === undefined)
    throw new UserError(
      `'${texts.at}' is no moment. Write a day (2026-05-20) or an instant (2026-05-20T10:00:00+02:00).`,
    );

  const progress = new Progress(io, undefined);
  const records = await createEngine({ files: diskFiles(place.root), hash: sha256 }).readRecords(
    policy,
    { clock: systemClock, network: nodeNetwork() },
    {
      ...(person === undefined ? {} : { person }),
      history: texts.at !== undefined,
      ...(flags.has('refresh') ? { maxAge: 0 } : {}),
      onProgress: (endpoint, statements) =>
        progress.at(0, `${statements.toLocaleString('en-US')} statements from ${endpoint}`),
    },
  );
  progress.end();
  for (const problem of records.problems) io.err(`${problem}\n`);

  const at = moment === undefined ? Date.parse(records.now) : beginning(moment, zone);
  const table = courseStandings(policy, records, at, person);
  const report: TrainingReport = { table, records, at, zone };
  if (format === 'json') io.out(`${JSON.stringify(trainingAsJson(report), undefined, 2)}\n`);
  else if (format === 'csv') io.out(trainingAsCsv(report));
  else io.out(person === undefined ? trainingInWords(report, io.paint) : standingsInWords(person, report, io.paint));
  return table.standings.some(isShut) ? FINDINGS : CLEAN;
}

async function someone(root: string): Promise<string> {
  const { address, source } = await gitPerson(root);
  if (address === undefined) throw new UserError(`Say who: --who ADDRESS, or --all; ${source}.`);
  return address;
}
