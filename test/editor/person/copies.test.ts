import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awaitSeen } from '../awaitSeen.js';
import { ROOT } from '../openWindow.js';
import type { Person } from '../Person.js';
import { personOpens } from '../stage.js';
import type { Theme } from '../themes.js';

const DEMO = join(ROOT, 'examples/cobuild');
const PICTURES = process.env['DEVTERMS_PICTURES'];

const demoLines = (path: string, from: number, to: number): string =>
  readFileSync(join(DEMO, path), 'utf8')
    .split('\n')
    .slice(from - 1, to)
    .join('\n');

/** The protocol's encoder, with every name of its own changed. */
const PROTOCOL = 'orchestrator/src/adapters/corvidLink.ts';
const TUNING = 'partners/corvid/tuning/traction.h';
const renamed = (text: string): string =>
  text.replace(/\b(frame|value|bytes|view|offset|robot|payload|sequence|crc|check|data|order|kind|target)\b/g, '$1Of');

describe('copies of covered code in the editor', () => {
  let top: string;
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'devterms-copies-'));
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  /** The demo's repository on the machine of somebody with this address. */
  async function opens(address: string, theme: Theme = 'dark'): Promise<Person> {
    const root = join(top, 'cobuild');
    cpSync(DEMO, root, { recursive: true, filter: (path) => !path.includes('node_modules') });
    mkdirSync(root, { recursive: true });
    execFileSync('git', ['init', '-q'], { cwd: root });
    execFileSync('git', ['config', 'user.email', address], { cwd: root });
    const person = await personOpens(root, { theme, width: 1500, height: 900 });
    await awaitSeen(person.page, {
      what: `the status bar to know ${address}`,
      look: async () => ((await person.statusBarTexts()).some((text) => text.includes(address)) ? true : undefined),
      instead: async () => (await person.statusBarTexts()).join(' | '),
      within: 45_000,
    });
    return person;
  }

  async function picture(person: Person, name: string): Promise<void> {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    await person.screenshot(join(PICTURES, `${name}.png`));
  }

  for (const theme of ['dark', 'light'] as const) {
    it(`are named with owner, clause, what to do instead and whom to ask, and compared with their origin (${theme})`, async () => {
      const person = await opens('sam.rivera@harborline.example', theme);
      await person.openFile('orchestrator/src/minHeap.ts');
      await person.goTo(1, 1);
      await person.paste(`${renamed(demoLines(PROTOCOL, 18, 60))}\n`);
      const [problem = ''] = (await person.problems('corvid-protocol')).filter((text) =>
        text.includes('corvid-protocol'),
      );
      for (const words of [
        /repeat lines? \d+/,
        /Corvid Motion GmbH/,
        /Clause B\.4\.1/,
        /Instead: Call the supplier/,
        /Ask: m\.devries\.legal@/,
      ])
        assert.match(problem, words);
      await picture(person, `diagnostic-${theme}`);

      await person.page.keyboard.press('Control+1');
      await person.goTo(20);
      await person.runCommand('Developer Terms: Compare with Origin');
      await awaitSeen(person.page, {
        what: 'both files side by side',
        look: async () => {
          const names = await person.page
            .locator('.editor-group-container .tab.active')
            .evaluateAll((tabs) => tabs.map((tab) => tab.getAttribute('data-resource-name')));
          return names.includes('minHeap.ts') && names.includes('corvidLink.ts') ? true : undefined;
        },
        instead: async () => (await person.notificationTexts()).join(' | '),
      });
      await picture(person, `compare-${theme}`);
    });
  }

  it('do not show their origin to somebody who may not see it', async () => {
    const person = await opens('sam.rivera@harborline.example');
    await person.openFile('edge/src/limits.cpp');
    await person.goTo(1, 1);
    await person.paste(`${demoLines(TUNING, 10, 58)}\n`);
    await person.problems('corvid-tuning');
    await person.page.keyboard.press('Control+1');
    await person.goTo(20);
    await person.runCommand('Developer Terms: Compare with Origin');
    const words = await person.notificationText('corvid-tuning');
    assert.match(words, /Corvid Motion GmbH, which you may not view/);
    assert.match(words, /Ask: /);
    assert.equal(await person.page.locator('.tab', { hasText: 'traction.h' }).count(), 0);
    await picture(person, 'refused');
  });

  it('are no matter to the owner of the code', async () => {
    const person = await opens('lena.frost@corvid.example');
    await person.openFile('orchestrator/src/minHeap.ts');
    await person.goTo(1, 1);
    await person.paste(`${demoLines(PROTOCOL, 18, 60)}\n`);
    await person.openFile('edge/src/limits.cpp');
    await person.goTo(1, 1);
    // What stands for a problem that does come: Palisade's code, in the same window.
    await person.paste(`${demoLines('partners/palisade/shuttle/lift_sequencer.cpp', 20, 80)}\n`);
    await person.problems('palisade-shuttle');
    assert.deepEqual(
      (await person.problems()).filter((text) => text.includes('corvid-protocol')),
      [],
    );
  });
});
