import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../host/eventually.js';
import { fileIn, opened } from '../../host/files.js';
import { quickFixesAt } from '../../host/quickFixes.js';

const LINK = 'partners/radar/link.ts';
const EXPOSURE = 'partners/camera/exposure.ts';
const SWEEP = 'partners/lidar/sweep.ts';
const RING = 'partners/shared/ring.ts';
const KPIS = 'dashboard/kpis.ts';
const CASES = 'harness/cases.ts';
const FREE = 6;
const FIXES = /copied lines?$|^Ask for a waiver|^Give a reason|^Compare with the origin|^Report a wrong match/;

async function linesOf(path: string, from: number, to: number): Promise<string> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(fileIn(path)));
  return `${text
    .split('\n')
    .slice(from - 1, to)
    .join('\n')}\n`;
}

const copiesIn = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ code }) => code === 'copied-code');

async function inserted(path: string, line: number, text: string): Promise<vscode.TextDocument> {
  const { document } = await opened(path);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(line, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
  return document;
}

async function seesCopy({ uri }: vscode.TextDocument, words: RegExp): Promise<vscode.Diagnostic> {
  return eventually(
    `a copy with ${String(words)}`,
    () => copiesIn(uri).find(({ message }) => words.test(message)),
    () => copiesIn(uri).map(({ message }) => message),
  );
}

async function fixesOf({ uri }: vscode.TextDocument, { range }: vscode.Diagnostic): Promise<vscode.CodeAction[]> {
  return (await quickFixesAt(uri, range)).filter(({ title }) => FIXES.test(title));
}

async function settled(document: vscode.TextDocument): Promise<void> {
  await eventually(
    'no copy',
    () => copiesIn(document.uri).length === 0,
    () => copiesIn(document.uri).map(({ message }) => message),
  );
}

describe('copied code, however it came in', () => {
  before('the index is there', async function () {
    this.timeout(120_000);
    const document = await inserted(KPIS, FREE, await linesOf(LINK, 9, 30));
    while (copiesIn(document.uri).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await settled(document);
  });

  it('is told on its lines with the quick fixes that fit: a waiver where it is denied, a reason where one is enough', async () => {
    const denied = await inserted(KPIS, FREE, await linesOf(LINK, 9, 30));
    const fixes = await fixesOf(denied, await seesCopy(denied, /radar-link/));
    assert.deepEqual(
      fixes.map(({ title }) => title),
      ['Remove the copied lines', 'Ask for a waiver…', 'Compare with the origin', 'Report a wrong match…'],
    );
    assert.ok(
      fixes.every(({ isPreferred }) => isPreferred !== true),
      'none is applied unasked',
    );
    const wanting = await inserted(CASES, 1, await linesOf(EXPOSURE, 6, 23));
    const copy = await seesCopy(wanting, /exposure/);
    assert.equal(copy.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(copy.message, /You may do this with a reason\./);
    assert.deepEqual(
      (await fixesOf(wanting, copy)).map(({ title }) => title),
      ['Remove the copied lines', 'Give a reason…', 'Compare with the origin', 'Report a wrong match…'],
    );
  });

  it('is gone with one quick fix, which leaves every other line', async () => {
    const document = await inserted(KPIS, FREE, await linesOf(LINK, 9, 30));
    const before = await linesOf(KPIS, 1, 99);
    const [remove] = await fixesOf(document, await seesCopy(document, /radar-link/));
    assert.ok(remove?.edit);
    assert.ok(await vscode.workspace.applyEdit(remove.edit));
    assert.equal(document.getText().trimEnd(), before.trimEnd());
    await settled(document);
  });

  it('only informs where the terms warn, and is nothing where they allow it', async () => {
    const warned = await inserted(KPIS, FREE, await linesOf(SWEEP, 7, 24));
    const copy = await seesCopy(warned, /sweep/);
    assert.equal(copy.severity, vscode.DiagnosticSeverity.Information);
    const allowed = await inserted(CASES, 1, await linesOf(RING, 2, 28));
    const elsewhere = await inserted(KPIS, FREE, await linesOf(RING, 2, 28));
    await seesCopy(elsewhere, /ring/);
    assert.deepEqual(copiesIn(allowed.uri), []);
  });

  it('is found when it comes out of a snippet', async () => {
    const { document } = await opened(KPIS);
    await vscode.commands.executeCommand('cursorBottom');
    await vscode.commands.executeCommand('editor.action.insertSnippet', { snippet: await linesOf(LINK, 9, 30) });
    await seesCopy(document, /radar-link/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await settled(document);
  });

  it('is found in a document without a file, too', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: '\n' });
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), await linesOf(LINK, 9, 30));
    assert.ok(await vscode.workspace.applyEdit(edit));
    const copy = await seesCopy(document, /radar-link/);
    assert.ok((await fixesOf(document, copy)).length >= 4);
  });

  it('is found in a file outside every folder, where it counts as taken out of the repository', async () => {
    const place = vscode.Uri.joinPath(fileIn(''), '..', 'elsewhere.ts');
    await vscode.workspace.fs.writeFile(place, new TextEncoder().encode('export {};\n'));
    try {
      const document = await vscode.workspace.openTextDocument(place);
      await vscode.window.showTextDocument(document);
      const edit = new vscode.WorkspaceEdit();
      // Ring may be copied into the harness, and into no other place.
      edit.insert(place, new vscode.Position(1, 0), await linesOf(RING, 2, 28));
      assert.ok(await vscode.workspace.applyEdit(edit));
      await seesCopy(document, /ring/);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    } finally {
      await vscode.workspace.fs.delete(place);
    }
  });

  it('is found when it is typed in small pieces', async () => {
    const { document } = await opened(KPIS);
    const lines = (await linesOf(LINK, 9, 22)).split('\n');
    for (const [at, line] of lines.entries()) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(FREE + at, 0), at === lines.length - 1 ? line : `${line}\n`);
      assert.ok(await vscode.workspace.applyEdit(edit));
    }
    await seesCopy(document, /radar-link/);
  });
});
