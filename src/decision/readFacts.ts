import type { Problem } from '../policy/Problem.js';
import type { CourseRecord, Exposure, Facts } from './Ask.js';
import { CasesReader, type Entry } from './CasesReader.js';

/** What reading records gives: the facts unless there is an error among the problems. */
export interface ReadFacts {
  readonly facts: Facts | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Reads what is known of people from YAML or JSON: a list of course records, or `records` and `exposures` side by
 * side. `file` is its path, for the problems' places. Never throws.
 */
export function readFacts(text: string, file: string): ReadFacts {
  const reader = new CasesReader(text, file);
  const whole = reader.whole();
  let facts: Facts;
  if (whole.isList()) facts = { records: recordsOf(whole), exposures: [] };
  else {
    const top = whole.map(['records', 'exposures']);
    facts = { records: recordsOf(top.optional('records')), exposures: exposuresOf(top.optional('exposures')) };
  }
  return { facts: reader.problems.length === 0 ? facts : undefined, problems: reader.problems };
}

/** The course records of a list; none for no list. */
export function recordsOf(list: Entry | undefined): readonly CourseRecord[] {
  return (list?.items() ?? []).map((item) => {
    const record = item.map(['person', 'course', 'passed']);
    return { person: record.text('person'), course: record.text('course'), passed: record.text('passed') };
  });
}

/** The exposures of a list; none for no list. */
export function exposuresOf(list: Entry | undefined): readonly Exposure[] {
  return (list?.items() ?? []).map((item) => {
    const exposure = item.map(['person', 'asset', 'at']);
    return { person: exposure.text('person'), asset: exposure.text('asset'), at: exposure.text('at') };
  });
}
