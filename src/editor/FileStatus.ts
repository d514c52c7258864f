import * as vscode from 'vscode';
import { headline } from '../report/explanationText.js';
import { inSentence } from '../policy/inSentence.js';
import { counted } from '../report/words.js';
import { DisposableStore } from './DisposableStore.js';
import type { CoveredDocument, DocumentRegions } from './DocumentRegions.js';
import { explainLine } from './explainLine.js';
import { COMMANDS } from './names.js';

/** What covers the file in front of the person: an item of the language status, beside the file's language. */
export class FileStatus implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly item = this.owned.add(
    vscode.languages.createLanguageStatusItem('developerTerms.file', { pattern: '**' }),
  );

  constructor(private readonly documents: DocumentRegions) {
    this.item.name = 'Developer Terms';
    this.owned.add(
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.show();
      }),
    );
    this.owned.add(
      documents.onDidChange((document) => {
        if (document === vscode.window.activeTextEditor?.document) this.show();
      }),
    );
  }

  /** Describes the active editor's file. */
  show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const covered = document && this.documents.of(document);
    if (document === undefined || covered === undefined) {
      this.say('No developer terms apply to this file', undefined);
      this.item.command = undefined;
      return;
    }
    const { text, detail } = describe(covered);
    this.say(text, detail);
    this.item.command =
      covered.regions.regions.length === 0
        ? { title: 'Open Policy', command: COMMANDS.openPolicy }
        : { title: 'Details', command: COMMANDS.showDetails, arguments: [document.uri.toString()] };
  }

  private say(text: string, detail: string | undefined): void {
    this.item.text = text;
    this.item.detail = detail ?? '';
    this.item.accessibilityInformation = {
      label: `Developer Terms: ${text}${detail === undefined ? '' : `. ${detail}`}`,
    };
  }

  dispose(): void {
    this.owned.dispose();
  }
}

function describe(covered: CoveredDocument): { readonly text: string; readonly detail: string | undefined } {
  const { regions } = covered.regions;
  if (regions.length === 0) return { text: 'Not covered by the developer terms', detail: undefined };
  const ids = inSentence([...new Set(regions.map((region) => (region.asset === '' ? 'unnamed' : region.asset)))]);
  const whole = regions.some((region) => region.by !== 'marker');
  const explanation = explainLine(covered, whole ? 1 : regions[0]?.lines.start);
  return {
    text: whole ? `Whole file covered: ${ids}` : `${counted(regions.length, 'covered region')}: ${ids}`,
    detail: explanation && headline(explanation),
  };
}
