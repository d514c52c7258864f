import { createEngine } from '../../engine.js';
import { diskFiles } from '../../node/diskFiles.js';
import type { PolicyFile } from '../../node/policyFile.js';
import { sha256 } from '../../node/sha256.js';
import type { Policy } from '../../policy/Policy.js';
import type { Problem } from '../../policy/Problem.js';
import { UserError } from '../../ports.js';
import { problemsInWords } from '../../report/problems.js';
import type { Io } from '../Command.js';

/** The policy on disk, the hash of its file, and its warnings. Rejects with a `UserError` when it has errors, which are printed as talk. */
export async function openJudgingPolicy(
  { folder, file }: PolicyFile,
  io: Io,
): Promise<{ readonly policy: Policy; readonly sha256: string; readonly problems: readonly Problem[] }> {
  const reading = await createEngine({ files: diskFiles(folder), hash: sha256 }).readPolicy(file);
  if (reading.kind === 'parsed' && reading.parsed.policy !== undefined)
    return { policy: reading.parsed.policy, sha256: reading.sha256, problems: reading.parsed.problems };
  const problems =
    reading.kind === 'parsed' ? reading.parsed.problems : reading.kind === 'unreadable' ? [reading.problem] : [];
  io.err(problemsInWords(problems.filter(({ severity }) => severity === 'error')));
  throw new UserError(`${file} has errors, so that nothing can be judged by it.`);
}
