/**
 * A baseline: findings that are known and may stay for a while, by their fingerprints, so that they are known again
 * wherever their lines move. Each has a reason, somebody who answers for it, and a last day.
 */
import { CasesReader, type Entries } from '../decision/CasesReader.js';
import { ending, parseMoment } from '../policy/moments.js';
import type { Problem } from '../policy/Problem.js';
import { FINDING_KINDS, type Finding, type FindingKind, type Known } from './Finding.js';

/** One finding that is known. All but the fingerprint is for the people who read the file. */
export interface BaselineEntry extends Known {
  readonly fingerprint: string;
  readonly kind: FindingKind;
  readonly path: string;
  readonly assets: readonly string[];
}

/** What reading a baseline gives: its entries unless there is an error among the problems. */
export interface ReadBaseline {
  readonly entries: readonly BaselineEntry[] | undefined;
  readonly problems: readonly Problem[];
}

const KEYS = ['fingerprint', 'kind', 'path', 'assets', 'reason', 'owner', 'until'];

/** Reads a baseline as `printBaseline` writes it, or as somebody has edited it since. `file` names it in problems. */
export function readBaseline(text: string, file: string): ReadBaseline {
  const reader = new CasesReader(text, file);
  // What follows from broken YAML says nothing more.
  if (reader.problems.length > 0) return { entries: undefined, problems: reader.problems };
  const top = reader.whole().map(['version', 'findings']);
  const version = top.required('version');
  if (version !== undefined && version.string() !== '1')
    version.problem('unknown-version', `This is version '${version.string()}' of the file; version 1 is read.`);
  const seen = new Set<string>();
  const entries = (top.optional('findings')?.items() ?? []).flatMap((item) => {
    const entry = entryOf(item.map(KEYS));
    if (entry !== undefined && seen.has(entry.fingerprint))
      item.problem('duplicate', 'This finding is listed above already. Keep one of the two.');
    if (entry !== undefined) seen.add(entry.fingerprint);
    return entry ?? [];
  });
  return { entries: reader.problems.length === 0 ? entries : undefined, problems: reader.problems };
}

function entryOf(entry: Entries): BaselineEntry | undefined {
  const kind = entry.oneOf('kind', FINDING_KINDS);
  const fingerprint = entry.text('fingerprint');
  if (!/^[0-9a-f]{32}$/.test(fingerprint))
    entry.required('fingerprint')?.problem('wrong-fingerprint', 'A fingerprint has 32 hexadecimal digits, in quotes.');
  const until = entry.text('until');
  if (!isDay(until))
    entry.required('until')?.problem('wrong-date', `'${until}' is no day. Write it as "2026-06-30", in quotes.`);
  const text = (key: 'reason' | 'owner' | 'path'): string => {
    const value = entry.text(key);
    if (value.trim() === '') entry.optional(key)?.problem('empty', `'${key}' is empty.`);
    return value;
  };
  const [reason, owner, path] = [text('reason'), text('owner'), text('path')];
  if (kind === undefined) return undefined;
  return { fingerprint, kind, path, assets: entry.required('assets')?.strings() ?? [], reason, owner, until };
}

/** True for a calendar day as a baseline writes it: `2026-06-30`. */
export function isDay(text: string): boolean {
  return parseMoment(text)?.kind === 'day';
}

/** A baseline as text: the same entries give the same text, in an order in which a change shows as few lines. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = [...entries].sort(
    (a, b) => compare(a.path, b.path) || compare(a.kind, b.kind) || compare(a.fingerprint, b.fingerprint),
  );
  const lines = sorted.map(({ fingerprint, kind, path, assets, reason, owner, until }) =>
    [
      `  - fingerprint: ${quoted(fingerprint)}`,
      `    kind: ${kind}`,
      `    path: ${quoted(path)}`,
      `    assets: [${assets.map(quoted).join(', ')}]`,
      `    reason: ${quoted(reason)}`,
      `    owner: ${quoted(owner)}`,
      `    until: ${quoted(until)}`,
      '',
    ].join('\n'),
  );
  const head = [
    '# Findings of devterms check that are known, each until its last day. Written by:',
    '#   devterms check --baseline FILE --update-baseline --reason REASON --owner WHO --until YYYY-MM-DD',
    'version: 1',
    lines.length === 0 ? 'findings: []' : 'findings:',
    '',
  ];
  return head.join('\n') + lines.join('');
}

/** What JSON writes in quotes means the same in YAML. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Findings beside a baseline. */
export interface Compared {
  /** The findings; those that the baseline lists carry `known`, and those it still holds for are `known`. */
  readonly findings: readonly Finding[];
  /** Entries whose last day is over although they are still found. */
  readonly expired: readonly BaselineEntry[];
  /** Entries that are found no more. Only a check of the whole tree can tell. */
  readonly stale: readonly BaselineEntry[];
}

/** Marks what a baseline knows. Days end in `zone`; `at` is in epoch milliseconds. */
export function compared(
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  at: number,
  zone: string,
): Compared {
  const byFingerprint = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const found = new Set<string>();
  const expired: BaselineEntry[] = [];
  const marked = findings.map((finding): Finding => {
    const entry = byFingerprint.get(finding.fingerprint);
    if (entry === undefined) return finding;
    found.add(entry.fingerprint);
    // What a waiver or a reason has settled needs no baseline.
    if (finding.outcome !== 'fails' && finding.outcome !== 'warned') return finding;
    const { reason, owner, until } = entry;
    const known = { reason, owner, until };
    if (isOver(entry, at, zone)) {
      expired.push(entry);
      return { ...finding, known };
    }
    return { ...finding, outcome: 'known', known };
  });
  return { findings: marked, expired, stale: entries.filter(({ fingerprint }) => !found.has(fingerprint)) };
}

function isOver({ until }: Known, at: number, zone: string): boolean {
  const day = parseMoment(until);
  return day === undefined || at >= ending(day, zone);
}

/** A baseline as it is after an update, and what became of it. */
export interface Updated {
  readonly entries: readonly BaselineEntry[];
  readonly added: number;
  /** Entries whose time was over and that got a new reason, owner and last day. */
  readonly renewed: number;
  readonly dropped: number;
}

/**
 * The baseline of what was found in a whole tree: what still holds stays as it is, what fails and is not listed comes in
 * with these words, what is over is renewed with them, and what is found no more goes. Warnings do not come in: they pass.
 */
export function updated(
  entries: readonly BaselineEntry[],
  { findings, stale, expired }: Compared,
  words: Known,
): Updated {
  const gone = new Set([...stale, ...expired].map(({ fingerprint }) => fingerprint));
  const kept = entries.filter(({ fingerprint }) => !gone.has(fingerprint));
  const fresh = findings
    .filter(({ outcome }) => outcome === 'fails')
    .map(({ fingerprint, kind, path, assets }): BaselineEntry => ({ fingerprint, kind, path, assets, ...words }));
  const renewed = fresh.filter(({ fingerprint }) => gone.has(fingerprint)).length;
  return { entries: [...kept, ...fresh], added: fresh.length - renewed, renewed, dropped: stale.length };
}
