import type { LineRange } from './Corpus.js';
import { lineFacts } from './lineFacts.js';
import type { SourceFile } from './SourceFile.js';

/**
 * Tells real copies among pastes that were meant to be none. Written apart from the index: it compares normalised
 * lines, and tokens by their longest common subsequence; it knows no fingerprints.
 */
export class Oracle {
  /** Files that have a substantial line, by the line. */
  private readonly holders = new Map<string, number[]>();
  private readonly openLines = new Set<string>();

  constructor(
    private readonly restricted: readonly SourceFile[],
    open: readonly SourceFile[],
  ) {
    for (const file of open) for (const fact of lineFacts(file)) if (fact.substantial) this.openLines.add(fact.normal);
    for (const [at, file] of restricted.entries()) {
      for (const fact of lineFacts(file)) {
        if (!fact.substantial) continue;
        const known = this.holders.get(fact.normal);
        if (known === undefined) this.holders.set(fact.normal, [at]);
        else if (known[known.length - 1] !== at && known.length <= 40) known.push(at);
      }
    }
  }

  isOpenLine(normal: string): boolean {
    return this.openLines.has(normal);
  }

  /** In how many restricted files a line stands; counting ends at 41. */
  filesWith(normal: string): number {
    return this.holders.get(normal)?.length ?? 0;
  }

  /**
   * The restricted file that most of the piece's telling lines stand in, and how many. A line is telling when it is
   * substantial, not in open code, not an import, and in 8 restricted files at most.
   */
  bestByLines(piece: SourceFile): { file: SourceFile | undefined; shared: number; telling: number } {
    const counts = new Map<number, number>();
    const seen = new Set<string>();
    let telling = 0;
    for (const fact of lineFacts(piece)) {
      if (!fact.substantial || fact.imports || seen.has(fact.normal) || this.openLines.has(fact.normal)) continue;
      seen.add(fact.normal);
      const holders = this.holders.get(fact.normal) ?? [];
      telling++;
      if (holders.length <= 8) for (const holder of holders) counts.set(holder, (counts.get(holder) ?? 0) + 1);
    }
    let best = -1;
    let shared = 0;
    for (const [holder, count] of counts) if (count > shared) [best, shared] = [holder, count];
    return { file: this.restricted[best], shared, telling };
  }

  /** Ids of the restricted files that hold at least half of the range's substantial lines, its own among them. */
  holdersOfHalf({ file, start, end }: LineRange): string[] {
    const counts = new Map<number, number>();
    const normals = new Set(
      lineFacts(file)
        .slice(start, end)
        .flatMap((fact) => (fact.substantial ? [fact.normal] : [])),
    );
    for (const normal of normals) {
      for (const holder of this.holders.get(normal) ?? []) counts.set(holder, (counts.get(holder) ?? 0) + 1);
    }
    return [...counts].flatMap(([holder, count]) =>
      count * 2 >= normals.size ? [this.restricted[holder]?.id ?? ''] : [],
    );
  }

  /** Whether a piece shares so many telling lines with one restricted file that it is a copy: 6, or half and 3 at least. */
  isCopy(piece: SourceFile): boolean {
    const { shared, telling } = this.bestByLines(piece);
    return shared >= 6 || (shared >= 3 && shared >= telling / 2);
  }
}
