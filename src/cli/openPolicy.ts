import { createEngine } from '../engine.js';
import { diskFiles } from '../node/diskFiles.js';
import type { PolicyFile } from '../node/policyFile.js';
import { sha256 } from '../node/sha256.js';
import type { ParsedPolicy, Policy } from '../policy/Policy.js';
import { UserError } from '../ports.js';
import { problemsInWords } from '../report/problems.js';
import type { Io } from './Command.js';

/** A policy with everything it extends, and its problems. Rejects with a `UserError` when there is no such file. */
export async function readPolicy({ folder, file }: PolicyFile): Promise<ParsedPolicy> {
  const reading = await createEngine({ files: diskFiles(folder), hash: sha256 }).readPolicy(file);
  switch (reading.kind) {
    case 'missing':
      throw new UserError(`There is no file ${file}.`);
    case 'unreadable':
      return { policy: undefined, problems: [reading.problem] };
    case 'parsed':
      return reading.parsed;
  }
}

/** A policy to judge by. Rejects with a `UserError` when it has errors, which are printed as talk. */
export async function openPolicy(place: PolicyFile, io: Io): Promise<Policy> {
  const { policy, problems } = await readPolicy(place);
  if (policy !== undefined) return policy;
  io.err(problemsInWords(problems.filter(({ severity }) => severity === 'error')));
  throw new UserError(`${place.file} has errors, so that nothing can be judged by it.`);
}
