import * as vscode from 'vscode';
import type { Engine } from '../../engine.js';
import type { Policy } from '../../policy/Policy.js';
import type { Clock, Instant, Log, Network } from '../../ports.js';
import { isShut } from '../../report/training.js';
import type { CourseRecords } from '../../training/CourseRecords.js';
import { courseStandings, type CourseStanding } from '../../training/courseStandings.js';
import type { RecordOptions } from '../../training/readRecords.js';
import { DisposableStore } from '../DisposableStore.js';
import { badgeIssuersOf } from './badgeIssuersOf.js';

/** While a course keeps code closed, record stores are asked this often (ms): a pass lifts the gate within a minute. */
const WAITING_MS = 30_000;
/** While none does, this often (ms). */
const OPEN_MS = 10 * 60_000;
/** What another window was told so long ago (ms) is as good as new. */
const SHARED_MS = 10_000;
/** Timers cannot wait longer than this (ms). */
const LONGEST_MS = 2_000_000_000;

/** What the records of a folder need from outside. */
export interface FolderRecordsPorts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly log: Log;
  /** The way to record stores; undefined where nothing may be fetched. */
  network(): Network | undefined;
  /** The badges of these issuers that the person at this machine pasted. */
  badges(issuers: readonly string[]): Promise<readonly string[]>;
}

/** Whom the records are about, and by which policy. */
export interface RecordsSubject {
  readonly policy: Policy;
  /** Without an address nobody is asked about. */
  readonly person: string | undefined;
}

/**
 * The course records of one folder for the person at hand: at once what is known, and in the background what record stores
 * say, for as long as the window is open. No decision ever waits for them.
 */
export class FolderRecords implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<void>());
  /** Fires when records, the way a source is, or somebody's standing are other than before. */
  readonly onDidChange = this.changed.event;
  private subject: RecordsSubject | undefined;
  private known: CourseRecords = NO_RECORDS;
  private courses: readonly CourseStanding[] = [];
  /** How often the records were other than before. */
  private versions = 0;
  private fingerprint = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: Promise<void> | undefined;
  private askedAt = -Infinity;
  private told = new Set<string>();

  constructor(private readonly ports: FolderRecordsPorts) {
    this.owned.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        // Who comes back from the course in the browser need not wait for the next round.
        if (focused && this.hasStores && this.isWaiting && performance.now() - this.askedAt > SHARED_MS)
          void this.ask(0);
      }),
    );
  }

  /** The records as they are known now. */
  get current(): CourseRecords {
    return this.known;
  }

  /** Where the person at hand stands in every course that binds them; empty while nobody is known. */
  get standings(): readonly CourseStanding[] {
    return this.courses;
  }

  /** True when the standings are this person's, or there are none to be had. */
  isAbout(person: string | undefined): boolean {
    return this.subject === undefined || this.subject.person === person;
  }

  /** False while the first answer of a record store is on its way. */
  get isSettled(): boolean {
    return this.known.sources.every(({ state }) => state.kind !== 'being-asked');
  }

  /** The moment to judge by: the clock's, unless it was set back. */
  now(): Instant {
    const now = this.ports.clock.now();
    return this.known.clockIsBehind && Date.parse(now) < Date.parse(this.known.now) ? this.known.now : now;
  }

  /** Reads files, and what is kept of record stores; nothing is fetched. Undefined when a later call came between. */
  async take(subject: RecordsSubject | undefined): Promise<CourseRecords | undefined> {
    this.subject = subject;
    const records = subject === undefined ? NO_RECORDS : await this.read(subject, { keptOnly: true });
    if (subject !== this.subject) return undefined;
    this.settle(records);
    return this.known;
  }

  /** From now on asks record stores in the background, and says when a standing changes by itself. */
  follow(): void {
    if (this.hasStores) void this.ask(SHARED_MS);
    else this.askLater();
  }

  /** Asks record stores now, whenever they were asked before. */
  async refresh(): Promise<void> {
    // A round that is under way may go by what another window was told a moment ago.
    while (this.asking !== undefined) await this.asking;
    await this.ask(0);
  }

  /** Asks record stores. What they said up to `maxAge` ago (ms) is as good as new. */
  private ask(maxAge: number): Promise<void> {
    this.asking ??= this.askOnce(maxAge).finally(() => {
      this.asking = undefined;
      this.askLater();
    });
    return this.asking;
  }

  /** The records of one other person, for a question about them. */
  about(person: string, policy: Policy): Promise<CourseRecords> {
    return this.read({ policy, person }, {});
  }

  /** The records of everybody; record stores tell how far they are. */
  everybody(policy: Policy, options: Pick<RecordOptions, 'onProgress' | 'maxAge'>): Promise<CourseRecords> {
    return this.readWith(this.ports.network(), policy, options);
  }

  private get hasStores(): boolean {
    return this.subject?.policy.records.some(({ kind }) => kind === 'xapi') ?? false;
  }

  private get isWaiting(): boolean {
    return this.courses.some(isShut);
  }

  private async askOnce(maxAge: number): Promise<void> {
    const { subject } = this;
    if (subject === undefined) return;
    this.askedAt = performance.now();
    try {
      const records = await this.read(subject, { maxAge });
      if (subject !== this.subject) return;
      const before = this.fingerprint;
      this.settle(records);
      if (this.fingerprint !== before) this.changed.fire();
    } catch (error) {
      this.ports.log.error('Reading course records failed', error);
    }
  }

  private askLater(): void {
    clearTimeout(this.timer);
    if (this.subject === undefined || this.courses.length === 0) return;
    const now = Date.parse(this.now());
    const retry = this.known.sources.flatMap(({ state }) =>
      state.kind === 'busy' && state.retryAt !== undefined ? [Date.parse(state.retryAt) - now] : [],
    );
    const every = !this.hasStores ? LONGEST_MS : this.isWaiting ? Math.max(WAITING_MS, ...retry) : OPEN_MS;
    // What changes by itself, changes on time: a grace that ends closes code, a reminder begins.
    const next = this.courses.flatMap((standing) => (standing.next === undefined ? [] : [standing.next.at - now + 50]));
    const wait = Math.min(LONGEST_MS, every, ...next.filter((after) => after > 0));
    this.timer = setTimeout(() => {
      void this.ask(SHARED_MS);
    }, wait);
  }

  private async read({ policy, person }: RecordsSubject, options: RecordOptions): Promise<CourseRecords> {
    // Nobody is asked about whom we do not know: a store without a name in the question tells of everybody.
    const network = person === undefined ? undefined : this.ports.network();
    return this.readWith(network, policy, { ...options, ...(person === undefined ? {} : { person }) });
  }

  private async readWith(network: Network | undefined, policy: Policy, options: RecordOptions): Promise<CourseRecords> {
    const issuers = badgeIssuersOf(policy);
    const badges = issuers.length === 0 ? [] : await this.ports.badges(issuers);
    return this.ports.engine.readRecords(
      policy,
      { clock: this.ports.clock, ...(network === undefined ? {} : { network }) },
      { ...options, badges },
    );
  }

  private settle(records: CourseRecords): void {
    for (const problem of records.problems) if (!this.told.has(problem)) this.ports.log.warn(problem);
    this.told = new Set(records.problems);
    const before = this.known;
    // The same list is not sorted into people again.
    const same = JSON.stringify(before.records) === JSON.stringify(records.records);
    this.known = same ? { ...records, records: before.records } : records;
    const { policy, person } = this.subject ?? {};
    this.courses =
      policy === undefined || person === undefined
        ? []
        : courseStandings(policy, this.known, Date.parse(this.now()), person).standings;
    if (!same) this.versions++;
    this.fingerprint = JSON.stringify([
      this.versions,
      this.known.unchecked,
      this.known.sources.map(({ name, state }) => [name, state.kind === 'kept' ? 'read' : state]),
      this.courses.map(({ course, state, passed }) => [course.id, state, passed]),
    ]);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subject = undefined;
    this.owned.dispose();
  }
}

const NO_RECORDS: CourseRecords = {
  records: [],
  sources: [],
  unchecked: [],
  problems: [],
  now: new Date(0).toISOString(),
  clockIsBehind: false,
};
