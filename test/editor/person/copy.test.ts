import assert from 'node:assert/strict';
import { awaitSeen } from '../awaitSeen.js';
import { copiesNotice } from '../copiesNotice.js';
import { ROOT } from '../openWindow.js';
import type { Person } from '../Person.js';
import { inDepth } from '../inDepth.js';
import { personOpens } from '../stage.js';
import { join } from 'node:path';

const LINK = 'partners/radar/link.ts';
const NOTICE =
  /^Not copied: this code is protected as radar-link of Kestrel Radar Ltd \(JDA-2026-021, clause 6\.2\)\. Ask legal-ip@helio\.example\.$/;

async function opens(path: string, as = 'ana@helio.example', theme: 'dark' | 'light' = 'dark'): Promise<Person> {
  const person = await personOpens('taking', { as, theme });
  await person.statusBarText(/^Developer Terms\./);
  await person.openFile(path);
  await person.seesLineStyle(1);
  return person;
}

describe('a copy of covered code', () => {
  for (const theme of ['dark', 'light'] as const) {
    (theme === 'light' ? inDepth : it)(
      `leaves a notice on the clipboard where the terms permit it nowhere (${theme})`,
      async () => {
        const person = await opens(LINK, 'ana@helio.example', theme);
        await person.selectLines(9, 15);
        await copiesNotice(person, NOTICE);
        assert.match(
          await person.notificationText('Not copied'),
          /^Not copied: lines 9–15 of partners\/radar\/link\.ts \(protected as radar-link.*clause 6\.2\)/,
        );
        await person.screenshot(`.build/copy-denied-${theme}.png`);
      },
    );
  }

  inDepth('leaves the notice when it is cut, and the code where it is', async () => {
    const person = await opens(LINK);
    await person.selectLines(9, 15);
    await person.cut();
    await clipboardHas(person, NOTICE);
    await person.seesLine(9, 'function whiten');
  });

  inDepth('leaves the notice for the cursor’s line, with nothing selected, and with the other keys', async () => {
    const person = await opens(LINK);
    await person.goTo(10, 3);
    await person.page.evaluate(() => navigator.clipboard.writeText('before'));
    await person.page.keyboard.press('Control+Insert');
    await clipboardHas(person, NOTICE);
  });

  it('is taken off the clipboard again where a menu made it', async () => {
    const person = await opens(LINK);
    await person.selectLines(9, 15);
    const spot = await person.editor.spotOf('whiten', 9);
    assert.ok(spot);
    await person.page.mouse.click(spot.x, spot.y, { button: 'right' });
    await person.page.locator('.context-view .action-label', { hasText: /^Copy$/ }).click();
    await clipboardHas(person, NOTICE);
  });

  inDepth('is what it always was outside the covered lines, and where the person may edit the code', async () => {
    const person = await personOpens('taking', { as: 'ben@helio.example' });
    await person.statusBarText(/^Developer Terms\./);
    await person.openFile('dashboard/kpis.ts');
    await person.selectLines(1, 2);
    assert.equal(await person.copy(), 'export interface Tile {\n  readonly label: string;');
    await person.openFile(LINK);
    await person.selectLines(9, 10);
    assert.match(await person.copy(), /^function whiten\(bytes/);
  });

  inDepth('in the demo leaves the supplier’s protocol where it is', async () => {
    const person = await personOpens(join(ROOT, 'examples/cobuild'), { as: 'sam.rivera@harborline.example' });
    await person.openFile('orchestrator/src/adapters/corvidLink.ts');
    await person.seesLineStyle(17);
    await person.selectLines(26, 32);
    await copiesNotice(
      person,
      /^Not copied: .*corvid-protocol.* of Corvid Motion GmbH.*\(TW-CDA-2026-03, clause B\.4\.1\)/,
    );
  });
});

async function clipboardHas(person: Person, words: RegExp): Promise<void> {
  await awaitSeen(person.page, {
    what: `the clipboard to have ${String(words)}`,
    look: async () => (words.test(await person.clipboardText()) ? true : undefined),
    instead: () => person.clipboardText(),
  });
}
