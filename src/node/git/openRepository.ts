import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../ports.js';
import { runGit } from './runGit.js';

/** A repository with files checked out. */
export interface Repository {
  /** Its top folder, absolute. */
  readonly top: string;
  /** The folder that holds its data, absolute. */
  readonly gitDir: string;
  /** Commits whose parents a shallow clone left out, in hex; empty for a whole clone. */
  readonly shallow: ReadonlySet<string>;
}

/** What to do about a history that is not all there, in words. */
export const FETCH_ALL =
  'Fetch all of the history: fetch-depth: 0 (GitHub Actions), GIT_DEPTH: 0 (GitLab), fetchDepth: 0 (Azure), or git fetch --unshallow.';

/** The repository that a folder lies in. Rejects with a `UserError` where there is none, or none with files. */
export async function openRepository(cwd: string): Promise<Repository> {
  const words = ['--is-bare-repository', '--is-inside-work-tree', '--absolute-git-dir', '--show-toplevel'];
  const { code, stdout, stderr } = await runGit(cwd, ['rev-parse', ...words]);
  const [isBare, isInside, gitDir = '', ...top] = stdout.toString().replace(/\n$/, '').split('\n');
  if (isBare === 'true')
    throw new UserError('This repository is bare: it holds no files and nothing is staged in it. Check a clone of it.');
  if (isInside === 'false')
    throw new UserError("This is a repository's own folder, not the files in it. Go to where the files are.");
  if (code !== 0) {
    if (/dubious ownership|safe\.directory/.test(stderr))
      throw new UserError(
        `git does not trust this repository, since another user owns it. ${stderr.split('\n').at(-1)?.trim() ?? ''}`,
      );
    throw new UserError(
      'This folder is in no git repository. Leave --staged and --since out to check the files as they are.',
    );
  }
  return { top: top.join('\n'), gitDir, shallow: shallowCommits(gitDir) };
}

function shallowCommits(gitDir: string): ReadonlySet<string> {
  for (const folder of [gitDir, commonDir(gitDir)]) {
    try {
      return new Set(
        readFileSync(join(folder, 'shallow'), 'utf8')
          .split('\n')
          .filter((id) => id !== ''),
      );
    } catch {
      // A whole clone has no such file.
    }
  }
  return new Set();
}

/** Where a linked worktree's repository keeps what all its worktrees share. */
function commonDir(gitDir: string): string {
  try {
    return join(gitDir, readFileSync(join(gitDir, 'commondir'), 'utf8').trim());
  } catch {
    return gitDir;
  }
}
