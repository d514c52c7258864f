import * as vscode from 'vscode';
import { originIsClosed } from '../report/copyWords.js';
import { linesInWords } from '../regions/linesInWords.js';
import type { CopyDiagnostics, ShownCopy } from './CopyDiagnostics.js';
import { DisposableStore } from './DisposableStore.js';
import { regionsOfOrigin } from './guards/copyOrigin.js';
import type { Permissions } from './guards/Permissions.js';
import { isLetThrough } from './guards/Verdict.js';

/** Shows copied lines beside their origin, to those who may view it. */
export class CompareWithOrigin implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly mark = this.owned.add(
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new vscode.ThemeColor('editor.findMatchHighlightBackground'),
      overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.findMatchForeground'),
    }),
  );
  private showing: vscode.Disposable | undefined;

  constructor(
    private readonly copies: CopyDiagnostics,
    private readonly permissions: Permissions,
  ) {}

  /**
   * Compares the copy on a line (1-based) of a document, or at the cursor. Resolves with what the person was told where
   * nothing was opened, and with undefined where both sides are on the screen.
   */
  async compare(uri?: string, line?: number): Promise<string | undefined> {
    const active = vscode.window.activeTextEditor;
    const document =
      uri === undefined ? active?.document : vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
    const at = line ?? (active === undefined ? 1 : active.selection.active.line + 1);
    const [found] = document === undefined ? [] : this.copies.at(document, at);
    if (document === undefined || found === undefined) {
      const nothing = 'This line is not known to be copied from covered code.';
      void vscode.window.showInformationMessage(nothing);
      return nothing;
    }
    const { folder, policy, copy } = found;
    const { from, assets, origin } = copy;
    const regions = regionsOfOrigin(policy, { path: origin.path, lines: from }, assets);
    const view = await this.permissions.settle(
      { folder, policy, regions, action: 'view', lines: from },
      `view ${linesInWords(from)} of ${origin.path}`,
    );
    if (!isLetThrough(view)) {
      const closed = originIsClosed(copy, view.decision, policy);
      if (view.kind === 'refused') void vscode.window.showWarningMessage(closed);
      return closed;
    }
    await this.open(found);
    return undefined;
  }

  private async open({ document, folder, copy }: ShownCopy): Promise<void> {
    this.showing?.dispose();
    const origin = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.root, copy.origin.path));
    const here = await vscode.window.showTextDocument(document, {
      viewColumn:
        vscode.window.activeTextEditor?.document === document ? vscode.ViewColumn.Active : vscode.ViewColumn.One,
      preview: false,
    });
    const there = await vscode.window.showTextDocument(origin, {
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
      preserveFocus: true,
    });
    const lines = (numbers: readonly number[], { lineCount }: vscode.TextDocument): vscode.Range[] =>
      [...new Set(numbers)]
        .filter((number) => number <= lineCount)
        .map((number) => new vscode.Range(number - 1, 0, number - 1, 0));
    const pairs = copy.pairs;
    const show = new DisposableStore();
    this.showing = show;
    const draw = (): void => {
      here.setDecorations(
        this.mark,
        lines(
          pairs.map((pair) => pair.here),
          document,
        ),
      );
      there.setDecorations(
        this.mark,
        lines(
          pairs.map((pair) => pair.there),
          origin,
        ),
      );
    };
    draw();
    const [first] = pairs;
    if (first !== undefined) {
      const top = (number: number): vscode.Range =>
        new vscode.Range(Math.max(0, number - 3), 0, Math.max(0, number - 3), 0);
      here.revealRange(top(first.here), vscode.TextEditorRevealType.AtTop);
      there.revealRange(top(first.there), vscode.TextEditorRevealType.AtTop);
    }
    vscode.window.setStatusBarMessage(
      `${linesInWords(copy.lines)} beside ${linesInWords(copy.from)} of ${copy.origin.path}`,
      10_000,
    );

    // Scrolling one side moves the other to the line that goes with the topmost visible one.
    let leader: { editor: vscode.TextEditor; until: number } | undefined;
    show.add(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor, visibleRanges }) => {
        const other = textEditor === here ? there : textEditor === there ? here : undefined;
        const topLine = visibleRanges[0]?.start.line;
        if (other === undefined || topLine === undefined) return;
        const now = Date.now();
        // The other side's own scrolling is an echo of ours.
        if (leader !== undefined && leader.editor !== textEditor && now < leader.until) return;
        leader = { editor: textEditor, until: now + 250 };
        const side = textEditor === here ? 'here' : 'there';
        const target = counterpart(pairs, side, topLine + 1);
        other.revealRange(new vscode.Range(target - 1, 0, target - 1, 0), vscode.TextEditorRevealType.AtTop);
      }),
    );
    show.add(
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        if (editors.includes(here) && editors.includes(there)) return;
        show.dispose();
      }),
    );
    show.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.contentChanges.length > 0 && (event.document === document || event.document === origin))
          show.dispose();
      }),
    );
    show.add({
      dispose: () => {
        here.setDecorations(this.mark, []);
        there.setDecorations(this.mark, []);
      },
    });
  }

  dispose(): void {
    this.showing?.dispose();
    this.owned.dispose();
  }
}

/** The line of the other side that goes with a line: that of the nearest pair above, or of the first, moved by the distance. */
export function counterpart(
  pairs: readonly { readonly here: number; readonly there: number }[],
  side: 'here' | 'there',
  line: number,
): number {
  const other = side === 'here' ? 'there' : 'here';
  let nearest = pairs[0];
  for (const pair of pairs)
    if (pair[side] <= line && (nearest === undefined || nearest[side] > line || pair[side] >= nearest[side]))
      nearest = pair;
  return nearest === undefined ? line : Math.max(1, nearest[other] + line - nearest[side]);
}
