import * as vscode from 'vscode';
import { zoneOf } from '../../policy/membership.js';
import {
  sourceInWords,
  SOON_DAYS,
  trainingAsCsv,
  trainingAsJson,
  trainingRows,
  type TrainingReport,
} from '../../report/training.js';
import { courseStandings } from '../../training/courseStandings.js';
import type { FolderTerms } from '../FolderTerms.js';
import { webviewPage } from '../webviewPage.js';
import { overviewHtml } from './overviewHtml.js';

interface Shown {
  readonly panel: vscode.WebviewPanel;
  report: TrainingReport | undefined;
}

/** Where everybody stands, as a table that can be sorted, filtered and exported; one panel for each folder. */
export class OverviewPanels implements vscode.Disposable {
  private readonly shown = new Map<string, Shown>();

  constructor(private readonly ports: { /** With the pages' scripts and styles. */ readonly media: vscode.Uri }) {}

  /** Opens the overview, or comes back to it. */
  show(folder: FolderTerms): void {
    const { policy } = folder;
    if (policy === undefined || policy.training.length === 0) {
      void vscode.window.showInformationMessage('The policy asks for no course, so nobody stands anywhere.');
      return;
    }
    const key = folder.root.toString();
    const before = this.shown.get(key);
    if (before !== undefined) {
      before.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      'developerTerms.overview',
      'Training Overview',
      vscode.ViewColumn.Active,
      { enableScripts: true, localResourceRoots: [this.ports.media] },
    );
    const shown: Shown = { panel, report: undefined };
    this.shown.set(key, shown);
    panel.onDidDispose(() => {
      this.shown.delete(key);
    });
    panel.webview.onDidReceiveMessage(async (message: unknown) => {
      const { kind } = (message ?? {}) as { kind?: unknown };
      if (kind === 'ready') await this.fill(shown, folder, false);
      else if (kind === 'refresh') await this.fill(shown, folder, true);
      else if (kind === 'csv' || kind === 'json') await save(shown.report, kind, folder);
    });
    const body = overviewHtml(policy.agreement.title, policy.training);
    panel.webview.html = webviewPage(panel.webview, this.ports.media, {
      ...{ title: 'Training Overview', name: 'overview', body },
    });
  }

  private async fill(shown: Shown, folder: FolderTerms, isRefresh: boolean): Promise<void> {
    const { policy } = folder;
    if (policy === undefined) return;
    const records = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'Reading course records' },
      (progress) =>
        folder.records.everybody(policy, {
          ...(isRefresh ? { maxAge: 0 } : {}),
          onProgress: (endpoint, statements) => {
            progress.report({ message: `${statements.toLocaleString('en-US')} statements from ${endpoint}` });
          },
        }),
    );
    const zone = zoneOf(policy);
    const at = Date.parse(records.now);
    const report: TrainingReport = { table: courseStandings(policy, records, at), records, at, zone };
    shown.report = report;
    await shown.panel.webview.postMessage({
      kind: 'rows',
      rows: trainingRows(report),
      patterns: report.table.patterns,
      sources: records.sources.map((source) => sourceInWords(source, zone)),
      soonDays: SOON_DAYS,
    });
  }

  dispose(): void {
    for (const { panel } of [...this.shown.values()]) panel.dispose();
  }
}

async function save(report: TrainingReport | undefined, format: 'csv' | 'json', folder: FolderTerms): Promise<void> {
  if (report === undefined) return;
  const day = new Date(report.at).toISOString().slice(0, 10);
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder.root, '..', `training-${day}.${format}`),
    filters: format === 'csv' ? { 'Table (CSV)': ['csv'] } : { JSON: ['json'] },
    title: 'Export the Training Overview',
  });
  if (target === undefined) return;
  const text = format === 'csv' ? trainingAsCsv(report) : `${JSON.stringify(trainingAsJson(report), undefined, 2)}\n`;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  void vscode.window.showInformationMessage(
    `The standings of ${new Set(report.table.standings.map(({ person }) => person)).size} people are in ${target.path.split('/').pop() ?? ''}. They are personal data: keep them as such.`,
  );
}
