import type { Instant, KeyedHash, LineSpan } from '../ports.js';
import { tellingLine } from './textHashes.js';

/** A person's word that lines are no copy of an asset's code, kept by what the lines are and not by where they stand. */
export interface WrongMatch {
  readonly at: Instant;
  /** The address of whoever said so; '' for somebody unknown. */
  readonly by: string;
  readonly reason: string;
  /** The assets that the lines were taken to come from. */
  readonly assets: readonly string[];
  /** The file that they were taken to come from. */
  readonly origin: string;
  /** Where they stood then, for people. */
  readonly place: string;
  /** Keyed hashes of the lines. */
  readonly content: readonly string[];
}

/** A match's edges may move by a line or so, with what stands around it. */
const MARGIN = 1;

/** What is kept of the matched lines of a text: keyed hashes of those that tell something. */
export function contentOf(lines: readonly string[], { start, end }: LineSpan, hash: KeyedHash): string[] {
  return [...hashed(lines.slice(Math.max(0, start - 1 - MARGIN), end + MARGIN), hash)];
}

/** True when these lines of a text, taken for code of these assets, are reported as a wrong match. */
export function isReported(
  reports: readonly WrongMatch[],
  assets: readonly string[],
  lines: readonly string[],
  { start, end }: LineSpan,
  hash: KeyedHash,
): boolean {
  const about = reports.filter((report) => assets.every((asset) => report.assets.includes(asset)));
  if (about.length === 0) return false;
  const content = hashed(lines.slice(start - 1, end), hash);
  if (content.size === 0) return false;
  return about.some((report) => {
    const known = new Set(report.content);
    return [...content].every((line) => known.has(line));
  });
}

function hashed(lines: readonly string[], hash: KeyedHash): Set<string> {
  return new Set(
    lines.flatMap((line) => {
      const told = tellingLine(line);
      return told === undefined ? [] : [hash(`line\n${told}`)];
    }),
  );
}

/** What was stored, or nothing where it is not what we write. */
export function readWrongMatches(json: string): WrongMatch[] {
  try {
    const { matches } = JSON.parse(json) as { matches?: unknown };
    return Array.isArray(matches) ? matches.filter(isWrongMatch) : [];
  } catch {
    return [];
  }
}

/** Wrong matches as they are stored. */
export function writeWrongMatches(matches: readonly WrongMatch[]): string {
  return `${JSON.stringify({ version: 1, matches }, undefined, 1)}\n`;
}

function isWrongMatch(value: unknown): value is WrongMatch {
  const match = value as Partial<Record<keyof WrongMatch, unknown>> | null;
  const areTexts = (list: unknown): boolean => Array.isArray(list) && list.every((entry) => typeof entry === 'string');
  return (
    typeof match === 'object' &&
    match !== null &&
    [match.at, match.by, match.reason, match.origin, match.place].every((text) => typeof text === 'string') &&
    areTexts(match.assets) &&
    areTexts(match.content)
  );
}
