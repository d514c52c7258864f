import type * as vscode from 'vscode';
import type { CopyOrigin } from '../../changes/CopyLedger.js';
import type { Policy } from '../../policy/Policy.js';
import type { LineSpan } from '../../ports.js';
import { assetsAt } from '../../regions/assetsAt.js';
import type { FileRegions, Region } from '../../regions/Region.js';
import type { CoveredDocument } from '../DocumentRegions.js';

/** The lines that a selection takes something of; an empty one stands for its whole line, as copying has it. */
export function linesOfRange({ start, end }: vscode.Range): LineSpan {
  // A selection that ends before the first character of a line takes nothing of it.
  const last = end.line > start.line && end.character === 0 ? end.line - 1 : end.line;
  return { start: start.line + 1, end: last + 1 };
}

/** The covered lines that these ranges of a document meet, and the assets that cover them; undefined when none are. */
export function originOf(
  { folder, policy, path, regions }: CoveredDocument,
  ranges: readonly vscode.Range[],
): CopyOrigin | undefined {
  const met = ranges.flatMap((range) => {
    const span = linesOfRange(range);
    return assetsAt(regions, span).map((region) => ({ region, lines: within(region, span) }));
  });
  if (met.length === 0) return undefined;
  return {
    root: folder.root.toString(),
    agreement: policy.agreement.id,
    path,
    lines: {
      start: Math.min(...met.map(({ lines }) => lines.start)),
      end: Math.max(...met.map(({ lines }) => lines.end)),
    },
    assets: [...new Set(met.map(({ region }) => region.asset))].sort(),
  };
}

function within({ by, lines, unclosed }: Region, span: LineSpan): LineSpan {
  if (by !== 'marker') return span;
  return {
    start: Math.max(lines.start, span.start),
    end: unclosed === true ? span.end : Math.min(lines.end, span.end),
  };
}

/** The regions that a question about these lines of an origin is asked of: they are covered by these assets and no others. */
export function regionsOfOrigin(
  policy: Policy,
  { path, lines }: Pick<CopyOrigin, 'path' | 'lines'>,
  assets: readonly string[],
): FileRegions {
  const known = new Set(policy.assets.map(({ id }) => id));
  return {
    path,
    regions: assets.map((asset) => ({ asset, known: known.has(asset), by: 'marker', lines })),
    problems: [],
  };
}
