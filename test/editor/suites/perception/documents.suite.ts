import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../../host/eventually.js';
import { fileIn, opened, otherProgramWrites } from '../../host/files.js';
import { hoverAt, hoverWords, seesNoHover } from '../../host/hoverAt.js';
import { problemsIn, seesProblem } from '../../host/problems.js';
import { report } from '../../host/report.js';

const MARKED = '// TERMS-BEGIN asset=radar-cal\nint secret;\n// TERMS-END\n';

describe('documents of every kind', () => {
  it('an untitled document is covered by its markers', async () => {
    const document = await vscode.workspace.openTextDocument({ content: `int a;\n${MARKED}`, language: 'cpp' });
    await hoverWords(document.uri, 3, 'radar-cal');
    assert.equal(await hoverAt(document.uri, 1), undefined);
  });

  it('the older side of a comparison is covered as the file is, whatever its scheme', async () => {
    const scheme = 'older-version';
    const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: () => `int before;\n\n${MARKED}`,
    });
    try {
      const newer = fileIn('perception/fusion/align.cpp');
      const older = newer.with({ scheme, query: 'HEAD~1' });
      await vscode.commands.executeCommand('vscode.diff', older, newer, 'align.cpp, then and now');
      await hoverWords(older, 4, /radar-cal[\s\S]*lines 3–5[\s\S]*fusion/);
      await hoverWords(newer, 7, /radar-cal[\s\S]*lines 6–9[\s\S]*fusion/);
    } finally {
      provider.dispose();
    }
  });

  it('a file outside every folder of the window is left alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'developer-terms-outside-'));
    try {
      const uri = vscode.Uri.file(join(folder, 'outside.cpp'));
      await writeFile(uri.fsPath, MARKED);
      await vscode.window.showTextDocument(uri);
      await opened('perception/fusion/align.cpp');
      await hoverWords(fileIn('perception/fusion/align.cpp'), 7, 'radar-cal');
      assert.equal(await hoverAt(uri, 2), undefined);
      assert.deepEqual(problemsIn(uri), []);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('one marker for the whole file covers every line of it', async () => {
    const uri = await otherProgramWrites('tools/whole.cpp', '// TERMS-FILE asset=radar-cal\nint a;\nint b;\n');
    await vscode.window.showTextDocument(uri);
    await hoverWords(uri, 1, 'the whole file');
    await hoverWords(uri, 3, 'radar-cal');
  });

  it('nested markers show both assets, the inner one first; a missing end covers the rest and is told', async () => {
    const uri = await otherProgramWrites(
      'tools/nested.cpp',
      '// TERMS-BEGIN asset=fusion\nint a;\n// TERMS-BEGIN asset=radar-cal\nint b;\n// TERMS-END\nint c;\n// TERMS-END\n// TERMS-BEGIN asset=camera-net\nint d;\n',
    );
    await vscode.window.showTextDocument(uri);
    await hoverWords(uri, 4, /radar-cal[\s\S]*lines 3–5[\s\S]*fusion[\s\S]*lines 1–7/);
    assert.doesNotMatch(await hoverWords(uri, 6, 'fusion'), /radar-cal/);
    await hoverWords(uri, 9, 'camera-net');
    assert.equal((await seesProblem(uri, 'unclosed-marker')).at.split(':')[0], '8');
  });

  it('Windows line ends change nothing', async () => {
    const uri = await otherProgramWrites('tools/windows.cpp', `int a;\n${MARKED}int z;\n`.replaceAll('\n', '\r\n'));
    const editor = await vscode.window.showTextDocument(uri);
    await hoverWords(uri, 2, 'lines 2–4');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'int first;\n'));
    await hoverWords(uri, 5, 'lines 3–5');
    await seesNoHover(uri, 6);
  });

  it('a file that another program rewrites is looked at again', async () => {
    const uri = await otherProgramWrites('tools/rewritten.cpp', MARKED);
    await vscode.window.showTextDocument(uri);
    await hoverWords(uri, 2, 'radar-cal');
    await otherProgramWrites('tools/rewritten.cpp', `int a;\nint b;\nint c;\nint d;\n${MARKED}`);
    await hoverWords(uri, 6, 'lines 5–7');
    assert.equal(await hoverAt(uri, 2), undefined);
  });

  it('a file of 100,000 lines is covered, and follows what is typed at its top', async () => {
    const lines = Array.from({ length: 100_000 }, (_, at) => `int value_${at};`);
    lines.splice(70_000, 0, ...MARKED.trimEnd().split('\n'));
    const uri = await otherProgramWrites('tools/long.cpp', lines.join('\n'));
    const editor = await vscode.window.showTextDocument(uri);
    await hoverWords(uri, 70_002, 'lines 70001–70003');
    const began = performance.now();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\n\n'));
    await hoverWords(uri, 70_004, 'lines 70003–70005');
    report({ kind: 'measured', measure: 'keystroke to hover in 100,000 lines, ms', value: performance.now() - began });
    await editor.edit((edit) => edit.delete(new vscode.Range(60_000, 0, 60_004, 0)));
    await hoverWords(uri, 70_000, 'lines 69999–70001');
    await seesNoHover(uri, 70_002);
  });

  it('a file of 25 MB opens, and its marked lines are covered', async () => {
    const line = `${'x'.repeat(99)}\n`;
    const uri = await otherProgramWrites('tools/big.txt', `${line.repeat(250_000)}${MARKED}`);
    const began = performance.now();
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.lineCount, 250_004);
    await hoverWords(uri, 250_002, 'radar-cal');
    report({ kind: 'measured', measure: '25 MB opened and covered, ms', value: performance.now() - began });
  });

  it('a file above what the editor hands to extensions (50 MB) opens without an error of ours', async () => {
    const uri = await otherProgramWrites('tools/huge.txt', `${'x'.repeat(999)}\n`.repeat(52_000));
    await vscode.commands.executeCommand('vscode.open', uri);
    await eventually('the tab', () =>
      vscode.window.tabGroups.activeTabGroup.tabs.some((tab) => tab.isActive && tab.label === 'huge.txt'),
    );
    await opened('perception/fusion/align.cpp');
    await hoverWords(fileIn('perception/fusion/align.cpp'), 7, 'radar-cal');
  });

  it('what shows no file is not covered: the details of covered lines name markers without being marked', async () => {
    await opened('perception/fusion/align.cpp');
    await hoverWords(fileIn('perception/fusion/align.cpp'), 7, 'radar-cal');
    await vscode.commands.executeCommand(
      'developerTerms.showDetails',
      String(fileIn('perception/fusion/align.cpp')),
      7,
    );
    const details = await eventually('the details', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.uri.scheme === 'developer-terms-details' && document;
    });
    assert.equal(await hoverAt(details.uri, 1), undefined);
  });
});
