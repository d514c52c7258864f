import * as vscode from 'vscode';
import { DisposableStore } from './DisposableStore.js';
import type { DocumentRegions } from './DocumentRegions.js';
import { DIAGNOSTIC_SOURCE } from './names.js';
import { toEditorRange } from './PolicyDiagnostics.js';

/** Markers that do not do what their author meant (no end, no asset, an unknown one), as warnings where they stand. */
export class MarkerDiagnostics implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly diagnostics = this.owned.add(vscode.languages.createDiagnosticCollection('developer-terms-markers'));

  constructor(private readonly documents: DocumentRegions) {
    this.owned.add(
      documents.onDidChange((document) => {
        this.show(document);
      }),
    );
    this.owned.add(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.show(document);
      }),
    );
    this.owned.add(
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.diagnostics.delete(document.uri);
      }),
    );
  }

  private show(document: vscode.TextDocument): void {
    const problems = this.documents.of(document)?.regions.problems ?? [];
    if (problems.length === 0) {
      this.diagnostics.delete(document.uri);
      return;
    }
    this.diagnostics.set(
      document.uri,
      problems.map((problem) => {
        const range = toEditorRange(problem.range);
        const diagnostic = new vscode.Diagnostic(range, problem.message, vscode.DiagnosticSeverity.Warning);
        diagnostic.source = DIAGNOSTIC_SOURCE;
        diagnostic.code = problem.code;
        return diagnostic;
      }),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }
}
