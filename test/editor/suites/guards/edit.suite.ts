import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from '../../host/eventually.js';
import { fileIn, onDisk, opened, otherProgramWrites, POLICY } from '../../host/files.js';
import { problemsIn } from '../../host/problems.js';
import { guardsStand } from './guardsStand.js';
import { regionOf, seesCursor, seesText, select, thenSees, type } from './typing.js';

const CLOSED = 'src/closed.ts';
const OPEN = 'src/open.ts';
const LOCKED = 'locked/engine.ts';
const { executeCommand } = vscode.commands;

/** The editor that has the focus, once it shows this file. */
async function eventuallyActive(path: string): Promise<vscode.TextEditor> {
  const active = (): vscode.TextEditor | undefined => vscode.window.activeTextEditor;
  await eventually(
    `${path} in front`,
    () => active()?.document.uri.path === fileIn(path).path,
    () => active()?.document.uri.toString(),
  );
  const editor = active();
  assert.ok(editor);
  return editor;
}

/** Makes a text the policy, and waits until the terms have been read from it. */
async function termsReadAnew(policy: string): Promise<void> {
  // What is wrong in between, and then no longer, shows that the terms that follow it hold.
  await otherProgramWrites(
    POLICY,
    policy.replace('tier: restricted}       # marked regions: no edits', 'tier: secret}'),
  );
  await eventually(
    'the problem of the new policy',
    () => problemsIn(fileIn(POLICY)).length > 0,
    () => problemsIn(fileIn(POLICY)),
  );
  await otherProgramWrites(POLICY, policy);
  await eventually(
    'no problem',
    () => problemsIn(fileIn(POLICY)).length === 0,
    () => problemsIn(fileIn(POLICY)),
  );
}

describe('lines that may not be edited', () => {
  before(guardsStand);

  it('are what they were after typing and deleting, and the cursor is where it was', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const before = document.getText();
    for (const act of [() => type('x'), () => type('('), () => type('\n'), () => executeCommand('deleteLeft')]) {
      select(editor, 5, 10);
      await thenSees(document, act, before);
      await seesCursor(editor, 5, 10);
    }
    select(editor, 5, 10);
    await thenSees(document, () => executeCommand('deleteRight'), before);
    await seesCursor(editor, 5, 10);
    // A selection stays as well.
    select(editor, 5, 1, 6, 5);
    await thenSees(document, () => type('x'), before);
    await seesCursor(editor, 5, 1, 6, 5);
  });

  it('stay what they were when what was taken back is undone and redone, and the rest can be undone', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const before = document.getText();
    select(editor, 1, 17);
    await type(' // mine');
    const mine = before.replace('const above = 1;', 'const above = 1; // mine');
    await seesText(document, mine);
    select(editor, 5, 10);
    await vscode.env.clipboard.writeText('pasted\nin\n');
    await thenSees(document, () => executeCommand('editor.action.clipboardPasteAction'), mine);
    await thenSees(document, () => type('x'), mine);
    const region = regionOf(before);
    for (let step = 0; step < 8 && document.getText() !== before; step++) {
      await executeCommand('undo');
      await eventually('the region', () => document.getText().includes(region));
    }
    assert.equal(document.getText(), before, 'what was typed outside can be undone');
    for (let step = 0; step < 8; step++) {
      await executeCommand('redo');
      await eventually('the region', () => document.getText().includes(region));
    }
    await seesText(document, mine);
  });

  it('let lines be written directly above and directly below', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const before = document.getText();
    let now = before;
    const becomes = async (act: () => Thenable<unknown>, from: string, to: string): Promise<void> => {
      now = now.replace(from, to);
      await act();
      await seesText(document, now);
    };
    select(editor, 1, 17);
    await becomes(() => type('\none'), 'above = 1;', 'above = 1;\none');
    select(editor, 3, 1);
    await becomes(() => type('\n'), 'one\n', 'one\n\n');
    // A whole line put in where the first one begins.
    await vscode.env.clipboard.writeText('two\n');
    select(editor, 5, 1);
    await becomes(() => executeCommand('paste', { text: 'two\n' }), '// TERMS-BEGIN', 'two\n// TERMS-BEGIN');
    // Behind the last character of the last line begins a line below.
    select(editor, 9, 13);
    await becomes(() => editor.insertSnippet(new vscode.SnippetString('\nthree')), 'TERMS-END', 'TERMS-END\nthree');
    select(editor, 10, 1);
    await becomes(() => type('four\n'), 'three', 'four\nthree');
  });

  it('give back the line break that a deletion at their edges takes', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const before = document.getText();
    for (const [line, column, command] of [
      [3, 1, 'deleteLeft'],
      [2, 1, 'deleteRight'],
      [6, 13, 'deleteRight'],
      [7, 1, 'deleteLeft'],
    ] as const) {
      select(editor, line, column);
      await executeCommand(command);
      await eventually(
        `the region after ${command} in line ${line}`,
        () => /(^|\n)\/\/ TERMS-BEGIN/.test(document.getText()) && document.getText().includes(regionOf(before)),
        () => document.getText(),
      );
      await executeCommand('workbench.action.files.revert');
      await seesText(document, before);
    }
  });

  it('keep what several cursors type elsewhere at the same time', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const before = document.getText();
    editor.selections = [
      [1, 1],
      [4, 7],
      [8, 1],
    ].map(([line = 1, column = 1]) => new vscode.Selection(line - 1, column - 1, line - 1, column - 1));
    // No word begins like this: a suggestion would be taken with the bracket.
    for (const letter of 'qz(') await type(letter);
    const now = before.replace('const above', 'qz(const above').replace('const below', 'qz(const below');
    await eventually(
      'the text',
      () => document.getText().replaceAll('qz()', 'qz(') === now,
      () => document.getText(),
    );
  });

  it('take back only their part of a deletion, a replacement and a snippet across an edge', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const before = document.getText();
    const region = regionOf(before);
    select(editor, 1, 7, 5, 8);
    await thenSees(document, () => executeCommand('deleteLeft'), `const \n${before.slice(before.indexOf(region))}`);
    await executeCommand('undo');
    await eventually('the region', () => document.getText().includes(region));
    await executeCommand('workbench.action.files.revert');
    await seesText(document, before);

    select(editor, 5, 3, 8, 7);
    await thenSees(document, () => type('X'), before.replace('\nconst below', 'Xbelow'));
    await executeCommand('workbench.action.files.revert');
    await seesText(document, before);

    await executeCommand('editor.action.selectAll');
    await thenSees(document, () => executeCommand('deleteLeft'), region);
    await executeCommand('workbench.action.files.revert');
    await seesText(document, before);

    select(editor, 4, 7);
    const { version } = document;
    await editor.insertSnippet(new vscode.SnippetString('for (${1:i}) {\n\t$0\n}'));
    await eventually('a change', () => document.version > version);
    await seesText(document, before);
  });

  it('and the lines around them are where they were after every command that moves lines across their edges', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const before = document.getText();
    const region = regionOf(before);
    const lines = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .sort();
    for (const [command, from, to] of [
      ['editor.action.moveLinesDownAction', 2, 2],
      ['editor.action.moveLinesDownAction', 1, 3],
      ['editor.action.moveLinesUpAction', 3, 3],
      ['editor.action.moveLinesUpAction', 4, 4],
      ['editor.action.moveLinesDownAction', 6, 6],
      ['editor.action.moveLinesUpAction', 7, 8],
      ['editor.action.sortLinesAscending', 1, 9],
      ['editor.action.sortLinesDescending', 3, 6],
      ['editor.action.joinLines', 3, 3],
      ['editor.action.joinLines', 6, 9],
      ['editor.action.indentLines', 1, 9],
      ['editor.action.outdentLines', 5, 6],
      ['editor.action.transposeLetters', 5, 5],
      ['editor.action.transformToUppercase', 4, 6],
      ['editor.action.commentLine', 3, 6],
    ] as const) {
      const last = from === to ? Math.min(4, document.lineAt(from - 1).text.length + 1) : 2;
      select(editor, from, from === to ? last : 1, to, last);
      await executeCommand(command);
      await eventually(
        `the region after ${command} of lines ${from}–${to}`,
        () => document.getText().includes(region),
        () => document.getText(),
      );
      if (!/indent|comment|Upper|join/i.test(command))
        assert.deepEqual(lines(document.getText()), lines(before), `${command} of lines ${from}–${to}`);
      await executeCommand('workbench.action.files.revert');
      await seesText(document, before);
    }
    // Moved as a whole they are what they were.
    select(editor, 3, 1, 6, 5);
    await thenSees(
      document,
      () => executeCommand('editor.action.moveLinesUpAction'),
      before.replace(`\n${region}`, `${region}\n`),
    );
  });

  it('stay in files that an edit of the whole workspace changes, open or not, and the rest of it is done', async () => {
    const closed = await vscode.workspace.openTextDocument(fileIn(CLOSED));
    const before = closed.getText();
    const free = await vscode.workspace.openTextDocument(fileIn('src/free.ts'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const edit = new vscode.WorkspaceEdit();
    for (const document of [closed, free])
      for (const match of document.getText().matchAll(/const/g))
        edit.replace(
          document.uri,
          new vscode.Range(document.positionAt(match.index), document.positionAt(match.index + 5)),
          'let',
        );
    assert.ok(await vscode.workspace.applyEdit(edit));
    await seesText(closed, before.replace('const above', 'let above').replace('const below', 'let below'));
    await seesText(free, 'let free = 1;\nexport { free };\n');
  });

  it('stay on the side of a comparison that can be edited', async () => {
    await executeCommand('vscode.diff', fileIn('src/free.ts'), fileIn(CLOSED), 'compared');
    const editor = await eventuallyActive(CLOSED);
    const before = editor.document.getText();
    select(editor, 4, 7);
    await thenSees(editor.document, () => type('x'), before);
    select(editor, 1, 1);
    await thenSees(editor.document, () => type('x'), `x${before}`);
  });

  it('stay in a file that begins with a byte order mark, and the mark stays', async () => {
    const marked = `\uFEFF${await onDisk(CLOSED)}`;
    await otherProgramWrites('src/marked.ts', marked);
    const editor = await opened('src/marked.ts');
    const { document } = editor;
    const before = document.getText();
    select(editor, 4, 7);
    await thenSees(document, () => type('x'), before);
    select(editor, 8, 1);
    await thenSees(document, () => type('mine();\n'), before.replace('const below', 'mine();\nconst below'));
    await document.save();
    assert.equal(await onDisk('src/marked.ts'), marked.replace('const below', 'mine();\nconst below'));
  });

  it('stay in the cells of a notebook that is covered whole', async () => {
    const cell = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: ['torque = 12'] };
    const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    const uri = await otherProgramWrites('locked/tuning.ipynb', JSON.stringify(notebook));
    const opened = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(opened);
    const { document } = opened.cellAt(0);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'x');
    await thenSees(document, () => vscode.workspace.applyEdit(edit), 'torque = 12');
  });

  it('stay when a tool writes the whole file anew', async () => {
    const { document } = await opened(CLOSED);
    const before = document.getText();
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, all, `// by a tool\n${before.replaceAll('const', 'var').replace('42', '43')}// end\n`);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const region = regionOf(before);
    await seesText(
      document,
      `// by a tool\n${before.replaceAll('const', 'var').replace(regionOf(before.replaceAll('const', 'var')), region)}// end\n`,
    );
  });

  it('are not written to disk otherwise: formatting, trimming and new lines at the end on save included', async () => {
    await otherProgramWrites(CLOSED, `int  a ;\n\n// TERMS-BEGIN asset=closed\nint  b ;   \n// TERMS-END`);
    const { document } = await opened(CLOSED);
    await eventually('the new text', () => document.getText().startsWith('int'));
    const provider = vscode.languages.registerDocumentFormattingEditProvider(
      { pattern: '**/closed.ts' },
      {
        provideDocumentFormattingEdits: (formatted) =>
          [...formatted.getText().matchAll(/ {2}a ;| {2}b ;/g)].map((match) =>
            vscode.TextEdit.replace(
              new vscode.Range(formatted.positionAt(match.index), formatted.positionAt(match.index + match[0].length)),
              match[0].replace('  ', ' ').replace(' ;', ';'),
            ),
          ),
      },
    );
    const settings = vscode.workspace.getConfiguration(undefined, document.uri);
    const wanted = {
      'editor.formatOnSave': true,
      'files.trimTrailingWhitespace': true,
      'files.insertFinalNewline': true,
    };
    try {
      for (const [name, value] of Object.entries(wanted))
        await settings.update(name, value, vscode.ConfigurationTarget.Global);
      const editor = await opened(CLOSED);
      await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), '// new'));
      await document.save();
      await eventually(
        'the file, with its region',
        async () => {
          const text = await onDisk(CLOSED);
          return text.includes('// TERMS-BEGIN asset=closed\nint  b ;   \n// TERMS-END') && text.includes('// new');
        },
        () => onDisk(CLOSED),
      );
      await eventually('the document, with its region', () =>
        document.getText().includes('// TERMS-BEGIN asset=closed\nint  b ;   \n// TERMS-END'),
      );
    } finally {
      provider.dispose();
      for (const name of Object.keys(wanted)) await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('keep their line breaks, Windows’ as well', async () => {
    const windows = (await onDisk(CLOSED)).replaceAll('\n', '\r\n');
    await otherProgramWrites(CLOSED, windows);
    const editor = await opened(CLOSED);
    const { document } = editor;
    await eventually('the new text', () => document.getText() === windows);
    select(editor, 5, 7);
    await thenSees(document, () => type('x\n'), windows);
    select(editor, 1, 1);
    await type('first\n');
    await seesText(document, `first\r\n${windows}`);
    await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.LF));
    await seesText(document, `first\r\n${windows}`);
    await document.save();
    assert.equal(await readFile(fileIn(CLOSED).fsPath, 'utf8'), `first\r\n${windows}`);
  });

  it('take what comes from the disk, and go on from there', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const pulled = document.getText().replace('secret = 42', 'secret = 43');
    await otherProgramWrites(CLOSED, pulled);
    await seesText(document, pulled);
    select(editor, 5, 7);
    await thenSees(document, () => type('x'), pulled);
    select(editor, 1, 1);
    await type('y');
    await executeCommand('workbench.action.files.revert');
    await seesText(document, pulled);
    await otherProgramWrites(CLOSED, 'const nothing = 0;\n');
    await seesText(document, 'const nothing = 0;\n');
    select(editor, 1, 1);
    await type('z');
    await seesText(document, 'zconst nothing = 0;\n');
  });

  it('of a file that is covered whole: the editor refuses keys, and edits that pass it by are taken back', async () => {
    const editor = await opened(LOCKED);
    const { document } = editor;
    const before = document.getText();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// by a tool\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await seesText(document, before);
    select(editor, 1, 1);
    await type('x');
    await seesText(document, before);

    // Other terms lift it, in the same session.
    await otherProgramWrites(POLICY, (await onDisk(POLICY)).replace('covers: [closed, locked]', 'covers: [closed]'));
    await eventually(
      'keys to be taken again',
      async () => {
        await opened(LOCKED);
        select(editor, 1, 1);
        await type('y');
        return document.getText().startsWith('y');
      },
      () => document.getText(),
    );
  });

  it('count from the moment that their markers are saved', async () => {
    const editor = await opened('src/free.ts');
    const { document } = editor;
    select(editor, 1, 1);
    await type('TERMS-BEGIN asset=closed\nmine\nTERMS-END\n');
    await seesText(document, 'TERMS-BEGIN asset=closed\nmine\nTERMS-END\nconst free = 1;\nexport { free };\n');
    await document.save();
    const saved = document.getText();
    select(editor, 2, 1);
    await thenSees(document, () => type('x'), saved);
  });

  it('do not count while their markers are being written, also when the terms are read anew meanwhile', async () => {
    const editor = await opened('src/free.ts');
    const { document } = editor;
    const inserts = (line: number, text: string): Thenable<boolean> =>
      editor.edit((edit) => {
        edit.insert(new vscode.Position(line - 1, 0), text);
      });
    await inserts(1, '// TERMS-BEGIN asset=closed\n');
    await termsReadAnew(`${await onDisk(POLICY)}# Read anew.\n`);
    const before = document.getText();
    await thenSees(
      document,
      () => inserts(2, 'const mine = 1;\n// TERMS-END\n'),
      before.replace('closed\n', 'closed\nconst mine = 1;\n// TERMS-END\n'),
    );
    const after = document.getText();
    await document.save();
    assert.equal(await onDisk('src/free.ts'), after, 'nothing of it is taken back');
  });

  it('come back when a deletion of all of them, markers included, is declined after the terms were read anew', async () => {
    const policy = (await onDisk(POLICY)).replace(
      'actions: [unmark], effect: deny',
      'actions: [unmark], effect: justify',
    );
    await termsReadAnew(policy);
    const { document } = await opened('src/reasoned.ts');
    const before = document.getText();
    await executeCommand('editor.action.selectAll');
    await thenSees(document, () => executeCommand('deleteLeft'), '');
    await termsReadAnew(`${policy}# Read anew.\n`);
    assert.equal(document.getText(), '', 'it stands until the reason is given or declined');
    const region = regionOf(before);
    await eventually(
      'the region',
      async () => {
        // Whoever closes the question declines.
        await executeCommand('workbench.action.closeQuickOpen');
        return document.getText() === region;
      },
      () => document.getText(),
    );
  });

  it('count at once when their markers come from the disk, also in a file that was empty for a moment', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const before = document.getText();
    await otherProgramWrites(CLOSED, '');
    await seesText(document, '');
    await otherProgramWrites(CLOSED, before);
    await seesText(document, before);
    select(editor, 4, 7);
    await thenSees(document, () => type('x'), before);
  });

  it('stay in the file when a change is saved as soon as it is made', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const before = document.getText();
    for (const line of [4, 5]) {
      select(editor, line, 7);
      const { version } = document;
      await Promise.all([type('x'), executeCommand('workbench.action.files.save')]);
      await eventually('a change', () => document.version > version);
      await seesText(document, before);
      await eventually(
        'the file as it was',
        async () => (await onDisk(CLOSED)) === before,
        () => onDisk(CLOSED),
      );
    }
  });

  it('stay as they are however fast somebody types, and what is typed elsewhere stays', async () => {
    const editor = await opened(CLOSED);
    const { document } = editor;
    const before = document.getText();
    select(editor, 5, 10);
    for (let at = 0; at < 100; at++) {
      void type(at % 7 === 6 ? '\n' : 'x');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await executeCommand('cursorBottom');
    await type('// end');
    await seesText(document, `${before}// end`);
  });
});

describe('markers that have to stay', () => {
  before(guardsStand);

  it('stay where the code between them may be edited', async () => {
    const editor = await opened(OPEN);
    const { document } = editor;
    const before = document.getText();
    select(editor, 4, 7);
    await type('un');
    const edited = before.replace('const shared', 'const unshared');
    await seesText(document, edited);
    select(editor, 3, 1, 4, 1);
    await thenSees(document, () => executeCommand('deleteLeft'), edited);
    select(editor, 6, 4);
    await thenSees(document, () => type('x'), edited);
    select(editor, 2, 1, 7, 1);
    await executeCommand('deleteLeft');
    await eventually(
      'the markers',
      () => /\/\/ TERMS-BEGIN asset=open\n(.*\n)?\/\/ TERMS-END\n/.test(document.getText()),
      () => document.getText(),
    );
  });

  it('are not ended early by another one between them', async () => {
    const editor = await opened(OPEN);
    const { document } = editor;
    const before = document.getText();
    select(editor, 5, 1);
    await executeCommand('type', { text: '// TERMS-EN' });
    await thenSees(
      document,
      () => executeCommand('paste', { text: 'D\n' }),
      before.replace('const common', '// TERMS-ENconst common'),
    ).catch(() => undefined);
    await eventually(
      'no end between',
      () => document.getText().split('TERMS-END').length === 2,
      () => document.getText(),
    );
    assert.ok(document.getText().includes('const common = 6;'));
  });
});

describe('lines whose changes are to be minded', () => {
  before(guardsStand);

  it('say so where they were changed, until they are what they were', async () => {
    const editor = await opened('src/minded.ts');
    const { document } = editor;
    const before = document.getText();
    select(editor, 5, 7);
    await type('no');
    const problem = await eventually('the warning', () =>
      problemsIn(document.uri).find(({ code }) => code === 'edit-to-mind'),
    );
    assert.equal(problem.at, '5:1');
    assert.equal(problem.severity, 'notice');
    assert.match(
      problem.message,
      /^Edited line 5 \(protected as .*Kestrel Radar Ltd.*clause 4\.3.*\)\. Kestrel reviews/,
    );
    assert.doesNotMatch(problem.message, /margin/);
    select(editor, 1, 1);
    await type('\n');
    await eventually('the warning a line further down', () =>
      problemsIn(document.uri).some(({ code, at }) => code === 'edit-to-mind' && at === '6:1'),
    );
    await executeCommand('workbench.action.files.revert');
    await seesText(document, before);
    await eventually('no warning', () => problemsIn(document.uri).every(({ code }) => code !== 'edit-to-mind'));
  });
});
