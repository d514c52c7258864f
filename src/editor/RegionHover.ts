import * as vscode from 'vscode';
import type { DocumentRegions } from './DocumentRegions.js';
import { explainLine } from './explainLine.js';
import { hoverMarkdown } from './hoverMarkdown.js';

/** The explanation over covered lines, wherever in them the mouse rests. */
export class RegionHover implements vscode.HoverProvider {
  constructor(private readonly documents: DocumentRegions) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const covered = this.documents.of(document);
    if (covered === undefined) return undefined;
    const line = position.line + 1;
    const explanation = explainLine(covered, line);
    if (explanation === undefined) return undefined;
    const root = covered.folder.root.toString();
    return new vscode.Hover(hoverMarkdown(explanation, { uri: document.uri.toString(), root, line }));
  }

  static register(documents: DocumentRegions): vscode.Disposable {
    return vscode.languages.registerHoverProvider([{ scheme: '*' }], new RegionHover(documents));
  }
}
