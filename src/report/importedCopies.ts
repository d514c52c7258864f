/** What an exported index holds and what was found with it, for people and programs. No code, and no place of its origin. */
import type { ExportedAsset, ImportedCopies, ImportedCopy } from '../changes/ExportedCopies.js';
import { PLAIN, type Paint } from './paint.js';
import { inSentence } from '../policy/inSentence.js';
import { counted } from './words.js';

/** The facts of an export. `stats` needs its key. */
export interface ExportFacts {
  readonly place: string;
  /** Its size. */
  readonly bytes: number;
  readonly assets: readonly ExportedAsset[];
  readonly stats?: ImportedCopies['stats'];
}

/** The copies that were found in one file. */
export interface FoundImports {
  readonly file: string;
  readonly copies: readonly ImportedCopy[];
}

const number = (count: number): string => count.toLocaleString('en-US');

/** An export as a person reads it: whose code it recognises, and what it gives away. */
export function exportInWords({ place, bytes, assets, stats }: ExportFacts, paint: Paint = PLAIN): string {
  const out = [
    `Export        ${place}, ${number(bytes)} bytes`,
    stats === undefined
      ? 'Key           not at hand: without it, nobody can ask what is in here'
      : `Key           at hand; ${number(stats.regions)} regions`,
    '',
    paint.bold('Assets'),
  ];
  for (const { id, owners, tier, contact } of assets) {
    const whose = owners.length === 0 ? '' : ` of ${inSentence(owners)}`;
    out.push(
      `  ${id}${whose}${tier === undefined ? '' : ` (${tier})`}${contact === undefined ? '' : `, ask ${contact}`}`,
    );
  }
  out.push(
    '',
    paint.bold('What it reveals'),
    '  No code, no names of files, no lines. Without its key: these assets, how many regions there are, their sizes in',
    '  coarse steps, and which of them share passages. Who has the key besides can tell whether a text they already',
    '  hold is in it, word for word. See docs/copy-index.md.',
  );
  return `${out.join('\n')}\n`;
}

/** The same for programs. */
export function exportAsJson({ place, bytes, assets, stats }: ExportFacts): object {
  return { export: place, bytes, assets, ...(stats === undefined ? {} : { regions: stats.regions }) };
}

/** What an export that was just written holds, where its key is, and how to go about the two. */
export function exportedInWords(
  file: string,
  keyFile: string,
  isKnownKey: boolean,
  bytes: number,
  {
    stats,
    assets,
    overlaps,
  }: {
    readonly stats: { readonly regions: number };
    readonly assets: readonly { readonly asset: string }[];
    /** How many passages of the code stand in open code as well. */
    readonly overlaps: number;
  },
): string {
  const names = inSentence(assets.map(({ asset }) => asset));
  return [
    `${file}: ${number(bytes)} bytes, ${number(stats.regions)} regions of ${names}, without paths, lines and key.`,
    ...(overlaps === 0
      ? []
      : [
          `${counted(overlaps, 'passage')} also ${overlaps === 1 ? 'stands' : 'stand'} in open code here, and ${overlaps === 1 ? 'was' : 'were'} left out; devterms index inspect lists them.`,
        ]),
    isKnownKey
      ? `${keyFile}: the key that was there was used again.`
      : `${keyFile}: the key. Send it another way than the fingerprints, and commit it nowhere.`,
    '',
  ].join('\n');
}

/** What was found, file by file: which lines repeat whose code. */
export function importedInWords(found: readonly FoundImports[], paint: Paint = PLAIN): string {
  return found
    .map(({ file, copies }) => {
      if (copies.length === 0) return `${paint.good(file)}: no copy of the code in this index.\n`;
      const lines = copies.map(({ sentence, asset }) =>
        asset.contact === undefined ? `  ${sentence}` : `  ${sentence} Ask: ${asset.contact}.`,
      );
      return `${paint.bad(file)}: ${copies.length === 1 ? '1 copy' : `${copies.length} copies`} of restricted code.\n${lines.join('\n')}\n`;
    })
    .join('');
}

/** The same for programs. */
export function importedAsJson(found: readonly FoundImports[]): object {
  return {
    files: found.map(({ file, copies }) => ({
      file,
      copies: copies.map(({ asset, region, score, lines }) => ({
        assets: [asset.id],
        owners: asset.owners,
        lines,
        region,
        score: Number(score.toFixed(2)),
      })),
    })),
  };
}
