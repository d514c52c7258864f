import type { PolicyInForce } from '../policy/PolicyInForce.js';
import { counted } from './words.js';

/** The state of one folder's terms, in words for a status bar and for a screen reader. */
export interface PolicyStatus {
  /** A few words, without icons. */
  readonly short: string;
  /** One or two sentences. */
  readonly long: string;
  /** `fine`: in force; `attention`: in force, with problems to look at; `broken`: the file cannot be used. */
  readonly level: 'fine' | 'attention' | 'broken';
}

/** Says what is in force and, where the file cannot be used, that the last good policy still is, or that nothing is. */
export function policyStatus(state: PolicyInForce): PolicyStatus {
  const count = (severity: string): number => state.problems.filter((problem) => problem.severity === severity).length;
  const errors = count('error');
  const warnings = count('warning');
  if (state.stale !== undefined) {
    const cause = {
      invalid: `developer-terms.yaml has ${counted(errors, 'error')}`,
      missing: 'developer-terms.yaml is gone',
      unreadable: 'developer-terms.yaml cannot be read',
    }[state.stale];
    return state.policy === undefined
      ? {
          short: 'Terms: not in force',
          long: `${cause}, and there is no earlier policy to fall back on. Nothing is guarded until the file is mended.`,
          level: 'broken',
        }
      : {
          short: 'Terms: last good policy',
          long: `${cause}. The last good policy stays in force until the file is mended.`,
          level: 'broken',
        };
  }
  const title = state.policy?.agreement.title ?? '';
  if (warnings > 0) {
    return {
      short: `Terms: ${counted(warnings, 'warning')}`,
      long: `${title} is in force. The policy has ${counted(warnings, 'warning')}.`,
      level: 'attention',
    };
  }
  return { short: 'Terms', long: `${title} is in force.`, level: 'fine' };
}
