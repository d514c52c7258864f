/** What a copy index holds, and what was found with it, for people and programs. Places only, never code. */
import type { ExplainedCopy, IndexScope, OpenOverlap, RepositoryCopies } from '../changes/RepositoryCopies.js';
import { PLAIN, type Paint } from './paint.js';
import { inSentence } from '../policy/inSentence.js';
import { linesInWords } from '../regions/linesInWords.js';

/** The facts of one stored index. Sizes are in bytes. */
export interface IndexFacts {
  readonly place: string;
  readonly format: number;
  readonly policy: string;
  readonly scope: IndexScope;
  readonly stored: number;
  readonly exported: number;
  readonly stats: RepositoryCopies['stats'];
  readonly assets: RepositoryCopies['assets'];
  readonly overlaps: readonly OpenOverlap[];
  /** Files in which copies were found after the index was built. */
  readonly doubted: readonly string[];
}

/** The copies that were found in one file. */
export interface FoundCopies {
  readonly file: string;
  readonly copies: readonly ExplainedCopy[];
}

/** Overlaps that are listed before a number stands for the rest. */
const LISTED = 40;

const number = (count: number): string => count.toLocaleString('en-US');

/** An index as a person reads it: sizes, assets, overlaps with open code, and what handing it on would reveal. */
export function indexInWords(facts: IndexFacts, paint: Paint = PLAIN): string {
  const { stats, assets, overlaps, doubted } = facts;
  const perLine = stats.lines === 0 ? 0 : facts.stored / stats.lines;
  const whole = facts.scope.paths.length === 0 ? 'the whole tree' : facts.scope.paths.join(', ');
  const rows: (readonly [string, string])[] = [
    ['Index', facts.place],
    ['Format', String(facts.format)],
    facts.scope.as === undefined
      ? ['Policy', facts.policy]
      : ['Policy', `none; everything counts as '${facts.scope.as}'`],
    ['Of', whole],
    ['Files', number(stats.files)],
    ['Regions', number(stats.regions)],
    ['Lines', number(stats.lines)],
    ['Fingerprints', number(stats.fingerprints)],
    ['Stored', `${number(facts.stored)} bytes, ${perLine.toFixed(1)} a line`],
    ['In memory', `${number(stats.bytes)} bytes`],
  ];
  const out = rows.map(([label, value]) => `${label.padEnd(14)}${value}`);
  out.push('', paint.bold('Assets'));
  if (assets.length === 0) out.push('  none: no file is covered');
  for (const { asset, regions, lines } of assets)
    out.push(
      `  ${asset === '' ? '(unnamed marker)' : asset}: ${number(lines)} lines in ${regions === 1 ? '1 region' : `${number(regions)} regions`}`,
    );
  out.push('', paint.bold('Restricted lines that also stand in open code: shared by right, or copied in the past'));
  if (overlaps.length === 0) out.push('  none');
  for (const { origin, lines } of overlaps.slice(0, LISTED))
    out.push(`  ${origin.path}, ${linesInWords(lines)} (${origin.asset})`);
  if (overlaps.length > LISTED) out.push(`  and ${number(overlaps.length - LISTED)} more; --format json lists all`);
  if (doubted.length > 0) {
    out.push('', paint.bold('Files in which copies were found since the index was built'));
    out.push(...doubted.slice(0, LISTED).map((path) => `  ${path}`));
  }
  out.push(
    '',
    paint.bold('What handing it on would reveal'),
    `  An export (${number(facts.exported)} bytes) holds no code, no file names, no line numbers and no key. It shows`,
    `  the names of the assets, ${number(stats.regions)} regions with their sizes, and which of them share passages.`,
    '  Who has the key besides can tell whether a text they already hold is in it.',
    '  This file itself holds the key, and the paths and lines of all regions: keep it. See docs/copy-index.md.',
  );
  return `${out.join('\n')}\n`;
}

/** The same for programs. */
export function indexAsJson(facts: IndexFacts): object {
  const { stats, stored } = facts;
  return {
    index: facts.place,
    format: facts.format,
    policy: facts.policy,
    ...(facts.scope.as === undefined ? {} : { as: facts.scope.as }),
    paths: facts.scope.paths,
    files: stats.files,
    regions: stats.regions,
    lines: stats.lines,
    fingerprints: stats.fingerprints,
    bytes: stored,
    bytesPerLine: stats.lines === 0 ? 0 : Number((stored / stats.lines).toFixed(2)),
    memory: stats.bytes,
    exportBytes: facts.exported,
    assets: facts.assets,
    overlaps: facts.overlaps.map(({ origin, lines }) => ({ asset: origin.asset, path: origin.path, lines })),
    copiesSince: facts.doubted,
  };
}

/** What was found, file by file: which lines repeat which, how surely, and whose they are. */
export function copiesInWords(found: readonly FoundCopies[], paint: Paint = PLAIN): string {
  return found
    .map(({ file, copies }) => {
      if (copies.length === 0) return `${paint.good(file)}: no copy of restricted code.\n`;
      const lines = copies.map(({ sentence, assets, strength }) => {
        const whose = `${assets.length > 1 ? 'assets' : 'asset'} ${inSentence(assets.map((asset) => (asset === '' ? '(unnamed)' : asset)))}`;
        return `  ${sentence} ${paint.faint(`${whose}, ${strength}`)}`;
      });
      return `${paint.bad(file)}: ${copies.length === 1 ? '1 copy' : `${copies.length} copies`} of restricted code.\n${lines.join('\n')}\n`;
    })
    .join('');
}

/** The same for programs: every pair of corresponding lines, no text. */
export function copiesAsJson(found: readonly FoundCopies[]): object {
  return {
    files: found.map(({ file, copies }) => ({
      file,
      copies: copies.map(({ assets, origin, from, lines, kind, strength, score, pairs }) => ({
        assets,
        lines,
        origin: { path: origin.path, asset: origin.asset, lines: from },
        kind,
        strength,
        score: Number(score.toFixed(2)),
        pairs: pairs.map(({ here, there }) => [here, there]),
      })),
    })),
  };
}
