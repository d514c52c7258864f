import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../host/eventually.js';
import { fileIn, onDisk, opened, otherProgramWrites } from '../../host/files.js';
import { quickFixesAt } from '../../host/quickFixes.js';

const KPIS = 'dashboard/kpis.ts';
const PANEL = 'dashboard/panel.cpp';
const LINK = 'partners/radar/link.ts';
const TUNING = 'partners/camera/traction.h';
const OWN = 'own/minHeap.ts';
const COPIED = 'copied-code';

/** Lines of a file of the folder, 1-based, both included. */
async function linesOf(path: string, from: number, to: number): Promise<string> {
  return `${(await onDisk(path))
    .split('\n')
    .slice(from - 1, to)
    .join('\n')}\n`;
}

/** As somebody does who hides where it comes from. */
const renamed = (text: string): string =>
  text.replace(/\b(whiten|tally|bytes|byte|key|sequence|state|even|odd)\b/g, 'my_$1');

async function pasted(path: string, line: number, text: string): Promise<vscode.TextEditor> {
  const editor = await opened(path);
  assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(line - 1, 0), text)));
  return editor;
}

const copiesIn = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ code }) => code === COPIED);

const linesIn = ({ range }: vscode.Diagnostic): string => `${range.start.line + 1}–${range.end.line + 1}`;

/** A copy's edges may be a line off: a lone brace says too little to be counted on. */
function standsOn(copy: vscode.Diagnostic, from: number, to: number): void {
  const { start, end } = copy.range;
  assert.ok(
    Math.abs(start.line + 1 - from) <= 1 && Math.abs(end.line + 1 - to) <= 1,
    `${linesIn(copy)}, not ${from}–${to}`,
  );
}

async function seesCopy(uri: vscode.Uri, words: string | RegExp): Promise<vscode.Diagnostic> {
  return eventually(
    `a copy with ${String(words)}`,
    () =>
      copiesIn(uri).find(({ message }) => (typeof words === 'string' ? message.includes(words) : words.test(message))),
    () => copiesIn(uri).map((copy) => `${linesIn(copy)} ${copy.message}`),
  );
}

describe('copies of covered code', () => {
  it('are told on their exact lines: which asset, whose, how sure, the clause, what instead, whom to ask', async () => {
    const { document } = await pasted(KPIS, 7, await linesOf(LINK, 9, 26));
    const copy = await seesCopy(document.uri, 'radar-link');
    standsOn(copy, 7, 24);
    assert.equal(copy.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(copy.message, /Lines [678]–2[345] repeat lines \d+–\d+ of partners\/radar\/link\.ts, word for word/);
    assert.match(copy.message, /radar-link of Kestrel Radar Ltd \(verbatim, certain\)/);
    assert.match(copy.message, /Clause 6\.2: Do not copy supplier source/);
    assert.match(copy.message, /Instead: Call the published interface\./);
    assert.match(copy.message, /Ask: legal-ip@helio\.example\./);
  });

  it('are known when every name was changed', async () => {
    const { document } = await pasted(KPIS, 7, renamed(await linesOf(LINK, 9, 26)));
    // What was told of the text before is still there for a moment.
    const copy = await seesCopy(document.uri, /with other names or values.*\(renamed, /);
    standsOn(copy, 7, 24);
    assert.match(copy.message, /radar-link/);
  });

  it('follow what is typed above them, and go when they are deleted', async () => {
    const editor = await pasted(KPIS, 7, await linesOf(LINK, 9, 26));
    const { uri } = editor.document;
    standsOn(await seesCopy(uri, 'radar-link'), 7, 24);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// one\n// two\n'));
    standsOn(await seesCopy(uri, /Lines (9|10)–/), 9, 26);
    await editor.edit((edit) => edit.delete(new vscode.Range(8, 0, 26, 0)));
    await eventually('no copy', () => copiesIn(uri).length === 0);
  });

  it('are no matter where the code is the person’s own, nor in its own place when that has moved', async () => {
    const own = await pasted(KPIS, 7, await linesOf(OWN, 1, 38));
    const origin = await pasted(LINK, 1, '// one\n// two\n');
    // What stands for a copy that is told, in the same documents and later than the others.
    await pasted(KPIS, 45, await linesOf(LINK, 9, 26));
    standsOn(await seesCopy(own.document.uri, 'radar-link'), 45, 62);
    assert.equal(copiesIn(own.document.uri).length, 1);
    assert.deepEqual(copiesIn(origin.document.uri), []);
  });

  it('are none where a file that one asset covers whole, and another in a marked part, moves down in its own place', async () => {
    const uri = await otherProgramWrites(
      OWN,
      `${await linesOf(OWN, 1, 40)}// TERMS-BEGIN asset=radar-link\n${await linesOf(LINK, 9, 26)}// TERMS-END\n`,
    );
    const origin = await eventually('the file as written', async () => {
      const editor = await opened(OWN);
      return editor.document.uri.toString() === uri.toString() && editor.document.lineCount > 55 ? editor : undefined;
    });
    await origin.edit((edit) => edit.insert(new vscode.Position(0, 0), '// one\n// two\n'));
    // Told later, of the same code: so the other document has been looked at.
    const { document } = await pasted(KPIS, 7, await linesOf(LINK, 9, 26));
    await seesCopy(document.uri, 'radar-link');
    assert.deepEqual(copiesIn(uri).map(linesIn), []);
  });

  it('are compared with their origin side by side, at the lines that go together', async () => {
    const { document } = await pasted(KPIS, 7, await linesOf(LINK, 9, 26));
    const copy = await seesCopy(document.uri, 'radar-link');
    const actions = await quickFixesAt(document.uri, copy.range);
    const compare = actions.find(({ title }) => title === 'Compare with the origin')?.command;
    assert.ok(compare !== undefined, actions.map(({ title }) => title).join());
    await vscode.commands.executeCommand(compare.command, ...(compare.arguments as unknown[]));
    const [here, there] = [document.uri, fileIn(LINK)].map((uri) =>
      vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString()),
    );
    assert.ok(here !== undefined && there !== undefined, 'both are visible');
    assert.notEqual(here.viewColumn, there.viewColumn);
    assert.equal(vscode.window.activeTextEditor, here);
    // Both start at the same line of the copy, as far as the length of the files lets them.
    await eventually(
      'the lines to be on the screen',
      () =>
        [[here, 7] as const, [there, 9] as const].every(([editor, line]) =>
          editor.visibleRanges.some(({ start, end }) => start.line < line && line <= end.line + 1),
        ),
      () => [here.visibleRanges, there.visibleRanges],
    );
  });

  it('have an origin that is not opened for somebody who may not view it', async () => {
    const editor = await pasted(PANEL, 2, await linesOf(TUNING, 4, 55));
    const copy = await seesCopy(editor.document.uri, 'camera-tuning');
    const line = copy.range.start.line;
    editor.selection = new vscode.Selection(line, 0, line, 0);
    const told = await vscode.commands.executeCommand<string>('developerTerms.compareWithOrigin');
    assert.match(
      told,
      /^The origin of these lines is camera-tuning of Northlight Vision Inc\., which you may not view\./,
    );
    assert.match(told, /Clause 6\.7: Only named persons see the tuning\. Instead: Read the data sheet\./);
    assert.match(told, /Ask: legal-ip@helio\.example\.$/);
    assert.doesNotMatch(told, /traction/);
    const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.deepEqual(open, ['panel.cpp']);
    assert.ok(vscode.workspace.textDocuments.every(({ uri }) => !uri.path.endsWith('traction.h')));
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
