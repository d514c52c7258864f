import { activitiesOf } from '../policy/activities.js';
import { foldAddress } from '../policy/addresses.js';
import type { Course, PolicyContent, RecordSource } from '../policy/language.js';
import { zoneOf } from '../policy/membership.js';
import { UserError, type Clock, type Files, type Instant, type Network } from '../ports.js';
import type { CourseRecords, Reading, SourceState, SourceStatus, Unchecked } from './CourseRecords.js';
import { coursesOf, readBadgeFiles, readPastedBadges } from './readBadges.js';
import { readRegister, REGISTER_COLUMNS, type Register } from './readRegister.js';
import { stateAdvice, stateInWords } from './sourceInWords.js';
import { checkSshSignature } from './sshSignature.js';

/** The parts of a policy that say where records are and whom they may be about. */
export type RecordsPolicy = Pick<PolicyContent, 'agreement' | 'records' | 'training' | 'teams' | 'approvers'>;

/** What reading records needs from outside. Without a network no record store is asked. */
export interface RecordPorts {
  readonly files: Pick<Files, 'read'>;
  readonly clock: Clock;
  readonly network?: Network;
}

/** How records are read. */
export interface RecordOptions {
  /** The one person of interest, who is all that a record store is asked for; left out: everybody. */
  readonly person?: string;
  /** What a record store said up to this long ago (ms) is as good as new. Left out: a minute, for everybody ten. */
  readonly maxAge?: number;
  /** For a moment in the past: record stores give passes that later ones have replaced, too. */
  readonly history?: boolean;
  /** Goes by what is kept of record stores, without asking any: they are asked in another call. */
  readonly keptOnly?: boolean;
  /** Badges that somebody pasted, one JWT each. They count where a badge source of the policy takes them. */
  readonly badges?: readonly string[];
  /** Called while a record store answers, with its endpoint and how many statements came by now. */
  readonly onProgress?: (endpoint: string, statements: number) => void;
}

const MINUTE_MS = 60_000;

/**
 * Reads every source that a policy names, all at once. A source that cannot be read counts for nothing, and its status and
 * `problems` say so; the courses that it knows of are then `unchecked`. Paths are from the repository's root.
 */
export async function readRecords(
  policy: RecordsPolicy,
  ports: RecordPorts,
  options: RecordOptions = {},
): Promise<CourseRecords> {
  const clockNow = Date.parse(ports.clock.now());
  const zone = zoneOf(policy);
  const all = await Promise.all([
    ...policy.records.map((source) => readSource(source, policy, ports, options, zone)),
    readPastedBadges(options.badges ?? [], policy, ports.clock, options.person),
  ]);
  const readings = all.flat();
  const seen = Math.max(-Infinity, ...readings.map((reading) => reading.seen ?? -Infinity));
  // A little is the difference between two clocks; more is a clock that stands in the past.
  const clockIsBehind = seen > clockNow + 5 * MINUTE_MS;
  return {
    records: readings.flatMap(({ records }) => records),
    sources: readings.map(({ status }) => status),
    unchecked: readings.flatMap(({ status }) => uncheckedOf(status, zone)),
    problems: [
      ...readings.flatMap(({ status }) => [...troubleOf(status, zone), ...status.problems]),
      ...(clockIsBehind
        ? [
            `The clock of this machine stands at ${new Date(clockNow).toISOString()}, before a moment that has been. Set it right; until then ${new Date(seen).toISOString()} counts.`,
          ]
        : []),
    ],
    now: clockIsBehind ? new Date(seen).toISOString() : ports.clock.now(),
    clockIsBehind,
  };
}

async function readSource(
  source: RecordSource,
  policy: RecordsPolicy,
  ports: RecordPorts,
  options: RecordOptions,
  zone: string,
): Promise<readonly Reading[]> {
  const courses = coursesOf(source, policy);
  switch (source.kind) {
    case 'file':
      return Promise.all((source.path ?? []).map((path) => readFile(path, source, courses, policy, ports)));
    case 'xapi':
      return [await readFromStore(source, courses, policy, ports, options, zone)];
    case 'badge':
      return readBadgeFiles(source, policy, ports, options.person);
  }
}

async function readFile(
  path: string,
  source: RecordSource,
  courses: readonly Course[],
  { approvers }: RecordsPolicy,
  { files, clock }: RecordPorts,
): Promise<Reading> {
  const status = (state: SourceState, register?: Register): Reading => {
    const records =
      register?.records.flatMap((entry) => (isOf(courses, entry.course, source) ? [{ ...entry, source: path }] : [])) ??
      [];
    return {
      status: {
        kind: 'file',
        name: path,
        courses: courses.map(({ id }) => id),
        state,
        records: records.length,
        readAt: register === undefined ? undefined : clock.now(),
        problems: register?.problems ?? [],
      },
      records,
    };
  };
  try {
    const bytes = await files.read(path);
    if (bytes === undefined) return status({ kind: 'missing' });
    if (source.signed) {
      const signature = await files.read(`${path}.sig`);
      if (signature === undefined) return status({ kind: 'unsigned' });
      const keys = approvers.flatMap((approver) => approver.keys);
      const check = await checkSshSignature(new TextDecoder().decode(signature), bytes, keys);
      if (check.kind === 'bad') return status({ kind: 'bad-signature', why: check.why });
      if (check.kind === 'stranger') return status({ kind: 'strange-signature' });
    }
    const columns = source.columns ?? REGISTER_COLUMNS;
    const register = readRegister(path, new TextDecoder().decode(bytes), columns);
    return register.unreadable === undefined
      ? status({ kind: 'read' }, register)
      : status({ kind: 'unreadable', why: register.unreadable });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return status({ kind: 'unreadable', why: error.message });
  }
}

/** True for a record of a course that the source is asked for; where it is asked for all, of anything. */
function isOf(courses: readonly Course[], name: string, source: RecordSource): boolean {
  return source.courses === undefined || courses.some(({ id, formerly }) => id === name || formerly.includes(name));
}

async function readFromStore(
  source: RecordSource,
  all: readonly Course[],
  policy: RecordsPolicy,
  { clock, network }: RecordPorts,
  options: RecordOptions,
  zone: string,
): Promise<Reading> {
  const name = source.endpoint ?? '';
  const courses = all.filter((course) => activitiesOf(course).length > 0);
  const base = { kind: 'xapi', name, courses: courses.map(({ id }) => id), problems: [] } as const;
  if (network === undefined)
    return { status: { ...base, state: { kind: 'not-asked' }, records: 0, readAt: undefined }, records: [] };
  const { person } = options;
  // Few policies name a record store: whoever starts without one does not load this.
  const { readStore } = await import('./xapi/readStore.js');
  const reading = await readStore(
    {
      source,
      courses,
      person: person === undefined ? undefined : spellingsOf(person, policy),
      maxAge: options.maxAge ?? (person === undefined ? 10 * MINUTE_MS : MINUTE_MS),
      history: options.history ?? false,
      keptOnly: options.keptOnly ?? false,
      zone,
      onProgress: (statements) => options.onProgress?.(name, statements),
    },
    network,
    clock,
  );
  const wanted = person === undefined ? undefined : foldAddress(person);
  const records = wanted === undefined ? reading.passes : reading.passes.filter((pass) => pass.person === wanted);
  return {
    status: {
      ...base,
      state: reading.state,
      records: records.length,
      readAt: instant(reading.readAt),
      ...(reading.keptUntil === undefined ? {} : { keptUntil: instant(reading.keptUntil) ?? 'for ever' }),
    },
    records,
    seen: reading.seen,
  };
}

/** How the policy and the asker spell one address: a record store may tell capitals apart. */
function spellingsOf(person: string, { teams }: RecordsPolicy): readonly string[] {
  const folded = foldAddress(person);
  const members = teams.flatMap((team) => team.members.map((member) => member.person));
  return [...new Set([person, ...members.filter((member) => foldAddress(member) === folded)])];
}

/** The courses that a source may know more of than we do. What is kept of one that cannot be asked counts for a while. */
function uncheckedOf(status: SourceStatus, zone: string): readonly Unchecked[] {
  const { state, courses, keptUntil, readAt } = status;
  if (state.kind === 'read' || state.kind === 'kept') return [];
  // The person's own choice of badges; nobody waits for one that is not there.
  if (status.kind === 'badge') return [];
  const since = state.kind === 'behind' ? state.through : readAt;
  const why = stateInWords(status, zone);
  return courses.map((course) => ({
    course,
    ...(since === undefined ? {} : { since }),
    why: keptUntil === undefined ? why : `${why}, and what is known is from before`,
  }));
}

function troubleOf(status: SourceStatus, zone: string): readonly string[] {
  if (['read', 'kept', 'being-asked'].includes(status.state.kind)) return [];
  const said = stateInWords(status, zone);
  return [`${said.charAt(0).toUpperCase()}${said.slice(1)}. ${stateAdvice(status)}`.trim()];
}

function instant(epoch: number | undefined): Instant | undefined {
  return epoch === undefined || Math.abs(epoch) > 8e15 ? undefined : new Date(epoch).toISOString();
}
