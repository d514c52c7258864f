import { MarkdownString } from 'vscode';
import { momentInWords } from '../policy/moments.js';
import type { ExplainedAsset, ExplainedRule, Explanation } from '../report/explainRegions.js';
import { courseOfRule } from '../report/courseInTheWay.js';
import { headline, ownership, permissions } from '../report/explanationText.js';
import { escapeMarkdown } from './escapeMarkdown.js';
import { COMMANDS } from './names.js';

/** How many further rules a hover names before it points to the details: more would not fit without scrolling. */
const ALSO_SHOWN = 2;
const BREAK = '  \n';

/** Where the hover's links lead: the lines it explains, and the file they are in. */
export interface HoverTarget {
  readonly uri: string;
  /** The repository's root, as a URI. */
  readonly root: string;
  /** 1-based. */
  readonly line: number;
}

/**
 * The hover over covered lines. Everything that comes from the policy is escaped; only our own commands are enabled; no
 * text of the file is in it.
 */
export function hoverMarkdown(explanation: Explanation, target: HoverTarget): MarkdownString {
  const markdown = new MarkdownString('', true);
  markdown.isTrusted = {
    enabledCommands: [
      COMMANDS.openClause,
      COMMANDS.showDetails,
      COMMANDS.askContact,
      COMMANDS.choosePurpose,
      COMMANDS.startTraining,
    ],
  };
  const { main } = explanation;
  const [innermost, ...others] = explanation.assets;

  const paragraphs: string[] = [`**${escapeMarkdown(headline(explanation))}** ${icon(explanation)}`];
  if (innermost !== undefined) {
    paragraphs.push(
      [assetLine(innermost, others.length === 0), ...others.map((asset) => assetLine(asset, false))].join(BREAK),
    );
  }
  paragraphs.push(
    permissions(explanation)
      .map((row) => `**${escapeMarkdown(row.label)}** ${escapeMarkdown(row.words)}.`)
      .join(BREAK),
  );
  // A hover shows about eleven lines without scrolling, and the policy's words may be long: whom to ask comes before them, and
  // what to do before the reasons.
  paragraphs.push([...clauseLines(main, target), links(explanation, target), ...ruleLines(main)].join(BREAK));
  if (main?.why !== undefined) paragraphs.push(`**Why** ${escapeMarkdown(main.why)}`);
  const also = alsoLines(explanation.also);
  if (also.length > 0) paragraphs.push(also.join(BREAK));
  markdown.value = paragraphs.join('\n\n');
  return markdown;
}

function icon(explanation: Explanation): string {
  return explanation.access === 'open to you' ? '$(unlock)' : '$(lock)';
}

/** An asset that stands alone is described; where several meet, their names are enough. */
function assetLine(asset: ExplainedAsset, described: boolean): string {
  const name = asset.id === '' ? '' : `**${escapeMarkdown(asset.id)}** — `;
  const about = asset.about === undefined || !described ? '' : ` ${escapeMarkdown(asset.about)}`;
  return `${name}${escapeMarkdown(ownership(asset))}${about}`;
}

function clauseLines(rule: ExplainedRule | undefined, target: HoverTarget): string[] {
  if (rule?.clause === undefined) return [];
  const words = rule.heading === undefined ? rule.clause : `${rule.clause} ${rule.heading}`;
  const link = commandLink(COMMANDS.openClause, [target.uri, rule.clause]);
  return [`**Clause** [${escapeMarkdown(words)}](${link} "Open this clause in the policy")`];
}

function ruleLines(rule: ExplainedRule | undefined): string[] {
  const lines: string[] = [];
  if (rule?.what !== undefined) lines.push(`**What** ${escapeMarkdown(rule.what)}`);
  if (rule?.instead !== undefined) lines.push(`**Instead** ${escapeMarkdown(rule.instead)}`);
  return lines;
}

function alsoLines(rules: readonly ExplainedRule[]): string[] {
  const speaking = rules.filter((rule) => rule.what !== undefined);
  const lines = speaking.slice(0, ALSO_SHOWN).map((rule) => {
    const clause = rule.clause === undefined ? '' : ` (clause ${rule.clause})`;
    return `**Also** ${escapeMarkdown(`${rule.what ?? ''}${clause}`)}`;
  });
  const rest = speaking.length - ALSO_SHOWN;
  return rest > 0 ? [...lines, `and ${rest} more in the details`] : lines;
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
  const course = courseOfRule(explanation.main?.rule);
  if (course !== undefined) {
    const link = commandLink(COMMANDS.startTraining, [target.root, course]);
    parts.push(`[Start training](${link} "Open this course")`);
  }
  if (explanation.afterPurpose.length > 0) {
    const link = commandLink(COMMANDS.choosePurpose, [target.uri]);
    parts.push(`[State your purpose](${link} "Choose what your work here is for")`);
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
