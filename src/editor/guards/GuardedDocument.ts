import * as vscode from 'vscode';
import { guardSegments, type Segment } from '../../changes/guardSegments.js';
import {
  dueSpans,
  dueText,
  followChanges,
  guardText,
  isIntact,
  permitted,
  repairs,
  spansInQuestion,
  standingText,
  withLineBreaks,
  type GuardedText,
  type Replacement,
} from '../../changes/GuardedText.js';
import { LineOffsets } from '../../changes/LineOffsets.js';
import { isIn, lostRegions } from '../../changes/lostRegions.js';
import type { Action } from '../../policy/language.js';
import type { Policy } from '../../policy/Policy.js';
import type { LineSpan } from '../../ports.js';
import type { FileRegions, Region } from '../../regions/Region.js';
import type { FolderTerms } from '../FolderTerms.js';
import { fileText, isShownAs } from './fileText.js';
import type { Permissions } from './Permissions.js';
import { editorOf, repairDocument } from './repairDocument.js';
import { isLetThrough, type Verdict } from './Verdict.js';
import { windowAnswers } from './windowAnswers.js';

/** How long after the last change (ms) a person is asked for a reason: a dialogue would take the keys that follow. */
const PAUSE_MS = 700;
/** Until this long after a change (ms), a person who did it still has the cursor where it was. */
const FRESH_MS = 1_500;
/** A repair that did not come about so often fails: somebody else keeps changing the document. */
const MOST_TRIES = 200;
/** A file that is still damaged after so many saves in a row is damaged by the saving. */
const MOST_SAVES = 5;
/** In texts above this length (characters) the followed text is compared with the document's only when it matters. */
const COMPARE_ALWAYS = 2_000_000;

/** What regions were found by. */
export interface Governing {
  readonly folder: FolderTerms;
  readonly policy: Policy;
  readonly path: string;
}

/** What became of changes in covered lines. */
export interface Happened {
  readonly verdict: Verdict;
  readonly outcome: 'allowed' | 'warned' | 'justified' | 'undone' | 'cancelled' | 'seen';
  /** Where, 1-based, in the document as it is now. */
  readonly lines: LineSpan;
  /** Before the change, as the person would have it without the change. */
  readonly textBefore: string;
}

/** What one guarded document needs from whoever guards them all. */
export interface GuardingPorts {
  readonly permissions: Permissions;
  /** What covers the document now. */
  regions(): FileRegions;
  happened(document: vscode.TextDocument, happened: Happened): void;
  failed(document: vscode.TextDocument, error: unknown): void;
  worked(document: vscode.TextDocument): void;
}

/** One event, with what the document was right after it. */
interface Change {
  readonly text: string;
  readonly eol: vscode.EndOfLine;
  readonly replacements: readonly Replacement[];
  readonly reason: vscode.TextDocumentChangeReason | undefined;
  readonly dirty: boolean;
  readonly selections: readonly vscode.Selection[] | undefined;
}

/**
 * One document whose covered lines are guarded. It knows what the document's text is to be, follows every change, and
 * takes back what a change does in lines that the person may not change; what it does elsewhere stays.
 */
export class GuardedDocument implements vscode.Disposable {
  private guarded: GuardedText<Segment>;
  /** Regions that count: those of the file as it was saved, not one whose marker was typed a moment ago. */
  private regions: FileRegions;
  private seen: FileRegions | undefined;
  /** The line break that the document is to have. */
  private eol: vscode.EndOfLine;
  /** What the file holds as far as we know; undefined when it holds nothing, or nothing we know. */
  private saved: string | undefined;
  private savedDamaged = false;
  private savedAgain = 0;
  /** Changes that wait until it is known whether the one before them came from the disk. */
  private waiting: Change[] | undefined;
  private readonly refused = new Set<Segment>();
  private asking = false;
  private askTimer: ReturnType<typeof setTimeout> | undefined;
  private repairing: Promise<void> | undefined;
  private hasRepaired = false;
  private before: { due: string; selections: readonly vscode.Selection[]; at: number } | undefined;
  private cause: 'undo' | 'redo' | undefined;
  private findingOut: Promise<void> | undefined;
  /** Something is written to the file since it is being found out whether a change came from there. */
  private isSaving = false;
  private hasNewTerms = false;
  private disposed = false;

  constructor(
    readonly document: vscode.TextDocument,
    private governing: Governing,
    /** The document may hold something else than its file. */
    mayDiffer: boolean,
    private readonly ports: GuardingPorts,
  ) {
    const text = document.getText();
    this.eol = document.eol;
    this.regions = this.found(text);
    this.guarded = this.guard(text);
    if (!mayDiffer) this.saved = text;
    else if (!document.isUntitled) {
      // Kept from an earlier session, or changed before the guard stood: judged as a change of what the file holds.
      this.confirm(async () => {
        const file = await fileText(document);
        if (file === undefined) return;
        const before = inBreaks(file.replace(/^\uFEFF/, ''), document.eol);
        this.saved = before;
        this.regions = this.found(before);
        this.guarded = this.guard(before);
        this.take({
          ...{ text, eol: document.eol, reason: undefined, dirty: document.isDirty, selections: undefined },
          replacements: [{ start: 0, end: before.length, text }],
        });
      });
    }
  }

  /**
   * True when nothing is left to guard: no line is covered, as the document is to be. One that has lost its covered lines, and
   * gets them back, is not it.
   */
  get hasNothingToGuard(): boolean {
    return this.waiting === undefined && isIntact(this.guarded) && dueSpans(this.guarded).length === 0;
  }

  /** True when every line of the document is covered and may not be changed by the person at hand. */
  get isWhollyRefused(): boolean {
    const spans = dueSpans(this.guarded);
    const covered = spans.reduce((sum, { start, end }) => sum + end - start, 0);
    if (spans.length === 0 || covered < dueText(this.guarded).length) return false;
    return spans.every(({ span }) => this.judge(span).kind === 'refused');
  }

  /** Follows an event of the document. */
  follow(event: vscode.TextDocumentChangeEvent): void {
    const { document } = this;
    const change: Change = {
      ...{ text: document.getText(), eol: document.eol, reason: event.reason, dirty: document.isDirty },
      replacements: event.contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
        start: rangeOffset,
        end: rangeOffset + rangeLength,
        text,
      })),
      // The editor tells of the cursor after it tells of the change: this is where it was.
      selections: editorOf(document)?.selections,
    };
    if (this.waiting !== undefined) this.waiting.push(change);
    else this.take(change);
  }

  /** Other terms hold: what is there now counts as permitted, but for what is being taken back. */
  govern(governing: Governing): void {
    this.hasNewTerms = this.waiting !== undefined;
    if (this.hasNewTerms) {
      this.governing = governing;
      return;
    }
    const typed = this.typedMarkers();
    this.governing = governing;
    const pending = standingText(this.guarded);
    const due = dueText(this.guarded);
    const wasIntact = isIntact(this.guarded);
    this.refused.clear();
    this.rebase(due, typed);
    if (wasIntact) return;
    this.guarded = followChanges(this.guarded, [{ start: 0, end: due.length, text: pending }], (span) =>
      this.guards(span),
    ).guarded;
    this.answer();
  }

  /** Edits that give the file its guarded lines back before it is written; undefined when there is nothing to wait for. */
  beforeSaving(): Promise<vscode.TextEdit[]> | undefined {
    if (this.findingOut !== undefined) return this.isFoundOut().then(() => this.editsBeforeSaving());
    const edits = this.editsBeforeSaving();
    return edits.length === 0 ? undefined : Promise.resolve(edits);
  }

  private editsBeforeSaving(): vscode.TextEdit[] {
    this.isSaving = true;
    if (this.waiting !== undefined || standingText(this.guarded) !== this.document.getText()) return [];
    this.askNow();
    return repairs(this.guarded, (span) => this.isHeld(span)).map(({ start, end, text }) =>
      vscode.TextEdit.replace(new vscode.Range(this.document.positionAt(start), this.document.positionAt(end)), text),
    );
  }

  /** The file holds what the document does. */
  hasBeenSaved(): void {
    if (isIntact(this.guarded) && this.waiting === undefined && !this.document.isDirty) {
      this.saved = this.document.getText();
      // Markers that were typed before count from now on.
      this.rebase(this.saved);
    } else {
      // The file does not hold what this document is to be.
      this.saved = undefined;
    }
    void this.lookAtFile();
  }

  /**
   * What was written may not be what stands there now: somebody typed, or something was taken back meanwhile. The editor calls
   * a document clean when it tells of a save, even if it is not.
   */
  private async lookAtFile(): Promise<void> {
    const file = await fileText(this.document);
    if (file === undefined || this.disposed) return;
    const text = inBreaks(file, this.eol);
    const due = dueText(this.guarded);
    let at = 0;
    let isDamaged = false;
    for (const { span, start, end } of dueSpans(this.guarded)) {
      const found = text.indexOf(due.slice(start, end), at);
      if (found === -1 && this.judge(span).kind === 'refused') isDamaged = true;
      else if (found !== -1) at = found + end - start;
    }
    if (!isDamaged) {
      this.savedAgain = 0;
      return;
    }
    this.savedDamaged = true;
    this.saved = undefined;
    if (isIntact(this.guarded) && this.waiting === undefined) this.restored();
  }

  private take(change: Change): void {
    try {
      this.judgeChange(change);
      this.ports.worked(this.document);
    } catch (error) {
      this.ports.failed(this.document, error);
      this.recover(change.text);
    }
  }

  private judgeChange(change: Change): void {
    const textBefore = dueText(this.guarded);
    if (this.hasOtherBreaks(change)) return;
    if (change.replacements.length === 0) return;
    const wasIntact = isIntact(this.guarded);
    let followed = followChanges(this.guarded, change.replacements, (span) => this.guards(span));
    if (
      (change.text.length <= COMPARE_ALWAYS || !isIntact(followed.guarded)) &&
      standingText(followed.guarded) !== change.text
    )
      followed = this.followWhole(change.text);
    if (isIntact(followed.guarded)) followed = this.withoutLostMarkers(change, followed) ?? followed;
    if (followed.met.size > 0 && change.reason === undefined) {
      if (change.text === this.saved) {
        this.accept(change.text);
        return;
      }
      if (!this.document.isUntitled && (!change.dirty || isLarge(change))) {
        this.confirm(() => this.cameFromDisk(change, followed, textBefore));
        return;
      }
    }
    this.commit(change, followed, textBefore, wasIntact);
  }

  /** Goes on from a change that a person, or something in the editor, made. */
  private commit(
    change: Change,
    { guarded, met }: ReturnType<typeof followChanges<Segment>>,
    textBefore: string,
    wasIntact: boolean,
  ): void {
    this.guarded = guarded;
    const inQuestion = spansInQuestion(guarded);
    for (const span of met) {
      if (inQuestion.has(span)) continue;
      const verdict = this.judge(span);
      if (verdict.kind === 'allowed' || verdict.kind === 'warned' || verdict.kind === 'justified')
        this.ports.happened(this.document, {
          ...{ verdict, outcome: verdict.kind, textBefore },
          lines: this.linesChanged(change),
        });
    }
    if (isIntact(guarded)) {
      this.cause = undefined;
      this.restored();
      return;
    }
    if (wasIntact)
      this.before =
        change.selections === undefined
          ? undefined
          : { due: textBefore, selections: change.selections, at: performance.now() };
    this.cause =
      change.reason === vscode.TextDocumentChangeReason.Undo
        ? 'undo'
        : change.reason === vscode.TextDocumentChangeReason.Redo
          ? 'redo'
          : undefined;
    this.answer();
  }

  /** Sees to what is in question: takes back what is refused, and asks about what wants a reason. */
  private answer(): void {
    const spans = [...spansInQuestion(this.guarded)];
    if (spans.some((span) => this.isHeld(span))) void this.startRepair();
    if (spans.some((span) => !this.isHeld(span))) {
      clearTimeout(this.askTimer);
      this.askTimer = setTimeout(() => {
        void this.ask();
      }, PAUSE_MS);
    }
  }

  private askNow(): void {
    if (this.askTimer === undefined || this.asking) return;
    clearTimeout(this.askTimer);
    void this.ask();
  }

  /** Asks for the purposes and reasons that what was typed waits for. It stays meanwhile, and typing goes on. */
  private async ask(): Promise<void> {
    this.askTimer = undefined;
    if (this.asking || this.disposed) return;
    this.asking = true;
    try {
      for (;;) {
        const span = [...spansInQuestion(this.guarded)].find((one) => !this.isHeld(one));
        if (span === undefined) break;
        const { question } = this.judge(span);
        const verdict = await this.ports.permissions.settle(
          question,
          deedInWords(question.action, this.governing.path, this.linesOf(span)),
        );
        if (this.disposed) return;
        const textBefore = dueText(this.guarded);
        const lines = this.linesInQuestion((one) => one === span) ?? this.linesOf(span);
        if (isLetThrough(verdict)) {
          const isPermitted = (one: Segment): boolean => isLetThrough(this.judge(one));
          if (!isPermitted(span)) continue;
          this.guarded = permitted(this.guarded, isPermitted);
          const outcome = verdict.kind === 'warned' ? 'warned' : verdict.kind === 'allowed' ? 'allowed' : 'justified';
          this.ports.happened(this.document, { verdict, outcome, lines, textBefore });
        } else {
          for (const one of spansInQuestion(this.guarded))
            if (!isLetThrough(this.judge(one)) && this.sharesAnswer(one, span)) this.refused.add(one);
          this.before = undefined;
          await this.startRepair({ verdict, outcome: 'cancelled' });
        }
      }
      if (isIntact(this.guarded)) this.restored();
    } catch (error) {
      this.ports.failed(this.document, error);
    } finally {
      this.asking = false;
    }
  }

  /** True when one answer is for both: the same action on the same assets. */
  private sharesAnswer(one: Segment, other: Segment): boolean {
    const [a, b] = [this.judge(one), this.judge(other)];
    return a.question.action === b.question.action && a.decision.assets.join() === b.decision.assets.join();
  }

  /** Resolves when nothing held is other than it is to be, or when that waits for something else. */
  private startRepair(because?: Pick<Happened, 'verdict' | 'outcome'>): Promise<void> {
    if (this.waiting !== undefined) return Promise.resolve();
    if (this.repairing !== undefined) return this.repairing;
    const done = this.repair(because).then(
      () => true,
      (error: unknown) => {
        this.ports.failed(this.document, error);
        return false;
      },
    );
    this.repairing = done.then((worked) => {
      this.repairing = undefined;
      // A change that came as the last repair ended.
      if (worked && !this.disposed && this.waiting === undefined && this.hasHeld) void this.startRepair();
    });
    return this.repairing;
  }

  private get hasHeld(): boolean {
    return [...spansInQuestion(this.guarded)].some((span) => this.isHeld(span));
  }

  /** Takes back until the held lines are what they are to be, however fast somebody types. */
  private async repair(because: Pick<Happened, 'verdict' | 'outcome'> | undefined): Promise<void> {
    for (let tries = 0; ; tries++) {
      if (this.disposed || this.waiting !== undefined) return;
      const held = [...spansInQuestion(this.guarded)].filter((span) => this.isHeld(span));
      const eolIsOther = this.document.eol !== this.eol;
      if (held.length === 0 && !eolIsOther) return;
      if (tries > MOST_TRIES) throw new Error('Another change always came first.');
      if (standingText(this.guarded) !== this.document.getText()) {
        this.recover(this.document.getText());
        if (isIntact(this.guarded)) return;
      }
      const verdicts = held.map((span) => this.judge(span));
      const lines = this.linesInQuestion((span) => this.isHeld(span));
      if (tries === 0 && (await this.tookBackByCommand())) {
        this.tell(verdicts, lines, because);
        continue;
      }
      const due = dueText(this.guarded);
      const edits = repairs(this.guarded, (span) => this.isHeld(span));
      const { version } = this.document;
      if (!(await repairDocument(this.document, edits, this.eol))) continue;
      this.hasRepaired = true;
      if (this.document.version === version) continue;
      this.putCursorBack(due, version + 1);
      this.tell(verdicts, lines, because);
    }
  }

  /**
   * Undo and redo bring back what was taken back, where that is a step of its own: one step further takes it back again, and
   * leaves the person's history whole. An edit would cut it off.
   */
  private async tookBackByCommand(): Promise<boolean> {
    const { cause } = this;
    this.cause = undefined;
    if (cause === undefined || !this.hasRepaired || vscode.window.activeTextEditor?.document !== this.document)
      return false;
    await vscode.commands.executeCommand(cause);
    if (!this.hasHeld) return true;
    await vscode.commands.executeCommand(cause === 'undo' ? 'redo' : 'undo');
    this.cause = undefined;
    return !this.hasHeld;
  }

  private tell(
    verdicts: readonly Verdict[],
    lines: LineSpan | undefined,
    because: Pick<Happened, 'verdict' | 'outcome'> | undefined,
  ): void {
    const told = new Set<string>();
    for (const verdict of because === undefined ? verdicts : [because.verdict]) {
      const key = JSON.stringify([verdict.question.action, verdict.decision.rules, verdict.decision.assets]);
      if (told.has(key)) continue;
      told.add(key);
      this.ports.happened(this.document, {
        verdict,
        outcome: because?.outcome ?? 'undone',
        lines: lines ?? verdict.question.lines ?? { start: 1, end: 1 },
        textBefore: '',
      });
    }
  }

  /** The cursor is where it was before a change of which nothing stayed. */
  private putCursorBack(due: string, version: number): void {
    const { before } = this;
    if (before === undefined || before.due !== due || !isIntact(this.guarded)) return;
    const editor = editorOf(this.document);
    if (editor === undefined || this.document.version !== version) return;
    if (performance.now() - before.at > FRESH_MS) return;
    const same =
      editor.selections.length === before.selections.length &&
      editor.selections.every((selection, at) => before.selections[at]?.isEqual(selection));
    if (!same) editor.selections = before.selections;
  }

  /** Everything is as it is to be: regions are those of the text again. */
  private restored(): void {
    this.refused.clear();
    const text = this.document.getText();
    if (this.waiting === undefined && standingText(this.guarded) === text) {
      const regions = this.ports.regions();
      if (regions !== this.seen) {
        this.seen = regions;
        this.regions = this.established(regions, text);
        this.guarded = this.guard(text);
        if (this.regions !== regions && !this.document.isDirty) this.confirm(() => this.countMarkersOfFile(text));
      }
    }
    if (!this.savedDamaged) return;
    this.savedDamaged = false;
    void this.saveAgain();
  }

  /** The file was written while something in it was being taken back: it is written once more, as it is now. */
  private async saveAgain(): Promise<void> {
    if (++this.savedAgain > MOST_SAVES) {
      this.ports.failed(this.document, new Error('Whatever saves the file changes covered lines each time.'));
      return;
    }
    if (vscode.window.activeTextEditor?.document === this.document)
      // What formats on saving would do again what was taken back.
      await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
    else await this.document.save();
  }

  /**
   * True when nothing is to be saved, as after a change that came from the disk. The editor never calls a file that is locked
   * dirty, so that of one this tells nothing.
   */
  private get isClean(): boolean {
    return !this.document.isDirty && !this.isWhollyRefused;
  }

  /** Markers that came from the disk were not typed just now: they count at once. `text` is what the document held then. */
  private async countMarkersOfFile(text: string): Promise<void> {
    const file = await fileText(this.document);
    if (file !== undefined && isShownAs(file, text)) this.accept(text);
  }

  /** A marker typed since the file was saved counts when the file is saved: until then the person is still writing it. */
  private established(now: FileRegions, text: string): FileRegions {
    const known = new Set<string>();
    for (const { span, start } of dueSpans(this.guarded))
      for (const asset of span.begins) known.add(`${start} ${asset}`);
    const fileMarkers = new Set(
      this.regions.regions.filter(({ by }) => by === 'file-marker').map(({ asset }) => asset),
    );
    const offsets = new LineOffsets(text);
    const regions = now.regions.filter(({ by, asset, lines }) => {
      if (by === 'path') return true;
      return by === 'file-marker' ? fileMarkers.has(asset) : known.has(`${offsets.of(lines.start)} ${asset}`);
    });
    return regions.length === now.regions.length ? now : { ...now, regions };
  }

  /** The markers that stand in the text and do not count, since they were typed and not saved yet. */
  private typedMarkers(): ReadonlySet<string> {
    const due = dueText(this.guarded);
    const found = this.found(due);
    const counting = new Set(this.established(found, due).regions);
    return new Set(found.regions.filter((region) => !counting.has(region)).map(markerKey));
  }

  /** Starts anew from a text whose regions all count, but for those of the markers that are `typed`. */
  private rebase(text: string, typed: ReadonlySet<string> = new Set()): void {
    const found = this.found(text);
    this.regions =
      typed.size === 0 ? found : { ...found, regions: found.regions.filter((one) => !typed.has(markerKey(one))) };
    this.seen = undefined;
    this.guarded = this.guard(text);
    this.eol = this.document.eol;
  }

  private found(text: string): FileRegions {
    const { folder, policy, path } = this.governing;
    return folder.engine.regionsOf(policy, path, text);
  }

  private guard(text: string): GuardedText<Segment> {
    const isCrLf = text.includes('\r\n') || (this.document.eol === vscode.EndOfLine.CRLF && !text.includes('\n'));
    const { policy } = this.governing;
    return guardSegments(text, this.regions, {
      eol: isCrLf ? '\r\n' : '\n',
      withUncovered: policy.defaults.unlisted !== 'allow',
    });
  }

  /** The stricter of the answers on changing these lines: `edit`, and `unmark` where a marker stands. */
  private judge(span: Segment): Verdict {
    const { folder, policy } = this.governing;
    const ask = (action: Action): Verdict =>
      this.ports.permissions.judge({ folder, policy, regions: this.regions, action, lines: span.lines });
    const edit = ask('edit');
    if (!span.isMarker) return edit;
    const unmark = ask('unmark');
    return STRICTNESS[unmark.kind] > STRICTNESS[edit.kind] ? unmark : edit;
  }

  private guards(span: Segment): boolean {
    return !isLetThrough(this.judge(span));
  }

  /** True when a change in these lines is to be taken back now. */
  private isHeld(span: Segment): boolean {
    return this.refused.has(span) || this.judge(span).kind === 'refused';
  }

  /**
   * A marker put inside a region can end it early. Where the person may not take lines out of a region, what the event did
   * in that region is taken back.
   */
  private withoutLostMarkers(
    change: Change,
    followed: ReturnType<typeof followChanges<Segment>>,
  ): ReturnType<typeof followChanges<Segment>> | undefined {
    const marked = this.regions.regions.filter(({ by }) => by !== 'path');
    if (marked.length === 0 || change.text !== this.document.getText()) return undefined;
    const now = this.ports.regions();
    if (now === this.seen) return undefined;
    const lost = lostRegions(marked, dueSpans(followed.guarded), now, change.text).filter((region) =>
      this.mayNotUnmark(region),
    );
    if (lost.length === 0) return undefined;
    const inLost = (span: Segment): boolean => lost.some((region) => isIn(region, span.lines));
    const again = followChanges(this.guarded, change.replacements, (span) => inLost(span) || this.guards(span));
    if (standingText(again.guarded) !== change.text) return undefined;
    for (const span of spansInQuestion(again.guarded)) if (inLost(span)) this.refused.add(span);
    return again;
  }

  private mayNotUnmark(region: Region): boolean {
    const { folder, policy } = this.governing;
    const verdict = this.ports.permissions.judge({
      ...{ folder, policy, regions: this.regions, action: 'unmark', lines: region.lines },
    });
    return !isLetThrough(verdict);
  }

  /** True when the document's line breaks changed, which has been seen to then. */
  private hasOtherBreaks(change: Change): boolean {
    const eol = change.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    if (this.guarded.eol === eol || !/[\r\n]/.test(dueText(this.guarded))) return false;
    this.guarded = withLineBreaks(this.guarded, eol);
    if (standingText(this.guarded) !== change.text) this.guarded = this.followWhole(change.text).guarded;
    const spans = dueSpans(this.guarded);
    const verdicts = spans.map(({ span }) => this.judge(span));
    const held = verdicts.find(({ kind }) => kind === 'refused' || kind === 'unsettled');
    if (change.eol === this.eol || held === undefined) {
      this.eol = change.eol;
      this.answer();
      return true;
    }
    if (this.saved !== undefined && isShownAs(this.saved, change.text) && !change.dirty) {
      this.eol = change.eol;
      return true;
    }
    void this.startRepair({ verdict: held, outcome: 'undone' });
    return true;
  }

  private followWhole(text: string): ReturnType<typeof followChanges<Segment>> {
    const length = standingText(this.guarded).length;
    return followChanges(this.guarded, [{ start: 0, end: length, text }], (span) => this.guards(span));
  }

  /** After a failure: the due text is still known, and everything else is read as one change of it. */
  private recover(text: string): void {
    try {
      const due = dueText(this.guarded);
      this.guarded = guardText(due, dueSpans(this.guarded), this.guarded.eol);
      this.guarded = this.followWhole(text).guarded;
      this.answer();
    } catch (error) {
      this.ports.failed(this.document, error);
      this.rebase(text);
    }
  }

  /** Finds something out, which takes a moment; changes that come meanwhile wait, and nothing is taken back. */
  private confirm(find: () => Promise<void>): void {
    this.waiting ??= [];
    this.isSaving = false;
    const found = find().catch((error: unknown) => {
      this.ports.failed(this.document, error);
    });
    this.findingOut = found;
    void found.then(() => {
      // What was found out may have led to something else that is to be found out.
      if (this.findingOut !== found) return;
      this.findingOut = undefined;
      this.goOn();
    });
  }

  private async isFoundOut(): Promise<void> {
    while (this.findingOut !== undefined) await this.findingOut;
  }

  /** Takes the changes that waited, one after the other, until one has to be looked into itself. */
  private goOn(): void {
    for (let next = this.waiting?.shift(); next !== undefined; next = this.waiting?.shift()) {
      if (this.disposed) return;
      this.take(next);
      if (this.isLookingInto) return;
    }
    this.waiting = undefined;
    if (this.disposed) return;
    if (this.hasNewTerms) this.govern(this.governing);
    else if (isIntact(this.guarded)) this.restored();
    else this.answer();
  }

  private get isLookingInto(): boolean {
    return this.findingOut !== undefined;
  }

  /** A change from the disk is not fought: it is judged, told and recorded, and what it left counts from then on. */
  private async cameFromDisk(
    change: Change,
    followed: ReturnType<typeof followChanges<Segment>>,
    textBefore: string,
  ): Promise<void> {
    const file = await fileText(this.document);
    const wasIntact = isIntact(this.guarded);
    // The file may have changed again by now. What was saved meanwhile tells nothing: it holds what the person did.
    const isShown = file !== undefined && isShownAs(file, change.text);
    // The editor tells of a change before it calls the document dirty: by the time that it answers, both are told.
    if (!isShown && this.isClean) await windowAnswers();
    const isFromDisk = file !== undefined && !this.isSaving && (isShown || this.isClean);
    if (!isFromDisk) {
      this.commit(change, followed, textBefore, wasIntact);
      return;
    }
    const verdicts = [...followed.met].map((span) => ({ verdict: this.judge(span), lines: this.linesChanged(change) }));
    this.accept(change.text);
    for (const { verdict, lines } of verdicts)
      this.ports.happened(this.document, { verdict, outcome: 'seen', lines, textBefore });
  }

  /** What the file holds is what the document is to be. */
  private accept(text: string): void {
    this.saved = text;
    this.savedDamaged = false;
    this.refused.clear();
    this.rebase(text);
  }

  private linesOf(span: Segment): LineSpan {
    const offsets = new LineOffsets(dueText(this.guarded));
    const placed = dueSpans(this.guarded).find((one) => one.span === span);
    if (placed === undefined) return span.lines;
    return { start: offsets.lineOf(placed.start), end: offsets.lineOf(Math.max(placed.start, placed.end - 1)) };
  }

  /** The lines, as they are to be, of what is foreign or missing. */
  private linesInQuestion(isMeant: (span: Segment) => boolean): LineSpan | undefined {
    const offsets = new LineOffsets(dueText(this.guarded));
    let at = 0;
    let lines: LineSpan | undefined;
    for (const { kind, text, owner } of this.guarded.pieces) {
      const end = kind === 'foreign' ? at : at + text.length;
      if (kind !== 'both' && owner !== undefined && isMeant(owner)) {
        const [start, last] = [offsets.lineOf(at), offsets.lineOf(Math.max(at, end - 1))];
        lines = { start: Math.min(lines?.start ?? start, start), end: Math.max(lines?.end ?? last, last) };
      }
      at = end;
    }
    return lines;
  }

  private linesChanged(change: Change): LineSpan {
    const offsets = new LineOffsets(change.text);
    let grown = 0;
    const ascending = [...change.replacements].sort((a, b) => a.start - b.start);
    let lines: LineSpan | undefined;
    for (const { start, end, text } of ascending) {
      const from = offsets.lineOf(start + grown);
      const to = offsets.lineOf(start + grown + Math.max(0, text.length - 1));
      lines = { start: Math.min(lines?.start ?? from, from), end: Math.max(lines?.end ?? to, to) };
      grown += text.length - (end - start);
    }
    return lines ?? { start: 1, end: 1 };
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.askTimer);
  }
}

const STRICTNESS: Readonly<Record<Verdict['kind'], number>> = {
  allowed: 0,
  warned: 1,
  justified: 2,
  unsettled: 3,
  cancelled: 4,
  refused: 5,
};

/** "edit lines 12–40 of edge/limits.cpp". */
function deedInWords(action: Action, path: string, lines: LineSpan): string {
  const where = lines.start === lines.end ? `line ${lines.start}` : `lines ${lines.start}–${lines.end}`;
  return `${action === 'unmark' ? 'change a marker in' : 'edit'} ${where} of ${path === '' ? 'this document' : path}`;
}

/** A change of several lines at once: typing makes none, and a checkout does. */
function isLarge({ replacements }: Change): boolean {
  const [only, more] = replacements;
  return only !== undefined && more === undefined && (only.end - only.start > 200 || only.text.split('\n').length > 2);
}

const markerKey = ({ by, asset, lines }: Region): string => (by === 'marker' ? `${lines.start}` : `${by} ${asset}`);

const inBreaks = (text: string, eol: vscode.EndOfLine): string =>
  text.replace(/\r\n|\r|\n/g, eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
