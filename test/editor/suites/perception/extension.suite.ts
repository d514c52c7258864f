import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { workspaceFolder } from '../../host/freshWorkspace.js';

describe('the extension in the extension host', () => {
  it('starts by itself in a folder that has developer terms', async () => {
    const extension = vscode.extensions.getExtension('developer-terms.developer-terms');
    assert.ok(extension, 'VS Code knows the extension');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('works on a copy of the workspace, not on the one in the repository', () => {
    assert.ok(!workspaceFolder().fsPath.includes('workspaces'), workspaceFolder().fsPath);
  });

  it('can change files and finds them as they were in the next test (1 of 2)', async () => {
    const readme = vscode.Uri.joinPath(workspaceFolder(), 'README.md');
    await vscode.workspace.fs.writeFile(readme, Buffer.from('changed'));
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(workspaceFolder(), 'more.txt'), Buffer.from('more'));
    const editor = await vscode.window.showTextDocument(readme);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'and not saved '));
    assert.equal(editor.document.isDirty, true);
  });

  it('can change files and finds them as they were in the next test (2 of 2)', async () => {
    const files = await vscode.workspace.findFiles('*.{md,txt}');
    assert.deepEqual(
      files.map((file) => vscode.workspace.asRelativePath(file)),
      ['README.md'],
    );
    const readme = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(workspaceFolder(), 'README.md'));
    assert.match(readme.getText(), /^# Perception/);
  });
});
