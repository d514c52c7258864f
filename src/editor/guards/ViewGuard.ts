import * as vscode from 'vscode';
import { exposureInWords } from '../../report/exposureWords.js';
import { courseInTheWay } from '../../report/courseInTheWay.js';
import { mainReason } from '../../report/mainReason.js';
import { inSentence } from '../../policy/inSentence.js';
import { linesInWords } from '../../regions/linesInWords.js';
import { uncoveredPage, withheldPage, type Withheld, type WithheldPage } from '../../report/withheldPage.js';
import type { Outcome } from '../../evidence/Entry.js';
import type { Log } from '../../ports.js';
import { choosePurpose } from '../choosePurpose.js';
import { DisposableStore } from '../DisposableStore.js';
import type { DocumentRegions } from '../DocumentRegions.js';
import { whoInWords } from '../WorkspaceStatus.js';
import { COMMANDS, WITHHELD_EDITOR } from '../names.js';
import type { Terms } from '../Terms.js';
import type { ActRecorder } from './ActRecorder.js';
import type { PageAction } from './pageHtml.js';
import type { Permissions } from './Permissions.js';
import { waitsForPurpose } from '../../report/waitsForPurpose.js';
import { Sight, type Seen, type Subject, type View } from './Sight.js';
import type { Telling } from './Telling.js';
import { Veil, type VeiledLines } from './Veil.js';
import { isLetThrough } from './Verdict.js';
import { WithheldEditor } from './WithheldEditor.js';

/** What the view guard needs. */
export interface ViewGuardParts {
  readonly terms: Terms;
  readonly documents: DocumentRegions;
  readonly permissions: Permissions;
  readonly telling: Telling;
  readonly recorder: ActRecorder;
  readonly log: Log;
  /** Files that the editor opens by itself, as URIs: their page stands there, and nobody is asked for a reason. */
  readonly putBack: ReadonlySet<string>;
}

/** A subject that a person may not see as things stand. */
type Hidden = Exclude<View, { readonly kind: 'shown' }>;

/**
 * Keeps covered code off the screen where the terms do not let the person see it. A file's text is veiled at once and its
 * tab then turned into a page that says why; marked lines are veiled where they stand. What only waits for a purpose, a
 * reason, or a word about a wall, asks for it first.
 *
 * The editor offers no way to keep a file from being opened: the text may be drawn for a moment before it is veiled.
 */
export class ViewGuard implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly sight: Sight;
  private readonly veil = this.owned.add(new Veil());
  private readonly pages: WithheldEditor;
  /** Subjects that a dialogue is open for, and those that a person was asked about and left hidden. */
  private readonly asking = new Set<string>();
  private readonly left = new Set<string>();
  /** Files whose page said no: where the terms come to let them be asked about, the page asks once it is in front. */
  private readonly pagesThatRefused = new Set<string>();
  /** What was recorded or told already in this session. */
  private readonly noted = new Set<string>();
  /** Where the cursor was when a file's text gave way to the page. */
  private readonly selections = new Map<string, vscode.Selection>();
  /** False until every folder's terms were read. */
  private isReady = false;
  private turning = false;
  private turnAgain = false;

  constructor(private readonly parts: ViewGuardParts) {
    this.sight = new Sight(parts.permissions);
    this.pages = this.owned.add(
      new WithheldEditor(
        (uri) => this.pageOf(uri),
        () => {
          this.look();
        },
      ),
    );
    const look = (): void => {
      this.look();
    };
    this.owned.add(vscode.window.onDidChangeVisibleTextEditors(look));
    this.owned.add(vscode.window.tabGroups.onDidChangeTabs(look));
    this.owned.add(vscode.window.tabGroups.onDidChangeTabGroups(look));
    this.owned.add(
      parts.terms.onDidChange((folder) => {
        if (folder === undefined) this.isReady = true;
        this.pages.renew();
        this.look();
      }),
    );
    this.owned.add(
      parts.documents.onDidChange((document) => {
        for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) this.lookAt(editor);
      }),
    );
    this.owned.add(
      vscode.commands.registerCommand(COMMANDS.atWithheld, (action: PageAction, uri: string) =>
        this.act(action, vscode.Uri.parse(uri)),
      ),
    );
    this.owned.add(vscode.commands.registerCommand(COMMANDS.askToView, () => this.askForActive()));
    this.look();
  }

  /** Veils what must not be seen in every visible editor, and turns tabs into pages and back. */
  look(): void {
    for (const editor of vscode.window.visibleTextEditors) this.lookAt(editor);
    void this.turnTabs();
  }

  private lookAt(editor: vscode.TextEditor): void {
    const { document } = editor;
    const covered = this.parts.documents.of(document);
    if (covered === undefined) {
      this.veil.hide(editor, []);
      return;
    }
    const { whole, parts } = this.sight.subjectsOf(covered);
    const view = whole && this.sight.view(whole);
    if (whole !== undefined && view !== undefined && view.kind !== 'shown') {
      this.veil.hide(editor, [{ start: 1, end: document.lineCount, words: this.wordsOn(whole, view) }]);
      return;
    }
    if (whole !== undefined && view !== undefined) this.noteSeen(whole, view);
    const hidden: VeiledLines[] = [];
    // Regions of one asset get one answer: a file may have a thousand of them.
    const answers = new Map<string | undefined, View>();
    for (const part of parts) {
      const asset = part.region?.asset;
      const seen = answers.get(asset) ?? this.sight.view(part);
      answers.set(asset, seen);
      if (seen.kind === 'shown') {
        this.noteSeen(part, seen);
        continue;
      }
      const { start, end } = part.question.lines ?? { start: 1, end: document.lineCount };
      hidden.push({ start, end, words: this.wordsOn(part, seen) });
      if (seen.kind === 'refused') this.note(part, seen, 'refused');
      else if (!this.left.has(keyOf(part))) void this.ask(part);
    }
    this.veil.hide(editor, withoutInner(hidden));
  }

  /** "Hidden: radar-cal, clause 4.2": what stands on the first line of a veil. */
  private wordsOn({ question }: Subject, { verdict, kind }: Hidden): string {
    const assets = verdict.decision.assets.map((asset) => (asset === '' ? 'an unnamed asset' : asset));
    const clause = mainReason(verdict.decision)?.clause;
    const what = [inSentence(assets), ...(clause === undefined ? [] : [`clause ${clause}`])].join(', ');
    const lines = question.lines === undefined ? '' : `, ${linesInWords(question.lines)}`;
    return kind === 'refused' ? `Hidden: ${what}${lines}` : `Hidden until you say why: ${what}${lines}`;
  }

  /** One round at a time: each opens and closes tabs, which asks for the next. */
  private async turnTabs(): Promise<void> {
    this.turnAgain = true;
    if (this.turning) return;
    this.turning = true;
    try {
      while (this.turnAgain) {
        this.turnAgain = false;
        for (const group of vscode.window.tabGroups.all) if (group.activeTab) await this.turn(group.activeTab);
      }
    } catch (error) {
      // Whatever could not be turned stays veiled.
      this.parts.log.error('A tab could not be turned', error);
    } finally {
      this.turning = false;
    }
  }

  private async turn(tab: vscode.Tab): Promise<void> {
    const { input } = tab;
    if (input instanceof vscode.TabInputCustom && input.viewType === WITHHELD_EDITOR) {
      // A page that a window brings back is right until the terms are known, and so is one of a file that nothing covers.
      const found = this.wholeOf(input.uri);
      if (found?.view.kind === 'shown') await this.showText(tab, input.uri);
      else if (found?.view.kind === 'refused') this.pagesThatRefused.add(keyOf(found.whole));
      else if (found !== undefined && tab.group.isActive && this.pagesThatRefused.delete(keyOf(found.whole)))
        void this.ask(found.whole);
      return;
    }
    for (const uri of urisOf(input)) {
      const found = this.wholeOf(uri);
      if (found === undefined || found.view.kind === 'shown') continue;
      // Closing it would ask to save or lose what was typed: it stays, veiled.
      if (tab.isDirty) continue;
      await this.showPage(tab, found.seen);
      if (found.view.kind === 'refused') {
        this.pagesThatRefused.add(keyOf(found.whole));
        this.note(found.whole, found.view, 'refused');
      } else {
        this.pagesThatRefused.delete(keyOf(found.whole));
        if (!this.parts.putBack.has(uri.toString())) void this.ask(found.whole);
      }
      return;
    }
  }

  /** The whole file as a subject; undefined where nothing covers all of it. */
  private wholeOf(uri: vscode.Uri): { readonly seen: Seen; readonly whole: Subject; readonly view: View } | undefined {
    const { documents, terms } = this.parts;
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    let seen: Seen | undefined = open && documents.of(open);
    if (seen === undefined) {
      const where = terms.locate(uri);
      const policy = where?.folder.policy;
      if (where === undefined || policy === undefined) return undefined;
      // By its path alone: what is marked in the file shows when it is opened.
      seen = { folder: where.folder, policy, regions: where.folder.engine.regionsOf(policy, where.path, '') };
    }
    const { whole } = this.sight.subjectsOf(seen);
    return whole && { seen, whole, view: this.sight.view(whole) };
  }

  private pageOf(uri: vscode.Uri): WithheldPage | undefined {
    const found = this.wholeOf(uri);
    if (found === undefined)
      return this.isReady ? uncoveredPage(vscode.workspace.asRelativePath(uri, false)) : undefined;
    if (found.view.kind === 'shown') return undefined;
    const { folder, policy, regions } = found.seen;
    const withheld = withheldOf(regions.path, found.view, found.seen);
    const isOther = withheld.kind === 'refused' && this.sight.hasOtherPurpose(found.whole);
    const shown = isOther ? { ...withheld, kind: 'other-purpose' as const } : withheld;
    return withheldPage(regions.path, shown, policy, whoInWords(folder));
  }

  private async showPage(tab: vscode.Tab, { folder, regions }: Seen): Promise<void> {
    const uri = vscode.Uri.joinPath(folder.root, regions.path);
    const editor = vscode.window.visibleTextEditors.find(
      (visible) => visible.viewColumn === tab.group.viewColumn && visible.document.uri.toString() === uri.toString(),
    );
    if (editor !== undefined) this.selections.set(uri.toString(), editor.selection);
    await vscode.commands.executeCommand('vscode.openWith', uri, WITHHELD_EDITOR, {
      viewColumn: tab.group.viewColumn,
      preview: tab.isPreview,
      preserveFocus: true,
    });
    await closeTab(tab);
  }

  private async showText(tab: vscode.Tab, uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const selection = this.selections.get(key);
    this.selections.delete(key);
    await vscode.commands.executeCommand('vscode.openWith', uri, 'default', {
      viewColumn: tab.group.viewColumn,
      preview: tab.isPreview,
      preserveFocus: !tab.group.isActive,
      ...(selection === undefined ? {} : { selection }),
    });
    await closeTab(tab);
  }

  /** Asks for what is missing: a purpose or a reason, then a word about the wall. */
  private async ask(subject: Subject): Promise<void> {
    const key = keyOf(subject);
    if (this.asking.has(key)) return;
    this.asking.add(key);
    try {
      const { question } = subject;
      const { path } = question.regions;
      const place = question.lines === undefined ? path : `${linesInWords(question.lines)} of ${path}`;
      const verdict = await this.parts.permissions.settle(question, `open ${place}`);
      if (!isLetThrough(verdict)) {
        this.leave(subject, verdict.kind === 'cancelled' ? 'cancelled' : 'refused', verdict);
        return;
      }
      const view = this.sight.view(subject);
      if (view.kind === 'wall') {
        const { message, detail } = exposureInWords(place, view.consequences, question.policy);
        const open: vscode.MessageItem = { title: 'Open It' };
        const leave: vscode.MessageItem = { title: 'Leave It Closed', isCloseAffordance: true };
        const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, open, leave);
        if (answer !== open) {
          this.leave(subject, 'cancelled', verdict);
          return;
        }
        this.sight.agree(verdict);
      }
      this.left.delete(key);
    } finally {
      this.asking.delete(key);
      this.pages.renew();
      this.look();
    }
  }

  private leave(subject: Subject, outcome: Outcome, verdict: View['verdict']): void {
    this.left.add(keyOf(subject));
    this.parts.recorder.record({ verdict, outcome, place: placeOf(subject) });
  }

  /** Records, once a session, that a person sees something; tells of a warning once for each asset. */
  private noteSeen(subject: Subject, { verdict }: View): void {
    const { question } = subject;
    const walled = question.policy.walls.flatMap(({ sides }) => sides.flatMap(({ assets }) => assets));
    const isExposure = verdict.decision.assets.some((asset) => walled.includes(asset));
    const outcome = isExposure ? 'exposed' : OUTCOMES[verdict.kind];
    if (!this.note(subject, { verdict }, outcome)) return;
    if (verdict.kind !== 'warned') return;
    const told = JSON.stringify([
      'told',
      question.folder.root.toString(),
      verdict.decision.rules,
      verdict.decision.assets,
    ]);
    if (this.noted.has(told)) return;
    this.noted.add(told);
    const { path } = question.regions;
    const place = question.lines === undefined ? path : `${path}, ${linesInWords(question.lines)}`;
    this.parts.telling.tell({ verdict, deed: `You opened ${place}` });
  }

  /** True when it was not noted before in this session. */
  private note(subject: Subject, { verdict }: Pick<View, 'verdict'>, outcome: Outcome): boolean {
    const { folder, regions } = subject.question;
    const key = JSON.stringify([outcome, folder.root.toString(), regions.path, verdict.decision.assets]);
    if (this.noted.has(key)) return false;
    this.noted.add(key);
    this.parts.recorder.record({ verdict, outcome, place: placeOf(subject) });
    return true;
  }

  private async act(action: PageAction, uri: vscode.Uri): Promise<void> {
    const found = this.wholeOf(uri);
    if (found === undefined) {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => (group.activeTab ? [group.activeTab] : []));
      for (const tab of tabs)
        if (tab.input instanceof vscode.TabInputCustom && tab.input.uri.toString() === uri.toString())
          await this.showText(tab, uri);
      return;
    }
    const { verdict } = found.view;
    const course = courseInTheWay(verdict.decision);
    if (action === 'training' && course !== undefined)
      await vscode.commands.executeCommand(COMMANDS.startTraining, found.seen.folder.root.toString(), course);
    else if (action === 'explain') await this.parts.telling.explain(verdict);
    else if (action === 'access') await vscode.commands.executeCommand(COMMANDS.askWaiver, verdict);
    else if (found.view.kind === 'refused') await choosePurpose(found.seen.folder);
    else await this.ask(found.whole);
  }

  /** Asks again for what is hidden in the active editor, or on the active page. */
  private async askForActive(): Promise<void> {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const page = input instanceof vscode.TabInputCustom ? this.wholeOf(input.uri)?.whole : undefined;
    const editor = vscode.window.activeTextEditor;
    const covered = editor && this.parts.documents.of(editor.document);
    const subjects = page === undefined ? (covered ? this.sight.subjectsOf(covered).parts : []) : [page];
    const waiting = subjects.filter((subject) => ['unsettled', 'wall'].includes(this.sight.view(subject).kind));
    for (const subject of waiting) await this.ask(subject);
    if (waiting.length > 0) return;
    const refused = subjects.find((subject) => this.sight.view(subject).kind === 'refused');
    if (refused === undefined) void vscode.window.showInformationMessage('Nothing is hidden from you here.');
    else await vscode.commands.executeCommand(COMMANDS.askWaiver, this.sight.view(refused).verdict);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

const OUTCOMES = {
  allowed: 'allowed',
  warned: 'warned',
  justified: 'justified',
  unsettled: 'cancelled',
  refused: 'refused',
  cancelled: 'cancelled',
} as const;

function keyOf({ question, region }: Subject): string {
  const { folder, regions } = question;
  return JSON.stringify([folder.root.toString(), regions.path, region?.asset ?? null]);
}

function placeOf({ question }: Subject): { path: string; lines?: { start: number; end: number } } {
  return {
    path: question.regions.path,
    ...(question.lines === undefined ? {} : { lines: question.lines }),
  };
}

function withheldOf(path: string, view: Hidden, { policy }: Seen): Withheld {
  const { decision } = view.verdict;
  switch (view.kind) {
    case 'refused':
      return { kind: 'refused', decision };
    case 'unsettled':
      return { kind: waitsForPurpose(decision) ? 'purpose' : 'reason', decision };
    case 'wall':
      return { kind: 'wall', decision, notice: exposureInWords(path, view.consequences, policy) };
  }
}

/** The files that a tab shows. */
function urisOf(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) return [input.uri];
  if (input instanceof vscode.TabInputCustom) return [input.uri];
  if (input instanceof vscode.TabInputTextDiff || input instanceof vscode.TabInputNotebookDiff)
    return [input.modified, input.original];
  return [];
}

/** A veil inside another one would say its words twice. */
function withoutInner(lines: readonly VeiledLines[]): VeiledLines[] {
  return lines.filter(
    (inner) =>
      !lines.some(
        (outer) =>
          outer !== inner &&
          outer.start <= inner.start &&
          inner.end <= outer.end &&
          (outer.end - outer.start > inner.end - inner.start || lines.indexOf(outer) < lines.indexOf(inner)),
      ),
  );
}

/**
 * Closes a tab unless the editor has closed it already, as it does with a preview that another one replaces. Older editors make all
 * tabs of a group anew when one is opened: then it is the one that shows the same in the same way.
 */
async function closeTab(tab: vscode.Tab): Promise<void> {
  const { tabs } =
    vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn === tab.group.viewColumn) ?? tab.group;
  const shown = shownIn(tab);
  const open = tabs.find((one) => one === tab) ?? tabs.find((one) => shownIn(one) === shown);
  if (open !== undefined) await vscode.window.tabGroups.close(open, true);
}

/** Names what a tab shows and how, so that two tabs can be told apart. */
function shownIn({ input }: vscode.Tab): string {
  const kind = input instanceof vscode.TabInputCustom ? [input.viewType, input.uri.toString()] : ['text'];
  return JSON.stringify([...kind, ...urisOf(input).map(String)]);
}
