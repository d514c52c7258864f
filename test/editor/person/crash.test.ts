import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { awaitSeen } from '../awaitSeen.js';
import { personOpens } from '../stage.js';

/** Ends the extension hosts that this run's server has started, as a crash would. Returns how many there were. */
function killExtensionHosts(): number {
  let killed = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (!readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=extensionHost')) continue;
      if (!isOurs(Number(name))) continue;
      process.kill(Number(name), 'SIGKILL');
      killed++;
    } catch {
      // It has ended by itself meanwhile.
    }
  }
  return killed;
}

/** True for a descendant of this process: other servers of the machine are none of our business. */
function isOurs(pid: number): boolean {
  for (let at = pid; at > 1;) {
    if (at === process.pid) return true;
    at = Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${at}/status`, 'utf8'))?.[1] ?? 0);
  }
  return false;
}

describe('a crash of the extension host in the middle of a paste', () => {
  it('leaves nothing inserted and nothing half; after the restart the same paste asks again, and is pasted then', async function () {
    if (process.platform !== 'linux') this.skip();
    const person = await personOpens('taking', { as: 'ana@helio.example' });
    await person.statusBarText(/^Developer Terms\./);
    await person.openFile('partners/camera/exposure.ts');
    await person.selectLines(7, 22);
    const text = await person.copy();
    await person.openFile('dashboard/kpis.ts');
    const before = (await person.lines()).map((line) => line.text);
    await person.goTo(7, 1);
    await person.paste();
    const asked = person.page.locator('.quick-input-widget:has-text("Why do you paste")');
    await asked.waitFor();
    // The copy is being written, or has just been, and the paste waits for its reason.
    assert.ok(killExtensionHosts() > 0, 'there is an extension host to end');
    // The window keeps the box that nobody waits for any more.
    await person.page.keyboard.press('Escape');
    await asked.waitFor({ state: 'hidden' });
    assert.deepEqual(
      (await person.lines()).map((line) => line.text),
      before,
    );
    await awaitSeen(person.page, {
      what: 'the extension to be back and to ask again',
      within: 60_000,
      look: async () => {
        if (await asked.isVisible()) return true;
        const now = (await person.lines()).map((line) => line.text);
        assert.deepEqual(now, before, 'nothing comes in meanwhile');
        if ((await person.statusBarTexts()).some((words) => words.startsWith('Developer Terms.'))) {
          await person.openFile('dashboard/kpis.ts');
          await person.goTo(7, 1);
          await person.paste(text);
          await asked.waitFor({ timeout: 5_000 }).catch(() => undefined);
        }
        return undefined;
      },
      instead: async () => (await person.statusBarTexts()).join(' | '),
    });
    await person.answer('Asked a second time, after the crash.');
    await person.seesLine(7, 'chooseShutter');
  });
});
