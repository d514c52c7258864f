import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { eventually } from '../../host/eventually.js';
import { onDisk, opened, otherProgramWrites } from '../../host/files.js';
import { report } from '../../host/report.js';
import { guardsStand } from './guardsStand.js';
import { regionOf } from './typing.js';

/** Half of them where time is short, as in CI: see `inDepth`. */
const SEQUENCES = process.env['DEVTERMS_TESTS'] === 'essential' ? 100 : 200;
/** Each test takes its share, so that a run is never silent for long. */
const IN_ONE_TEST = 10;
const SEED = 20261122;
const { executeCommand } = vscode.commands;

/** Where something is done, as shares of the document's length. */
interface Where {
  readonly at: number;
  readonly length: number;
}
type Step = Where &
  (
    | { readonly kind: 'type'; readonly text: string }
    | { readonly kind: 'paste'; readonly text: string }
    | { readonly kind: 'command'; readonly command: string }
    | { readonly kind: 'workspaceEdit'; readonly text: string }
    | { readonly kind: 'manyCursors'; readonly text: string }
    | { readonly kind: 'undo' | 'redo' }
  );

const where = { at: fc.nat(1_000).map((at) => at / 1_000), length: fc.constantFrom(0, 0, 0, 1, 7, 40) };
const text = fc.constantFrom('x', '(', '\n', 'two words', 'a line\n', '\nbelow', 'one\ntwo\n');
/** One run of keys each: undo goes back over it in one step. */
const keys = fc.constantFrom('x', '(', '\n', 'word');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('type' as const), text: keys, ...where }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('paste' as const), text, ...where }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('workspaceEdit' as const), text, ...where }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('manyCursors' as const), text: keys, ...where }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const), ...where }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('command' as const),
      command: fc.constantFrom(
        ...['deleteLeft', 'deleteRight', 'editor.action.deleteLines', 'editor.action.insertLineBefore'],
        ...[
          'editor.action.moveLinesUpAction',
          'editor.action.moveLinesDownAction',
          'editor.action.copyLinesDownAction',
        ],
        ...['editor.action.joinLines', 'editor.action.sortLinesAscending', 'editor.action.indentLines'],
      ),
      ...where,
    }),
  },
);

const outsideOf = (whole: string, region: string): string => {
  const at = whole.indexOf(region);
  return whole.slice(0, at) + whole.slice(at + region.length);
};

async function take(editor: vscode.TextEditor, { at, length, ...what }: Step): Promise<void> {
  const { document } = editor;
  const size = document.getText().length;
  const from = document.positionAt(Math.floor(at * size));
  const to = document.positionAt(Math.min(size, Math.floor(at * size) + length));
  editor.selection = new vscode.Selection(from, to);
  switch (what.kind) {
    case 'type':
      await executeCommand('type', { text: what.text });
      return;
    case 'paste':
      await executeCommand('paste', { text: what.text });
      return;
    case 'manyCursors': {
      const other = document.positionAt(Math.floor(((at * 7) % 1) * size));
      editor.selections = [new vscode.Selection(from, from), new vscode.Selection(other, other)];
      await executeCommand('type', { text: what.text });
      return;
    }
    case 'workspaceEdit': {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(from, to), what.text);
      await vscode.workspace.applyEdit(edit);
      return;
    }
    case 'command':
      await executeCommand(what.command);
      return;
    case 'undo':
    case 'redo':
      await executeCommand(what.kind);
  }
}

/** What stands outside and was not selected, and could not have been meant, is still there. */
function assertNothingLost(before: string, after: string, region: string, { kind, at, length }: Step): void {
  if (kind !== 'type' && kind !== 'paste' && kind !== 'workspaceEdit') return;
  const from = Math.floor(at * before.length);
  const to = Math.min(before.length, from + length);
  const start = before.indexOf(region);
  // Blanks are the editor's own affair: it indents, and takes away what it indented.
  const isInk = (character: string): boolean => /\S/.test(character);
  const kept = [...before].filter(
    (character, index) =>
      isInk(character) && (index < from || index >= to) && (index < start || index >= start + region.length),
  );
  const rest = outsideOf(after, region);
  let found = 0;
  for (const character of rest) if (character === kept[found]) found++;
  assert.equal(found, kept.length, `outside text is lost: ${JSON.stringify({ before, after, kind, from, to })}`);
}

describe('any sequence of edits, undo, redo, paste and moves', () => {
  before(guardsStand);

  for (let part = 0; part < SEQUENCES / IN_ONE_TEST; part++) {
    it(`leaves the region as it is, and loses nothing else (${part * IN_ONE_TEST + 1}–${(part + 1) * IN_ONE_TEST})`, async function () {
      this.timeout(110_000);
      const began = performance.now();
      let steps = 0;
      let files = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (sequence) => {
          // A file of its own: undo would go on into the sequence before.
          const path = `src/sequence-${part}-${files++}.ts`;
          const first = await onDisk('src/closed.ts');
          await otherProgramWrites(path, first);
          const editor = await opened(path);
          const { document } = editor;
          const region = regionOf(first);
          const seen = new Set([outsideOf(first, region)]);
          for (const one of sequence) {
            steps++;
            const before = document.getText();
            await take(editor, one);
            await eventually(
              `the region after ${JSON.stringify(one)}`,
              () => {
                const now = document.getText();
                const at = now.indexOf(region);
                return at !== -1 && (at === 0 || now[at - 1] === '\n');
              },
              () => ({ before, after: document.getText() }),
            );
            const after = document.getText();
            assertNothingLost(before, after, region, one);
            const outside = outsideOf(after, region);
            if (one.kind === 'undo' || one.kind === 'redo')
              assert.ok(
                seen.has(outside),
                `${one.kind} leads to what was there before: ${JSON.stringify({ before, after })}`,
              );
            seen.add(outside);
          }
          // What is being taken back at this moment can win over a revert.
          await eventually('what the file holds', async () => {
            await executeCommand('workbench.action.files.revert');
            return document.getText() === first;
          });
          await executeCommand('workbench.action.closeActiveEditor');
        }),
        { numRuns: IN_ONE_TEST, seed: SEED + part, endOnFailure: true, includeErrorInReport: true },
      );
      report({ kind: 'measured', measure: 'a step of a sequence, ms', value: (performance.now() - began) / steps });
    });
  }
});
