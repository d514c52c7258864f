import { execFile } from 'node:child_process';
import type { Person } from '../ports.js';

/** git answers from its configuration files at once; longer than this (ms) and something is wrong with it. */
const PATIENCE_MS = 5_000;

/**
 * The person that git would put into a commit of the repository at `root`: its `user.email`. Never rejects: without git,
 * or without an address, the person is unknown and `source` says why. As `author`, whoever git says a commit is made for.
 */
export function gitPerson(root: string, as: 'person' | 'author' = 'person'): Promise<Person> {
  // git tells its hooks whose commit is being made, which need not be whoever types.
  const author = as === 'author' ? process.env['GIT_AUTHOR_EMAIL'] : undefined;
  if (author !== undefined && author !== '') return Promise.resolve({ address: author, source: "the commit's author" });
  return new Promise((resolve) => {
    execFile('git', ['config', '--get', 'user.email'], { cwd: root, timeout: PATIENCE_MS }, (error, stdout) => {
      const address = stdout.trim();
      if (error === null && address !== '') resolve({ address, source: "git's user.email" });
      else if (error?.code === 'ENOENT') resolve({ address: undefined, source: 'git was not found on this machine' });
      else resolve({ address: undefined, source: "git's user.email is not set for this repository" });
    });
  });
}
