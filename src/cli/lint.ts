import { commandArguments } from '../node/commandArguments.js';
import { folderFiles } from '../node/folderFiles.js';
import { gitFiles } from '../node/gitFiles.js';
import { systemClock } from '../node/systemClock.js';
import { policyFile } from '../node/policyFile.js';
import { UserError } from '../ports.js';
import { policyWarningsAt } from '../policy/warningsAt.js';
import { warningsInTree } from '../policy/warningsInTree.js';
import { filesOfAssets } from '../regions/filesOfAssets.js';
import { treeOf } from '../regions/treeOf.js';
import { problemsForGithub, problemsInWords } from '../report/problems.js';
import { CLEAN, FAILURE, FINDINGS, type Io } from './Command.js';
import { readPolicy } from './openPolicy.js';

export const help = `devterms lint: problems of a policy, and what its patterns match in this tree

Usage: devterms lint [FILE] [--format text|json|github]

FILE is the nearest developer-terms.yaml when left out. The tree is what git tracks or would
track; outside git it is every file below the policy's folder.

Exit codes: 0 nothing found, 1 warnings, 2 errors: the policy cannot be used.
`;

/** Prints every problem of a policy, and for each asset how many files its paths cover. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { texts, rest } = commandArguments(args, { format: 'text' });
  const format = texts.format ?? 'text';
  if (format !== 'text' && format !== 'json' && format !== 'github')
    throw new UserError(`There is no format '${format}'. Write text, json or github.`);
  if (rest.length > 1) throw new UserError('One policy at a time: devterms lint FILE.');
  const place = policyFile(io.cwd, rest[0]);
  const { root, file } = place;
  const { policy, problems } = await readPolicy(place);
  const paths = policy === undefined ? [] : ((await gitFiles(root)) ?? (await folderFiles(root)));
  const all =
    policy === undefined
      ? problems
      : [...problems, ...policyWarningsAt(policy, systemClock.now()), ...warningsInTree(policy, treeOf(paths))];
  const reach = policy === undefined ? [] : filesOfAssets(policy, paths);

  if (format === 'github') io.out(problemsForGithub(all));
  else if (format === 'json') io.out(`${JSON.stringify({ file, problems: all, assets: reach }, undefined, 2)}\n`);
  else {
    io.out(problemsInWords(all, io.paint));
    for (const { asset, files } of reach)
      io.out(
        `${asset}: ${files === 0 ? 'no file by its paths' : files === 1 ? '1 file' : `${files.toLocaleString('en-US')} files`}\n`,
      );
    io.err(`${file}: ${count(all.length, 'problem')}, ${count(paths.length, 'file')} in the tree.\n`);
  }
  if (policy === undefined) return FAILURE;
  return all.some(({ severity }) => severity !== 'notice') ? FINDINGS : CLEAN;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
