import * as vscode from 'vscode';
import type { Problem, Severity } from '../policy/Problem.js';
import type { Range } from '../ports.js';
import { DisposableStore } from './DisposableStore.js';
import type { FolderTerms } from './FolderTerms.js';
import { DIAGNOSTIC_SOURCE } from './names.js';
import type { Terms } from './Terms.js';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  notice: vscode.DiagnosticSeverity.Information,
};

/** A policy file's problems at their places, and the fixes they know. */
export class PolicyDiagnostics implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly diagnostics = this.owned.add(vscode.languages.createDiagnosticCollection('developer-terms-policy'));
  /** The files that carry diagnostics, by folder, so that they can be cleared. */
  private readonly shown = new Map<FolderTerms, readonly vscode.Uri[]>();

  constructor(private readonly terms: Terms) {
    this.owned.add(
      terms.onDidChange((folder) => {
        if (folder === undefined) this.showAll();
        else this.show(folder);
      }),
    );
    this.owned.add(
      vscode.languages.registerCodeActionsProvider({ language: 'yaml' }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const here = this.terms.locate(document.uri);
    if (here === undefined) return [];
    const actions: vscode.CodeAction[] = [];
    for (const problem of here.folder.inForce.problems) {
      if (problem.fix === undefined || problem.file !== here.path) continue;
      const range = toEditorRange(problem.range);
      const diagnostic = context.diagnostics.find(
        (candidate) => candidate.code === problem.code && candidate.range.isEqual(range),
      );
      if (diagnostic === undefined) continue;
      const action = new vscode.CodeAction(problem.fix.title, vscode.CodeActionKind.QuickFix);
      action.edit = new vscode.WorkspaceEdit();
      action.edit.replace(document.uri, toEditorRange(problem.fix.range), problem.fix.text);
      action.diagnostics = [diagnostic];
      actions.push(action);
    }
    return actions;
  }

  private showAll(): void {
    for (const folder of [...this.shown.keys()]) if (!this.terms.all.includes(folder)) this.clear(folder);
    for (const folder of this.terms.all) this.show(folder);
  }

  private show(folder: FolderTerms): void {
    this.clear(folder);
    const byFile = new Map<string, Problem[]>();
    for (const problem of folder.inForce.problems) {
      const list = byFile.get(problem.file);
      if (list === undefined) byFile.set(problem.file, [problem]);
      else list.push(problem);
    }
    const uris: vscode.Uri[] = [];
    for (const [path, problems] of byFile) {
      const uri = vscode.Uri.joinPath(folder.root, path);
      uris.push(uri);
      this.diagnostics.set(uri, problems.map(toDiagnostic));
    }
    this.shown.set(folder, uris);
  }

  private clear(folder: FolderTerms): void {
    for (const uri of this.shown.get(folder) ?? []) this.diagnostics.delete(uri);
    this.shown.delete(folder);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

function toDiagnostic(problem: Problem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toEditorRange(problem.range), problem.message, SEVERITIES[problem.severity]);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = problem.code;
  return diagnostic;
}

/** The editor counts lines and characters from 0, we count from 1. */
export function toEditorRange(range: Range): vscode.Range {
  return new vscode.Range(range.start.line - 1, range.start.column - 1, range.end.line - 1, range.end.column - 1);
}
