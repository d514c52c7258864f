/** Course records and exposures, by person. */
import { foldAddress } from '../policy/addresses.js';
import { parseInstant } from '../policy/moments.js';
import { passAt, type Pass } from '../training/standing.js';
import type { CourseRecord, Exposure, Facts, UncheckedCourse } from './Ask.js';
import { remembered } from './remembered.js';

/** An exposure with its instant read: epoch milliseconds, or undefined when the record gives none that can be read. */
export interface KnownExposure {
  readonly asset: string;
  readonly at: number | undefined;
}

/** What is known of people, looked up by folded address. */
export interface KnownFacts {
  passesOf(person: string, course: string): readonly Pass[];
  exposuresOf(person: string): readonly KnownExposure[];
  /** Why passes of a course may be missing; undefined when none can be. */
  uncheckedOf(course: string): UncheckedCourse | undefined;
}

const read = new WeakMap<Facts, { readonly zone: string; readonly known: KnownFacts }>();

/**
 * The facts, ready to be asked. Sorting them takes time, so that it is done once for each list; a list that has grown
 * is read again, one that was changed in place is not.
 */
export function knownFacts(facts: Facts, zone: string): KnownFacts {
  const before = read.get(facts);
  if (before?.zone === zone) return before.known;
  const known: KnownFacts = {
    passesOf: (person, course) => passesIn(facts.records, zone)(person)?.get(course) ?? NO_PASSES,
    uncheckedOf: (course) => facts.unchecked?.find((unchecked) => unchecked.course === course),
    exposuresOf: (person) => exposuresIn(facts.exposures).get(person) ?? NO_EXPOSURES,
  };
  read.set(facts, { zone, known });
  return known;
}

const NO_PASSES: readonly Pass[] = [];
const NO_EXPOSURES: readonly KnownExposure[] = [];

type Passes = ReadonlyMap<string, readonly Pass[]>;

const recordsRead = new WeakMap<
  readonly CourseRecord[],
  { readonly length: number; readonly zone: string; readonly passes: (person: string) => Passes | undefined }
>();

function passesIn(records: readonly CourseRecord[], zone: string): (person: string) => Passes | undefined {
  const known = recordsRead.get(records);
  if (known?.length === records.length && known.zone === zone) return known.passes;
  const byPerson = grouped(records);
  const passes = remembered((person: string): Passes | undefined => {
    const own = byPerson.get(person);
    if (own === undefined) return undefined;
    const byCourse = new Map<string, Pass[]>();
    for (const { course, passed } of own) {
      const pass = passAt(passed, zone);
      if (pass === undefined) continue;
      const others = byCourse.get(course);
      if (others === undefined) byCourse.set(course, [pass]);
      else others.push(pass);
    }
    return byCourse;
  });
  recordsRead.set(records, { length: records.length, zone, passes });
  return passes;
}

const exposuresRead = new WeakMap<
  readonly Exposure[],
  { readonly length: number; readonly byPerson: ReadonlyMap<string, readonly KnownExposure[]> }
>();

function exposuresIn(exposures: readonly Exposure[]): ReadonlyMap<string, readonly KnownExposure[]> {
  const known = exposuresRead.get(exposures);
  if (known?.length === exposures.length) return known.byPerson;
  const byPerson = new Map<string, readonly KnownExposure[]>();
  for (const [person, own] of grouped(exposures))
    byPerson.set(
      person,
      own.map(({ asset, at }) => ({ asset, at: parseInstant(at) })),
    );
  exposuresRead.set(exposures, { length: exposures.length, byPerson });
  return byPerson;
}

function grouped<Entry extends { readonly person: string }>(entries: readonly Entry[]): Map<string, Entry[]> {
  const byPerson = new Map<string, Entry[]>();
  for (const entry of entries) {
    const person = foldAddress(entry.person);
    const own = byPerson.get(person);
    if (own === undefined) byPerson.set(person, [entry]);
    else own.push(entry);
  }
  return byPerson;
}
