import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../host/eventually.js';
import { fileIn, opened, otherProgramWrites } from '../../host/files.js';
import { hoverWords } from '../../host/hoverAt.js';

const ALIGN = 'perception/fusion/align.cpp';

describe('commands', () => {
  it('of the manifest are all there, and no other of ours', async () => {
    const manifest = vscode.extensions.getExtension('developer-terms.developer-terms')?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const declared = manifest.contributes.commands.map(({ command }) => command).sort();
    const there = (await vscode.commands.getCommands(true)).filter((command) =>
      /^developerTerms\.[a-z]+$/i.test(command),
    );
    assert.deepEqual(there.sort(), declared);
  });

  it('Open Policy opens the policy of the folder', async () => {
    await opened(ALIGN);
    await vscode.commands.executeCommand('developerTerms.openPolicy');
    assert.ok(vscode.window.activeTextEditor?.document.uri.path.endsWith('/developer-terms.yaml'));
  });

  it('Go to Next Covered Region goes from region to region, and round', async () => {
    const marked = '// TERMS-BEGIN asset=radar-cal\nint s;\n// TERMS-END\n';
    const uri = await otherProgramWrites('tools/three.cpp', `int a;\n${marked}\n${marked}int b;\n${marked}`);
    const editor = await vscode.window.showTextDocument(uri);
    await hoverWords(uri, 3, 'radar-cal');
    const seen: number[] = [];
    for (let time = 0; time < 4; time++) {
      await vscode.commands.executeCommand('developerTerms.nextRegion');
      seen.push(editor.selection.active.line + 1);
    }
    assert.deepEqual(seen, [2, 6, 10, 2]);
  });

  it('Show Details tells of the cursor’s line, and is kept up to date while the file changes', async () => {
    const editor = await opened(ALIGN);
    await hoverWords(fileIn(ALIGN), 7, 'radar-cal');
    editor.selection = new vscode.Selection(6, 0, 6, 0);
    await vscode.commands.executeCommand('developerTerms.showDetails');
    const details = await eventually('the details', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.uri.scheme === 'developer-terms-details' && document;
    });
    assert.match(details.getText(), /radar-cal: Kestrel Radar Ltd.*\(lines 6–9\)/);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(editor.document.uri, new vscode.Position(0, 0), '// above\n');
    await vscode.workspace.applyEdit(edit);
    await eventually(
      'the details to follow',
      () => details.getText().includes('lines 7–10'),
      () => details.getText(),
    );
  });

  it('none of them fails where nothing is open', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const command of ['nextRegion', 'showDetails', 'releasePolicy', 'ask'])
      await vscode.commands.executeCommand(`developerTerms.${command}`);
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
