import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { awaitSeen } from '../awaitSeen.js';
import type { Person } from '../Person.js';
import { inDepth } from '../inDepth.js';
import { personOpens } from '../stage.js';

const ANA = 'ana@harbor.example';
const ROWS = '.explorer-folders-view .monaco-list-row';

const opens = async (options: Parameters<typeof personOpens>[1] = {}): Promise<Person> => {
  const person = await personOpens('guarded', {
    as: ANA,
    ...options,
    settings: {
      'explorer.confirmDelete': false,
      'explorer.confirmDragAndDrop': false,
      'files.enableTrash': false,
      'explorer.compactFolders': false,
      'typescript.updateImportsOnFileMove.enabled': 'never',
      ...options.settings,
    },
  });
  await person.statusBarText('Developer Terms.');
  return person;
};

const isThere = (person: Person, path: string): Promise<boolean> =>
  access(join(person.workspace, path)).then(
    () => true,
    () => false,
  );

/** Waits until each of these files is there, or not. */
async function seesFiles(person: Person, wanted: Readonly<Record<string, boolean>>): Promise<void> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = await Promise.all(
      Object.keys(wanted).map(async (path) => [path, await isThere(person, path)] as const),
    );
    const wrong = found.filter(([path, is]) => wanted[path] !== is);
    if (wrong.length === 0) return;
    assert.ok(
      Date.now() < end,
      `${wrong.map(([path, is]) => `${path} is ${is ? '' : 'not '}there`).join(', ')}: ${(await person.notificationTexts()).join(' | ')}`,
    );
    await person.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
}

/** Goes to a row of the explorer: a folder with the mouse, which opens it, and a file in it with the keyboard, which does not. */
async function selects(person: Person, folder: string, file?: string): Promise<void> {
  const row = person.page.locator(`${ROWS}[aria-level="1"]`, { hasText: new RegExp(`^${folder}`) }).first();
  const opensFolder = async (): Promise<void> => {
    do await row.click();
    while ((await row.getAttribute('aria-expanded')) === 'false');
  };
  await opensFolder();
  if (file === undefined) return;
  const named = { hasText: new RegExp(`^${file}`) };
  // The folder's first row, once it is there.
  await person.page.locator(`${ROWS}[aria-level="2"]`, named).first().waitFor();
  // The editor opens what was moved, at a moment of its own, and that may want a reason as well.
  const question = person.page.locator('.quick-input-widget', { hasText: 'Why do you open' });
  await awaitSeen(person.page, {
    what: `${file} to be chosen in ${folder}`,
    look: async () => {
      if (await question.isVisible()) {
        await question.locator('input').press('Escape');
        await question.waitFor({ state: 'hidden' });
        await opensFolder();
      } else if (await person.page.locator(`${ROWS}.focused[aria-level="2"]`, named).isVisible()) return true;
      else if (await person.page.locator(`${ROWS}.focused[aria-level="1"]`).isVisible())
        await person.page.keyboard.press('ArrowDown');
      return undefined;
    },
    instead: async () => (await person.page.locator(`${ROWS}.focused`).allInnerTexts()).join(' | '),
  });
}

/** Cuts or copies a file in the explorer, and pastes it into a folder. */
async function takes(
  person: Person,
  key: 'Control+X' | 'Control+C',
  from: readonly [string, string],
  into: string,
): Promise<void> {
  await selects(person, ...from);
  await person.page.locator('.explorer-folders-view .monaco-list').first().focus();
  await person.page.keyboard.press(key);
  await selects(person, into);
  await person.page.locator('.explorer-folders-view .monaco-list').first().focus();
  await person.page.keyboard.press('Control+V');
}

describe('a covered file', () => {
  for (const theme of ['dark', 'light'] as const)
    (theme === 'light' ? inDepth : it)(
      `is moved back when it may not be moved out of its terms (${theme})`,
      async () => {
        const person = await opens({ theme });
        const before = await person.onDisk('sealed/gauge.ts');
        await takes(person, 'Control+X', ['sealed', 'gauge.ts'], 'app');
        assert.match(await person.notificationText('Moved back: sealed/gauge.ts'), /sealed-radar of Kestrel Radar Ltd/);
        await seesFiles(person, { 'sealed/gauge.ts': true, 'app/gauge.ts': false });
        assert.equal(await person.onDisk('sealed/gauge.ts'), before);
      },
    );

  it('is moved once a reason is given, and back on Escape', async () => {
    const person = await opens();
    await takes(person, 'Control+X', ['reason', 'gauge.ts'], 'app');
    await person.page.locator('.quick-input-widget', { hasText: 'Your reason is kept' }).waitFor();
    await person.page.keyboard.press('Escape');
    await person.notificationText('Moved back: reason/gauge.ts');
    await seesFiles(person, { 'reason/gauge.ts': true, 'app/gauge.ts': false });
    await takes(person, 'Control+X', ['reason', 'gauge.ts'], 'app');
    await person.answer('The trial folder is where the field team looks.');
    await seesFiles(person, { 'reason/gauge.ts': false, 'app/gauge.ts': true });
  });

  inDepth('may be moved with a warning that says what to mind', async () => {
    const person = await opens();
    await takes(person, 'Control+X', ['warned', 'gauge.ts'], 'app');
    assert.match(await person.notificationText('You moved warned/gauge.ts to app/gauge.ts'), /clause 3\.1/);
    await seesFiles(person, { 'warned/gauge.ts': false, 'app/gauge.ts': true });
  });

  inDepth('may be moved where the terms let it, without a word', async () => {
    const person = await opens();
    await takes(person, 'Control+X', ['open', 'gauge.ts'], 'app');
    await seesFiles(person, { 'open/gauge.ts': false, 'app/gauge.ts': true });
    assert.deepEqual(await person.notificationTexts(), []);
  });

  it('is not duplicated where its terms do not reach: the copy is removed', async () => {
    const person = await opens();
    await takes(person, 'Control+C', ['sealed', 'gauge.ts'], 'app');
    assert.match(await person.notificationText('Copy removed: app/gauge.ts repeated sealed/gauge.ts'), /sealed-radar/);
    await seesFiles(person, { 'sealed/gauge.ts': true, 'app/gauge.ts': false });
  });

  inDepth('may be duplicated inside its terms', async () => {
    const person = await opens();
    await takes(person, 'Control+C', ['sealed', 'gauge.ts'], 'sealed');
    await seesFiles(person, { 'sealed/gauge.ts': true, 'sealed/gauge copy.ts': true });
    assert.deepEqual(await person.notificationTexts(), []);
  });

  inDepth('is not saved under another name where its terms do not reach: the copy is removed', async () => {
    const person = await opens();
    await person.openFile('warned/gauge.ts');
    await person.runCommand('File: Save As...');
    const input = person.page.locator('.quick-input-widget', { hasText: 'Save As' }).locator('input:focus');
    const reads = (path: string) =>
      awaitSeen(person.page, {
        what: `${path} to stand in the box`,
        look: async () => ((await input.inputValue()) === path ? true : undefined),
        instead: () => input.inputValue(),
      });
    await reads(join(person.workspace, 'warned/gauge.ts'));
    await person.page.keyboard.press('Control+A');
    await person.page.keyboard.insertText(join(person.workspace, 'app/kept.ts'));
    await reads(join(person.workspace, 'app/kept.ts'));
    // The box looks the folder up first, and takes no Enter before.
    let pressed = 0;
    await awaitSeen(person.page, {
      what: 'the box to take the name',
      look: async () => {
        if (!(await input.isVisible())) return true;
        if (Date.now() - pressed < 2_500) return undefined;
        pressed = Date.now();
        await person.page.keyboard.press('Enter');
        return undefined;
      },
      instead: () => input.inputValue(),
    });
    assert.match(await person.notificationText('Copy removed: app/kept.ts repeated warned/gauge.ts'), /minded-radar/);
    await seesFiles(person, { 'warned/gauge.ts': true, 'app/kept.ts': false });
  });

  it('is written back when it may not be deleted', async () => {
    const person = await opens();
    const before = await person.onDisk('sealed/gauge.ts');
    await selects(person, 'sealed', 'gauge.ts');
    await person.page.locator('.explorer-folders-view .monaco-list').first().focus();
    await person.page.keyboard.press('Delete');
    assert.match(await person.notificationText('Deletion undone: sealed/gauge.ts'), /legal@kestrel\.example/);
    await seesFiles(person, { 'sealed/gauge.ts': true });
    assert.equal(await person.onDisk('sealed/gauge.ts'), before);
  });

  inDepth('that another program copied is pointed out, and left', async () => {
    const person = await opens();
    await person.otherProgramWrites('app/taken.ts', await person.onDisk('sealed/gauge.ts'));
    await person.notificationText('app/taken.ts repeats sealed/gauge.ts');
    await seesFiles(person, { 'app/taken.ts': true });
  });
});
