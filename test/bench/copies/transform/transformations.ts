import { editLines } from './editLines.js';
import { reformatted } from './reformat.js';
import { halfRenamed, renamed } from './rename.js';
import { recommented, reindented, requoted, verbatim } from './restyle.js';
import type { Job, Transformation } from './Transformation.js';
import { languageOf } from '../Language.js';
import { sourceFile } from '../SourceFile.js';

const each =
  (change: (job: Job) => string | undefined): Transformation['apply'] =>
  (jobs) =>
    Promise.resolve(jobs.map(change));

/** Renames first and formats the result, so that both changes meet. */
async function renamedAndReformatted(jobs: readonly Job[]): Promise<(string | undefined)[]> {
  const whole = jobs.map(({ range, random, stranger }): Job => {
    const { file } = range;
    const text = renamed({ range: { file, start: 0, end: file.lines.length }, random, stranger });
    const changed = sourceFile(file.id, file.path, languageOf(file.path) ?? file.language, text);
    return { range: { file: changed, start: range.start, end: range.end }, random, stranger };
  });
  return reformatted(whole);
}

/** What is done to the pieces, in the order of the table; T1 to T3 are the usual types of clones. */
export const transformations: readonly Transformation[] = [
  { name: 'T1 verbatim', aim: 99.5, shortAim: 90, apply: each(verbatim) },
  { name: 'T1 indentation, line ends', aim: 99.5, shortAim: 90, apply: each(reindented) },
  { name: 'T1 quotes, commas', aim: 99.5, apply: each(requoted) },
  { name: 'T1 comments', aim: 99.5, apply: each(recommented) },
  { name: 'T1 reformatted', aim: 99, apply: reformatted },
  { name: 'T2 renamed', aim: 97, shortAim: 65, apply: each(renamed) },
  { name: 'T2 half renamed', aim: 97, apply: each(halfRenamed) },
  { name: 'T2 renamed, reformatted', apply: renamedAndReformatted },
  { name: 'T3 10 %', apply: each((job) => editLines(verbatim(job), 0.1, job)) },
  { name: 'T3 20 %', aim: 95, apply: each((job) => editLines(verbatim(job), 0.2, job)) },
  { name: 'T3 30 %', aim: 89, apply: each((job) => editLines(verbatim(job), 0.3, job)) },
  { name: 'T2 + T3 20 %', aim: 75, apply: each((job) => editLines(renamed(job), 0.2, job)) },
];
