import * as vscode from 'vscode';
import type { CopyOrigin, RememberedCopy } from '../../changes/CopyLedger.js';
import { withKindestDestination } from '../../decision/elsewhere.js';
import type { Decision } from '../../decision/Decision.js';
import { EFFECTS } from '../../policy/language.js';
import { decidingAssets } from '../../report/decidingAssets.js';
import { mainReason } from '../../report/mainReason.js';
import { groundsInWords } from '../../report/refusalWords.js';
import { whose } from '../../policy/whose.js';
import { linesInWords } from '../../regions/linesInWords.js';
import { DisposableStore } from '../DisposableStore.js';
import type { CoveredDocument, DocumentRegions } from '../DocumentRegions.js';
import { COMMANDS, CONTEXT_KEYS } from '../names.js';
import type { ActRecorder } from './ActRecorder.js';
import type { CopyMemory } from './CopyMemory.js';
import { linesOfRange, originOf } from './copyOrigin.js';
import type { Telling } from './Telling.js';
import type { Question, Verdict } from './Verdict.js';

/** What this window knows of a copy when it is pasted in it again. */
export interface CopyStamp {
  readonly id: number;
  /** Undefined when nothing of it was covered. */
  readonly origin: CopyOrigin | undefined;
  /** Selections that were copied at once. */
  readonly pieces: number;
  /** True when nothing was selected, so that it was the cursor's whole line. */
  readonly isWholeLine: boolean;
}

/**
 * Copying and cutting. Where no rule permits taking the selected lines anywhere, the clipboard gets a notice instead; anything
 * else is remembered, and judged where it goes.
 */
export class CopyGuard implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private isGuarded = false;
  private stamps = 0;
  private latest:
    { readonly stamp: CopyStamp; readonly document: vscode.TextDocument; ranges: vscode.Range[] } | undefined;
  private readonly cut = new Set<number>();

  constructor(
    private readonly documents: DocumentRegions,
    private readonly memory: CopyMemory,
    private readonly telling: Telling,
    private readonly recorder: ActRecorder,
  ) {
    const follow = (editor: vscode.TextEditor | undefined): void => {
      if (editor === vscode.window.activeTextEditor) this.follow();
    };
    this.owned.add(vscode.window.onDidChangeActiveTextEditor(follow));
    this.owned.add(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        follow(textEditor);
      }),
    );
    this.owned.add(
      documents.onDidChange((document) => {
        if (document === vscode.window.activeTextEditor?.document) this.follow();
      }),
    );
    this.owned.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.noticeCut(event);
      }),
    );
    this.owned.add(vscode.commands.registerCommand(COMMANDS.copy, () => this.take('copy')));
    this.owned.add(vscode.commands.registerCommand(COMMANDS.cut, () => this.take('cut')));
  }

  /** What a copy of these ranges carries in this window. Remembers it; takes it off the clipboard where it must not be taken. */
  stamp(document: vscode.TextDocument, ranges: readonly vscode.Range[]): CopyStamp {
    const covered = this.documents.of(document);
    const origin = covered && originOf(covered, ranges);
    const [range] = ranges;
    const stamp: CopyStamp = {
      id: ++this.stamps,
      origin,
      pieces: ranges.length,
      isWholeLine:
        ranges.length === 1 && range !== undefined && isLine(document, range) && this.nothingSelected(document),
    };
    this.latest = { stamp, document, ranges: [...ranges] };
    if (covered !== undefined && origin !== undefined) {
      const refused = this.refusalOf(covered, ranges);
      const text = ranges.map((part) => document.getText(part)).join('\n');
      // A menu cannot be kept from copying: what it put on the clipboard is replaced.
      if (refused !== undefined) void this.withhold(refused, origin, text, 'Copy taken off the clipboard');
      this.memory.remember(remembered(covered, origin), text);
    }
    return stamp;
  }

  /** True when the copy with this stamp was a cut. */
  wasCut({ id }: CopyStamp): boolean {
    return this.cut.has(id);
  }

  private nothingSelected(document: vscode.TextDocument): boolean {
    const editor = vscode.window.activeTextEditor;
    return editor?.document === document && editor.selection.isEmpty;
  }

  /** Tells the keybindings whether the selection is to be kept off the clipboard. */
  private follow(): void {
    const editor = vscode.window.activeTextEditor;
    const covered = editor && this.documents.of(editor.document);
    const isGuarded =
      editor !== undefined && covered !== undefined && this.refusalOf(covered, editor.selections) !== undefined;
    if (isGuarded === this.isGuarded) return;
    this.isGuarded = isGuarded;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.copyGuarded, isGuarded);
  }

  /**
   * Why nothing of these ranges may be taken anywhere: no destination is permitted for some of their lines, and the person may
   * not edit them either, so that there is no place inside the asset to put them. Undefined when something may be.
   */
  private refusalOf(covered: CoveredDocument, ranges: readonly vscode.Range[]): Verdict | undefined {
    const { folder, policy, regions } = covered;
    if (regions.regions.length === 0) return undefined;
    for (const range of ranges) {
      const lines = linesOfRange(range);
      if (originOf(covered, [range]) === undefined) continue;
      const best = folder.decide(withKindestDestination(policy), regions, { action: 'copy', lines });
      if (best.effect !== 'deny') continue;
      if (folder.decide(policy, regions, { action: 'edit', lines }).effect !== 'deny') continue;
      const question: Question = { folder, policy, regions, action: 'copy', lines };
      return { kind: 'refused', question, decision: folder.decide(policy, regions, { action: 'copy', lines }) };
    }
    return undefined;
  }

  /** The keyboard's copy or cut where the selection is guarded. */
  private async take(deed: 'copy' | 'cut'): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const covered = editor && this.documents.of(editor.document);
    const refused = editor && covered && this.refusalOf(covered, editor.selections);
    const origin = editor && covered && originOf(covered, editor.selections);
    if (editor === undefined || refused === undefined || origin === undefined) {
      // The terms or the selection have changed since the key was bound.
      const native = deed === 'copy' ? 'editor.action.clipboardCopyAction' : 'editor.action.clipboardCutAction';
      await vscode.commands.executeCommand(native);
      return;
    }
    const text = editor.selections.map((part) => editor.document.getText(part)).join('\n');
    await this.withhold(refused, origin, text, deed === 'copy' ? 'Not copied' : 'Not cut');
  }

  private async withhold(refused: Verdict, origin: CopyOrigin, text: string, deed: string): Promise<void> {
    await vscode.env.clipboard.writeText(noticeFor(refused));
    this.recorder.record({
      verdict: refused,
      outcome: 'refused',
      place: { path: origin.path, lines: origin.lines },
      texts: [text],
    });
    this.telling.tell({ verdict: refused, deed: `${deed}: ${linesInWords(origin.lines)} of ${origin.path}` });
  }

  /** A cut is a copy whose ranges are deleted right after. */
  private noticeCut({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const { latest } = this;
    if (latest === undefined || latest.document !== document || contentChanges.length === 0) return;
    this.latest = undefined;
    const deleted = contentChanges.every(({ text }) => text === '') && contentChanges.length === latest.ranges.length;
    const sameLines = contentChanges.every(({ range }) =>
      latest.ranges.some((copied) => copied.start.line === range.start.line && range.contains(copied)),
    );
    if (reason === undefined && deleted && sameLines) this.cut.add(latest.stamp.id);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

function isLine(document: vscode.TextDocument, range: vscode.Range): boolean {
  const { line } = range.start;
  return range.isSingleLine && range.start.character === 0 && range.end.character === document.lineAt(line).text.length;
}

/** What stands on the clipboard instead of the code. */
function noticeFor({ decision, question: { policy } }: Verdict): string {
  const reason = mainReason(decision);
  const clause = reason?.clause === undefined ? '' : `, clause ${reason.clause}`;
  const contact = reason?.contact ?? policy.agreement.contact;
  const ask = contact === undefined ? '' : ` Ask ${contact}.`;
  return `Not copied: this code is protected as ${whose(decidingAssets(decision), policy)} (${policy.agreement.id}${clause}).${ask}`;
}

/** The copy as other windows have to know it. */
function remembered({ folder, policy, regions }: CoveredDocument, origin: CopyOrigin): RememberedCopy {
  const ask = (action: 'copy' | 'export'): Decision => folder.decide(policy, regions, { action, lines: origin.lines });
  const [copy, carry] = [ask('copy'), ask('export')];
  const decision = EFFECTS.indexOf(carry.effect) > EFFECTS.indexOf(copy.effect) ? carry : copy;
  return {
    ...origin,
    at: Date.parse(folder.clock.now()),
    elsewhere: { effect: decision.effect, ...groundsInWords(decision, policy) },
  };
}
