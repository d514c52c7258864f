import { readCases, runCases } from '../decision/cases.js';
import { commandArguments } from '../node/commandArguments.js';
import { policyBeside, textOf } from '../node/policyFile.js';
import { UserError } from '../ports.js';
import { casesAsJson, casesInWords, type CasesRun } from '../report/cases.js';
import { problemsInWords } from '../report/problems.js';
import { CLEAN, FAILURE, FINDINGS, type Io } from './Command.js';
import { openPolicy } from './openPolicy.js';

export const help = `devterms test: run the cases of a policy

Usage: devterms test FILE... [--format text|json]

Each FILE is a NAME.cases.yaml that names its policy, a world of files, course records and
exposures, and cases: a question with the decision that the policy must give.

Exit codes: 0 every case passes, 1 some do not, 2 a file cannot be read or has errors.
`;

/** Runs the cases of every file that is named, and prints those that fail with their line. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { texts, rest } = commandArguments(args, { format: 'text' });
  const format = texts.format ?? 'text';
  if (format !== 'text' && format !== 'json')
    throw new UserError(`There is no format '${format}'. Write text or json.`);
  if (rest.length === 0) throw new UserError('Say which cases: devterms test NAME.cases.yaml.');
  const runs: CasesRun[] = [];
  let isUnreadable = false;
  for (const file of rest) {
    const run = await casesOf(file, io);
    if (run === undefined) isUnreadable = true;
    else runs.push(run);
  }
  if (runs.length > 0)
    io.out(format === 'json' ? `${JSON.stringify(casesAsJson(runs), undefined, 2)}\n` : casesInWords(runs, io.paint));
  if (isUnreadable) return FAILURE;
  return runs.some(({ results }) => results.some(({ differences }) => differences.length > 0)) ? FINDINGS : CLEAN;
}

/** The results of one file; undefined, with the problems printed, when it has errors. */
async function casesOf(file: string, io: Io): Promise<CasesRun | undefined> {
  const { cases, problems } = readCases(await textOf(io.cwd, file), file);
  if (cases === undefined) {
    io.err(problemsInWords(problems));
    return undefined;
  }
  const policy = await openPolicy(policyBeside(io.cwd, file, cases.policy), io);
  return { file, results: runCases(cases, policy) };
}
