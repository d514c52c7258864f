import { keywordsOf } from './keywords.js';
import { everySource } from './Corpus.js';
import { sourceFile, type SourceFile } from './SourceFile.js';

/**
 * As many lines as wanted, for measuring growth: all files of all packages of both splits, and, where they do not
 * suffice, the same files again with other names, so that they are other code of the same shape.
 */
export async function largeCorpus(lines: number, seed: string): Promise<SourceFile[]> {
  const sources = await everySource(seed);
  const result: SourceFile[] = [];
  let total = 0;
  for (let round = 0; total < lines; round++) {
    for (const file of sources) {
      if (total >= lines) break;
      const next = round === 0 ? file : variant(file, round);
      result.push(next);
      total += next.lines.length;
    }
  }
  return result;
}

function variant(file: SourceFile, round: number): SourceFile {
  const keywords = keywordsOf(file.language);
  const text = file.text.replace(/[A-Za-z_]\w{2,}/g, (word) => (keywords.has(word) ? word : `${word}${round}`));
  return sourceFile(`${file.id}#${round}`, file.path, file.language, text);
}
