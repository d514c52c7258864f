import type { ExplainedCopy } from '../changes/RepositoryCopies.js';
import type { Decision } from '../decision/Decision.js';
import type { Action } from '../policy/language.js';
import type { Policy } from '../policy/Policy.js';
import type { FolderTerms } from './FolderTerms.js';

/** May the person at hand do this to the origin of a copy, now? `into` is where the copy stands, '' where it has no path. */
export function originDecision(
  folder: FolderTerms,
  policy: Policy,
  copy: ExplainedCopy,
  action: Action,
  into?: string,
): Decision {
  const known = new Set(policy.assets.map(({ id }) => id));
  const { path } = copy.origin;
  const regions = copy.assets.map((asset) => ({
    ...{ asset, known: known.has(asset), by: 'marker' as const },
    lines: copy.from,
  }));
  return folder.decide(
    policy,
    { path, regions, problems: [] },
    { action, lines: copy.from, ...(into === undefined || into === '' ? {} : { into }) },
  );
}
