import * as vscode from 'vscode';
import type { Course } from '../../policy/language.js';
import { zoneOf } from '../../policy/membership.js';
import { dayAt, isoDay } from '../../policy/moments.js';
import type { Policy } from '../../policy/Policy.js';
import { isShut } from '../../report/training.js';
import { invitation, passedInWords, standingInWords } from '../../report/trainingWords.js';
import type { SourceState } from '../../training/CourseRecords.js';
import type { CourseStanding } from '../../training/courseStandings.js';
import { DisposableStore } from '../DisposableStore.js';
import type { FolderTerms } from '../FolderTerms.js';
import type { LessonPanels } from '../lesson/LessonPanels.js';
import type { SignEntry } from '../lesson/registerEntry.js';
import type { Terms } from '../Terms.js';
import { LessonRecords, type LessonRecordsPorts } from './LessonRecords.js';
import type { OverviewPanels } from './OverviewPanels.js';
import type { PastedBadges } from './PastedBadges.js';
import type { RecordAccess } from './RecordAccess.js';
import { storesOf } from './storesOf.js';

/** While a record waits on this machine it is tried again this often (ms). */
const SEND_AGAIN_MS = 30_000;

/** The ways a record store can be that the person at hand can mend. */
const CONNECTED_BY_HAND: readonly SourceState['kind'][] = ['unconfirmed', 'no-credential', 'unauthorised', 'forbidden'];

/** What the gate needs from outside. */
export interface TrainingGatePorts extends LessonRecordsPorts {
  /** Remembers who was invited and reminded when, whatever folder is open. */
  readonly memory: vscode.Memento;
  /** The folder with the pages' scripts and styles. */
  readonly media: vscode.Uri;
  readonly sign: SignEntry;
}

/**
 * Takes people to the courses that keep code closed to them: one prompt when a repository is opened, modal for whoever is new to
 * it, reminders at most once a day and once a session, and a word when a pass has opened the code. What is closed is the
 * decision's to say; nothing here decides.
 */
export class TrainingGate implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly records: LessonRecords;
  // Pages that a person opens now and then are loaded when they do, not when the window opens.
  private lessons: Promise<LessonPanels> | undefined;
  private overviews: Promise<OverviewPanels> | undefined;
  /** The standings that were last looked at, by folder. */
  private readonly seen = new Map<string, ReadonlyMap<string, CourseStanding>>();
  /** Prompts that were shown in this session. */
  private readonly prompted = new Set<string>();
  private sender: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly terms: Terms,
    private readonly access: RecordAccess,
    private readonly badges: PastedBadges,
    private readonly ports: TrainingGatePorts,
  ) {
    this.records = new LessonRecords(ports);
    this.owned.add(
      terms.onDidChange((folder) => {
        for (const one of folder === undefined ? terms.governed : [folder]) this.look(one);
      }),
    );
    this.owned.add(
      access.onDidChange(() => {
        for (const folder of this.terms.governed)
          if (storesOf(folder).length > 0) void folder.refreshRecords().then(() => this.sendWaiting());
      }),
    );
    // What waited when the last window closed.
    this.sendLater();
  }

  /** Opens a course: its page in the browser, or the lesson here. Without a name the person picks among what is due. */
  async startTraining(folder: FolderTerms, id?: string): Promise<void> {
    const { policy } = folder;
    if (policy === undefined) return;
    const named = policy.training.find((course) => course.id === id);
    const course = named ?? (await this.pickCourse(folder, policy));
    if (course === undefined) return;
    if (course.url !== undefined && (await vscode.env.openExternal(vscode.Uri.parse(course.url, true)))) return;
    (await this.lessonPanels()).show(folder, course);
  }

  /** Opens the lesson of a course, also of one that is passed elsewhere. */
  async readLesson(folder: FolderTerms, id?: string): Promise<void> {
    const { policy } = folder;
    if (policy === undefined) return;
    const course = policy.training.find((each) => each.id === id) ?? (await this.pickCourse(folder, policy));
    if (course !== undefined) (await this.lessonPanels()).show(folder, course);
  }

  /** Lets a person agree to a record store, or change what was agreed. */
  async connect(folder: FolderTerms, endpoint?: string): Promise<void> {
    const stores = storesOf(folder);
    if (stores.length === 0) {
      void vscode.window.showInformationMessage('The policy names no record store; there is none to connect to.');
      return;
    }
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showInformationMessage(
        'Nothing is fetched in Restricted Mode. Trust this folder first, then connect to its record store.',
      );
      return;
    }
    const [only] = stores;
    const chosen =
      stores.find((store) => store === endpoint) ??
      (stores.length === 1 ? only : await vscode.window.showQuickPick(stores, { title: 'Which record store?' }));
    if (chosen === undefined) return;
    const { connectRecordStore } = await import('./connectRecordStore.js');
    await connectRecordStore(folder, chosen, this.access);
  }

  /** Lets a person paste a badge of a course that they passed elsewhere. It counts at once. */
  async addBadge(folder: FolderTerms): Promise<void> {
    const { addBadge } = await import('./addBadge.js');
    const added = await addBadge(folder, this.badges);
    const { policy } = folder;
    if (added === undefined || policy === undefined) return;
    await folder.retakeRecords();
    const stands = folder.records.standings
      .filter(({ course }) => course.id === added)
      .map((standing) => standingInWords(standing, policy, Date.parse(folder.now())));
    const path = policy.records.find(({ kind, path: files }) => kind === 'badge' && files !== undefined)?.path?.[0];
    const elsewhere =
      path === undefined
        ? 'It counts in this editor; a check of commits cannot know of it.'
        : `It counts in this editor. For the check of commits it has to stand in ${path}, too.`;
    void vscode.window.showInformationMessage(['The badge was added.', ...stands, elsewhere].join(' '));
  }

  /** Shows where everybody stands. */
  async overview(folder: FolderTerms): Promise<void> {
    this.overviews ??= import('./OverviewPanels.js').then(({ OverviewPanels }) =>
      this.owned.add(new OverviewPanels({ media: this.ports.media })),
    );
    (await this.overviews).show(folder);
  }

  private lessonPanels(): Promise<LessonPanels> {
    const { media, sign } = this.ports;
    this.lessons ??= import('../lesson/LessonPanels.js').then(({ LessonPanels }) =>
      this.owned.add(
        new LessonPanels({
          ...{ media, records: this.records, sign },
          onQueued: () => {
            this.sendLater();
          },
        }),
      ),
    );
    return this.lessons;
  }

  private async pickCourse(folder: FolderTerms, policy: Policy): Promise<Course | undefined> {
    const { standings } = folder.records;
    const due = standings.filter(({ state }) => state !== 'current');
    const offered = due.length > 0 ? due : standings;
    const at = Date.parse(folder.now());
    const [only, ...others] = offered;
    if (only === undefined) {
      void vscode.window.showInformationMessage('No course of the policy binds you.');
      return undefined;
    }
    if (others.length === 0 && due.length === 1) return courseOf(policy, only);
    const picked = await vscode.window.showQuickPick(
      offered.map((standing) => ({
        label: standing.course.title,
        description: standing.state,
        detail: standingInWords(standing, policy, at),
        standing,
      })),
      { title: 'Which course?', placeHolder: due.length > 0 ? 'These are due' : 'All your courses are current' },
    );
    return picked && courseOf(policy, picked.standing);
  }

  private look(folder: FolderTerms): void {
    const { policy, person, records } = folder;
    // Before the first answer nobody knows what to ask of whom.
    if (policy === undefined || person.address === undefined || !records.isSettled) return;
    const key = JSON.stringify([folder.root.toString(), policy.agreement.id, person.address]);
    const before = this.seen.get(key);
    this.seen.set(key, new Map(records.standings.map((standing) => [standing.course.id, standing])));
    for (const standing of records.standings) {
      const former = before?.get(standing.course.id);
      if (former !== undefined && hasOpened(former, standing))
        void vscode.window.showInformationMessage(passedInWords(standing, policy));
    }
    void this.prompt(folder, policy, person.address).catch((error: unknown) => {
      this.ports.log.warn(`A prompt about training could not be shown: ${String(error)}`);
    });
  }

  /** The one prompt that a folder gets: connect a store, take a course, or be reminded of one. */
  private async prompt(folder: FolderTerms, policy: Policy, person: string): Promise<void> {
    const { standings, current } = folder.records;
    const unknown = standings.filter(({ state }) => state === 'unknown');
    for (const { kind, name, state, courses } of current.sources) {
      if (kind !== 'xapi' || !unknown.some(({ course }) => courses.includes(course.id))) continue;
      if (CONNECTED_BY_HAND.includes(state.kind)) await this.offer(folder, name, state);
    }
    const shut = standings.filter(({ state }) => state === 'missing' || state === 'expired');
    const about = `${policy.agreement.id}:${person}`;
    if (
      shut.some(({ state }) => state === 'missing') &&
      this.ports.memory.get(`trainingInvited:${about}`) === undefined
    )
      await this.invite(folder, policy, shut, about);
    else await this.remind(folder, policy, standings, about);
  }

  private async offer(
    folder: FolderTerms,
    name: string,
    state: { readonly kind: string; readonly confirmed?: readonly string[] },
  ): Promise<void> {
    if (!this.isFirst(`offer:${folder.root.toString()}:${name}:${state.kind}`)) return;
    const named = storesOf(folder);
    const former = state.confirmed?.filter((endpoint) => !named.includes(endpoint)) ?? [];
    const text =
      state.kind === 'unconfirmed'
        ? former.length === 0
          ? `The policy keeps course records at ${name}. Nobody has agreed to that for this repository, so nothing is asked there and your courses cannot be checked.`
          : `The policy keeps course records at ${name} now, and no longer at ${former.join(' and ')}. Nobody has agreed to the new address, so nothing is asked or sent there and your courses cannot be checked.`
        : state.kind === 'no-credential'
          ? `There is no credential for the record store ${name}, so your courses cannot be checked.`
          : `The record store ${name} does not accept the credential that is kept for it, so your courses cannot be checked.`;
    const connect = state.kind === 'unconfirmed' ? 'Connect…' : 'Give a Credential…';
    const picked = await vscode.window.showWarningMessage(text, connect);
    if (picked === connect) await this.connect(folder, name);
  }

  private async invite(
    folder: FolderTerms,
    policy: Policy,
    shut: readonly CourseStanding[],
    about: string,
  ): Promise<void> {
    if (!this.isFirst(`invite:${about}`)) return;
    await this.ports.memory.update(`trainingInvited:${about}`, this.today(folder, policy));
    const { title, detail } = invitation(shut, policy);
    const start = 'Start Training';
    const picked = await vscode.window.showInformationMessage(
      title,
      { modal: true, detail },
      { title: start },
      { title: 'Not Now', isCloseAffordance: true },
    );
    const [only, ...others] = shut;
    if (picked?.title === start) await this.startTraining(folder, others.length === 0 ? only?.course.id : undefined);
  }

  /** At most once a day, and once a session: of a day that comes near, of a tolerance that ends, of a pass that has lapsed. */
  private async remind(
    folder: FolderTerms,
    policy: Policy,
    standings: readonly CourseStanding[],
    about: string,
  ): Promise<void> {
    const due = standings.filter(({ state }) => state === 'expired' || state === 'overdue' || state === 'due soon');
    if (due.length === 0) return;
    const today = this.today(folder, policy);
    const key = `trainingReminded:${about}`;
    if (this.ports.memory.get(key) === today || !this.isFirst(`remind:${about}`)) return;
    await this.ports.memory.update(key, today);
    const at = Date.parse(folder.now());
    const start = 'Start Training';
    const text = due.map((standing) => standingInWords(standing, policy, at)).join(' ');
    const picked = await (due.some(isShut)
      ? vscode.window.showWarningMessage(text, start)
      : vscode.window.showInformationMessage(text, start));
    const [only, ...others] = due;
    if (picked === start) await this.startTraining(folder, others.length === 0 ? only?.course.id : undefined);
  }

  private today(folder: FolderTerms, policy: Policy): string {
    return isoDay(dayAt(Date.parse(folder.now()), zoneOf(policy)));
  }

  private isFirst(prompt: string): boolean {
    if (this.prompted.has(prompt)) return false;
    this.prompted.add(prompt);
    return true;
  }

  private sendLater(): void {
    this.sender ??= setInterval(() => {
      void this.sendWaiting();
    }, SEND_AGAIN_MS);
  }

  private async sendWaiting(): Promise<void> {
    const left = await Promise.all(
      this.terms.governed.map(async (folder) => {
        const { sent, waiting } = await this.records.sendWaiting(folder);
        if (sent.length > 0) {
          void vscode.window.showInformationMessage(`Your pass has been sent to ${[...new Set(sent)].join(' and ')}.`);
          await folder.refreshRecords();
        }
        return waiting;
      }),
    ).catch((error: unknown) => {
      this.ports.log.error('Sending lessons’ records failed', error);
      return [1];
    });
    if (this.terms.governed.length > 0 && left.every((waiting) => waiting === 0)) {
      clearInterval(this.sender);
      this.sender = undefined;
    }
  }

  dispose(): void {
    clearInterval(this.sender);
    this.owned.dispose();
  }
}

/** True when code that was closed, or about to be, is open after a pass or a check that succeeded. */
function hasOpened(before: CourseStanding, now: CourseStanding): boolean {
  if (now.state !== 'current' && now.state !== 'due soon') return false;
  return isShut(before) || (before.passed !== now.passed && before.state !== 'current');
}

function courseOf(policy: Policy, { course }: CourseStanding): Course | undefined {
  return policy.training.find(({ id }) => id === course.id);
}
