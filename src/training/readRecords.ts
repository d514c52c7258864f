import type { Policy } from '../policy/Policy.js';
import { UserError, type Files } from '../ports.js';
import { readRegister, type RegisterEntry } from './readRegister.js';

/** The course records of a policy's registers, and what is wrong with them, one sentence each. */
export interface CourseRecords {
  readonly records: readonly RegisterEntry[];
  readonly problems: readonly string[];
}

/**
 * Reads the registers that a policy names (`records` of kind `file`). One that is missing or cannot be read counts for
 * nothing, and `problems` says so. Their paths are from the repository's root.
 */
export async function readRecords(policy: Pick<Policy, 'records'>, files: Pick<Files, 'read'>): Promise<CourseRecords> {
  const records: RegisterEntry[] = [];
  const problems: string[] = [];
  for (const source of policy.records) {
    if (source.kind !== 'file' || typeof source['path'] !== 'string') continue;
    const path = source['path'];
    try {
      const bytes = await files.read(path);
      if (bytes === undefined) {
        problems.push(`${path}: there is no such register. Put it there, or take it out of 'records'.`);
        continue;
      }
      const register = readRegister(path, new TextDecoder().decode(bytes));
      records.push(...register.records);
      problems.push(...register.problems);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(`${path} cannot be read. ${error.message}`);
    }
  }
  return { records, problems };
}
