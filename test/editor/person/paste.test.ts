import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { awaitSeen } from '../awaitSeen.js';
import { openWindow } from '../openWindow.js';
import type { Person } from '../Person.js';
import { freshCopy, worksAs } from '../../support/launch/freshCopy.js';
import { inDepth } from '../inDepth.js';
import { personOpens, theBrowser, theServer, WORKSPACES } from '../stage.js';
import type { Theme } from '../themes.js';

const ANA = 'ana@helio.example';
const BEN = 'ben@helio.example';
const LINK = 'partners/radar/link.ts';
const EXPOSURE = 'partners/camera/exposure.ts';
const SWEEP = 'partners/lidar/sweep.ts';
const RING = 'partners/shared/ring.ts';
const KPIS = 'dashboard/kpis.ts';
/** The first free line of the dashboard, and how many lines it has. */
const FREE = 7;
const LENGTH = 8;
const REASON = '.quick-input-widget:has-text("Why do you paste")';

/** Somebody of Helio, to whom the four suppliers permit different things. */
async function opens(
  options: { readonly as?: string; readonly theme?: Theme; readonly settings?: object } = {},
): Promise<Person> {
  const { as = ANA, settings, ...others } = options;
  const person = await personOpens('taking', {
    as,
    ...others,
    ...(settings === undefined ? {} : { settings: { ...settings } }),
  });
  await person.statusBarText(/^Developer Terms\./);
  return person;
}

async function linesOf(person: Person, path: string, from: number, to: number): Promise<string> {
  const lines = (await person.onDisk(path)).split('\n').slice(from - 1, to);
  return `${lines.join('\n')}\n`;
}

/** Copies lines of a file with the keyboard, goes to a line of another and pastes there. */
async function carries(
  person: Person,
  [path, from, to]: readonly [string, number, number],
  [target, line]: readonly [string, number],
): Promise<void> {
  await person.openFile(path);
  await person.selectLines(from, to);
  await person.copy();
  await person.openFile(target);
  await person.goTo(line, 1);
  await person.paste();
}

async function hasLines(person: Person, count: number): Promise<void> {
  await awaitSeen(person.page, {
    what: `${count} lines`,
    look: async () => ((await person.lines()).length === count ? true : undefined),
    instead: async () => JSON.stringify(await person.lines()),
  });
}

/** Second windows, which the stage does not know of. */
let visits: { readonly person: Person; readonly copy: string }[] = [];

async function leaveVisits(): Promise<void> {
  const left = visits;
  visits = [];
  for (const { person, copy } of left) {
    await person.leaves();
    await rm(dirname(copy), { recursive: true, force: true });
  }
}

afterEach(leaveVisits);

/** A second window of the same machine and profile folder, on a folder of its own. */
async function secondWindow(workspace: string, as: string): Promise<Person> {
  const copy = await freshCopy(join(WORKSPACES, workspace));
  await worksAs(copy, as);
  const person = await openWindow(await theServer(), await theBrowser(), { workspace: copy });
  // The extension is there when it answers.
  if (existsSync(join(copy, 'developer-terms.yaml'))) await person.statusBarText(/^Developer Terms\./);
  else {
    await person.runCommand('Developer Terms: Open Policy');
    await person.notificationText('No folder of this window has a developer-terms.yaml');
    await person.clearsNotifications();
  }
  visits.push({ person, copy });
  return person;
}

describe('a paste of covered code', () => {
  for (const theme of ['dark', 'light'] as const) {
    (theme === 'light' ? inDepth : it)(
      `is blocked where the terms deny it, and the person is told what matches whose code and what to do instead (${theme})`,
      async () => {
        const person = await opens({ theme });
        const text = await linesOf(person, LINK, 9, 30);
        await person.openFile(KPIS);
        await person.goTo(3, 3);
        await person.page.keyboard.press('Shift+End');
        await person.paste(text);
        const told = await person.notificationText('Paste blocked');
        assert.match(told, /^Paste blocked: 22 lines match partners\/radar\/link\.ts, lines 9–30/);
        assert.match(told, /protected as radar-link of Kestrel Radar Ltd, clause 6\.2/);
        assert.match(told, /Instead: Call the published interface\. Ask legal-ip@helio\.example\./);
        await person.screenshot(`.build/paste-denied-${theme}.png`);
        // The selection is still there: what is typed replaces it.
        await person.page.keyboard.press('Escape');
        await person.openFile(KPIS);
        await person.page.keyboard.type('kept: string;');
        await person.seesLine(3, '  kept: string;');
        await hasLines(person, LENGTH);
      },
    );
  }

  it('waits for a reason where one is wanted, and then is pasted as ever, in one step', async () => {
    const person = await opens();
    await carries(person, [EXPOSURE, 7, 22], [KPIS, FREE]);
    await person.page.locator(REASON).waitFor();
    await person.screenshot('.build/paste-justify-dark.png');
    await person.answer('Needed for the comparison of two sensors.');
    await person.seesLine(FREE, 'chooseShutter');
    await person.undo();
    await hasLines(person, LENGTH);
    // Once a session.
    await person.paste();
    await person.seesLine(FREE, 'chooseShutter');
  });

  inDepth('inserts nothing when the person gives no reason', async () => {
    const person = await opens({ theme: 'light' });
    await carries(person, [EXPOSURE, 7, 22], [KPIS, FREE]);
    await person.page.locator(REASON).waitFor();
    await person.screenshot('.build/paste-cancelled-light.png');
    await person.page.locator('.quick-input-widget input:focus').first().waitFor();
    await person.page.keyboard.press('Escape');
    await person.page.locator(REASON).waitFor({ state: 'hidden' });
    await person.page.keyboard.type('typed');
    await person.seesLine(FREE, 'typed');
    await hasLines(person, LENGTH);
  });

  it('is pasted with a warning where the terms want one', async () => {
    const person = await opens();
    await carries(person, [SWEEP, 7, 24], [KPIS, FREE]);
    await person.seesLine(FREE, 'Splits one turn into sectors');
    assert.match(
      await person.notificationText('Pasted'),
      /lidar\/sweep\.ts.*clause 6\.5.*Copies of the sweep code are counted/,
    );
    await person.screenshot('.build/paste-warned-dark.png');
    await person.problems(/sweep of Lumen Lidar SA/);
  });

  inDepth('is native where the terms allow it: into the one folder that a grant names, and into no other', async () => {
    const person = await opens();
    await carries(person, [RING, 2, 26], ['harness/cases.ts', 2]);
    await person.seesLine(2, 'export class SpreadRing');
    assert.deepEqual(await person.notificationTexts(), []);
    await person.openFile(KPIS);
    await person.goTo(FREE, 1);
    await person.paste();
    await person.notificationText(/Paste blocked: 25 lines match partners\/shared\/ring\.ts/);
    await hasLines(person, LENGTH);
  });

  inDepth('is an edit and no copy inside its own asset', async () => {
    const person = await opens({ as: BEN });
    await person.openFile(LINK);
    await person.selectLines(9, 15);
    assert.match(await person.copy(), /function whiten/);
    await person.goTo(1, 1);
    await person.paste();
    await person.seesLine(1, 'function whiten');
    assert.deepEqual(await person.notificationTexts(), []);
  });

  inDepth('is left alone when it is anybody’s own code, whole lines and several cursors included', async () => {
    const person = await opens();
    await person.openFile(KPIS);
    await person.goTo(2, 5);
    assert.equal(await person.copy(), '  readonly label: string;\n');
    await person.goTo(4, 1);
    await person.paste();
    // A whole line goes above the cursor's.
    await person.seesLine(4, '  readonly label: string;');
    await person.seesLine(5, '}');
  });

  inDepth('is judged against preferences that would have another kind of paste come first', async () => {
    const person = await opens({
      settings: { 'editor.pasteAs.preferences': ['text.plain', 'text.updateImports.jsts', 'text.updateImports'] },
    });
    const text = await linesOf(person, LINK, 9, 30);
    await person.openFile(KPIS);
    await person.goTo(FREE, 1);
    await person.paste(text);
    await person.notificationText('Paste blocked');
    await hasLines(person, LENGTH);
  });

  it('is seen after it has landed where the editor asks nobody, and the status says that the sensor is off', async () => {
    const person = await opens({ settings: { 'editor.pasteAs.enabled': false } });
    assert.match(await person.statusBarText(/^Developer Terms\./), /paste sensor is off/);
    assert.match(await person.page.locator('.part.statusbar').innerText(), /paste sensor off/);
    const text = await linesOf(person, LINK, 9, 30);
    await person.openFile(KPIS);
    await person.goTo(FREE, 1);
    await person.paste(text);
    await person.notificationText(
      /Copied code found in dashboard\/kpis\.ts: lines 7–2\d repeat partners\/radar\/link\.ts/,
    );
    await person.screenshot('.build/paste-sensor-off-dark.png');
  });

  inDepth('from the palette is refused, or pointed out where the editor asked nobody', async () => {
    const person = await opens();
    const text = await linesOf(person, LINK, 9, 30);
    await person.openFile(KPIS);
    await person.goTo(FREE, 1);
    await person.page.evaluate((it) => navigator.clipboard.writeText(it), text);
    await person.runCommand('Paste');
    await person.notificationText(/^(Paste blocked: 22 lines match|Copied code found in dashboard)/);
  });
});

describe('covered code that is copied in one window and pasted in another', () => {
  it('is judged by its own terms where the other window’s folder has none', async () => {
    const here = await opens({ as: BEN });
    await here.openFile(LINK);
    await here.selectLines(9, 30);
    const text = await here.copy();
    assert.match(text, /function whiten/);
    const there = await secondWindow('plain', BEN);
    await there.openFile('src/greeting.ts');
    await there.goTo(1, 1);
    const before = (await there.lines()).length;
    await there.paste(text);
    const told = await there.notificationText('Paste blocked');
    assert.match(told, /22 lines match partners\/radar\/link\.ts.*radar-link of Kestrel Radar Ltd, clause 6\.2/);
    await there.screenshot('.build/paste-second-window.png');
    await hasLines(there, before);
  });

  inDepth('is blocked where another policy governs, on the grounds of where it comes from', async () => {
    const here = await opens({ as: BEN });
    await here.openFile(LINK);
    await here.selectLines(9, 30);
    const text = await here.copy();
    const there = await secondWindow('copies', BEN);
    await there.openFile(KPIS);
    await there.goTo(1, 1);
    const before = (await there.lines()).length;
    await there.paste(text);
    assert.match(await there.notificationText('Paste blocked'), /radar-link of Kestrel Radar Ltd, clause 6\.2/);
    await hasLines(there, before);
  });

  inDepth('asks for its reason there, where another policy governs, and is pasted then', async () => {
    const copies = async (from: Person): Promise<string> => {
      await from.openFile(EXPOSURE);
      await from.selectLines(7, 22);
      return from.copy();
    };
    // A checkout that is gone, of which the ledger still knows.
    await copies(await secondWindow('taking', ANA));
    await leaveVisits();
    const text = await copies(await opens());
    const there = await secondWindow('copies', ANA);
    await there.openFile(KPIS);
    await there.goTo(1, 1);
    await there.paste(text);
    await there.page.locator(REASON).waitFor();
    await there.answer('Agreed for the second programme as well.');
    await there.seesLine(1, 'chooseShutter');
  });
});
