import * as vscode from 'vscode';
import type { Region } from '../regions/Region.js';
import { DisposableStore } from './DisposableStore.js';
import type { DocumentRegions } from './DocumentRegions.js';
import { COLORS } from './names.js';

/** Shows in the text itself which lines are covered: quietly, in the theme's colours, without moving a character. */
export class RegionDecorations implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly marked: vscode.TextEditorDecorationType;
  private readonly wholeFile: vscode.TextEditorDecorationType;
  private readonly firstLine: vscode.TextEditorDecorationType;
  private readonly shown = this.owned.add(new vscode.EventEmitter<vscode.TextEditor>());
  /** Fires after an editor's regions were drawn. */
  readonly onDidShow = this.shown.event;

  constructor(
    private readonly documents: DocumentRegions,
    extension: vscode.Uri,
  ) {
    const border = new vscode.ThemeColor(COLORS.border);
    const line = (width: string): vscode.DecorationRenderOptions => ({
      isWholeLine: true,
      borderColor: border,
      borderStyle: 'solid',
      borderWidth: `0 0 0 ${width}`,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    });
    this.marked = this.owned.add(
      vscode.window.createTextEditorDecorationType({
        ...line('2px'),
        backgroundColor: new vscode.ThemeColor(COLORS.background),
        overviewRulerColor: new vscode.ThemeColor(COLORS.ruler),
        overviewRulerLane: vscode.OverviewRulerLane.Left,
      }),
    );
    // A file that is covered from first to last line needs no wash over all of it: a line at its side says it.
    this.wholeFile = this.owned.add(vscode.window.createTextEditorDecorationType(line('1px')));
    const gutter = (
      theme: string,
    ): vscode.ThemableDecorationAttachmentRenderOptions & { gutterIconPath: vscode.Uri } => ({
      gutterIconPath: vscode.Uri.joinPath(extension, 'media', 'icons', `region-${theme}.svg`),
    });
    this.firstLine = this.owned.add(
      vscode.window.createTextEditorDecorationType({
        light: gutter('light'),
        dark: gutter('dark'),
        gutterIconSize: 'contain',
      }),
    );
    this.owned.add(
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.showAll();
      }),
    );
    this.owned.add(
      documents.onDidChange((document) => {
        for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) this.show(editor);
      }),
    );
  }

  /** Draws the regions of every visible editor. */
  showAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.show(editor);
  }

  private show(editor: vscode.TextEditor): void {
    const regions = this.documents.of(editor.document)?.regions.regions ?? [];
    const marked = regions.filter((region) => region.by === 'marker');
    const whole = regions.filter((region) => region.by !== 'marker');
    editor.setDecorations(this.marked, outermost(marked).map(toRange));
    editor.setDecorations(this.wholeFile, whole.slice(0, 1).map(toRange));
    const starts = new Set(regions.map((region) => region.lines.start));
    editor.setDecorations(
      this.firstLine,
      [...starts].map((start) => new vscode.Range(start - 1, 0, start - 1, 0)),
    );
    this.shown.fire(editor);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

function toRange(region: Region): vscode.Range {
  return new vscode.Range(region.lines.start - 1, 0, region.lines.end - 1, 0);
}

/** Regions inside another one are left out, so that their washes do not add up to a loud one. */
function outermost(regions: readonly Region[]): Region[] {
  const result: Region[] = [];
  let reached = 0;
  for (const region of regions) {
    if (region.lines.end > reached) result.push(region);
    reached = Math.max(reached, region.lines.end);
  }
  return result;
}
