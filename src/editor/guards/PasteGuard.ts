import * as vscode from 'vscode';
import { clauseOf, deedInWords } from '../../report/refusalWords.js';
import { linesInWords } from '../../regions/linesInWords.js';
import { counted } from '../../report/words.js';
import type { Outcome } from '../../evidence/Entry.js';
import type { Log } from '../../ports.js';
import { DisposableStore } from '../DisposableStore.js';
import type { DocumentRegions } from '../DocumentRegions.js';
import type { ActRecorder } from './ActRecorder.js';
import { CopyDestination } from './CopyDestination.js';
import type { CopyGuard, CopyStamp } from './CopyGuard.js';
import { linesOfRange } from './copyOrigin.js';
import type { Notices } from './Notices.js';
import { pasteNatively } from './pasteNatively.js';
import type { Incoming, PasteJudge, PasteJudgement } from './PasteJudge.js';
import type { PasteSensor } from './PasteSensor.js';
import type { Permissions } from './Permissions.js';
import { showOrigin } from './showOrigin.js';
import type { Telling } from './Telling.js';
import { isLetThrough, type Verdict } from './Verdict.js';
import { windowAnswers } from './windowAnswers.js';

const STAMP_TYPE = 'application/vnd.developer-terms.origin';
const TEXT_TYPE = 'text/plain';

/** A paste that is not judged within this time (ms) is held: the editor offers to paste without asking after half a second. */
const PATIENCE_MS = 80;
/** A paste that is held for longer than this (ms) is given up. */
const LONGEST_HOLD_MS = 10_000;
/** See `blocked`. */
const SETTLE_MS = 60;

/** Documents of the editor itself and of every place where code can be pasted. */
const SELECTOR: vscode.DocumentSelector = [
  { scheme: 'file' },
  { scheme: 'untitled' },
  { scheme: 'vscode-notebook-cell' },
  { pattern: '**' },
];

/** A paste that the editor has asked about. */
interface Paste extends Incoming {
  readonly document: vscode.TextDocument;
  readonly ranges: readonly vscode.Range[];
  readonly stamp: CopyStamp | undefined;
  readonly editor: vscode.TextEditor | undefined;
  readonly version: number;
}

/**
 * Judges a paste before it lands. What is refused inserts nothing and leaves the selection; what may be is left to the editor
 * itself, so that it is pasted as ever.
 */
export class PasteGuard implements vscode.Disposable, vscode.DocumentPasteEditProvider {
  private readonly owned = new DisposableStore();
  private registered: vscode.Disposable | undefined;

  constructor(
    private readonly documents: DocumentRegions,
    private readonly copies: CopyGuard,
    private readonly judge: PasteJudge,
    private readonly ports: {
      readonly sensor: PasteSensor;
      readonly permissions: Permissions;
      readonly telling: Telling;
      readonly notices: Notices;
      readonly recorder: ActRecorder;
      readonly log: Log;
    },
  ) {
    this.register();
    this.owned.add(
      ports.sensor.onDidChange(() => {
        this.register();
      }),
    );
  }

  /** The kinds of our edits are fixed when we register, and have to follow the person's preferences to come first. */
  private register(): void {
    this.registered?.dispose();
    this.registered = vscode.languages.registerDocumentPasteEditProvider(SELECTOR, this, {
      providedPasteEditKinds: this.kinds(),
      copyMimeTypes: [STAMP_TYPE],
      pasteMimeTypes: [TEXT_TYPE, STAMP_TYPE],
    });
  }

  /** Below `text.plain`, so that what gives way to plain text gives way to us; and below every kind that is preferred to it. */
  private kinds(): vscode.DocumentDropOrPasteEditKind[] {
    const { Empty, Text } = vscode.DocumentDropOrPasteEditKind;
    const preferred = this.ports.sensor.preferences.map((kind) => Empty.append(...kind.split('.'), 'developerTerms'));
    return [Text.append('plain', 'developerTerms'), ...preferred];
  }

  prepareDocumentPaste(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    dataTransfer: vscode.DataTransfer,
  ): void {
    try {
      const stamp = this.copies.stamp(document, ranges);
      dataTransfer.set(STAMP_TYPE, new vscode.DataTransferItem(JSON.stringify(stamp)));
    } catch (error) {
      this.ports.log.error('A copy could not be looked at; it is judged by its text where it is pasted', error);
    }
  }

  async provideDocumentPasteEdits(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    dataTransfer: vscode.DataTransfer,
    _context: vscode.DocumentPasteEditContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentPasteEdit[] | undefined> {
    const text = await dataTransfer.get(TEXT_TYPE)?.asString();
    if (text === undefined || text === '' || token.isCancellationRequested) return undefined;
    const stamp = stampIn(await dataTransfer.get(STAMP_TYPE)?.asString());
    const editor = vscode.window.activeTextEditor;
    const paste: Paste = {
      ...{ document, ranges, text, stamp, version: document.version },
      editor: editor?.document === document ? editor : undefined,
      destination: new CopyDestination(document, ranges, this.documents.of(document)),
      origin: stamp?.origin,
      isCut: stamp !== undefined && this.copies.wasCut(stamp),
    };
    try {
      const judging = this.judge.judge(paste);
      const judgement = await Promise.race([judging, after(PATIENCE_MS)]);
      if (token.isCancellationRequested) return undefined;
      if (judgement === undefined) {
        void this.hold(paste, judging);
        return this.block('Held until the developer terms have been looked up');
      }
      return this.enact(paste, judgement);
    } catch (error) {
      this.failed(error);
      return this.block('Blocked: the developer terms could not be looked up');
    }
  }

  /** What becomes of a paste that is judged in time: undefined leaves it to the editor. */
  private enact(paste: Paste, judgement: PasteJudgement): vscode.DocumentPasteEdit[] | undefined {
    if (judgement.kind === 'free') return undefined;
    if (judgement.kind === 'remembered') {
      this.refuseRemembered(judgement);
      return this.block('Blocked by developer terms');
    }
    const { verdict } = judgement;
    if (isLetThrough(verdict)) {
      this.letThrough(paste, judgement, verdict);
      return undefined;
    }
    if (verdict.kind === 'unsettled') void this.ask(paste, judgement);
    else this.refuse(paste, judgement, verdict);
    const clause = clauseOf(verdict.decision);
    return this.block(`Blocked by developer terms${clause === undefined ? '' : `, clause ${clause}`}`);
  }

  /** Inserts nothing and leaves the selection: an edit without text is no edit, and takes the place of the editor's own. */
  private block(title: string): vscode.DocumentPasteEdit[] {
    return this.kinds().map((kind) => new vscode.DocumentPasteEdit('', title, kind));
  }

  /** Asks for what is missing, and pastes once it is given. */
  private async ask(paste: Paste, judgement: PasteJudgement & { kind: 'judged' }): Promise<void> {
    try {
      await blocked();
      let answer: PasteJudgement = judgement;
      // Taking code elsewhere is more than one act; each may want a reason of its own, where its rules differ.
      while (answer.kind === 'judged' && answer.verdict.kind === 'unsettled') {
        const verdict = await this.ports.permissions.settle(answer.verdict.question, deedOf(paste, answer));
        if (!isLetThrough(verdict)) {
          if (verdict.kind === 'refused') this.refuse(paste, answer, verdict);
          else this.record(paste, verdict, 'cancelled');
          return;
        }
        answer = await this.judge.judge(paste);
        if (answer.kind !== 'judged' || answer.verdict.kind !== 'unsettled') continue;
        this.ports.permissions.share(verdict, answer.verdict.question);
        answer = await this.judge.judge(paste);
      }
      await this.pasteLate(paste, answer);
    } catch (error) {
      this.failed(error);
    }
  }

  /** Waits for a judgement that was not there in time, and pastes then. */
  private async hold(paste: Paste, judging: Promise<PasteJudgement>): Promise<void> {
    const said = vscode.window.setStatusBarMessage('$(loading~spin) Looking up the developer terms before pasting…');
    try {
      const judgement = await Promise.race([judging, after(LONGEST_HOLD_MS)]);
      if (judgement === undefined) throw new Error('The copy index did not answer in time.');
      await blocked();
      if (judgement.kind === 'judged' && judgement.verdict.kind === 'unsettled') await this.ask(paste, judgement);
      else await this.pasteLate(paste, judgement);
    } catch (error) {
      this.failed(error);
    } finally {
      said.dispose();
    }
  }

  /** Pastes what was held back, unless it is refused or its place has changed meanwhile. */
  private async pasteLate(paste: Paste, judgement: PasteJudgement): Promise<void> {
    if (judgement.kind === 'remembered') {
      this.refuseRemembered(judgement);
      return;
    }
    if (judgement.kind === 'judged' && !isLetThrough(judgement.verdict)) {
      this.refuse(paste, judgement, judgement.verdict);
      return;
    }
    const { editor, document, version, text, stamp } = paste;
    const isThere =
      editor !== undefined &&
      document.version === version &&
      !document.isClosed &&
      (await pasteNatively(editor, text, stamp));
    if (!isThere) {
      void this.ports.notices.tell({
        key: 'paste-late',
        severity: 'information',
        text: 'Nothing was pasted: the text has changed since you pasted. It may be pasted now; paste it again.',
        short: 'Nothing was pasted: paste it again',
        buttons: [],
      });
      return;
    }
    if (judgement.kind === 'judged') this.letThrough(paste, judgement, judgement.verdict);
  }

  private letThrough(paste: Paste, judgement: PasteJudgement & { kind: 'judged' }, verdict: Verdict): void {
    const outcome = verdict.kind === 'justified' ? 'justified' : verdict.kind === 'warned' ? 'warned' : 'allowed';
    this.record(paste, verdict, outcome);
    if (outcome === 'warned') this.ports.telling.tell({ verdict, deed: `Pasted: ${matchInWords(judgement)}` });
  }

  private refuse(paste: Paste, judgement: PasteJudgement & { kind: 'judged' }, verdict: Verdict): void {
    this.record(paste, verdict, 'refused');
    this.ports.telling.tell({
      verdict,
      deed: `Paste blocked: ${matchInWords(judgement)}`,
      where: () => showOrigin(verdict, judgement.origin, this.ports.permissions),
    });
  }

  private refuseRemembered({ copy, lines }: PasteJudgement & { kind: 'remembered' }): void {
    const deed = `Paste blocked: ${counted(lines, 'line')} ${lines === 1 ? 'matches' : 'match'} ${copy.path} of another repository`;
    void this.ports.notices.tell({
      key: JSON.stringify(['paste', copy.root, copy.assets]),
      severity: 'warning',
      text: deedInWords(deed, copy.elsewhere),
      short: deed,
      buttons: [],
    });
  }

  private record({ destination, ranges, text }: Paste, verdict: Verdict, outcome: Outcome): void {
    const [first] = ranges;
    const start = first === undefined ? 1 : linesOfRange(first).start;
    const lines = { start, end: start + text.split('\n').length - 1 };
    this.ports.recorder.record({ verdict, outcome, place: { path: destination.path, lines }, texts: [text] });
  }

  private failed(error: unknown): void {
    this.ports.log.error('A paste could not be judged and was blocked', error);
    void this.ports.notices.tell({
      key: 'paste-failed',
      severity: 'error',
      text:
        'Paste blocked: it could not be checked against the developer terms. Nothing was inserted. Paste again; if that ' +
        'does not help, reload the window. The log “Developer Terms” says what went wrong.',
      short: 'Paste blocked: it could not be checked',
      buttons: [],
    });
  }

  dispose(): void {
    this.registered?.dispose();
    this.owned.dispose();
  }
}

function stampIn(json: string | undefined): CopyStamp | undefined {
  if (json === undefined || json === '') return undefined;
  try {
    return JSON.parse(json) as CopyStamp;
  } catch {
    return undefined;
  }
}

/** "34 lines match edge/limits.cpp, lines 3–40". */
function matchInWords({ lines, origin }: PasteJudgement & { kind: 'judged' }): string {
  return `${counted(lines, 'line')} ${lines === 1 ? 'matches' : 'match'} ${origin.path}, ${linesInWords(origin.lines)}`;
}

/** "paste lines 3–40 of edge/limits.cpp into dashboard/kpis.ts". */
function deedOf({ destination }: Paste, { origin, verdict }: PasteJudgement & { kind: 'judged' }): string {
  const leaves = verdict.question.action === 'export' ? ', which takes them out of their repository' : '';
  return `paste ${linesInWords(origin.lines)} of ${origin.path} into ${destination.path}${leaves}`;
}

/**
 * Resolves when the editor has taken in the edit that blocks, which ends with a focus on the text: a box that was open before
 * would lose what is typed. Nothing tells of it, so that it is given a few turns of the window's own loop, and a moment.
 */
async function blocked(): Promise<void> {
  await after(SETTLE_MS);
  for (let turn = 0; turn < 3; turn++) await windowAnswers();
  await after(SETTLE_MS);
  await windowAnswers();
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(undefined);
    }, ms);
  });
}
