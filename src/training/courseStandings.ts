/** Who stands where in which course: everybody whom a policy's teams name, for the product lead and for the person. */
import { addressMatcher, foldAddress, isAddressPattern } from '../policy/addresses.js';
import { coveredAssets } from '../policy/covers.js';
import { parseDuration } from '../policy/durations.js';
import type { Course, PolicyContent } from '../policy/language.js';
import { peopleOf, zoneOf, type Someone } from '../policy/membership.js';
import { beginning, dayAt, endOfDay, parseInstant, parseMoment, startOfDay, type Day } from '../policy/moments.js';
import { selectorTest } from '../policy/selectors.js';
import type { CourseRecords, Unchecked } from './CourseRecords.js';
import { limitsOf, type Limits, type Pass } from './standing.js';

export const COURSE_STATES = ['missing', 'unknown', 'expired', 'overdue', 'due soon', 'current'] as const;

/**
 * Where somebody stands: passed and good; inside the reminder; past the due day but tolerated; past that; never passed; or
 * without a good pass that we know of while a source of records could not be read up to now.
 */
export type CourseState = (typeof COURSE_STATES)[number];

/** One person's standing in one course. Moments are epoch milliseconds. */
export interface CourseStanding {
  /** Without case. */
  readonly person: string;
  readonly course: Pick<Course, 'id' | 'title' | 'url' | 'minutes' | 'contact' | 'clause'>;
  readonly state: CourseState;
  /** The pass that it rests on, as its record writes it; undefined when there is none. */
  readonly passed: string | undefined;
  /** The name of the source that has that record: a file, a record store. */
  readonly source: string | undefined;
  /** The first moment at which the pass no longer counts fully; undefined when it always will, or there is none. */
  readonly due: number | undefined;
  /** The first moment after the tolerance; undefined as for `due`. */
  readonly graceEnd: number | undefined;
  /** What changes next by itself, and when; undefined when nothing does. */
  readonly next: { readonly at: number; readonly state: CourseState } | undefined;
  /** The first of their passes that is dated later than now, and counts from then on. */
  readonly ahead: string | undefined;
  /** Why a pass may be missing; undefined when every source was read up to now. */
  readonly unchecked: Unchecked | undefined;
}

/** Everybody × every course that binds them. */
export interface TrainingTable {
  /** By person, then in the policy's order of courses. */
  readonly standings: readonly CourseStanding[];
  /** Members who are patterns: those of them of whom no record tells cannot be listed. */
  readonly patterns: readonly string[];
}

/** The parts of a policy that standings rest on. */
export type StandingsPolicy = Pick<PolicyContent, 'agreement' | 'teams' | 'tiers' | 'assets' | 'training'>;

/**
 * The standing of everybody in the policy's teams, or of `person` alone, at a moment in epoch milliseconds. Whom a course
 * does not bind has no standing in it. People behind a pattern are listed when a record tells of them.
 */
export function courseStandings(
  policy: StandingsPolicy,
  known: Pick<CourseRecords, 'records' | 'unchecked'>,
  at: number,
  person?: string,
): TrainingTable {
  const zone = zoneOf(policy);
  const people = peopleOf(policy);
  const passes = new KnownPasses(policy.training, known.records, at, zone);
  const patterns = new Set<string>();
  const listed = new Set<string>();
  if (person !== undefined) listed.add(foldAddress(person));
  else {
    const matches: ((address: string) => boolean)[] = [];
    for (const { members } of policy.teams)
      for (const { person: member } of members) {
        if (!isAddressPattern(member)) listed.add(foldAddress(member));
        else if (!patterns.has(foldAddress(member))) {
          patterns.add(foldAddress(member));
          matches.push(addressMatcher(member));
        }
      }
    for (const address of passes.people) if (matches.some((test) => test(address))) listed.add(address);
  }
  const gates = policy.training.map((course) => new Gate(course, policy, known.unchecked, zone, at));
  const standings: CourseStanding[] = [];
  for (const address of [...listed].sort()) {
    const someone = people.at(address, at);
    // A former member is nobody's business any more, but whoever asks for a person gets an answer.
    if (person === undefined && someone.teams.length === 0) continue;
    const own = passes.of(address);
    gates.forEach((gate, index) => {
      if (gate.binds(someone)) standings.push(gate.standingOf(address, own?.latest[index], own?.ahead[index]));
    });
  }
  return { standings, patterns: [...patterns].sort() };
}

/** A pass, as its record writes it, with its moment in epoch milliseconds. */
interface Dated {
  readonly passed: string;
  readonly epoch: number;
  readonly source: string | undefined;
}

/** Somebody's passes, by the number of their course: the latest up to now, and the first after it. */
interface OwnPasses {
  readonly latest: (Dated | undefined)[];
  readonly ahead: (Dated | undefined)[];
}

class KnownPasses {
  private readonly byPerson = new Map<string, OwnPasses>();

  constructor(courses: readonly Course[], records: CourseRecords['records'], at: number, zone: string) {
    const byName = new Map<string, number[]>();
    courses.forEach(({ id, formerly }, index) => {
      for (const name of new Set([id, ...formerly])) byName.set(name, [...(byName.get(name) ?? []), index]);
    });
    const epochs = new Map<string, number | undefined>();
    const epochOf = (text: string): number | undefined => {
      // Bare dates are few and costly: their day begins when it does in the agreement's zone.
      if (text.length > 10) return parseInstant(text);
      if (!epochs.has(text)) epochs.set(text, momentOf(text, zone));
      return epochs.get(text);
    };
    // Most sources tell of one person after the other.
    let last: string | undefined;
    let own: OwnPasses = { latest: [], ahead: [] };
    for (const { person, course, passed, source } of records) {
      const meant = byName.get(course);
      const epoch = meant === undefined ? undefined : epochOf(passed);
      if (meant === undefined || epoch === undefined) continue;
      if (person !== last) {
        last = person;
        own = this.ownOf(foldAddress(person), courses.length);
      }
      const dated = { passed, epoch, source };
      for (const index of meant) {
        if (epoch > at) {
          if (epoch < (own.ahead[index]?.epoch ?? Infinity)) own.ahead[index] = dated;
        } else if (epoch > (own.latest[index]?.epoch ?? -Infinity)) own.latest[index] = dated;
      }
    }
  }

  private ownOf(address: string, courses: number): OwnPasses {
    let own = this.byPerson.get(address);
    if (own === undefined)
      this.byPerson.set(address, (own = { latest: new Array<Dated | undefined>(courses), ahead: [] }));
    return own;
  }

  get people(): Iterable<string> {
    return this.byPerson.keys();
  }

  of(person: string): OwnPasses | undefined {
    return this.byPerson.get(person);
  }
}

function momentOf(text: string, zone: string): number | undefined {
  const moment = parseMoment(text);
  return moment === undefined ? undefined : beginning(moment, zone);
}

/** What a pass's limits come to at a moment. */
type Following = Pick<CourseStanding, 'state' | 'due' | 'graceEnd' | 'next'>;

/** One course, ready to be asked about thousands of people. */
class Gate {
  private readonly unchecked: Unchecked | undefined;
  private readonly limits: (pass: Dated) => Limits;
  private readonly told: CourseStanding['course'];
  /** What follows from limits, at the one moment that is asked about: most passes are of the same few hundred days. */
  private readonly following = new Map<Limits, Following>();
  readonly binds: (someone: Someone) => boolean;

  constructor(
    course: Course,
    policy: StandingsPolicy,
    unchecked: readonly Unchecked[],
    zone: string,
    private readonly at: number,
  ) {
    const { id, title, url, minutes, contact, clause } = course;
    this.told = {
      id,
      title,
      ...(url === undefined ? {} : { url }),
      ...(minutes === undefined ? {} : { minutes }),
      ...(contact === undefined ? {} : { contact }),
      ...(clause === undefined ? {} : { clause }),
    };
    this.unchecked = unchecked.find((each) => each.course === course.id);
    this.limits = rememberedLimits(course, zone);
    const test = selectorTest(course.for);
    const owners = coveredAssets(policy, course.covers).map(({ owner }) => owner);
    this.binds = (someone) => {
      const [party, ...others] = someone.parties;
      return owners.some((owner) => test(someone, party !== undefined && others.length === 0 && owner.includes(party)));
    };
  }

  standingOf(person: string, pass: Dated | undefined, ahead: Dated | undefined): CourseStanding {
    const limits = pass === undefined ? undefined : this.limits(pass);
    const { state, due, graceEnd, next } =
      ahead === undefined && limits !== undefined ? this.knownFollowing(limits) : this.follow(limits, ahead);
    return {
      person,
      course: this.told,
      state,
      passed: pass?.passed,
      source: pass?.source,
      due,
      graceEnd,
      next,
      ahead: ahead?.passed,
      unchecked: this.unchecked,
    };
  }

  private knownFollowing(limits: Limits): Following {
    let known = this.following.get(limits);
    if (known === undefined) this.following.set(limits, (known = this.follow(limits, undefined)));
    return known;
  }

  private follow(limits: Limits | undefined, ahead: Dated | undefined): Following {
    return {
      state: this.stateOf(limits, this.at),
      due: finite(limits?.due),
      graceEnd: finite(limits?.graceEnd),
      next: this.nextOf(limits, ahead, this.at),
    };
  }

  private stateOf(limits: Limits | undefined, at: number): CourseState {
    if (limits !== undefined && at < limits.due) return at >= limits.reminder ? 'due soon' : 'current';
    if (limits !== undefined && at < limits.graceEnd) return 'overdue';
    if (this.unchecked !== undefined) return 'unknown';
    return limits === undefined ? 'missing' : 'expired';
  }

  private nextOf(
    limits: Limits | undefined,
    ahead: Dated | undefined,
    at: number,
  ): { readonly at: number; readonly state: CourseState } | undefined {
    const changes = [limits?.reminder, limits?.due, limits?.graceEnd].flatMap((moment) => finite(moment) ?? []);
    const first = Math.min(...changes.filter((moment) => moment > at));
    // A pass that is ahead opens what is closed, on its day.
    if (ahead !== undefined && ahead.epoch <= first)
      return { at: ahead.epoch, state: this.stateOf(this.limits(ahead), ahead.epoch) };
    return Number.isFinite(first) ? { at: first, state: this.stateOf(limits, first) } : undefined;
  }
}

function finite(moment: number | undefined): number | undefined {
  return moment !== undefined && Math.abs(moment) < 8e15 ? moment : undefined;
}

const remembered = new Map<string, (pass: Dated) => Limits>();
/** Kinds of courses that are remembered at once; a policy has a handful. */
const REMEMBERED = 32;

/** `limitsByDay`, the same for every course with the same durations: it is the calendar that costs. */
function rememberedLimits(course: Course, zone: string): (pass: Dated) => Limits {
  const { repeat, remind, grace, since } = course;
  const key = JSON.stringify([zone, repeat, remind, grace, since]);
  let limits = remembered.get(key);
  if (limits === undefined) {
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(key, (limits = limitsByDay(course, zone)));
  }
  return limits;
}

/** `limitsOf`, worked out once for a day: of thousands of passes, most are of the same few hundred days. */
function limitsByDay(course: Course, zone: string): (pass: Dated) => Limits {
  const dayOf = dayFinder(zone);
  const limits = ({ passed, epoch }: Dated): Limits =>
    limitsOf(course, { passed, event: { day: dayOf(epoch), epoch } } satisfies Pass, zone);
  const repeat = course.repeat === undefined ? undefined : parseDuration(course.repeat);
  const since = course.since === undefined ? undefined : momentOf(course.since, zone);
  // Hours run from the instant, so there every pass is its own.
  if (repeat?.kind === 'hours') return limits;
  const known = new Map<number, Limits>();
  return (pass) => {
    const { epoch } = pass;
    const { year, month, day } = dayOf(epoch);
    const key = ((year * 12 + month) * 31 + day) * (since !== undefined && epoch < since ? -1 : 1);
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = limits(pass)));
    return found;
  };
}

const DAY_MS = 86_400_000;

/** `dayAt` for many instants: the bounds of each day of the zone are looked up once. */
function dayFinder(zone: string): (epoch: number) => Day {
  const days = new Map<number, { readonly day: Day; readonly start: number; readonly end: number }>();
  return (epoch) => {
    const number = Math.floor(epoch / DAY_MS);
    const same = days.get(number);
    if (same !== undefined && same.start <= epoch && epoch < same.end) return same.day;
    // A zone is at most a day away from UTC.
    for (const near of [number, number - 1, number + 1]) {
      let found = days.get(near);
      if (found === undefined) {
        const day = dayAt(near * DAY_MS, 'UTC');
        try {
          found = { day, start: startOfDay(day, zone), end: endOfDay(day, zone) };
        } catch {
          return dayAt(epoch, zone);
        }
        days.set(near, found);
      }
      if (found.start <= epoch && epoch < found.end) return found.day;
    }
    return dayAt(epoch, zone);
  };
}
