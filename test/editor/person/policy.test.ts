import { chosenFlavour } from '../../support/install/Flavour.js';
import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../Person.js';
import { personOpens } from '../stage.js';

/** She stands over both sides of the wall, and has passed no course. */
const ANA = 'ana@helio.example';
const ALIGN = 'perception/fusion/align.cpp';
const POLICY = 'developer-terms.yaml';

/** Presses a button of the dialogue that has these words. */
async function pressDialogueButton(person: Person, words: RegExp, button: string): Promise<void> {
  const dialogue = person.page.locator('.monaco-dialog-box', { hasText: words });
  await dialogue.waitFor();
  await dialogue.locator('.monaco-button', { hasText: button }).click();
}

describe('a policy, as a person meets it', () => {
  it('keeps guarding while its file is broken, in the next session too, and after it is gone until somebody lets go of it', async () => {
    const person = await personOpens('perception', { as: ANA });
    await person.statusBarText(/Developer Terms\. .*is in force/);
    const good = await person.onDisk(POLICY);

    await person.openFile(POLICY);
    await person.typeAt(1, '\nparties: [');
    assert.match(
      await person.statusBarText(/last good policy stays in force/),
      /developer-terms\.yaml has \d+ errors?\. The last good policy stays in force until the file is mended\./,
    );
    await person.page.locator('.editor-group-container.active .squiggly-error').first().waitFor();
    await person.save();
    await person.seesSaved();

    await person.page.reload();
    await person.seesWorkbench();
    await person.statusBarText(/last good policy stays in force/);
    await person.openFile(ALIGN);
    await person.seesLineStyle(7);

    await person.otherProgramWrites(POLICY, good);
    await person.statusBarText(/Developer Terms\. .*Schedule D \(Developer Terms\) is in force/);

    await rm(join(person.workspace, POLICY));
    await person.statusBarText(/developer-terms\.yaml is gone\. The last good policy stays in force/);
    await person.seesLineStyle(7);
    // VS Code 1.100 refuses every dialogue to a window that tests drive ("refused to show dialog in tests").
    if (chosenFlavour() === 'oldest') return;
    await person.runCommand('Developer Terms: Stop Applying a Missing Policy…');
    await pressDialogueButton(person, /Stop applying/, 'Stop Applying It');
    await person.seesLineStyle(7, ({ backgrounds }) => backgrounds.length === 0);
    assert.deepEqual(
      (await person.statusBarTexts()).filter((text) => text.startsWith('Developer Terms')),
      [],
    );
  });

  it('is read again when the person comes back to the window, also where the editor’s watcher missed its change', async () => {
    const person = await personOpens('perception', { as: ANA });
    await person.statusBarText(/Developer Terms\. .*Schedule D \(Developer Terms\) is in force/);
    const policy = await person.onDisk(POLICY);
    const named = (name: string): string => policy.replaceAll('Schedule D (Developer Terms)', name);
    // The editor watches the link, and not what it leads to.
    const kept = await mkdtemp(join(tmpdir(), 'kept-elsewhere-'));
    await writeFile(join(kept, POLICY), named('Schedule E'));
    await rm(join(person.workspace, POLICY));
    await symlink(join(kept, POLICY), join(person.workspace, POLICY));
    await person.statusBarText(/Developer Terms\. .*Schedule E is in force/);
    await writeFile(join(kept, POLICY), named('Schedule F'));
    await person.comesBackFromElsewhere();
    await person.statusBarText(/Developer Terms\. .*Schedule F is in force/);
    await rm(kept, { recursive: true });
  });

  it('asks for a purpose once, answers questions, and runs its cases in the Test view', async () => {
    const person = await personOpens('perception', {
      as: ANA,
      settings: { 'testing.automaticallyOpenPeekView': 'never' },
    });
    await person.otherProgramWrites(
      'trial.cases.yaml',
      `policy: ${POLICY}
cases:
  - id: as-agreed
    ask: {who: nia@north.example, action: edit, file: perception/camera/net/backbone.py, at: "2026-05-20T10:00:00+02:00"}
    expect: {effect: allow, rules: [default:owner], tier: restricted}
  - id: not-as-agreed
    ask: {who: kim@kestrel.example, action: edit, file: perception/camera/net/backbone.py, at: "2026-05-20T10:00:00+02:00"}
    expect: {effect: allow, rules: [default:owner], tier: restricted}
`,
    );
    await person.asksForFile('perception/camera/net/backbone.py');
    await person.seesPage('backbone.py', 'course');
    // Without courses, so that grants decide: the page that said no asks by itself.
    const policy = (await person.onDisk(POLICY)).replace(/^training:[\s\S]*?(?=^guardrails:)/m, '');
    await person.otherProgramWrites(POLICY, policy);
    await person.quickPick('integration');
    await person.pick('integration');
    await person.statusBarText(/Your purpose: integration\./);
    await person.seesLine(4, 'Backbone');
    assert.match(await person.hoverOver('Backbone', { line: 4, words: /You may view/ }), /until 30 June 2098/);

    await person.page.keyboard.press('Escape');
    await person.runCommand('Developer Terms: Ask…');
    await person.pick('kim@kestrel.example');
    await person.quickPick('view');
    await person.answer('copy');
    await person.quickPick('The whole file');
    await person.pick('The whole file');
    await person.page.locator('.quick-input-widget input[placeholder="remote:github.com/acme/open"]').waitFor();
    await person.answer('');
    await person.page.locator('.quick-input-widget', { hasText: 'Ask (5 of 5)' }).waitFor();
    await person.page.keyboard.press('Enter');
    assert.match(
      await person.seesLine(1, /^No\./),
      /kim@kestrel\.example may not copy perception\/camera\/net\/backbone\.py/,
    );

    await person.runCommand('Developer Terms: Run Policy Cases');
    const rows = person.page.locator('.test-explorer .monaco-list-row');
    await rows.filter({ hasText: 'trial.cases.yaml' }).first().waitFor();
    await person.openFile('trial.cases.yaml');
    await person.seesLine(6, 'not-as-agreed');
    const failed = person.page.locator('.glyph-margin-widgets [class*="testing-failed-icon"]').first();
    await failed.waitFor();
    const glyph = await failed.boundingBox();
    const line = await person.editor.spotOf('not-as-agreed', 6);
    assert.ok(glyph && line && Math.abs(glyph.y + glyph.height / 2 - line.y) < 8, JSON.stringify({ glyph, line }));

    // The purpose is remembered.
    await person.page.reload();
    await person.seesWorkbench();
    await person.statusBarText(/Your purpose: integration\./);
  });
});
