import type { CopyOrigin, RememberedCopy } from '../../changes/CopyLedger.js';
import type { ExplainedCopy } from '../../changes/RepositoryCopies.js';
import type { CopyIndexes } from '../CopyIndexes.js';
import type { CopyIndexHost } from '../CopyIndexHost.js';
import type { FolderTerms } from '../FolderTerms.js';
import type { Terms } from '../Terms.js';
import type { CopyDestination } from './CopyDestination.js';
import type { CopyMemory } from './CopyMemory.js';
import type { Permissions } from './Permissions.js';
import { strictest } from './strictest.js';
import type { Verdict } from './Verdict.js';
import type { WrongMatches } from './WrongMatches.js';

/** A text that is about to be pasted. */
export interface Incoming {
  readonly text: string;
  readonly destination: CopyDestination;
  /** Where it was copied in this window, when it was. */
  readonly origin: CopyOrigin | undefined;
  readonly isCut: boolean;
}

/** What of a paste is covered code, and what the terms say of it. */
export type PasteJudgement =
  /** Nothing in it is known to be covered, or it comes home. */
  | { readonly kind: 'free' }
  | { readonly kind: 'judged'; readonly verdict: Verdict; readonly origin: CopyOrigin; readonly lines: number }
  /** It comes from a repository whose terms cannot be read now; what they said when it was copied counts. */
  | { readonly kind: 'remembered'; readonly copy: RememberedCopy; readonly lines: number };

type Judged = Exclude<PasteJudgement, { kind: 'free' }>;

/** Text on one line that is shorter than this (characters) says nothing about where it comes from. */
const SHORTEST = 24;

/** Judges what is about to be pasted: by what this window knows, by the ledger of the machine, and by the copy index. */
export class PasteJudge {
  constructor(
    private readonly terms: Terms,
    private readonly indexes: CopyIndexes,
    private readonly memory: CopyMemory,
    private readonly permissions: Permissions,
    private readonly wrongMatches: WrongMatches,
  ) {}

  /** The strictest of what is known; rejects when an index that should have answered did not. */
  async judge(incoming: Incoming): Promise<PasteJudgement> {
    const [known, remembered, found] = await Promise.all([
      this.byStamp(incoming),
      this.byLedger(incoming),
      this.byIndex(incoming),
    ]);
    return strictestOf([...known, ...remembered, ...found]) ?? { kind: 'free' };
  }

  private async byStamp({ text, destination, origin, isCut }: Incoming): Promise<Judged[]> {
    if (origin === undefined) return [];
    const folder = await this.folderOf(origin, destination);
    return folder === undefined ? [] : this.judged(folder, origin, lineCount(text), destination, isCut);
  }

  private async byLedger({ text, destination, origin }: Incoming): Promise<Judged[]> {
    await this.memory.refresh();
    const matches = this.memory
      .find(text)
      .filter(({ copy }) => origin === undefined || copy.root !== origin.root || copy.path !== origin.path);
    const judged = matches.map(async ({ copy, lines }): Promise<Judged[]> => {
      const folder = await this.folderOf(copy, destination);
      if (folder !== undefined) return this.judged(folder, copy, lines, destination, false);
      return copy.elsewhere.effect === 'allow' ? [] : [{ kind: 'remembered', copy, lines }];
    });
    return (await Promise.all(judged)).flat();
  }

  private async byIndex({ text, destination }: Incoming): Promise<Judged[]> {
    if (lineCount(text) < 2 && text.trim().length < SHORTEST) return [];
    const asked = this.indexes.all.filter(({ isReady }) => isReady);
    return (await Promise.all(asked.map((host) => this.inIndex(host, text, destination)))).flat();
  }

  private async inIndex(host: CopyIndexHost, text: string, destination: CopyDestination): Promise<Judged[]> {
    const { folder } = host;
    const { policy } = folder;
    if (policy === undefined) return [];
    const { document, covered } = destination;
    const name = document.uri.scheme === 'untitled' ? `untitled.${document.languageId}` : document.uri.path;
    const assets = covered?.folder === folder ? destination.assets : [];
    const copies = await host.ask({ kind: 'inspect', snippet: { path: name, text }, assets });
    if (copies === undefined) throw new Error('The copy index did not answer.');
    const lines = text.split(/\r\n|\r|\n/);
    return copies
      .filter((copy) => !this.wrongMatches.covers(folder, copy, lines))
      .flatMap((copy) => {
        const origin = originOfCopy(folder, policy.agreement.id, copy);
        return this.judged(folder, origin, copy.lines.end - copy.lines.start + 1, destination, false);
      });
  }

  private judged(
    folder: FolderTerms,
    origin: CopyOrigin,
    lines: number,
    destination: CopyDestination,
    isCut: boolean,
  ): Judged[] {
    const verdicts = destination
      .questions(folder, origin, { isCut })
      .map((question) => this.permissions.judge(question));
    const verdict = strictest(verdicts);
    return verdict === undefined ? [] : [{ kind: 'judged', verdict, origin, lines }];
  }

  /** The terms that an origin is under: those of its own folder, of another checkout of it in front of us, or read from its place. */
  private async folderOf(origin: CopyOrigin, { covered }: CopyDestination): Promise<FolderTerms | undefined> {
    const here = this.terms.all.find(({ root, policy }) => policy !== undefined && root.toString() === origin.root);
    if (here !== undefined) return here;
    const known = new Set(covered?.policy.assets.map(({ id }) => id));
    if (covered?.policy.agreement.id === origin.agreement && origin.assets.every((asset) => known.has(asset)))
      return covered.folder;
    return this.terms.visit(origin.root);
  }
}

/** A copy that an index found, as the place it was taken from. */
export function originOfCopy(folder: FolderTerms, agreement: string, copy: ExplainedCopy): CopyOrigin {
  return {
    root: folder.root.toString(),
    agreement,
    path: copy.origin.path,
    lines: copy.from,
    assets: copy.assets,
  };
}

function strictestOf(judged: readonly Judged[]): Judged | undefined {
  // An earlier checkout of the same code, which is gone, says nothing where the terms of a later one can be read.
  const isKnown = ({ agreement, path }: CopyOrigin): boolean =>
    judged.some((one) => one.kind === 'judged' && one.origin.agreement === agreement && one.origin.path === path);
  const remembered = judged.find((one) => one.kind === 'remembered' && !isKnown(one.copy));
  const verdict = strictest(judged.flatMap((one) => (one.kind === 'judged' ? [one.verdict] : [])));
  if (verdict?.kind === 'refused' || remembered === undefined) {
    // Of several origins under the same verdict, the one that most lines come from is told.
    return judged
      .filter((one) => one.kind === 'judged' && one.verdict.kind === verdict?.kind)
      .sort((a, b) => b.lines - a.lines)[0];
  }
  return remembered;
}

function lineCount(text: string): number {
  return text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/).length;
}
