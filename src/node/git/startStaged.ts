import type { Person } from '../../ports.js';
import { gitPerson } from '../gitPerson.js';
import { stagedChanges } from './changes.js';
import { ObjectReader } from './ObjectReader.js';
import { openRepository, type Repository } from './openRepository.js';
import type { RawChange } from './rawDiff.js';

/** What git was asked as soon as it was clear that something would be needed of it. The reader has to be closed. */
export interface StartedGit {
  readonly reader: ObjectReader;
  readonly repository: Promise<Repository>;
  /** What is staged against the last commit; undefined where git could not say, as before the first commit. */
  readonly staged: Promise<readonly RawChange[] | undefined>;
  readonly person: Promise<Person>;
}

/**
 * Asks git about what is staged in the repository of a folder, all at once: in a large repository its answer takes as long as loading the
 * rest of the program, and neither has to wait for the other.
 */
export function startStaged(cwd: string): StartedGit {
  const reader = new ObjectReader(cwd);
  const staged = stagedChanges(cwd, 'HEAD').catch(() => undefined);
  reader.start();
  const repository = openRepository(cwd);
  // Nobody may be listening yet when it turns out that there is none.
  repository.catch(() => undefined);
  return { reader, repository, staged, person: gitPerson(cwd, 'author') };
}
