import { MarkdownString } from 'vscode';
import { momentInWords } from '../policy/moments.js';
import type { ExplainedAsset, ExplainedRule, Explanation } from '../report/explainRegions.js';
import { headline, ownership, permissions } from '../report/explanationText.js';
import { escapeMarkdown } from './escapeMarkdown.js';
import { COMMANDS } from './names.js';

/** How many further rules a hover names before it points to the details: more would not fit without scrolling. */
const ALSO_SHOWN = 2;
/** Longer sentences (in characters) are cut in the hover, so that whom to ask stays in view; the details have all of them. */
const LONGEST_SHOWN = 240;
const BREAK = '  \n';

/** Where the hover's links lead: the lines it explains, and the file they are in. */
export interface HoverTarget {
  readonly uri: string;
  /** 1-based. */
  readonly line: number;
}

/**
 * The hover over covered lines. Everything that comes from the policy is escaped; only our own commands are enabled; no
 * text of the file is in it.
 */
export function hoverMarkdown(explanation: Explanation, target: HoverTarget): MarkdownString {
  const markdown = new MarkdownString('', true);
  markdown.isTrusted = { enabledCommands: [COMMANDS.openClause, COMMANDS.showDetails, COMMANDS.askContact] };
  const { main } = explanation;
  const [innermost, ...others] = explanation.assets;

  const paragraphs: string[] = [`**${escapeMarkdown(headline(explanation))}** ${icon(explanation)}`];
  if (innermost !== undefined) {
    paragraphs.push([assetLine(innermost, true), ...others.map((asset) => assetLine(asset, false))].join(BREAK));
  }
  paragraphs.push(
    permissions(explanation)
      .map((row) => `**${row.label}** ${escapeMarkdown(row.words)}.`)
      .join(BREAK),
  );
  if (main !== undefined) paragraphs.push(ruleLines(main, target).join(BREAK));
  // Before the further rules: whom to ask has to be seen without scrolling, they are in the details as well.
  paragraphs.push(links(explanation, target));
  const also = explanation.also.filter((rule) => rule.what !== undefined);
  if (also.length > 0) {
    const shown = also.slice(0, ALSO_SHOWN).map((rule) => {
      const clause = rule.clause === undefined ? '' : ` \\(${escapeMarkdown(`clause ${rule.clause}`)}\\)`;
      return `**Also** ${escapeMarkdown(rule.what ?? '')}${clause}`;
    });
    const rest = also.length - ALSO_SHOWN;
    if (rest > 0) shown.push(`and ${rest} more in the details`);
    paragraphs.push(shown.join(BREAK));
  }
  markdown.value = paragraphs.join('\n\n');
  return markdown;
}

function icon(explanation: Explanation): string {
  return explanation.access === 'open to you' ? '$(unlock)' : '$(lock)';
}

/** The innermost asset is described; for those around it the name is enough. */
function assetLine(asset: ExplainedAsset, described: boolean): string {
  const name = asset.id === '' ? '' : `**${escapeMarkdown(asset.id)}** — `;
  const about = asset.about === undefined || !described ? '' : ` ${escapeMarkdown(asset.about)}`;
  return `${name}${escapeMarkdown(ownership(asset))}${about}`;
}

function ruleLines(rule: ExplainedRule, target: HoverTarget): string[] {
  const lines: string[] = [];
  if (rule.clause !== undefined) {
    const words = rule.heading === undefined ? rule.clause : `${rule.clause} ${rule.heading}`;
    const link = commandLink(COMMANDS.openClause, [target.uri, rule.clause]);
    lines.push(`**Clause** [${escapeMarkdown(words)}](${link} "Open this clause in the policy")`);
  }
  if (rule.what !== undefined) lines.push(`**What** ${escapeMarkdown(shortened(rule.what))}`);
  // Before the reason, which may be long: a hover shows about eleven lines without scrolling.
  if (rule.instead !== undefined) lines.push(`**Instead** ${escapeMarkdown(shortened(rule.instead))}`);
  if (rule.why !== undefined) lines.push(`**Why** ${escapeMarkdown(shortened(rule.why))}`);
  return lines;
}

/** The text, or its first words with an ellipsis. */
function shortened(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  const space = text.lastIndexOf(' ', LONGEST_SHOWN);
  return `${text.slice(0, space > 0 ? space : LONGEST_SHOWN)} …`;
}

function links(explanation: Explanation, target: HoverTarget): string {
  const parts: string[] = [];
  if (explanation.contact !== undefined) {
    const link = commandLink(COMMANDS.askContact, [target.uri, target.line]);
    parts.push(`**Ask** [${escapeMarkdown(explanation.contact)}](${link} "Write to this contact")`);
  }
  if (explanation.main?.until !== undefined) {
    parts.push(`**Until** ${escapeMarkdown(momentInWords(explanation.main.until, explanation.zone))}`);
  }
  const details = commandLink(COMMANDS.showDetails, [target.uri, target.line]);
  parts.push(`[Details](${details} "Every rule that applies to these lines")`);
  return parts.join(' · ');
}

/** A command link; the arguments are JSON, percent-encoded so that no bracket or quote of a file name can end the link. */
function commandLink(command: string, args: readonly unknown[]): string {
  const encoded = encodeURIComponent(JSON.stringify(args)).replace(
    /[()'!*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `command:${command}?${encoded}`;
}
