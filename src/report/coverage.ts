/** What covers some code, and what one person may do with it, at a glance. */
import type { Ask } from '../decision/Ask.js';
import type { Decision } from '../decision/Decision.js';
import type { Action, PolicyContent } from '../policy/language.js';
import { zoneOf } from '../policy/membership.js';
import { instantInWords, parseInstant } from '../policy/moments.js';
import { assetsAt } from '../regions/assetsAt.js';
import type { FileRegions, Region } from '../regions/Region.js';
import { codeInWords, decisionAsJson } from './decision.js';
import { PLAIN, type Paint } from './paint.js';

export interface Coverage {
  readonly ask: Omit<Ask, 'action'>;
  readonly regions: FileRegions;
  /** One decision an action. */
  readonly decisions: readonly { readonly action: Action; readonly decision: Decision }[];
}

/** The assets that cover the lines, whose they are and how they cover them; then each action with its answer. */
export function coverageInWords(coverage: Coverage, policy: PolicyContent, paint: Paint = PLAIN): string {
  const { ask, regions, decisions } = coverage;
  const covering = assetsAt(regions, ask.lines);
  const code = codeInWords(ask);
  const lines =
    covering.length === 0
      ? [`No asset covers ${code}.`]
      : [`${code} is covered by:`, ...covering.map((region) => `  - ${regionInWords(region, policy, paint)}`)];
  for (const { range, message } of regions.problems) lines.push(`Line ${range.start.line}: ${message}`);
  const epoch = parseInstant(ask.at);
  const when = epoch === undefined ? ask.at : instantInWords(epoch, zoneOf(policy));
  lines.push(
    '',
    paint.bold(`${ask.who}, ${when}${ask.purpose === undefined ? '' : `, for the purpose ${ask.purpose}`}:`),
  );
  for (const { action, decision } of decisions) {
    const answer = {
      allow: paint.good('yes'),
      warn: paint.warning('warned'),
      justify: paint.warning('reason'),
      deny: paint.bad('no'),
    };
    lines.push(`  ${action.padEnd(8)} ${answer[decision.effect].padEnd(8)} ${paint.faint(decision.rules.join(', '))}`);
  }
  return `${lines.join('\n')}\n`;
}

export function coverageAsJson({ ask, regions, decisions }: Coverage): object {
  return {
    file: ask.file,
    lines: ask.lines,
    who: ask.who,
    at: ask.at,
    regions: assetsAt(regions, ask.lines),
    decisions: Object.fromEntries(decisions.map(({ action, decision }) => [action, decisionAsJson(decision)])),
  };
}

function regionInWords(region: Region, policy: PolicyContent, paint: Paint): string {
  const how = { path: 'by its path', 'file-marker': 'by a marker for the whole file', marker: 'by markers' }[region.by];
  const where = region.by === 'marker' ? `, lines ${region.lines.start}–${region.lines.end}` : '';
  const asset = policy.assets.find(({ id }) => id === region.asset);
  if (asset === undefined)
    return `${paint.bold(region.asset === '' ? 'a marker without an asset' : region.asset)}, which the policy does not know, ${how}${where}`;
  const owners = asset.owner.map((id) => policy.parties.find((party) => party.id === id)?.name ?? id).join(' and ');
  const label = policy.tiers.find(({ name }) => name === asset.tier)?.label;
  return `${paint.bold(asset.id)} of ${owners}, ${label === undefined ? asset.tier : `${label} (${asset.tier})`}, ${how}${where}${asset.about === undefined ? '' : `: ${asset.about}`}`;
}
