import assert from 'node:assert/strict';
import type { Person } from '../Person.js';
import { awaitSeen } from '../awaitSeen.js';
import { inDepth } from '../inDepth.js';
import { personOpens } from '../stage.js';

/**
 * Somebody of Helio, who may read one supplier's code and not the other's, with lines of one of them in a file of their own.
 * They come as an assistant would put them in: a paste would be refused.
 */
async function takesIn(path: string, line: number, origin: string, lines: readonly [number, number]): Promise<Person> {
  const person = await personOpens('copies', { as: 'ana@helio.example' });
  const text = (await person.onDisk(origin)).split('\n').slice(lines[0] - 1, lines[1]);
  await person.openFile(path);
  await person.goTo(line, 1);
  await person.page.keyboard.insertText(`${text.join('\n')}\n`);
  return person;
}

describe('copies of covered code in the editor', () => {
  it('are named in the problems, and shown beside their origin', async () => {
    const person = await takesIn('dashboard/kpis.ts', 7, 'partners/radar/link.ts', [9, 26]);
    const [problem = ''] = (await person.problems('radar-link')).filter((text) => text.includes('radar-link'));
    assert.match(problem, /Kestrel Radar Ltd[\s\S]*Clause 6\.2[\s\S]*Instead: Call[\s\S]*Ask: legal-ip@/);
    await person.page.keyboard.press('Control+1');
    await person.goTo(15);
    await person.runCommand('Developer Terms: Compare with Origin');
    const tabs = async () =>
      person.page
        .locator('.editor-group-container .tab.active')
        .evaluateAll((all) => all.map((tab) => tab.getAttribute('data-resource-name')));
    await awaitSeen(person.page, {
      what: 'both files side by side',
      look: async () => ((await tabs()).join() === 'kpis.ts,link.ts' ? true : undefined),
      instead: async () => (await tabs()).join(),
    });
  });

  it('do not show their origin to somebody who may not see it, and say why', async () => {
    const person = await takesIn('dashboard/panel.cpp', 2, 'partners/camera/traction.h', [4, 55]);
    await person.problems('camera-tuning');
    await person.page.keyboard.press('Control+1');
    await person.goTo(20);
    await person.runCommand('Developer Terms: Compare with Origin');
    const told = await person.notificationText(/which you may not view/);
    assert.match(told, /Northlight Vision Inc\., which you may not view.*Clause 6\.7.*Ask: legal-ip@/);
    assert.equal(await person.page.locator('.tab', { hasText: 'traction.h' }).count(), 0);
  });

  inDepth('are settled by a reason where one is enough, and stay pointed out without one', async () => {
    const person = await personOpens('taking', { as: 'ana@helio.example' });
    await person.statusBarText(/^Developer Terms\./);
    const text = (await person.onDisk('partners/camera/exposure.ts')).split('\n').slice(5, 23).join('\n');
    await person.openFile('harness/cases.ts');
    await person.goTo(1, 1);
    // As an assistant would put it in: no paste, and no keys one by one.
    await person.page.keyboard.insertText(`${text}\n`);
    await person.problems(/exposure of Northlight/);
    const asks = async (): Promise<void> => {
      await person.openFile('harness/cases.ts');
      await person.goTo(3, 4);
      await person.quickFix('Give a reason');
      await person.page.locator('.quick-input-widget', { hasText: 'Your reason is kept' }).waitFor();
    };
    await asks();
    await person.page.keyboard.press('Escape');
    await person.problems(/exposure of Northlight/);
    await asks();
    await person.answer('The harness replays the metering of the camera.');
    await person.page.locator('.quick-input-widget', { hasText: 'Your reason is kept' }).waitFor({ state: 'hidden' });
    await awaitSeen(person.page, {
      what: 'the problem to go',
      look: async () => ((await person.problems()).some((it) => it.includes('exposure of')) ? undefined : true),
      instead: async () => (await person.problems()).join(' | '),
    });
  });
});
