import * as vscode from 'vscode';
import { explanationText } from '../report/explanationText.js';
import { DisposableStore } from './DisposableStore.js';
import type { DocumentRegions } from './DocumentRegions.js';
import { explainLine, placeInWords } from './explainLine.js';
import { DETAILS_SCHEME } from './names.js';

/**
 * The whole explanation of some lines as a read-only text document: plain words that a screen reader reads and that can
 * be copied into a letter. No text of the file is in it.
 */
export class DetailsDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.changed.event;

  /** Answers to questions that were asked, by the name of their document. */
  private readonly answers = new Map<string, string>();

  constructor(private readonly documents: DocumentRegions) {
    this.owned.add(vscode.workspace.registerTextDocumentContentProvider(DETAILS_SCHEME, this));
    this.owned.add(
      documents.onDidChange((document) => {
        for (const shown of vscode.workspace.textDocuments) {
          if (
            shown.uri.scheme === DETAILS_SCHEME &&
            shown.uri.query !== '' &&
            aim(shown.uri).uri === document.uri.toString()
          ) {
            this.changed.fire(shown.uri);
          }
        }
      }),
    );
  }

  /** Opens the details of a line (1-based), or of a whole file, beside the file. */
  static async show(uri: string, line: number | undefined): Promise<void> {
    const name = vscode.Uri.parse(uri).path.split('/').pop() ?? 'file';
    const title = line === undefined ? `Terms for ${name}` : `Terms for ${name}, line ${line}`;
    const details = vscode.Uri.from({
      scheme: DETAILS_SCHEME,
      path: `/${title}.txt`,
      query: JSON.stringify({ uri, line }),
    });
    await open(details);
  }

  /** Opens the answer to a question beside the file it was about. */
  async showAnswer(text: string): Promise<void> {
    const name = `/Answer ${this.answers.size + 1}.txt`;
    this.answers.set(name, text);
    await open(vscode.Uri.from({ scheme: DETAILS_SCHEME, path: name }));
  }

  provideTextDocumentContent(details: vscode.Uri): string {
    const answer = this.answers.get(details.path);
    if (answer !== undefined) return answer;
    const { uri, line } = aim(details);
    const document = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri);
    const covered = document && this.documents.of(document);
    const explanation = covered && explainLine(covered, line);
    if (covered === undefined || explanation === undefined) return 'No developer terms apply to these lines.\n';
    const { address, source } = covered.folder.person;
    const person = address === undefined ? `an unknown person (${source})` : `${address}, as claimed by ${source}`;
    return explanationText(explanation, placeInWords(covered, line), person);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

async function open(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

function aim(details: vscode.Uri): { readonly uri: string; readonly line?: number } {
  return JSON.parse(details.query) as { uri: string; line?: number };
}
