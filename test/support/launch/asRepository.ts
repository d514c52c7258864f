import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who works in a repository, as git knows them. */
export interface RepositoryPerson {
  readonly name: string;
  readonly email: string;
}

/**
 * Makes a folder a git repository in which a person works and everything is committed, so that the editor knows who is there
 * and shows no file as new. Returns false, having changed nothing that matters, where git is not installed.
 */
export async function asRepository(folder: string, person: RepositoryPerson): Promise<boolean> {
  const git = (...args: string[]): Promise<unknown> => run('git', ['-C', folder, ...args]);
  try {
    await git('init', '--quiet', '--initial-branch', 'main');
    await git('config', 'user.name', person.name);
    await git('config', 'user.email', person.email);
    await git('add', '--all');
    await git(
      '-c',
      'commit.gpgsign=false',
      'commit',
      '--quiet',
      '--no-verify',
      '--message',
      'The co-build as it stands',
    );
    return true;
  } catch {
    return false;
  }
}
