import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Person } from '../Person.js';
import { inDepth } from '../inDepth.js';
import { personOpens } from '../stage.js';

const ANA = 'ana@harbor.example';
const DIALOGUE = '.monaco-dialog-box';

const opens = async (options: Parameters<typeof personOpens>[1] = {}): Promise<Person> => {
  const person = await personOpens('guarded', { as: ANA, ...options });
  await person.statusBarText('Developer Terms.');
  return person;
};

/** What a person can read in the lines on the screen: veiled text does not count. */
async function readable(person: Person): Promise<string> {
  return person.page.evaluate(() => {
    const shown = (element: Element): boolean => {
      for (let it: Element | null = element; it && !it.classList.contains('view-lines'); it = it.parentElement)
        if (getComputedStyle(it).opacity === '0') return false;
      return true;
    };
    return [...document.querySelectorAll('.view-line span')]
      .filter((span) => span.childElementCount === 0 && shown(span))
      .map((span) => (span.textContent ?? '').replaceAll('\u00a0', ' '))
      .join(' ');
  });
}

/** Waits until nothing of this word can be read on the screen. */
async function cannotRead(person: Person, word: string): Promise<void> {
  const end = Date.now() + 15_000;
  let text = await readable(person);
  while (text.includes(word) && Date.now() < end) {
    await person.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    text = await readable(person);
  }
  assert.ok(!text.includes(word), text);
}

async function pressInDialogue(person: Person, words: RegExp, button: string): Promise<string> {
  const dialogue = person.page.locator(DIALOGUE, { hasText: words });
  await dialogue.waitFor();
  const text = await dialogue.innerText();
  await dialogue.locator('.monaco-button', { hasText: button }).click();
  return text;
}

describe('a file that a person may not view', () => {
  for (const theme of ['dark', 'light'] as const)
    (theme === 'light' ? inDepth : it)(
      `does not show itself: a page says what it is, why, and whom to ask (${theme})`,
      async () => {
        const person = await opens({ theme });
        await person.asksForFile('sealed/gauge.ts');
        const page = await person.seesPage('gauge.ts', 'is not shown');
        for (const words of [
          'sealed-radar of Kestrel Radar Ltd',
          'SUPPLIER SOURCE',
          'You may not view it',
          'sealed/gauge.ts',
          'legal@kestrel.example',
        ])
          assert.ok(page.includes(words), `${words} in ${page}`);
        await cannotRead(person, 'sealedSecret');
        assert.equal(
          await person.page.locator('.editor-group-container .tab').count(),
          1,
          'the text has no tab of its own',
        );
        await person.page.setViewportSize({ width: 520, height: 700 });
        await person.seesPage('gauge.ts', 'is not shown');
        const tooWide = await Promise.all(
          person.page
            .frames()
            .map((frame) =>
              frame.evaluate(() => document.querySelector('main') && document.documentElement.scrollWidth > innerWidth),
            ),
        );
        assert.ok(!tooWide.includes(true), 'a narrow window has to be scrolled sideways');
      },
    );

  it('stays hidden when it is clicked in the explorer, split, and when the window is opened again', async () => {
    const person = await opens();
    await person.asksForFile('sealed/gauge.ts');
    await person.seesPage('gauge.ts', 'is not shown');
    await person.runCommand('View: Split Editor Right');
    await person.seesPage('gauge.ts', 'is not shown');
    await cannotRead(person, 'sealedSecret');
    await person.runCommand('View: Close All Editors');
    const row = person.page.locator('.explorer-folders-view .monaco-list-row .label-name', { hasText: 'gauge.ts' });
    await row.first().click();
    await person.seesPage('gauge.ts', 'is not shown');
    await row.first().dblclick();
    await person.seesPage('gauge.ts', 'is not shown');
    // In a browser, VS Code does not store what is open when the page is left while it is storing something else.
    await person.page.waitForTimeout(2_000);
    await person.page.reload();
    await person.seesWorkbench();
    await person.seesPage('gauge.ts', 'is not shown');
    await cannotRead(person, 'sealedSecret');
  });

  inDepth('leads to the whole explanation and to a request for access', async () => {
    const person = await opens();
    await person.asksForFile('sealed/gauge.ts');
    await person.seesPage('gauge.ts', 'is not shown');
    await person.pressOnPage('Explain');
    await person.seesLine(1, /^No\. ana@harbor\.example may not view/);
    await person.runCommand('View: Close Editor');
    await person.pressOnPage('Ask for Access');
    await person.answer('The gauge drifts and the field team needs to know why.');
    await person.seesLine(1, /./);
    assert.match((await person.lines()).map(({ text }) => text).join('\n'), /sealed-radar|ana@harbor/);
  });

  inDepth('stays hidden behind “go to definition”', async () => {
    const person = await opens();
    await person.openFile('app/uses.ts');
    await person.hoverOver('sealedGauge', { line: 2, words: 'sealedGauge(' });
    await person.goTo(2, 12);
    await person.page.keyboard.press('F12');
    await person.seesPage('gauge.ts', 'is not shown');
    await cannotRead(person, 'sealedSecret');
  });

  inDepth('is veiled in a peek', async () => {
    const person = await opens();
    await person.openFile('app/uses.ts');
    await person.hoverOver('sealedGauge', { line: 2, words: 'sealedGauge(' });
    await person.goTo(2, 12);
    await person.runCommand('Peek Definition');
    await person.page
      .locator('.peekview-widget .view-line', { hasText: 'sealedSecret' })
      .first()
      .waitFor({ state: 'attached' });
    await cannotRead(person, 'sealedSecret');
  });

  inDepth('stays hidden in a diff with another file', async () => {
    const person = await opens();
    await person.openFile('app/tide.ts');
    await person.runCommand('File: Compare Active File With...');
    await person.page.keyboard.insertText('sealed/gauge.ts');
    await person.pick(/^gauge\.ts.*sealed/);
    await person.seesPage('gauge.ts', 'is not shown');
    await cannotRead(person, 'sealedSecret');
  });
});

describe('a file that asks first', () => {
  it('for a purpose shows its text once the purpose is stated', async () => {
    const person = await opens();
    await person.asksForFile('purpose/gauge.ts');
    await person.quickPick('service');
    await cannotRead(person, 'purposeSecret');
    await person.pick('service');
    await person.seesLine(2, 'purposeSecret');
  });

  inDepth('for a purpose stays hidden when none is stated, and can be asked again', async () => {
    const person = await opens();
    await person.asksForFile('purpose/gauge.ts');
    await person.quickPick('service');
    await person.page.keyboard.press('Escape');
    await person.seesPage('gauge.ts', 'once you state what your work is for');
    await cannotRead(person, 'purposeSecret');
    await person.pressOnPage('State Your Purpose');
    await person.pick('service');
    await person.seesLine(2, 'purposeSecret');
  });

  it('for a reason shows its text when one is given, and asks no second time', async () => {
    const person = await opens({ theme: 'light' });
    await person.asksForFile('reason/gauge.ts');
    await person.page.locator('.quick-input-widget', { hasText: 'Your reason is kept' }).waitFor();
    await person.answer('Calibrating the gauge for the harbour trial.');
    await person.seesLine(2, 'reasonSecret');
    await person.runCommand('View: Close Editor');
    await person.openFile('reason/gauge.ts');
    await person.seesLine(2, 'reasonSecret');
  });

  inDepth('for a reason stays hidden on Escape', async () => {
    const person = await opens();
    await person.asksForFile('reason/gauge.ts');
    await person.page.locator('.quick-input-widget', { hasText: 'Your reason is kept' }).waitFor();
    await person.page.keyboard.press('Escape');
    await person.seesPage('gauge.ts', 'once you give a reason');
    await cannotRead(person, 'reasonSecret');
  });
});

describe('a file that a person may view', () => {
  inDepth('with a warning shows its text and says once what to mind', async () => {
    const person = await opens();
    await person.asksForFile('warned/gauge.ts');
    assert.match(await person.notificationText('You opened warned/gauge.ts'), /clause 3\.1.*measured by the supplier/);
    await person.seesLine(2, 'warnedSecret');
  });

  inDepth('shows its text and says nothing', async () => {
    const person = await opens();
    await person.openFile('open/gauge.ts');
    await person.seesLine(2, 'openSecret');
    assert.match(await readable(person), /openSecret/);
    assert.deepEqual(await person.notificationTexts(), []);
  });
});

describe('marked lines that a person may not view', () => {
  for (const theme of ['dark', 'light'] as const)
    (theme === 'light' ? inDepth : it)(
      `are veiled where they stand; the others are as they were (${theme})`,
      async () => {
        const person = await opens({ theme });
        await person.openFile('app/mixed.ts');
        await person.seesLine(8, 'after');
        await cannotRead(person, 'markedSecret');
        const text = await readable(person);
        assert.match(text, /before/);
        assert.match(text, /after/);
      },
    );

  inDepth('are explained by the hover, and stay veiled when lines move', async () => {
    const person = await opens();
    await person.openFile('app/mixed.ts');
    await cannotRead(person, 'markedSecret');
    await person.typeAt(1, '\n\n');
    await person.seesLine(6, 'markedSecret');
    await cannotRead(person, 'markedSecret');
    await person.goTo(6, 3);
    const hover = await person.hoverAtCursor('marked-radar');
    assert.ok(!hover.includes('depth * 9'), hover);
  });

  it('are shown once a reason is given', async () => {
    const person = await opens();
    await person.asksForFile('app/asked.ts');
    await person.page.locator('.quick-input-widget', { hasText: 'Your reason is kept' }).waitFor();
    await cannotRead(person, 'askedSecret');
    await person.page.keyboard.press('Escape');
    await cannotRead(person, 'askedSecret');
    await person.runCommand('Developer Terms: Ask to See Hidden Code…');
    await person.answer('Checking the constant against the data sheet.');
    const end = Date.now() + 15_000;
    while (!(await readable(person)).includes('askedSecret')) assert.ok(Date.now() < end, 'the lines stay veiled');
  });
});

describe('one side of a wall', () => {
  const MEANS =
    /north-offer of Kestrel Radar Ltd[\s\S]*you will not be able to view[\s\S]*south-offer[\s\S]*clause 5\.1/;

  // What somebody saw is remembered on this machine, so that each test is somebody else's.
  const somebody = (): string => `p${randomUUID().slice(0, 8)}@trial.harbor.example`;

  it('is shown after a word about what that means, and closes the other side', async function () {
    const person = await opens({ as: somebody() });
    if (person.flavour === 'oldest') return this.skip();
    await person.asksForFile('north/gauge.ts');
    await person.page.locator(DIALOGUE).waitFor();
    await cannotRead(person, 'northSecret');
    assert.match(await pressInDialogue(person, /north-offer/, 'Open It'), MEANS);
    await person.seesLine(2, 'northSecret');
    await person.asksForFile('south/gauge.ts');
    const page = await person.seesPage('gauge.ts', 'You may not view it');
    assert.match(page, /saw 'north-offer' of another side/);
    await cannotRead(person, 'southSecret');
    await person.asksForFile('north/gauge.ts');
    await person.seesLine(2, 'northSecret');
  });

  inDepth('stays closed when the person leaves it, and nothing is closed to them', async function () {
    const person = await opens({ as: somebody(), theme: 'light' });
    if (person.flavour === 'oldest') return this.skip();
    await person.asksForFile('north/gauge.ts');
    await pressInDialogue(person, /north-offer/, 'Leave It Closed');
    await person.seesPage('gauge.ts', MEANS);
    await cannotRead(person, 'northSecret');
    await person.asksForFile('south/gauge.ts');
    await pressInDialogue(person, /south-offer/, 'Open It');
    await person.seesLine(2, 'southSecret');
  });
});
