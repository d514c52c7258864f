import { commandArguments } from '../node/commandArguments.js';
import { findHooks, type HookPlace } from '../node/hooks/findHooks.js';
import { EARLIER } from '../node/hooks/hookScript.js';
import { hookStates, installHooks, uninstallHooks, type HookChange } from '../node/hooks/installHooks.js';
import { isThere, absolutePath } from '../node/treeFiles.js';
import { UserError } from '../ports.js';
import { CLEAN, FAILURE, FINDINGS, type Io } from './Command.js';

export const help = `devterms hooks: the same check at every commit

Usage: devterms hooks install [--force]
       devterms hooks uninstall [--force]
       devterms hooks status

  install    puts a pre-commit hook in place, which judges what is staged, and a commit-msg hook,
             which looks for the reason in the message. Hooks that are there already are kept and
             run afterwards; with husky, lines are added to .husky/pre-commit and
             .husky/commit-msg; for lefthook and pre-commit the lines for their file are shown
  uninstall  takes them out and leaves what was there before
  status     says what is in place, and ends with 1 when something is missing
  --force    also where core.hooksPath leads to a folder that serves other repositories, and
             also where lefthook or pre-commit will write their own hooks over ours

A hook runs devterms from node_modules/.bin, else from the PATH, and stops the commit when there
is none. git commit --no-verify skips hooks: what has to hold is to be checked in CI as well.

Exit codes: 0 done; 1 status: not all is in place; 2 it could not be done.
`;

/** Runs `devterms hooks SUBCOMMAND`. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const [name, ...others] = args;
  const { flags, rest } = commandArguments(others, name === 'status' ? {} : { force: 'flag' });
  if (rest.length > 0) throw new UserError(`'${rest[0]}' is one word too many.`);
  switch (name) {
    case 'install':
      return install(await findHooks(io.cwd), flags.has('force'), io);
    case 'uninstall':
      return uninstall(await findHooks(io.cwd), flags.has('force'), io);
    case 'status':
      return status(await findHooks(io.cwd), io);
    default:
      throw new UserError(
        `${name === undefined ? 'Say what to do' : `There is no 'hooks ${name}'`}: install, uninstall or status.`,
      );
  }
}

function install(place: HookPlace, isForced: boolean, io: Io): number {
  if (!isForced) {
    refuseShared(place, 'install');
    if (place.by.kind === 'lefthook' || place.by.kind === 'pre-commit') return showLines(place, place.by, io);
  }
  const changes = installHooks(place);
  io.out(changes.map((change) => installedInWords(change, place)).join(''));
  if (place.by.kind === 'husky' && !place.by.isActive)
    io.err('husky itself is not set up in this clone, so git does not run these yet: npm install, or npx husky.\n');
  if (!isThere(absolutePath(place.root, 'node_modules/.bin/devterms')))
    io.err(
      'devterms is not in node_modules/.bin here: npm install --save-dev developer-terms, or have it on the PATH.\n',
    );
  return CLEAN;
}

function installedInWords({ name, did, chains }: HookChange, { by, folder }: HookPlace): string {
  const where = by.kind === 'husky' ? `${folder}/${name}` : folder;
  if (did === 'nothing') return `${name}: is in place already.\n`;
  const after = chains
    ? by.kind === 'husky'
      ? ' What was there is run afterwards.'
      : ` The hook that was there is kept as ${name}${EARLIER}, and run afterwards.`
    : '';
  return `${name}: ${did} in ${where}.${after}\n`;
}

function uninstall(place: HookPlace, isForced: boolean, io: Io): number {
  if (!isForced) refuseShared(place, 'uninstall');
  for (const { name, did, chains } of uninstallHooks(place)) {
    if (did === 'removed') io.out(`${name}: removed.${chains ? ' What was there before is back.' : ''}\n`);
    else if (did === 'left') io.out(`${name}: is not ours, and was left as it is.\n`);
    else io.out(`${name}: was not there.\n`);
  }
  if ('namesUs' in place.by && place.by.namesUs)
    io.err(`${place.by.config} names devterms. Take those lines out yourself.\n`);
  return CLEAN;
}

function status(place: HookPlace, io: Io): number {
  const { by, root, folder } = place;
  const runner = by.kind === 'git' ? 'git' : by.kind;
  io.out(`Hooks of ${root}, run by ${runner} from ${folder}\n`);
  if (place.sharedBy !== undefined) io.out(`  ${sharedInWords(place.sharedBy)}\n`);
  const states = hookStates(place);
  const words = { ours: 'in place', outdated: 'in place, of another version', other: 'another hook', none: 'none' };
  const isNamed = 'namesUs' in by && by.namesUs;
  for (const { name, is, chains } of states)
    io.out(`  ${name.padEnd(11)}${words[is]}${chains ? '; runs the earlier hook afterwards' : ''}\n`);
  if ('namesUs' in by) io.out(`  ${by.config} ${by.namesUs ? 'names devterms' : 'does not name devterms'}\n`);
  if (by.kind === 'husky' && !by.isActive) io.out('  husky is not set up in this clone: npm install, or npx husky\n');
  const isActive = by.kind !== 'husky' || by.isActive;
  const isAll = isNamed || states.every(({ is }) => is === 'ours');
  if (isAll && isActive) return CLEAN;
  io.err('Not all is in place: devterms hooks install\n');
  return FINDINGS;
}

/** A folder that other repositories use as well is written to only when somebody says so. */
function refuseShared({ sharedBy, folder }: HookPlace, what: string): void {
  if (sharedBy === undefined) return;
  throw new UserError(
    `${sharedInWords(sharedBy)} What is in ${folder} runs in other repositories too. ` +
      `To ${what} there all the same: devterms hooks ${what} --force. ` +
      'For this repository alone: git config core.hooksPath .githooks, and try again.',
  );
}

function sharedInWords({ scope, value }: NonNullable<HookPlace['sharedBy']>): string {
  return `core.hooksPath is '${value}', set in git's ${scope === '' ? '' : `${scope} `}configuration.`;
}

function showLines(
  { root }: HookPlace,
  by: { readonly kind: 'lefthook' | 'pre-commit'; readonly config: string; readonly namesUs: boolean },
  io: Io,
): number {
  if (by.namesUs) {
    io.out(`${by.config} names devterms already: nothing to do.\n`);
    return CLEAN;
  }
  const isLocal = isThere(absolutePath(root, 'node_modules/.bin/devterms'));
  const devterms = isLocal ? './node_modules/.bin/devterms' : 'devterms';
  io.err(
    `${by.kind} runs the hooks here and writes them anew, so ours belong into its file. Nothing was changed.\n` +
      `Add to ${by.config}${by.kind === 'lefthook' ? ', then: lefthook install' : ', then: pre-commit install --hook-type pre-commit --hook-type commit-msg'}\n`,
  );
  io.out(by.kind === 'lefthook' ? lefthookLines(devterms) : frameworkLines(devterms));
  return FAILURE;
}

function lefthookLines(devterms: string): string {
  return `pre-commit:
  commands:
    devterms:
      run: ${devterms} check --staged --await-reason
commit-msg:
  commands:
    devterms:
      run: ${devterms} check --staged --quiet --message {1}
`;
}

function frameworkLines(devterms: string): string {
  return `repos:
  - repo: local
    hooks:
      - id: devterms
        name: developer terms
        entry: ${devterms} check --staged --await-reason
        language: system
        pass_filenames: false
        always_run: true
        stages: [pre-commit]
      - id: devterms-reason
        name: developer terms, reason
        entry: ${devterms} check --staged --quiet --message
        language: system
        always_run: true
        stages: [commit-msg]
`;
}
