import type { Corpus } from './Corpus.js';
import type { Engine, Index, Match } from './engine.js';
import { benchmarkKey } from './engine.js';
import type { Negative } from './negatives.js';
import type { Positive, TestSet } from './TestSet.js';

/** What a detector said of every paste of a test set, in their order. */
export interface Answers {
  /** Best score with which the true origin was named; 0 when it was not. */
  readonly alone: readonly number[];
  /** The same with the piece inside a larger file; the match has to touch the piece's lines. */
  readonly inHost: readonly number[];
  /** Best match of each negative, if any. */
  readonly negatives: readonly (Match | undefined)[];
}

/** Builds an index of the corpus. */
export function buildIndex(engine: Engine, corpus: Corpus, threshold?: number): Index {
  const index = engine.createCopyIndex({ key: benchmarkKey, ...(threshold === undefined ? {} : { threshold }) });
  for (const file of corpus.restricted) index.add({ id: file.id, path: file.path, text: file.text });
  for (const file of corpus.open) index.allow({ path: file.path, text: file.text });
  return index;
}

/** Asks the index about every paste. */
export function askIndex(index: Index, set: TestSet): Answers {
  return {
    alone: set.positives.map((positive) => bestScore(index.query(positive), positive)),
    inHost: set.positives.map((positive) => {
      const { text, startLine, endLine } = positive.host;
      const touching = index
        .query({ path: positive.path, text })
        .filter((match) => match.startLine <= endLine && match.endLine >= startLine);
      return bestScore(touching, positive);
    }),
    negatives: set.negatives.map((negative) => index.query(negative)[0]),
  };
}

function bestScore(matches: readonly Match[], positive: Positive): number {
  let best = 0;
  for (const match of matches) {
    if ((match.id === positive.source || positive.twins.includes(match.id)) && match.score > best) best = match.score;
  }
  return best;
}

/** A share in percent with what it was counted from. */
export interface Share {
  readonly found: number;
  readonly of: number;
}

/** The share of pastes with a score of at least `threshold`. */
export function shareOf(
  set: TestSet,
  scores: readonly number[],
  threshold: number,
  belongs: (positive: Positive) => boolean,
): Share {
  let found = 0;
  let of = 0;
  for (const [at, positive] of set.positives.entries()) {
    if (!belongs(positive)) continue;
    of++;
    if ((scores[at] ?? 0) >= threshold) found++;
  }
  return { found, of };
}

export function percent({ found, of }: Share): string {
  return of === 0 ? '–' : ((100 * found) / of).toFixed(1);
}

/** The negatives that were taken for copies at a threshold. */
export function alarmsOf(set: TestSet, answers: Answers, threshold: number): { negative: Negative; match: Match }[] {
  return set.negatives.flatMap((negative, at) => {
    const match = answers.negatives[at];
    return match !== undefined && match.score >= threshold ? [{ negative, match }] : [];
  });
}
