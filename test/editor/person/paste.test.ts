import assert from 'node:assert/strict';
import { awaitSeen } from '../awaitSeen.js';
import type { Person } from '../Person.js';
import { personOpens } from '../stage.js';

const ANA = 'ana@helio.example';
const KPIS = 'dashboard/kpis.ts';
/** The first line after the tiles. */
const FREE = 7;
const LENGTH = 8;

/** Somebody of Helio, whom the suppliers permit different things, with the index of their code ready. */
async function opens(path: string, as = ANA): Promise<Person> {
  const person = await personOpens('taking', { as });
  await person.statusBarText(/^Developer Terms\./);
  await person.openFile(path);
  return person;
}

async function linesOf(person: Person, path: string, from: number, to: number): Promise<string> {
  return `${(await person.onDisk(path))
    .split('\n')
    .slice(from - 1, to)
    .join('\n')}\n`;
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

describe('a paste of covered code', () => {
  it('is blocked where the terms deny it: nothing is inserted, and the person is told what matches whose code, and what instead', async () => {
    const person = await opens(KPIS);
    const text = await linesOf(person, 'partners/radar/link.ts', 9, 30);
    await person.goTo(FREE, 1);
    await person.paste(text);
    const told = await person.notificationText('Paste blocked');
    console.log(told);
    assert.match(told, /^Paste blocked: \d+ lines match partners\/radar\/link\.ts, lines \d+–\d+/);
    assert.match(told, /radar-link of Kestrel Radar Ltd, clause 6\.2/);
    assert.match(told, /Instead: Call the published interface\. Ask legal-ip@helio\.example\./);
    assert.equal((await person.lines()).length, LENGTH);
  });

  it('waits for a reason where one is wanted, and then is pasted as ever', async () => {
    const person = await opens(KPIS);
    await carries(person, ['partners/camera/exposure.ts', 7, 22], [KPIS, FREE]);
    await person.page.locator('.quick-input-widget', { hasText: 'Why do you paste' }).waitFor();
    await person.answer('Needed for the comparison of two sensors.');
    await person.seesLine(FREE, 'chooseShutter');
    await person.undo();
    await awaitSeen(person.page, {
      what: 'one undo to take the paste away',
      look: async () => ((await person.lines()).length === LENGTH ? true : undefined),
      instead: async () => JSON.stringify(await person.lines()),
    });
  });
});
