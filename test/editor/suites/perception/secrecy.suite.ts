import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../host/eventually.js';
import { otherProgramWrites } from '../../host/files.js';
import { hoverAt, hoverWords } from '../../host/hoverAt.js';
import { seesProblem } from '../../host/problems.js';

/** A word that stands nowhere else, for each line of code. */
const SECRET = /s3cret\d+/;

describe('protected text', () => {
  it('is in no hover, no problem and no details, whatever the markers look like', async () => {
    const code = (from: number) => [from, from + 1].map((at) => `int s3cret${at} = ${at};`);
    const lines = [
      '// TERMS-BEGIN asset=radar-cal',
      ...code(100),
      '// TERMS-BEGIN asset=nobody-knows',
      ...code(200),
      '// TERMS-END',
      '/* TERMS-BEGIN */ int s3cret300; /* TERMS-END */ int s3cret301;',
      '// TERMS-END',
      '// TERMS-END',
      ...code(400),
      '// TERMS-BEGIN asset=camera-net',
      ...code(500),
    ];
    const uri = await otherProgramWrites('tools/secret.cpp', lines.join('\n'));
    const { document } = await vscode.window.showTextDocument(uri);
    await hoverWords(uri, 2, 'radar-cal');
    await seesProblem(uri, 'unclosed-marker');

    let explained = 0;
    for (let line = 1; line <= document.lineCount; line++) {
      const hover = await hoverAt(uri, line);
      if (hover === undefined) continue;
      explained++;
      assert.doesNotMatch(decodeURIComponent(hover), SECRET, `the hover of line ${line}`);
    }
    assert.ok(explained > 8, `${explained} lines have a hover`);
    const problems = vscode.languages.getDiagnostics(uri).map((one) => JSON.stringify(one));
    assert.ok(problems.length >= 3, problems.join('\n'));
    for (const problem of problems) assert.doesNotMatch(problem, SECRET);

    for (const line of [2, 5, 8, 13, undefined]) {
      await vscode.commands.executeCommand('developerTerms.showDetails', uri.toString(), line);
      const details = await eventually('the details', () =>
        vscode.workspace.textDocuments.find(
          (it) =>
            it.uri.scheme === 'developer-terms-details' &&
            it.uri.path.includes(line === undefined ? 'secret.cpp.txt' : `line ${line}.`),
        ),
      );
      assert.match(details.getText(), /^Developer terms for tools\/secret\.cpp/);
      assert.doesNotMatch(details.getText(), SECRET);
    }
  });
});
