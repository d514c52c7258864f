import { activitiesOf } from '../../policy/activities.js';
import { normalEndpoint } from '../../policy/endpoints.js';
import { endAfter, eventAt, parseDuration } from '../../policy/durations.js';
import { DEFAULT_OFFLINE, type Course, type RecordSource } from '../../policy/language.js';
import type { Clock, Network } from '../../ports.js';
import type { SourceFault, SourceState } from '../CourseRecords.js';
import type { RegisterEntry } from '../readRegister.js';
import { agentsOf } from './Identity.js';
import { GatheredPasses } from './GatheredPasses.js';
import { passIn, VERBS, type Wanted } from './passIn.js';
import { StoredPasses } from './StoredPasses.js';
import { XapiStore } from './XapiStore.js';

/** A store may be this far behind without our saying so (ms): every store takes a while. */
const BEHIND_MS = 10 * 60_000;
/** A clock this far before a moment that has been is set back (ms). */
const CLOCK_MS = 5 * 60_000;
/** Queries that a store is asked at once. */
const AT_ONCE = 4;

/** What is asked of a store. */
export interface StoreRequest {
  readonly source: RecordSource;
  readonly courses: readonly Course[];
  /** How the one person of interest spells their address; undefined for everybody. */
  readonly person: readonly string[] | undefined;
  /** Answers up to this old are as good as new (ms). */
  readonly maxAge: number;
  /** Whether passes that later ones have replaced are wanted too. */
  readonly history: boolean;
  /** Goes by what is kept; the store is asked in another call. */
  readonly keptOnly: boolean;
  readonly zone: string;
  /** Called as statements come in, with how many there are by now. */
  readonly onProgress: (statements: number) => void;
}

/** What a store gave, or what is still known of it. */
export interface StoreReading {
  readonly state: SourceState;
  readonly passes: readonly RegisterEntry[];
  /** When the store was last read with success, in epoch milliseconds. */
  readonly readAt: number | undefined;
  /** Until when what was known before counts, though the store cannot be asked. */
  readonly keptUntil?: number;
  /** The latest moment that is known to have been, beside the clock's. */
  readonly seen: number;
}

/** Reads the passes of a policy's courses from a record store, or what is kept of them. Never rejects. */
export async function readStore(request: StoreRequest, network: Network, clock: Clock): Promise<StoreReading> {
  const { source } = request;
  const endpoint = normalEndpoint(source.endpoint ?? '') ?? '';
  const wanted: Wanted = {
    courses: new Map(request.courses.flatMap((course) => activitiesOf(course).map((iri) => [iri, course.id]))),
    identity: source.account,
    authority: source.authority,
  };
  const agents = request.person === undefined ? undefined : agentsOf(request.person, source.account);
  const key = JSON.stringify([
    endpoint,
    [...wanted.courses],
    source.account,
    source.authority,
    agents,
    request.history,
  ]);
  const now = Date.parse(clock.now());
  const kept = StoredPasses.parse(await network.cache.read(key), source.endpoint ?? '');
  const confirmed = (await network.access.confirmed()).map((text) => normalEndpoint(text) ?? text);
  // What was fetched while somebody agreed to it does not outlive that agreement.
  if (!confirmed.includes(endpoint))
    return { state: { kind: 'unconfirmed', confirmed }, passes: [], readAt: undefined, seen: -Infinity };
  const isSetBack = kept !== undefined && kept.readAt > now + CLOCK_MS;
  if (kept !== undefined && !isSetBack && now - kept.readAt < request.maxAge)
    return { state: stateOf(kept, { kind: 'kept' }), passes: kept.passes, readAt: kept.readAt, seen: kept.seen };

  const fresh: StoredPasses | SourceFault = request.keptOnly
    ? { kind: 'being-asked' }
    : await fetchAll(endpoint, wanted, agents, request, network, clock);
  if (fresh instanceof StoredPasses) {
    await network.cache.write(key, fresh.print());
    return { state: stateOf(fresh, { kind: 'read' }), passes: fresh.passes, readAt: fresh.readAt, seen: fresh.seen };
  }
  if (kept === undefined) return { state: fresh, passes: [], readAt: undefined, seen: -Infinity };
  // With a clock that was set back, nobody can tell how old is what we know.
  const offline = parseDuration(source.offline ?? DEFAULT_OFFLINE);
  const keptUntil =
    offline === undefined || isSetBack
      ? -Infinity
      : endAfter(eventAt(kept.readAt, request.zone), offline, request.zone);
  const counts = now < keptUntil;
  return {
    state: fresh,
    passes: counts ? kept.passes : [],
    readAt: kept.readAt,
    ...(counts ? { keptUntil } : {}),
    seen: kept.seen,
  };
}

function stateOf({ through, seen }: StoredPasses, otherwise: SourceState): SourceState {
  if (through === undefined || through >= seen - BEHIND_MS) return otherwise;
  return { kind: 'behind', through: new Date(through).toISOString() };
}

async function fetchAll(
  endpoint: string,
  wanted: Wanted,
  agents: readonly object[] | undefined,
  request: StoreRequest,
  network: Network,
  clock: Clock,
): Promise<StoredPasses | SourceFault> {
  const credential = await network.access.credentialFor(endpoint);
  if (credential === undefined) return { kind: 'no-credential' };
  const store = new XapiStore(endpoint, credential, network, clock);
  const passes = new GatheredPasses(Date.parse(clock.now()), request.history);
  let statements = 0;
  let fault: SourceFault | undefined;
  const queries = [...wanted.courses.keys()].flatMap((activity) =>
    VERBS.flatMap((verb) =>
      (agents ?? [undefined]).map((agent) => ({
        activity,
        verb,
        ...(agent === undefined ? {} : { agent: JSON.stringify(agent) }),
      })),
    ),
  );
  const next = async (): Promise<void> => {
    for (let query = queries.shift(); query !== undefined && fault === undefined; query = queries.shift()) {
      const outcome = await store.query(
        query,
        (statement) => {
          statements += 1;
          const pass = passIn(statement, wanted);
          if (pass !== undefined) passes.add(pass);
        },
        () => request.onProgress(statements),
      );
      if (outcome.kind === 'fetched') passes.reach(outcome.through, outcome.date);
      else fault ??= outcome;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return fault ?? passes.stored(request.source.endpoint ?? '');
}
