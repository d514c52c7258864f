import { policyFile } from '../node/policyFile.js';
import { decodePolicy } from '../policy/decodePolicy.js';
import { parsePolicy } from '../policy/parsePolicy.js';
import type { ParsedPolicy, Policy } from '../policy/Policy.js';
import { UserError } from '../ports.js';
import { problemsInWords } from '../report/problems.js';
import type { Io } from './Command.js';

/** A policy and the folder that its paths are relative to. */
export interface OpenPolicy {
  readonly policy: Policy;
  readonly root: string;
}

/**
 * The policy that a command works with: the one at `path`, or the nearest `developer-terms.yaml`. Rejects with a
 * `UserError` when there is none or it has errors, which are printed as talk.
 */
export async function openPolicy(io: Io, path?: string): Promise<OpenPolicy> {
  const { root, file, bytes } = await policyFile(io.cwd, path);
  const { policy, problems } = readPolicy(bytes, file);
  if (policy === undefined) {
    io.err(problemsInWords(problems.filter(({ severity }) => severity === 'error')));
    throw new UserError(`${file} has errors, so that nothing can be judged by it.`);
  }
  return { policy, root };
}

/** A policy file's bytes, decoded and parsed. */
export function readPolicy(bytes: Uint8Array, file: string): ParsedPolicy {
  const decoded = decodePolicy(bytes, file);
  return 'problem' in decoded
    ? { policy: undefined, problems: [decoded.problem] }
    : parsePolicy(decoded.text, { file });
}
