import { fieldsOf, kindOfFile, HEADS_FILE, type Fields } from './chainFiles.js';
import { fileLines } from './fileLines.js';
import type { GivenFolder } from './verifyFolder.js';

/** An entry of an evidence file with the place where it stands. */
export interface PlacedEntry {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly agreement: string | undefined;
  readonly fields: Fields;
}

/** The acts and exposures of a folder's files, in the files' order. What is no entry is passed over. */
export async function* readEntries(given: GivenFolder): AsyncGenerator<PlacedEntry> {
  for (const { name, size } of [...given.files].sort((a, b) => (sortKey(a.name) < sortKey(b.name) ? -1 : 1))) {
    if (name === HEADS_FILE) continue;
    let agreement: string | undefined;
    for await (const { number, bytes, isTooLong } of fileLines((start, end) => given.read(name, start, end), size)) {
      const fields = isTooLong ? undefined : fieldsOf(bytes);
      if (fields?.entry === 'header' && typeof fields.agreement === 'string') agreement = fields.agreement;
      if (fields?.entry === 'act' || fields?.entry === 'exposure')
        yield { file: name, line: number, agreement, fields };
    }
  }
}

/** What people did comes before who was exposed; each in the order in which it was begun. */
function sortKey(name: string): string {
  return `${kindOfFile(name) === 'exposures' ? '1' : '0'}${name}`;
}
