import * as vscode from 'vscode';
import type { Ask, Exposure, Facts } from '../decision/Ask.js';
import type { Decision } from '../decision/Decision.js';
import { createEngine, type Engine } from '../engine.js';
import { foldAddress } from '../policy/addresses.js';
import { ACTIONS, type Action } from '../policy/language.js';
import type { Policy } from '../policy/Policy.js';
import { NO_POLICY, policyInForce, type PolicyInForce, type PolicyReading } from '../policy/PolicyInForce.js';
import type { Clock, Hash, Instant, LineSpan, Log, Network, Person } from '../ports.js';
import type { FileRegions } from '../regions/Region.js';
import type { CourseRecords } from '../training/CourseRecords.js';
import { DisposableStore } from './DisposableStore.js';
import { LastGoodPolicy } from './LastGoodPolicy.js';
import { POLICY_FILE } from './names.js';
import { FolderRecords } from './training/FolderRecords.js';
import { workspaceFiles, type Disk } from './workspaceFiles.js';

/** After a keystroke in a policy file, wait this long (ms) for the next one before reading the policy again. */
const SETTLE_MS = 40;

/** Files that are watched wherever they are. */
const WATCHED = /\.(?:yaml|yml|csv|sig)$/;

/** What somebody does: an ask, without the person and the moment. */
export type Act = Pick<Ask, 'action' | 'lines' | 'into'>;

/** What one folder's terms need from outside. */
export interface FolderPorts {
  readonly clock: Clock;
  readonly hash: Hash;
  readonly log: Log;
  readonly disk: Disk;
  /** Asks who sits at this editor, for the repository at `root`. */
  person(root: vscode.Uri): Promise<Person>;
  /** The way to the record stores that somebody agreed to for the repository at `root`; undefined where nothing is fetched. */
  network(root: vscode.Uri): Network | undefined;
  /** The badges of these issuers that the person at this machine pasted, one signed JWT each. */
  badges(issuers: readonly string[]): Promise<readonly string[]>;
  /** What was recorded on this machine of who saw which asset, under an agreement; none when it cannot be read. */
  exposures(agreement: string): Promise<readonly Exposure[]>;
  /** Where the last good policy of a folder outlives the window; undefined when the editor offers no such place. */
  readonly storage: vscode.Uri | undefined;
  /** Remembers, per repository, what a person chose. */
  readonly memory: vscode.Memento;
}

/**
 * The terms of one workspace folder: its policy, kept up to date with the file and with an editor's unsaved text, and the
 * person that decisions are made for.
 */
export class FolderTerms implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<void>());
  /** Fires after the policy in force, its problems or the person changed. */
  readonly onDidChange = this.changed.event;
  readonly engine: Engine;
  private state: PolicyInForce = NO_POLICY;
  private who: Person = { address: undefined, source: 'not asked yet' };
  /** Settles when it is known who sits at the editor, or that nobody is. */
  private asked: Promise<void> = Promise.resolve();
  private known: Facts = { records: [], exposures: [] };
  /** Course records, and where the person at hand stands. */
  readonly records: FolderRecords;
  private readings = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly lastGood: LastGoodPolicy;
  /** Files of the repository that the terms were read from, by path, with what stood in them: the policy, its parents, registers. */
  private sources = new Map<string, Promise<string>>();
  private readonly watched = new Set<string>();

  constructor(
    /** The repository's root: the folder that holds the policy, or would. */
    readonly root: vscode.Uri,
    private readonly ports: FolderPorts,
  ) {
    const files = workspaceFiles(root, ports.disk);
    this.engine = createEngine({
      hash: ports.hash,
      files: {
        read: (path) => {
          const reading = files.read(path);
          this.sources.set(path, this.contentOf(reading));
          return reading;
        },
        target: (path) => files.target(path),
      },
    });
    this.lastGood = new LastGoodPolicy(ports.storage, root, ports.hash);
    this.records = this.owned.add(
      new FolderRecords({
        engine: this.engine,
        clock: ports.clock,
        log: ports.log,
        network: () => ports.network(root),
        badges: (issuers) => ports.badges(issuers),
      }),
    );
    this.owned.add(
      this.records.onDidChange(() => {
        this.known = { ...this.known, ...factsIn(this.records.current) };
        this.changed.fire();
      }),
    );
    this.watch('**/*.{yaml,yml,csv,sig}');
    this.owned.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (this.isSource(event.document.uri)) this.readSoon();
      }),
    );
    this.owned.add(
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (this.isSource(document.uri)) this.readSoon();
      }),
    );
  }

  get inForce(): PolicyInForce {
    return this.state;
  }

  get policy(): Policy | undefined {
    return this.state.policy;
  }

  get person(): Person {
    return this.who;
  }

  /** The purposes that the policy's grants know, sorted. */
  get purposes(): readonly string[] {
    return [...new Set(this.policy?.grants.flatMap((grant) => grant.purpose ?? []))].sort();
  }

  /** The purpose that the person stated for this repository; undefined when none, or when the policy knows it no longer. */
  get purpose(): string | undefined {
    const stated = this.ports.memory.get<string>(this.purposeKey);
    return stated !== undefined && this.purposes.includes(stated) ? stated : undefined;
  }

  /** States the purpose of the work in this repository, until it is changed; undefined takes it back. */
  async statePurpose(purpose: string | undefined): Promise<void> {
    await this.ports.memory.update(this.purposeKey, purpose);
    this.changed.fire();
  }

  private get purposeKey(): string {
    return `purpose:${this.root.toString()}`;
  }

  get clock(): Clock {
    return this.ports.clock;
  }

  /** The moment that decisions are made for: now, also on a machine whose clock was set back. */
  now(): Instant {
    return this.records.now();
  }

  /** What is known of people beside the policy. */
  get facts(): Facts {
    return this.known;
  }

  /** Takes in exposures that were recorded just now: what is decided next knows them. */
  expose(exposures: readonly Exposure[]): void {
    if (exposures.length === 0) return;
    this.known = { ...this.known, exposures: [...this.known.exposures, ...exposures] };
    this.changed.fire();
  }

  /** Reads again what was recorded on this machine: another window may have recorded an exposure meanwhile. */
  async recallExposures(): Promise<void> {
    const { policy } = this;
    if (policy?.walls.some(({ cooling }) => cooling !== undefined) !== true) return;
    const recorded = await this.ports.exposures(policy.agreement.id);
    const all = withoutRepeats([...recorded, ...this.known.exposures]);
    if (all.length === this.known.exposures.length) return;
    this.known = { ...this.known, exposures: all };
    this.changed.fire();
  }

  get policyUri(): vscode.Uri {
    return vscode.Uri.joinPath(this.root, POLICY_FILE);
  }

  /** Path of `uri` from the repository's root with `/`, or undefined when it lies outside. */
  pathOf(uri: vscode.Uri): string | undefined {
    const base = this.root.path.endsWith('/') ? this.root.path : `${this.root.path}/`;
    return uri.path.startsWith(base) ? uri.path.slice(base.length) : undefined;
  }

  /** Reads policy and person for the first time; a policy that was good in an earlier session steps in for a broken one. */
  async open(): Promise<void> {
    await Promise.all([this.askWhoIsThere(), this.read()]);
  }

  /** Asks again who sits at the editor. */
  async askWhoIsThere(): Promise<void> {
    const before = this.who;
    const asking = this.ports.person(this.root).then((who) => (this.who = who));
    this.asked = asking.then(() => undefined);
    const { address, source } = await asking;
    if (address !== before.address && this.policy !== undefined) await this.takeRecords(this.policy);
    if (address !== before.address || source !== before.source) this.changed.fire();
  }

  /** Reads course records again, record stores included: somebody agreed to one, or a course was passed just now. */
  async refreshRecords(): Promise<void> {
    if (this.policy !== undefined) await this.records.refresh();
  }

  /** Reads course records again by what is at hand: a badge was added. Record stores are asked in the background. */
  async retakeRecords(): Promise<void> {
    if (this.policy === undefined) return;
    await this.takeRecords(this.policy);
    this.changed.fire();
  }

  /** What is known of another person, for a question about them: record stores are asked for one person at a time. */
  async factsAbout(person: string): Promise<Facts> {
    const { policy } = this;
    const isKnown = policy === undefined || foldAddress(person) === foldAddress(this.who.address ?? '');
    if (isKnown || policy.records.every(({ kind }) => kind !== 'xapi')) return this.known;
    return { ...this.known, ...factsIn(await this.records.about(person, policy)) };
  }

  /** The question whether the person at hand may do this, at this moment and for the purpose stated. */
  ask({ path }: FileRegions, act: Act): Ask {
    return {
      ...act,
      who: this.who.address ?? '',
      file: path,
      at: this.now(),
      ...(this.purpose === undefined ? {} : { purpose: this.purpose }),
    };
  }

  /** May the person at hand do this, at this moment and for the purpose stated? */
  decide(policy: Policy, regions: FileRegions, act: Act): Decision {
    return this.engine.decide(policy, regions, this.ask(regions, act), this.facts);
  }

  /** The answer for every action on these lines (all lines when left out), for the person at hand, at this moment. */
  decisions(policy: Policy, regions: FileRegions, lines: LineSpan | undefined): Readonly<Record<Action, Decision>> {
    const ask = (action: Action): Decision =>
      this.decide(policy, regions, { action, ...(lines === undefined ? {} : { lines }) });
    return Object.fromEntries(ACTIONS.map((action) => [action, ask(action)])) as Record<Action, Decision>;
  }

  /** Lets go of a policy whose file is gone, when a person said so. */
  async release(): Promise<void> {
    await this.lastGood.forget();
    this.state = NO_POLICY;
    await this.records.take(undefined);
    this.changed.fire();
  }

  private isSource(uri: vscode.Uri): boolean {
    const path = this.pathOf(uri);
    return path !== undefined && (path === POLICY_FILE || this.sources.has(path));
  }

  /** Tells contents apart: the bytes' hash, why there are none, or nothing where no such file is. */
  private contentOf(reading: Promise<Uint8Array | undefined>): Promise<string> {
    return reading.then((bytes) => (bytes === undefined ? '' : this.ports.hash(bytes)), String);
  }

  /**
   * Reads the terms again when a file that they came from is not as it was read. The editor's watcher misses changes behind a
   * symbolic link, and what happens before it watches.
   */
  async readIfChanged(): Promise<void> {
    const files = workspaceFiles(this.root, this.ports.disk);
    const compared = [...this.sources].map(
      async ([path, before]) => (await before) === (await this.contentOf(files.read(path))),
    );
    if ((await Promise.all(compared)).includes(false)) this.readSoon();
  }

  private readSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.read();
    }, SETTLE_MS);
  }

  private async read(): Promise<void> {
    const reading = ++this.readings;
    this.sources = new Map();
    let outcome: PolicyReading;
    try {
      outcome = await this.engine.readPolicy(POLICY_FILE);
    } catch (error) {
      this.ports.log.error('Reading the policy failed', error);
      return;
    }
    // A later reading has begun meanwhile: its answer is the one that counts.
    if (reading !== this.readings) return;
    let before = this.state;
    const good = outcome.kind === 'parsed' && outcome.parsed.policy !== undefined;
    if (!good && before.policy === undefined) before = (await this.lastGood.recall()) ?? before;
    const state = policyInForce(before, outcome);
    let facts = await this.readFacts(state.policy);
    // It may have become known meanwhile who sits there.
    while (!this.records.isAbout(this.who.address) && reading === this.readings)
      facts = { ...facts, ...factsIn(await this.takeRecordsOf(state.policy)) };
    if (reading !== this.readings) return;
    const { policy } = state;
    // Of the file's own policy only: nothing has to be said of one that no longer stands there.
    const aged =
      policy === undefined || state.stale !== undefined ? [] : this.engine.warningsAt(policy, this.ports.clock.now());
    this.state = { ...state, problems: [...state.problems, ...aged] };
    // What was recorded a moment ago may not have been on the disk when it was read.
    this.known = { ...facts, exposures: withoutRepeats([...facts.exposures, ...this.known.exposures]) };
    this.changed.fire();
    this.records.follow();
    if (good && !this.hasUnsavedSource())
      await this.lastGood.remember([...this.sources.keys()], workspaceFiles(this.root, this.ports.disk));
  }

  private async readFacts(policy: Policy | undefined): Promise<Facts> {
    const [records, exposures] = await Promise.all([
      this.takeRecordsOf(policy),
      policy === undefined ? [] : this.ports.exposures(policy.agreement.id),
    ]);
    return { ...factsIn(records), exposures };
  }

  private async takeRecords(policy: Policy): Promise<void> {
    const records = await this.takeRecordsOf(policy);
    this.known = { ...this.known, ...factsIn(records) };
    this.records.follow();
  }

  private async takeRecordsOf(policy: Policy | undefined): Promise<CourseRecords> {
    const sources = policy?.records ?? [];
    for (const path of sources.flatMap((source) => source.path ?? [])) if (!WATCHED.test(path)) this.watch(path);
    // Registers tell of everybody; a record store is asked about somebody.
    if (sources.some(({ kind }) => kind === 'xapi')) await this.asked;
    const person = this.who.address;
    return (await this.records.take(policy && { policy, person })) ?? this.records.current;
  }

  /** Reads again when a file that the policy or its records come from changes. A pattern is watched once. */
  private watch(pattern: string): void {
    if (this.watched.has(pattern)) return;
    this.watched.add(pattern);
    const watcher = this.owned.add(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(this.root, pattern)),
    );
    const onFile = (uri: vscode.Uri): void => {
      if (this.isSource(uri)) this.readSoon();
    };
    this.owned.add(watcher.onDidChange(onFile));
    this.owned.add(watcher.onDidCreate(onFile));
    this.owned.add(watcher.onDidDelete(onFile));
  }

  private hasUnsavedSource(): boolean {
    return vscode.workspace.textDocuments.some((document) => document.isDirty && this.isSource(document.uri));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.readings++;
    this.owned.dispose();
  }
}

function factsIn({ records, unchecked }: CourseRecords): Pick<Facts, 'records' | 'unchecked'> {
  return { records, unchecked };
}

function withoutRepeats(exposures: readonly Exposure[]): readonly Exposure[] {
  return [...new Map(exposures.map((exposure) => [JSON.stringify(exposure), exposure])).values()];
}
