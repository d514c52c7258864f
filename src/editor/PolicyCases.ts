import * as vscode from 'vscode';
import type { CaseResult } from '../decision/cases.js';
import { createEngine } from '../engine.js';
import type { Hash, Range } from '../ports.js';
import { DisposableStore } from './DisposableStore.js';
import { toEditorRange } from './PolicyDiagnostics.js';
import { workspaceFiles } from './workspaceFiles.js';

const PATTERN = '**/*.cases.yaml';

/** The cases of every policy in the window, in the editor's own Test view. */
export class PolicyCases implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly tests = this.owned.add(vscode.tests.createTestController('developerTerms.cases', 'Policy Cases'));
  private looked: Promise<void> | undefined;

  constructor(private readonly hash: Hash) {
    this.tests.resolveHandler = async (item) => {
      if (item === undefined) await this.look();
    };
    this.tests.refreshHandler = () => {
      this.looked = undefined;
      return this.look();
    };
    this.owned.add(
      this.tests.createRunProfile(
        'Run Policy Cases',
        vscode.TestRunProfileKind.Run,
        (request) => this.run(request),
        true,
      ),
    );
    this.owned.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (this.tests.items.get(event.document.uri.toString()) !== undefined) void this.readFile(event.document.uri);
      }),
    );
    const watcher = this.owned.add(vscode.workspace.createFileSystemWatcher(PATTERN));
    const again = (uri: vscode.Uri): void => {
      if (this.looked !== undefined) void this.readFile(uri);
    };
    this.owned.add(watcher.onDidCreate(again));
    this.owned.add(watcher.onDidChange(again));
    this.owned.add(
      watcher.onDidDelete((uri) => {
        this.tests.items.delete(uri.toString());
      }),
    );
  }

  /** Runs every case and opens the Test view on the results. */
  async runAll(): Promise<void> {
    await this.look();
    if (this.tests.items.size === 0) {
      void vscode.window.showInformationMessage(
        'This window has no policy cases. Write some in a NAME.cases.yaml beside the policy.',
      );
      return;
    }
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await this.run(new vscode.TestRunRequest());
  }

  private look(): Promise<void> {
    this.looked ??= (async () => {
      const files = await vscode.workspace.findFiles(PATTERN, '**/node_modules/**');
      await Promise.all(files.map((uri) => this.readFile(uri)));
    })();
    return this.looked;
  }

  /** Reads a file of cases into the Test view: an item for the file, one for each case at its line. */
  private async readFile(uri: vscode.Uri): Promise<void> {
    const text = await textOf(uri);
    if (text === undefined) {
      this.tests.items.delete(uri.toString());
      return;
    }
    const name = vscode.workspace.asRelativePath(uri);
    const item = this.tests.items.get(uri.toString()) ?? this.tests.createTestItem(uri.toString(), name, uri);
    // Loaded when somebody looks at cases: with it comes a whole YAML reader, which no other part of the editor needs.
    const { readCases } = await import('../decision/cases.js');
    const { cases, problems } = readCases(text, name);
    const [first] = problems;
    if (first === undefined) item.error = undefined;
    else item.error = `Line ${first.range.start.line}: ${first.message}`;
    if (cases !== undefined) {
      item.children.replace(
        cases.cases.map((one) => {
          const child = this.tests.createTestItem(`${uri.toString()}#${one.id}`, one.id, uri);
          child.range = toEditorRange(one.range);
          if (one.why !== undefined) child.description = one.why;
          return child;
        }),
      );
    }
    this.tests.items.add(item);
  }

  private async run(request: vscode.TestRunRequest): Promise<void> {
    const run = this.tests.createTestRun(request);
    const wanted = (item: vscode.TestItem): boolean =>
      (request.include === undefined || request.include.some((one) => one === item || one === item.parent)) &&
      request.exclude?.includes(item) !== true;
    for (const [, file] of this.tests.items) {
      const items = [...file.children].map(([, item]) => item).filter(wanted);
      if (items.length > 0 || wanted(file)) await this.runFile(run, file, items);
    }
    run.end();
  }

  private async runFile(run: vscode.TestRun, file: vscode.TestItem, items: readonly vscode.TestItem[]): Promise<void> {
    const uri = file.uri;
    if (uri === undefined) return;
    const fail = (words: string, at?: Range): void => {
      const message = new vscode.TestMessage(words);
      if (at !== undefined) message.location = new vscode.Location(uri, toEditorRange(at));
      for (const item of items.length === 0 ? [file] : items) run.errored(item, message);
    };
    const { readCases, runCases } = await import('../decision/cases.js');
    const { cases, problems } = readCases((await textOf(uri)) ?? '', file.label);
    const [first] = problems;
    if (cases === undefined) {
      if (first === undefined) fail('The cases cannot be read.');
      else fail(`Line ${first.range.start.line}: ${first.message}`, first.range);
      return;
    }
    const folder = vscode.Uri.joinPath(uri, '..');
    const engine = createEngine({ files: workspaceFiles(folder), hash: this.hash });
    const reading = await engine.readPolicy(cases.policy);
    const policy = reading.kind === 'parsed' ? reading.parsed.policy : undefined;
    if (policy === undefined) {
      fail(`${cases.policy} cannot be used as it is: ${whyNot(reading)}`);
      return;
    }
    const results = new Map(runCases(cases, policy).map((result) => [result.case.id, result]));
    for (const item of items) {
      const result = results.get(item.label);
      if (result === undefined) run.skipped(item);
      else if (result.differences.length === 0) run.passed(item);
      else run.failed(item, messageOf(result, item));
    }
  }

  dispose(): void {
    this.owned.dispose();
  }
}

type Reading = Awaited<ReturnType<ReturnType<typeof createEngine>['readPolicy']>>;

function whyNot(reading: Reading): string {
  switch (reading.kind) {
    case 'missing':
      return 'there is no such file.';
    case 'unreadable':
      return reading.problem.message;
    case 'parsed': {
      const error = reading.parsed.problems.find((problem) => problem.severity === 'error');
      return error === undefined ? 'it has errors.' : `line ${error.range.start.line}: ${error.message}`;
    }
  }
}

function messageOf(result: CaseResult, item: vscode.TestItem): vscode.TestMessage {
  const side = (which: 'expected' | 'actual'): string =>
    result.differences.map((difference) => `${difference.what}: ${difference[which].join(', ') || 'none'}`).join('\n');
  const words = result.differences.map(
    ({ what, expected, actual }) =>
      `${what}: the case expects ${expected.join(', ') || 'none'}, the policy gives ${actual.join(', ') || 'none'}.`,
  );
  const message = vscode.TestMessage.diff(words.join(' '), side('expected'), side('actual'));
  if (item.uri !== undefined && item.range !== undefined) message.location = new vscode.Location(item.uri, item.range);
  return message;
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
