/** Lines of a file that repeat code which stands in another repository, and is known here by an imported index alone. */
import type { ExportedAsset, ImportedCopies, ImportedCopy } from '../changes/ExportedCopies.js';
import type { SourceText } from '../copies/CopyIndex.js';
import type { Decision } from '../decision/Decision.js';
import type { FileRegions, Region } from '../regions/Region.js';
import type { Act } from './Act.js';
import type { ReadChange } from './actsIn.js';
import { linesWithEnds } from './changedLines.js';

/** Where copies of other repositories' code are looked up. */
export type ImportedLookup = Pick<ImportedCopies, 'find'>;

/** Every copy in a text as an act. */
export function importedInText(
  indexes: readonly ImportedLookup[],
  snippet: SourceText,
  regions: FileRegions,
  isAsset: (id: string) => boolean,
): Act[] {
  return actsOf(
    indexes.flatMap((index) => index.find(snippet, regions)),
    snippet,
    isAsset,
  );
}

/** The copies that a change brings: those its lines belong to, and that the old text did not hold as much of. */
export function importedBrought(
  indexes: readonly ImportedLookup[],
  { before, after, changed }: ReadChange,
  isAsset: (id: string) => boolean,
): Act[] {
  if (after?.version.text === undefined || changed === 'whole') return [];
  const snippet = { path: after.version.path, text: after.version.text };
  return indexes.flatMap((index) => {
    const found = index
      .find(snippet, after.regions)
      .filter(({ lines }) => changed.some(({ after: at }) => at.start <= lines.end && lines.start < at.end));
    if (found.length === 0) return [];
    const known =
      before?.version.text === undefined
        ? []
        : index.find({ path: before.version.path, text: before.version.text }, before.regions);
    const fresh = found.filter(
      (copy) => !known.some((other) => isSame(other, copy) && lengthOf(other) >= lengthOf(copy)),
    );
    return actsOf(fresh, snippet, isAsset);
  });
}

const isSame = (one: ImportedCopy, other: ImportedCopy): boolean =>
  one.asset.id === other.asset.id && one.region === other.region;

const lengthOf = ({ lines }: ImportedCopy): number => lines.end - lines.start;

function actsOf(copies: readonly ImportedCopy[], snippet: SourceText, isAsset: (id: string) => boolean): Act[] {
  if (copies.length === 0) return [];
  const text = linesWithEnds(snippet.text);
  return copies.map(({ asset, lines }): Act => {
    const region: Region = { asset: asset.id, known: true, by: 'marker', lines };
    const here = text.slice(lines.start - 1, lines.end);
    return {
      kind: 'copy',
      action: 'copy',
      subjects: [{ regions: { path: snippet.path, regions: [region], problems: [] }, lines }],
      into: snippet.path,
      path: snippet.path,
      lines,
      lastColumn: here.at(-1)?.replace(/[\r\n]+$/, '').length ?? 0,
      source: { asset: asset.id },
      imported: asset,
      // Where the policy knows the asset, it decides; elsewhere nobody here was given any right to the code.
      ...(isAsset(asset.id) ? {} : { decision: foreign(asset) }),
      text: here.join(''),
    };
  });
}

/** The decision about code whose asset the policy has never heard of. */
function foreign({ id, owners, tier, contact }: ExportedAsset): Decision {
  const whose = owners.length === 0 ? id : `${id} of ${owners.join(' and ')}`;
  const rule = `index:${id}`;
  return {
    effect: 'deny',
    rules: [rule],
    waived: [],
    notices: [],
    duties: [],
    ...(tier === undefined ? {} : { tier }),
    assets: [id],
    because: [
      {
        rule,
        effect: 'deny',
        asset: id,
        what: `The code of ${whose} may not stand in this repository.`,
        why: 'No terms here permit it, and an index was given so that it is noticed.',
        instead: 'Take these lines out, or agree with the owner on terms for them.',
        ...(contact === undefined ? {} : { contact }),
      },
    ],
  };
}
