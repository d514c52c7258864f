import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { awaitSeen } from '../awaitSeen.js';
import { ROOT } from '../openWindow.js';
import type { Person } from '../Person.js';
import { inDepth } from '../inDepth.js';
import { personOpens } from '../stage.js';

const ANA = 'ana@helio.example';
const CLOSED = 'src/closed.ts';
const REASONED = 'src/reasoned.ts';

/** Waits until the terms hold and a file is open with its covered lines marked. */
async function opensCovered(person: Person, path: string, line: number): Promise<void> {
  await person.statusBarText(/Developer Terms\. .*is in force/);
  await person.openFile(path);
  await person.seesLineStyle(line, (style) => style.hasGutterIcon);
}

/** Keeps a picture of what a person sees, for whoever wants to look. */
async function picture(person: Person, name: string): Promise<void> {
  const folder = join(ROOT, '.build/seen');
  await mkdir(folder, { recursive: true });
  await person.screenshot(join(folder, `${name}.png`));
}

describe('edits of covered lines, as a person sees them', () => {
  for (const theme of ['dark', 'light'] as const) {
    (theme === 'light' ? inDepth : it)(
      `that are denied do not stay, and one notification says why, in the ${theme} theme`,
      async () => {
        const person = await personOpens('guards', { as: ANA, theme });
        await opensCovered(person, CLOSED, 3);
        await person.typeAt(4, 'gone');
        const told = await person.notificationText('Edit undone');
        assert.match(
          told,
          /^Edit undone in src\/closed\.ts, line 4 \(protected as .*Kestrel Radar Ltd.*clause 4\.1.*\)\. Only Kestrel changes this code\. Instead: Send Kestrel a change request\. Ask legal-ip@helio\.example\./,
        );
        await person.seesLine(4, /^const secret = 42;$/);
        await picture(person, `edit-denied-${theme}`);
        await person.typeAt(1, ' // mine');
        await person.seesLine(1, /^const above = 1; \/\/ mine$/);
        await person.pressNotificationButton('Edit undone', 'Explain');
        await person.seesLine(1, /ana@helio\.example may not edit .* of src\/closed\.ts/);
      },
    );
  }

  it('that want a reason stay with one, which is asked once when typing pauses', async () => {
    const person = await personOpens('guards', { as: ANA });
    await opensCovered(person, REASONED, 3);
    await person.typeAt(4, ' // tuned');
    const box = person.page.locator('.quick-input-widget', { hasText: 'Why do you edit' });
    await box.waitFor();
    await picture(person, 'edit-justified');
    assert.match(await box.innerText(), /Why do you edit lines? 4.* of src\/reasoned\.ts\?[\s\S]*clause 4\.2/);
    await person.answer('The antenna was moved by two degrees.');
    await box.waitFor({ state: 'hidden' });
    await person.seesLine(4, /^const gain = 7; \/\/ tuned$/);
    await person.typeAt(4, ' twice');
    await person.seesLine(4, /^const gain = 7; \/\/ tuned twice$/);
    await person.typeAt(1, ' // typed after the pause');
    await person.save();
    await person.seesSaved();
    assert.equal(await box.isVisible(), false);
    assert.match(await person.onDisk(REASONED), /gain = 7; \/\/ tuned twice\n/);
  });

  it('that want a reason are taken back without one, and what was typed elsewhere stays', async () => {
    const person = await personOpens('guards', { as: ANA });
    await opensCovered(person, REASONED, 3);
    await person.typeAt(4, ' // tuned');
    const box = person.page.locator('.quick-input-widget', { hasText: 'Why do you edit' });
    await box.waitFor();
    await person.page.keyboard.press('Escape');
    await person.seesLine(4, /^const gain = 7;$/);
    await person.notificationText('Edit undone in src/reasoned.ts, line 4');
    await person.typeAt(7, ' // mine');
    await person.seesLine(7, /^const below = 2; \/\/ mine$/);
    await picture(person, 'edit-cancelled');
  });

  it('that are to be minded stay, and are listed among the problems', async () => {
    const person = await personOpens('guards', { as: ANA });
    await opensCovered(person, 'src/minded.ts', 3);
    await person.typeAt(4, ' // wider');
    await person.seesLine(4, /^const window = 3; \/\/ wider$/);
    const [problem] = await person.problems('Edited line 4');
    assert.ok(problem?.includes('Edited line 4') || (await person.problems()).join().includes('Kestrel reviews every'));
    await picture(person, 'edit-warned');
  });

  inDepth('that are allowed are as any other', async () => {
    const person = await personOpens('guards', { as: ANA });
    await opensCovered(person, 'src/open.ts', 3);
    await person.typeAt(4, ' // ours');
    await person.seesLine(4, /^const shared = 5; \/\/ ours$/);
    assert.deepEqual(await person.notificationTexts(), []);
  });

  it('of a file that is covered whole are refused by the editor, with its lock', async () => {
    const person = await personOpens('guards', { as: ANA });
    await person.statusBarText(/Developer Terms\. .*is in force/);
    await person.openFile('locked/engine.ts');
    await person.page
      .locator(
        '.editor-group-container.active .tab.active .codicon-lock, .tab.active.readonly, .tab.active [class*=lock]',
      )
      .first()
      .waitFor();
    await picture(person, 'edit-locked');
    await person.page.keyboard.type('x');
    await person.seesLine(1, /^export const torque = 12;$/);
  });

  inDepth('that an input method composes are taken back when the composition ends; others stay', async () => {
    const person = await personOpens('guards', { as: ANA });
    await opensCovered(person, CLOSED, 3);
    const keys = await person.page.context().newCDPSession(person.page);
    const composes = async (line: number): Promise<void> => {
      await person.goTo(line);
      for (const text of ['に', 'にほ', 'にほん'])
        await keys.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
      await keys.send('Input.insertText', { text: '日本' });
    };
    await composes(4);
    await person.notificationText('Edit undone');
    await person.seesLine(4, /^const secret = 42;$/);
    await composes(1);
    await person.seesLine(1, /^const above = 1;日本$/);
    await person.seesLine(4, /^const secret = 42;$/);
  });

  inDepth(
    'that renaming a symbol makes are taken back where lines are covered; the rest of the rename stays',
    async () => {
      const person = await personOpens('guards', { as: ANA });
      await person.otherProgramWrites(CLOSED, `${await person.onDisk(CLOSED)}console.log(secret);\n`);
      await opensCovered(person, CLOSED, 3);
      await person.goTo(10, 'console.log('.length + 2);
      const box = person.page.locator('.rename-box input.rename-input');
      await awaitSeen(person.page, {
        // The language is still being loaded when the file is there.
        what: 'the box for the new name',
        within: 60_000,
        look: async () => {
          await person.page.keyboard.press('F2');
          return (await box.waitFor({ timeout: 2_000 }).then(
            () => true,
            () => undefined,
          )) === true
            ? true
            : undefined;
        },
        instead: async () => (await person.notificationTexts()).join(' | '),
      });
      await box.fill('renamed');
      await box.press('Enter');
      await person.seesLine(10, /^console\.log\(renamed\);$/);
      await person.notificationText('Edit undone');
      await person.page.keyboard.press('Control+1');
      await person.seesLine(4, /^const secret = 42;$/);
      await person.seesLine(5, /^ {2}const indented = secret \+ 1;$/);
      await person.seesLine(10, /^console\.log\(renamed\);$/);
    },
  );

  inDepth(
    'that replacing everything of a kind makes are taken back where lines are covered; the rest stays',
    async () => {
      const person = await personOpens('guards', { as: ANA });
      await opensCovered(person, CLOSED, 3);
      await person.page.keyboard.press('Control+H');
      const find = person.page.locator('.find-widget.visible .find-part textarea').first();
      await find.fill('const ');
      await person.page.locator('.find-widget.visible .replace-part textarea').first().fill('let ');
      await person.page.keyboard.press('Control+Alt+Enter');
      await person.seesLine(1, /^let above = 1;$/);
      await person.seesLine(8, /^let below = 2;$/);
      await person.notificationText('Edit undone');
      await person.seesLine(4, /^const secret = 42;$/);
      await person.seesLine(5, /^ {2}const indented = secret \+ 1;$/);
    },
  );

  inDepth('that replacing in all files makes are taken back where lines are covered; the rest stays', async () => {
    const person = await personOpens('guards', { as: ANA });
    await opensCovered(person, CLOSED, 3);
    await person.page.keyboard.press('Control+Shift+H');
    await person.page.locator('.search-view .search-widget .search-container textarea').first().fill('const ');
    await person.page.locator('.search-view .replace-container textarea').first().fill('let ');
    await person.page.locator('.search-view .messages', { hasText: /results? in \d+ files/ }).waitFor();
    await person.page.keyboard.press('Control+Alt+Enter');
    await person.answerDialogue('Replace', 'Replace');
    await person.notificationText('Edit undone');
    await person.seesLine(1, /^let above = 1;$/);
    await person.seesLine(4, /^const secret = 42;$/);
    await person.seesLine(8, /^let below = 2;$/);
    await awaitSeen(person.page, {
      what: 'the other file to be saved',
      look: async () => (/^let /m.test(await person.onDisk('src/free.ts')) ? true : undefined),
      instead: () => person.onDisk('src/free.ts'),
    });
  });

  inDepth('that dragging makes are taken back at both ends', async () => {
    const person = await personOpens('guards', { as: ANA });
    await opensCovered(person, CLOSED, 3);
    await person.selectLines(4, 4);
    const middleOf = async (text: string): Promise<{ readonly x: number; readonly y: number }> => {
      const box = await person.page.locator('.view-line span span', { hasText: text }).first().boundingBox();
      assert.ok(box, `${text} is on the screen`);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const [from, to] = [await middleOf('secret'), await middleOf('below')];
    await person.page.mouse.move(from.x, from.y);
    await person.page.mouse.down();
    await person.page.mouse.move(to.x, to.y, { steps: 10 });
    await person.page.mouse.up();
    await person.notificationText('Edit undone');
    await person.seesLine(4, /^const secret = 42;$/);
    await person.seesLine(8, /^const below = 2;$/);
  });
});
