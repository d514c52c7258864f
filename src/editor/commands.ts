import * as vscode from 'vscode';
import { linesInWords } from '../regions/linesInWords.js';
import { policyStatus } from '../report/policyStatus.js';
import { askDecision } from './askDecision.js';
import { askWaiver, questionAt } from './askWaiver.js';
import type { CompareWithOrigin } from './CompareWithOrigin.js';
import type { CopyQuickFixes } from './CopyQuickFixes.js';
import { choosePurpose } from './choosePurpose.js';
import { DetailsDocument } from './DetailsDocument.js';
import { DisposableStore } from './DisposableStore.js';
import type { DocumentRegions } from './DocumentRegions.js';
import { explainLine, placeInWords } from './explainLine.js';
import type { FolderTerms } from './FolderTerms.js';
import { COMMANDS } from './names.js';
import { toEditorRange } from './PolicyDiagnostics.js';
import type { Verdict } from './guards/Verdict.js';
import type { PolicyCases } from './PolicyCases.js';
import type { Terms } from './Terms.js';
import { badgeIssuersOf } from './training/badgeIssuersOf.js';
import type { TrainingGate } from './training/TrainingGate.js';
import { trainingOf, whoInWords } from './WorkspaceStatus.js';

/** Registers what a person can ask for by name. */
export function registerCommands(
  terms: Terms,
  documents: DocumentRegions,
  details: DetailsDocument,
  cases: PolicyCases,
  compare: CompareWithOrigin,
  fixes: CopyQuickFixes,
  training: TrainingGate,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const owned = new DisposableStore();
  const register = (id: string, run: (...args: never[]) => Promise<unknown>): void => {
    owned.add(
      vscode.commands.registerCommand(id, async (...args: never[]) => {
        try {
          return await run(...args);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          void vscode.window.showErrorMessage(
            `Developer Terms: ${error instanceof Error ? error.message : String(error)}`,
          );
          return undefined;
        }
      }),
    );
  };

  const folderOf = async (uri: string | undefined): Promise<FolderTerms | undefined> => {
    const target = uri === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(uri);
    const here = target && terms.locate(target)?.folder;
    if (here !== undefined) return here;
    const folders = terms.governed;
    if (folders.length < 2) return folders[0];
    const picked = await vscode.window.showQuickPick(
      folders.map((folder) => ({
        label: folder.root.path.split('/').pop() ?? '',
        description: folder.root.path,
        folder,
      })),
      { title: "Which folder's terms?" },
    );
    return picked?.folder;
  };

  register(COMMANDS.openPolicy, async (uri?: string) => {
    const folder = await folderOf(uri);
    if (folder === undefined) {
      void vscode.window.showInformationMessage('No folder of this window has a developer-terms.yaml at its root.');
      return;
    }
    await vscode.window.showTextDocument(folder.policyUri);
  });

  register(COMMANDS.openClause, async (uri: string, clause: string) => {
    const folder = await folderOf(uri);
    if (folder === undefined) return;
    const place = folder.policy?.places[`clause:${clause}`];
    const document = place === undefined ? folder.policyUri : vscode.Uri.joinPath(folder.root, place.file);
    const selection = place && toEditorRange(place.range);
    await vscode.window.showTextDocument(document, selection === undefined ? {} : { selection });
  });

  register(COMMANDS.showDetails, async (uri?: string, line?: number) => {
    const editor = vscode.window.activeTextEditor;
    if (uri !== undefined) await DetailsDocument.show(uri, line);
    else if (editor !== undefined)
      await DetailsDocument.show(editor.document.uri.toString(), editor.selection.active.line + 1);
    else void vscode.window.showInformationMessage('Open a file first: the details are those of its lines.');
  });

  register(COMMANDS.askContact, async (uri: string, line: number) => {
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
    const covered = document && documents.of(document);
    const explanation = covered && explainLine(covered, line);
    if (covered === undefined || explanation?.contact === undefined) return;
    const rule = explanation.main;
    const assets = explanation.assets.map((asset) => `${asset.id}, ${linesInWords(asset.lines)}`).join('; ');
    const subject = `Developer terms ${covered.policy.agreement.id}: question about ${placeInWords(covered, line)}`;
    const body = [
      `Place: ${placeInWords(covered, line)}`,
      `Asset: ${assets}`,
      ...(rule === undefined
        ? []
        : [`Rule: ${rule.rule}${rule.clause === undefined ? '' : `, clause ${rule.clause}`}`]),
      '',
      'My question: ',
    ].join('\n');
    const query = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
    await vscode.env.openExternal(vscode.Uri.from({ scheme: 'mailto', path: explanation.contact, query }));
  });

  register(COMMANDS.nextRegion, async () => {
    const editor = vscode.window.activeTextEditor;
    const regions = (editor && documents.of(editor.document))?.regions.regions ?? [];
    const [first] = regions;
    if (editor === undefined || first === undefined) {
      void vscode.window.showInformationMessage('No line of this file is covered by the developer terms.');
      return;
    }
    const line = editor.selection.active.line + 1;
    const next = regions.find((region) => region.lines.start > line) ?? first;
    const position = new vscode.Position(next.lines.start - 1, 0);
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    await vscode.commands.executeCommand('editor.action.showHover');
  });

  register(COMMANDS.releasePolicy, async () => {
    const folder = terms.all.find((candidate) => candidate.inForce.stale === 'missing');
    if (folder?.policy === undefined) {
      void vscode.window.showInformationMessage('Every policy in force has its file; there is nothing to release.');
      return;
    }
    const go = 'Stop Applying It';
    const answer = await vscode.window.showWarningMessage(
      `Stop applying “${folder.policy.agreement.title}”?`,
      {
        modal: true,
        detail:
          `The policy file of ${folder.root.path} is gone, so its last good version still applies. ` +
          'Stop applying it only when the file was removed on purpose; commit hooks and CI are not affected.',
      },
      go,
    );
    if (answer === go) await folder.release();
  });

  register(COMMANDS.choosePurpose, async (uri?: string) => {
    const folder = await folderOf(uri);
    if (folder !== undefined) await choosePurpose(folder);
  });

  register(COMMANDS.ask, async () => {
    const editor = vscode.window.activeTextEditor;
    const covered = editor && documents.of(editor.document);
    if (editor === undefined || covered === undefined) {
      void vscode.window.showInformationMessage(
        'Open a file of a folder with developer terms first, then ask about it.',
      );
      return;
    }
    const answer = await askDecision(covered, editor.selection);
    if (answer !== undefined) await details.showAnswer(answer);
  });

  register(COMMANDS.runCases, () => cases.runAll());

  register(COMMANDS.compareWithOrigin, (uri?: string, line?: number) => compare.compare(uri, line));

  register(COMMANDS.askWaiver, async (about?: Verdict | string, line?: number) => {
    if (typeof about === 'object') return askWaiver(about.question);
    const editor = vscode.window.activeTextEditor;
    const document =
      about === undefined
        ? editor?.document
        : vscode.workspace.textDocuments.find((open) => open.uri.toString() === about);
    if (document === undefined) {
      void vscode.window.showInformationMessage('Open the file first: a waiver is asked for a line of it.');
      return;
    }
    const question = await questionAt(documents, document, line ?? (editor?.selection.active.line ?? 0) + 1);
    if (question !== undefined) await askWaiver(question);
  });

  register(COMMANDS.giveReason, (uri?: string, line?: number) => fixes.giveReason(uri, line));

  register(COMMANDS.reportWrongMatch, (uri?: string, line?: number) => fixes.reportWrongMatch(uri, line));

  register(COMMANDS.wrongMatches, () => fixes.showWrongMatches());

  const forCourse =
    (act: (folder: FolderTerms, course?: string) => Promise<void> | void) =>
    async (uri?: string, course?: string): Promise<void> => {
      const named = uri === undefined ? undefined : terms.all.find(({ root }) => root.toString() === uri);
      const folder = named ?? (await folderOf(undefined));
      if (folder === undefined)
        void vscode.window.showInformationMessage('No folder of this window has developer terms.');
      else await act(folder, course);
    };
  register(
    COMMANDS.startTraining,
    forCourse((folder, course) => training.startTraining(folder, course)),
  );
  register(
    COMMANDS.readLesson,
    forCourse((folder, course) => training.readLesson(folder, course)),
  );
  register(
    COMMANDS.trainingOverview,
    forCourse((folder) => training.overview(folder)),
  );
  register(
    COMMANDS.connectRecordStore,
    forCourse((folder, endpoint) => training.connect(folder, endpoint)),
  );
  register(
    COMMANDS.addBadge,
    forCourse((folder) => training.addBadge(folder)),
  );

  register(COMMANDS.showMenu, async () => {
    const folder = await folderOf(undefined);
    if (folder === undefined) return;
    const status = policyStatus(folder.inForce);
    const items: (vscode.QuickPickItem & { run: () => Thenable<unknown> })[] = [
      {
        label: '$(go-to-file) Open the policy',
        detail: folder.policyUri.path,
        run: () => vscode.commands.executeCommand(COMMANDS.openPolicy),
      },
      {
        label: '$(info) Details for the current line',
        detail: 'Every rule that applies there, for you',
        run: () => vscode.commands.executeCommand(COMMANDS.showDetails),
      },
      {
        label: '$(question) Ask…',
        detail: 'May this person do this to this code, then?',
        run: () => vscode.commands.executeCommand(COMMANDS.ask),
      },
      {
        label: '$(arrow-down) Next covered region',
        detail: 'In the current file',
        run: () => vscode.commands.executeCommand(COMMANDS.nextRegion),
      },
    ];
    const courses = trainingOf(folder);
    if ((folder.policy?.training.length ?? 0) > 0) {
      items.push({
        label: '$(table) Training overview',
        detail: 'Where everybody stands in the courses',
        run: () => vscode.commands.executeCommand(COMMANDS.trainingOverview, folder.root.toString()),
      });
    }
    if (folder.policy?.records.some(({ kind }) => kind === 'xapi') === true) {
      items.push({
        label: '$(plug) Connect to a record store…',
        detail: 'Agree to it, give a credential, or take that back',
        run: () => vscode.commands.executeCommand(COMMANDS.connectRecordStore, folder.root.toString()),
      });
    }
    if (badgeIssuersOf(folder.policy).length > 0) {
      items.push({
        label: '$(verified) Add a training badge…',
        detail: 'Paste the badge of a course that you passed elsewhere',
        run: () => vscode.commands.executeCommand(COMMANDS.addBadge, folder.root.toString()),
      });
    }
    if (courses !== undefined) {
      items.unshift({
        label: `$(mortar-board) Start training: ${courses.short}`,
        detail: courses.long,
        run: () => vscode.commands.executeCommand(COMMANDS.startTraining, folder.root.toString()),
      });
    }
    if (folder.purposes.length > 0) {
      items.unshift({
        label: `$(target) Purpose: ${folder.purpose ?? 'none stated'}`,
        detail: 'What your work here is for. Change it…',
        run: () => vscode.commands.executeCommand(COMMANDS.choosePurpose),
      });
    }
    if (folder.inForce.problems.length > 0) {
      items.push({
        label: '$(warning) Show the problems',
        detail: status.long,
        run: () => vscode.commands.executeCommand('workbench.actions.view.problems'),
      });
    }
    if (folder.inForce.stale === 'missing') {
      items.push({
        label: '$(close) Stop applying the missing policy…',
        detail: status.long,
        run: () => vscode.commands.executeCommand(COMMANDS.releasePolicy),
      });
    }
    const picked = await vscode.window.showQuickPick(items, { title: status.long, placeHolder: whoInWords(folder) });
    await picked?.run();
  });

  return owned;
}
