/** Who stands where in which course: everybody whom a policy's teams name, for the product lead and for the person. */
import { addressMatcher, foldAddress, isAddressPattern } from '../policy/addresses.js';
import { coveredAssets } from '../policy/covers.js';
import { parseDuration } from '../policy/durations.js';
import type { Course, PolicyContent } from '../policy/language.js';
import { peopleOf, zoneOf, type Someone } from '../policy/membership.js';
import { beginning, dayAt, endOfDay, parseMoment, startOfDay, type Day } from '../policy/moments.js';
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
    gates.forEach((gate, index) => {
      if (gate.binds(someone)) standings.push(gate.standingOf(address, passes.of(address, index)));
    });
  }
  return { standings, patterns: [...patterns].sort() };
}

/** The latest pass of somebody up to now, and the first after it. */
interface Latest {
  epoch: number;
  passed: string | undefined;
  aheadEpoch: number;
  ahead: string | undefined;
}

class KnownPasses {
  private readonly byPerson = new Map<string, (Latest | undefined)[]>();

  constructor(courses: readonly Course[], records: CourseRecords['records'], at: number, zone: string) {
    const byName = new Map<string, number[]>();
    courses.forEach(({ id, formerly }, index) => {
      for (const name of new Set([id, ...formerly])) byName.set(name, [...(byName.get(name) ?? []), index]);
    });
    const epochs = new Map<string, number | undefined>();
    const epochOf = (text: string): number | undefined => {
      // Bare dates are few and costly: their day begins when it does in the agreement's zone.
      if (text.length > 10) return momentOf(text, zone);
      if (!epochs.has(text)) epochs.set(text, momentOf(text, zone));
      return epochs.get(text);
    };
    for (const { person, course, passed } of records) {
      const meant = byName.get(course);
      const epoch = meant === undefined ? undefined : epochOf(passed);
      if (meant === undefined || epoch === undefined) continue;
      const address = foldAddress(person);
      let own = this.byPerson.get(address);
      if (own === undefined) this.byPerson.set(address, (own = []));
      for (const index of meant) {
        const latest = (own[index] ??= { epoch: -Infinity, passed: undefined, aheadEpoch: Infinity, ahead: undefined });
        if (epoch <= at && epoch > latest.epoch) Object.assign(latest, { epoch, passed });
        if (epoch > at && epoch < latest.aheadEpoch) Object.assign(latest, { aheadEpoch: epoch, ahead: passed });
      }
    }
  }

  get people(): Iterable<string> {
    return this.byPerson.keys();
  }

  of(person: string, course: number): Latest | undefined {
    return this.byPerson.get(person)?.[course];
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
  private readonly limits: (passed: string, epoch: number) => Limits;
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

  standingOf(person: string, latest: Latest | undefined): CourseStanding {
    const limits = latest?.passed === undefined ? undefined : this.limits(latest.passed, latest.epoch);
    const { state, due, graceEnd, next } =
      latest?.ahead === undefined && limits !== undefined ? this.knownFollowing(limits) : this.follow(limits, latest);
    return {
      person,
      course: this.told,
      state,
      passed: latest?.passed,
      due,
      graceEnd,
      next,
      ahead: latest?.ahead,
      unchecked: this.unchecked,
    };
  }

  private knownFollowing(limits: Limits): Following {
    let known = this.following.get(limits);
    if (known === undefined) this.following.set(limits, (known = this.follow(limits, undefined)));
    return known;
  }

  private follow(limits: Limits | undefined, latest: Latest | undefined): Following {
    return {
      state: this.stateOf(limits, this.at),
      due: finite(limits?.due),
      graceEnd: finite(limits?.graceEnd),
      next: this.nextOf(limits, latest, this.at),
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
    latest: Latest | undefined,
    at: number,
  ): { readonly at: number; readonly state: CourseState } | undefined {
    const changes = [limits?.reminder, limits?.due, limits?.graceEnd].flatMap((moment) => finite(moment) ?? []);
    const first = Math.min(...changes.filter((moment) => moment > at));
    // A pass that is ahead opens what is closed, on its day.
    if (latest?.ahead !== undefined && latest.aheadEpoch <= first) {
      const then = this.stateOf(this.limits(latest.ahead, latest.aheadEpoch), latest.aheadEpoch);
      return { at: latest.aheadEpoch, state: then };
    }
    return Number.isFinite(first) ? { at: first, state: this.stateOf(limits, first) } : undefined;
  }
}

function finite(moment: number | undefined): number | undefined {
  return moment !== undefined && Math.abs(moment) < 8e15 ? moment : undefined;
}

const remembered = new Map<string, (passed: string, epoch: number) => Limits>();
/** Kinds of courses that are remembered at once; a policy has a handful. */
const REMEMBERED = 32;

/** `limitsByDay`, the same for every course with the same durations: it is the calendar that costs. */
function rememberedLimits(course: Course, zone: string): (passed: string, epoch: number) => Limits {
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
function limitsByDay(course: Course, zone: string): (passed: string, epoch: number) => Limits {
  const dayOf = dayFinder(zone);
  const limits = (passed: string, epoch: number): Limits =>
    limitsOf(course, { passed, event: { day: dayOf(epoch), epoch } } satisfies Pass, zone);
  const repeat = course.repeat === undefined ? undefined : parseDuration(course.repeat);
  const since = course.since === undefined ? undefined : momentOf(course.since, zone);
  // Hours run from the instant, so there every pass is its own.
  if (repeat?.kind === 'hours') return limits;
  const known = new Map<number, Limits>();
  return (passed, epoch) => {
    const { year, month, day } = dayOf(epoch);
    const key = ((year * 12 + month) * 31 + day) * (since !== undefined && epoch < since ? -1 : 1);
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = limits(passed, epoch)));
    return found;
  };
}

const DAY_MS = 86_400_000;

/** `dayAt` for many instants: the bounds of each day of the zone are looked up once. */
function dayFinder(zone: string): (epoch: number) => Day {
  const days = new Map<number, { readonly day: Day; readonly start: number; readonly end: number }>();
  return (epoch) => {
    const number = Math.floor(epoch / DAY_MS);
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
