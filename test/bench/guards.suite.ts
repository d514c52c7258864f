import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../editor/host/eventually.js';
import { fileIn, opened, otherProgramWrites } from '../editor/host/files.js';
import { hoverWords } from '../editor/host/hoverAt.js';
import { report } from '../editor/host/report.js';

/** What `activate()` returns, as far as it is measured. */
interface Measured {
  readonly timings: { readonly changes: readonly number[] };
}
const KEYS = 300;
const LINES = 10_000;
const REGION = ['// TERMS-BEGIN asset=closed', 'const held = 1;', '// TERMS-END'];

const code = (count: number): string[] => Array.from({ length: count }, (_, at) => `const value${at} = ${at};`);

async function typesInto(path: string, line: number): Promise<readonly number[]> {
  const extension = vscode.extensions.getExtension<Measured>('developer-terms.developer-terms');
  assert.ok(extension, 'VS Code knows the extension');
  const { timings } = await extension.activate();
  const editor = await opened(path);
  editor.selection = new vscode.Selection(line, 0, line, 0);
  for (let key = 0; key < KEYS; key++) await vscode.commands.executeCommand('type', { text: 'x' });
  assert.ok(editor.document.lineAt(line).text.startsWith('x'.repeat(KEYS)));
  return timings.changes.slice(-KEYS);
}

function p99(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[Math.floor(ascending.length * 0.99)] ?? NaN;
}

describe('guards', () => {
  before(async () => {
    await vscode.workspace.openTextDocument(fileIn('src/closed.ts'));
    await hoverWords(fileIn('src/closed.ts'), 5, 'closed');
  });

  it('take this long for a keystroke in a file that nothing covers', async function () {
    this.timeout(120_000);
    const regions = Array.from({ length: 1_000 }, () => [...REGION, 'const open = 2;']).flat();
    await otherProgramWrites('src/regions.ts', regions.join('\n'));
    await opened('src/regions.ts');
    await otherProgramWrites('src/large.ts', code(LINES).join('\n'));
    report({ kind: 'measured', measure: 'uncovered', value: p99(await typesInto('src/large.ts', 5_000)) });
  });

  it('take this long for a keystroke outside of the regions of a covered file', async function () {
    this.timeout(120_000);
    const lines = code(LINES);
    for (let at = 0; at < 1_000; at++) lines.splice(at * 12, 0, ...REGION);
    await otherProgramWrites('src/covered.ts', lines.join('\n'));
    report({ kind: 'measured', measure: 'covered', value: p99(await typesInto('src/covered.ts', 5)) });
  });

  it('let nothing through of 200 characters at 100 a second', async function () {
    this.timeout(60_000);
    const editor = await opened('src/closed.ts');
    const { document } = editor;
    const before = document.getText();
    editor.selections = [new vscode.Selection(3, 8, 3, 8), new vscode.Selection(0, 0, 0, 0)];
    const began = performance.now();
    const typed: Thenable<unknown>[] = [];
    for (let key = 0; key < 200; key++) {
      typed.push(vscode.commands.executeCommand('type', { text: 'x' }));
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, began + (key + 1) * 10 - performance.now())));
    }
    await Promise.all(typed);
    const ended = performance.now();
    await eventually(
      'the region as it was, and everything typed outside',
      () => document.getText() === 'x'.repeat(200) + before,
      () => document.getText(),
    );
    report({ kind: 'measured', measure: 'restored', value: performance.now() - ended });
  });
});
