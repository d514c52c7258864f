import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from '../../host/eventually.js';
import { fileIn, onDisk, opened, otherProgramWrites, POLICY, replaceIn } from '../../host/files.js';
import { hoverWords } from '../../host/hoverAt.js';
import { problemsIn, seesNoError, seesProblem } from '../../host/problems.js';
import { quickFixesAt } from '../../host/quickFixes.js';
import { report } from '../../host/report.js';

const ALIGN = 'perception/fusion/align.cpp';
const KESTREL = 'Kestrel Radar Ltd';

describe('a policy file that is changed while its folder is open', () => {
  let good: string;

  beforeEach(async () => {
    good = await onDisk(POLICY);
    await opened(ALIGN);
    await hoverWords(fileIn(ALIGN), 7, KESTREL);
    await seesNoError(fileIn(POLICY));
  });

  it('shows its problems at line and column while somebody types, and takes them back when they are mended, all unsaved', async () => {
    const { document } = await opened(POLICY);
    const line = good.split('\n').findIndex((it) => it.includes('id: radar-cal,')) + 1;
    await replaceIn(
      document,
      'id: radar-cal, owner: kestrel, tier: restricted',
      'id: radar-cal, owner: kestrel, tier: restrictd',
    );
    const problem = await seesProblem(document.uri, 'unknown-tier');
    const column = (good.split('\n')[line - 1]?.indexOf('restricted') ?? -1) + 1;
    assert.equal(problem.at, `${line}:${column}`);
    assert.equal(problem.severity, 'error');
    assert.match(problem.message, /restrictd/);
    await hoverWords(fileIn(ALIGN), 7, KESTREL);

    await replaceIn(document, 'tier: restrictd', 'tier: sealed');
    await seesNoError(document.uri);
    await hoverWords(fileIn(ALIGN), 7, 'NAMED PERSONS');
    assert.equal(document.isDirty, true);
  });

  it('offers the word that was meant as a quick fix, and is mended by it', async () => {
    const { document } = await opened(POLICY);
    await replaceIn(document, 'kestrel, tier: restricted}', 'kestrel, tier: restrictd}');
    await seesProblem(document.uri, 'unknown-tier');
    const at = document.positionAt(document.getText().indexOf('restrictd') + 2);
    const actions = await quickFixesAt(document.uri, new vscode.Range(at, at));
    const fix = actions.find((action) => action.title.includes('restricted'));
    assert.ok(fix?.edit, `offered: ${actions.map((action) => action.title).join(' | ') || 'nothing'}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await seesNoError(document.uri);
    assert.equal(document.getText(), good);
  });

  it('updates what open editors show soon after a keystroke', async () => {
    const { document } = await opened(POLICY);
    await replaceIn(document, KESTREL, 'Kestrel and Sons');
    const began = performance.now();
    await hoverWords(fileIn(ALIGN), 7, 'Kestrel and Sons');
    report({ kind: 'measured', measure: 'policy keystroke to open editor, ms', value: performance.now() - began });
  });

  it('takes a whole new text from another program, open or not', async () => {
    await otherProgramWrites(POLICY, good.replace(KESTREL, 'Closed File Ltd'));
    await hoverWords(fileIn(ALIGN), 7, 'Closed File Ltd');
    await opened(POLICY);
    await otherProgramWrites(POLICY, good.replace(KESTREL, 'Open File Ltd'));
    await hoverWords(fileIn(ALIGN), 7, 'Open File Ltd');
  });

  it('may be replaced in one step, as git and careful editors do', async () => {
    await writeFile(fileIn('next.tmp').fsPath, good.replace(KESTREL, 'Renamed Over Ltd'));
    await rename(fileIn('next.tmp').fsPath, fileIn(POLICY).fsPath);
    await hoverWords(fileIn(ALIGN), 7, 'Renamed Over Ltd');
  });

  it('may have Windows line ends and a byte order mark', async () => {
    await otherProgramWrites(POLICY, `\uFEFF${good.replace(KESTREL, 'Windows Ltd').replaceAll('\n', '\r\n')}`);
    await hoverWords(fileIn(ALIGN), 7, 'Windows Ltd');
    assert.deepEqual(
      problemsIn(fileIn(POLICY)).filter((one) => one.severity === 'error'),
      [],
    );
    // Positions count the same in an editor, which drops the mark.
    const { document } = await opened(POLICY);
    await replaceIn(document, 'owner: kestrel, tier: restricted}', 'owner: kestrl, tier: restricted}');
    const problem = await seesProblem(document.uri, 'unknown-party');
    const at = document.positionAt(document.getText().indexOf('kestrl'));
    assert.equal(problem.at, `${at.line + 1}:${at.character + 1}`);
  });

  const broken: readonly [what: string, breakIt: (text: string) => string | Uint8Array, at: RegExp, says: RegExp][] = [
    ['UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'), /^1:1$/, /UTF-16.*UTF-8/],
    ['more than 1 MiB', (text) => `${text}\n# ${'x'.repeat(1024 * 1024)}\n`, /^1:1$/, /1 MiB/],
    ['cut off in the middle', (text) => text.slice(0, text.indexOf('competes: [north') + 10), /^2[56]:/, /}/],
    ['indented with a tab', (text) => text.replace('  id: JDA', '\tid: JDA'), /^4:1$/, /tab/i],
    ['with an alias', (text) => text.replace('owner: kestrel', 'owner: *kestrel'), /^43:30$/, /alias|\*kestrel/i],
    ['with a key twice', (text) => text.replace('  zone:', '  id: again\n  zone:'), /^8:3$/, /`id` stands twice/],
    ['empty', () => '', /^1:1$/, /empty/],
    ['binary', () => new Uint8Array([0, 1, 2, 255, 254, 0, 10]), /^1:1$/, /UTF-/],
  ];
  for (const [what, breakIt, at, says] of broken) {
    it(`${what}: says what is wrong and where, keeps the last good policy, and is current again when mended`, async () => {
      await otherProgramWrites(POLICY, breakIt(good));
      const [problem] = await eventually('an error', () => {
        const errors = problemsIn(fileIn(POLICY)).filter((one) => one.severity === 'error');
        return errors.length > 0 && errors;
      });
      assert.match(problem?.at ?? '', at, JSON.stringify(problem));
      assert.match(problem?.message ?? '', says);
      await hoverWords(fileIn(ALIGN), 7, KESTREL);

      await otherProgramWrites(POLICY, good.replace(KESTREL, 'Mended Ltd'));
      await hoverWords(fileIn(ALIGN), 7, 'Mended Ltd');
      await seesNoError(fileIn(POLICY));
    });
  }

  it('cannot be read: a folder has its name', async () => {
    await rm(fileIn(POLICY).fsPath);
    await mkdir(fileIn(POLICY).fsPath);
    const problem = await seesProblem(fileIn(POLICY), 'unreadable');
    assert.match(problem.message, /folder, not a file/);
    await hoverWords(fileIn(ALIGN), 7, KESTREL);
    await rm(fileIn(POLICY).fsPath, { recursive: true });
    await otherProgramWrites(POLICY, good);
    await seesNoError(fileIn(POLICY));
  });

  it('may be a link to a policy that lies elsewhere', async () => {
    await otherProgramWrites('terms/shared.yaml', good.replace(KESTREL, 'Linked Ltd'));
    await rm(fileIn(POLICY).fsPath);
    await symlink('terms/shared.yaml', fileIn(POLICY).fsPath);
    await hoverWords(fileIn(ALIGN), 7, 'Linked Ltd');
    await rm(fileIn(POLICY).fsPath);
    await otherProgramWrites(POLICY, good);
    await hoverWords(fileIn(ALIGN), 7, KESTREL);
  });
});
