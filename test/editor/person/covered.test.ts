import assert from 'node:assert/strict';
import type { Person } from '../Person.js';
import { personOpens } from '../stage.js';

/** She stands over both sides of the wall, and has passed no course. */
const ANA = 'ana@helio.example';
const ALIGN = 'perception/fusion/align.cpp';
const HOVER = '.monaco-hover:not(.hidden)';

const isPlain = ({ backgrounds }: { readonly backgrounds: readonly string[] }) => backgrounds.length === 0;

/** The words of the hover's links. */
async function links(person: Person): Promise<string[]> {
  return person.page.locator(`${HOVER} .rendered-markdown a`).filter({ visible: true }).allInnerTexts();
}

/** Presses a link of the hover that is there. */
async function pressLink(person: Person, words: string): Promise<void> {
  await person.page.locator(`${HOVER} .rendered-markdown a`, { hasText: words }).click();
}

describe('covered lines, as a person sees them', () => {
  it('are marked, explained by the hover, and its links lead to the clause and to the details', async () => {
    const person = await personOpens('perception', { as: ANA });
    await person.openFile(ALIGN);
    await person.seesLineStyle(6, (style) => style.hasGutterIcon && style.backgrounds.length > 0);
    await person.seesLineStyle(9);
    await person.seesLineStyle(5, isPlain);
    await person.seesLineStyle(10, isPlain);

    const hover = await person.hoverOver('CAL', { line: 7, words: 'radar-cal' });
    assert.match(hover, /^Protected, no access/);
    for (const words of ['Kestrel Radar Ltd', 'lines 6–9', 'You may not', 'Clause', 'Ask', 'Details'])
      assert.ok(hover.includes(words), `${words} in ${hover}`);
    for (const code of ['0.1f', 'correct', 'CAL']) assert.ok(!hover.includes(code), `${code} in ${hover}`);
    const shown = await links(person);
    assert.ok(shown.length >= 2 && shown.length <= 4, shown.join(' | '));

    await pressLink(person, 'Details');
    await person.seesLine(1, 'Developer terms for perception/fusion/align.cpp, line 7');
    await person.openFile(ALIGN);
    const again = await person.hoverOver('CAL', { line: 7, words: 'Clause' });
    const [, clause] = /Clause (\d+\.\d+)/.exec(again) ?? [];
    await pressLink(person, clause ?? 'no clause');
    await person.page
      .locator('.editor-group-container.active .tab.active[data-resource-name="developer-terms.yaml"]')
      .waitFor();
    const cursor = await person.statusBarText(/^Ln (?!1,)\d+/);
    const line = Number(/Ln (\d+)/.exec(cursor)?.[1]);
    await person.seesLine(line, `"${clause}":`);
  });

  it('have a sign in the explorer, words in the status bar, and an item beside the file’s language', async () => {
    const person = await personOpens('perception', { as: ANA });
    assert.match(
      await person.statusBarText('Developer Terms.'),
      /Joint Development Agreement.* is in force\. .*You are ana@helio\.example, as claimed by git's user\.email\. You have stated no purpose\./,
    );
    await person.openFile(ALIGN);
    await person.page.locator('.statusbar-item[id="status.languageStatus"]').hover();
    await person.hoverText(/Whole file covered: fusion/);
    await person.asksForFile('perception/camera/net/backbone.py');
    await person.seesPage('backbone.py', /You are ana@helio\.example, as claimed by git's user\.email\./);
    assert.equal((await person.explorerDecoration('perception/camera/net/backbone.py', '§')).badge, '§');
    await person.page
      .locator('.explorer-folders-view .monaco-list-row .label-name', { hasText: 'backbone.py' })
      .hover();
    await person.hoverText(
      /Covered by the developer terms: camera-net of Northlight Vision Inc\., HIGHLY CONFIDENTIAL/,
    );
    assert.equal((await person.explorerDecoration('README.md')).badge, '');
  });

  it('are marked anew as markers are written, moved, nested, left open and taken away', async () => {
    const person = await personOpens('perception', {
      as: ANA,
      settings: { 'editor.occurrencesHighlight': 'off', 'editor.selectionHighlight': false },
    });
    await person.otherProgramWrites('free.cpp', 'int one;\nint two;\nint three;\nint four;\nint five;\n');
    await person.openFile('free.cpp');
    await person.seesLineStyle(2, isPlain);
    await person.typeAt(1, '\n// TERMS-BEGIN asset=radar-cal');
    // Open: to the end of the file, said by a warning.
    await person.seesLineStyle(2, (style) => style.hasGutterIcon && style.backgrounds.length > 0);
    await person.seesLineStyle(6);
    await person.typeAt(3, '\n// TERMS-END');
    await person.seesLineStyle(4);
    await person.seesLineStyle(5, isPlain);
    await person.typeAt(1, '\nint half;');
    await person.seesLineStyle(2, isPlain);
    await person.seesLineStyle(5);
    await person.seesLineStyle(6, isPlain);
    // A region inside another one does not make it louder.
    const calm = await person.seesLineStyle(4);
    await person.typeAt(3, '\n// TERMS-BEGIN asset=fusion\nint inner;\n// TERMS-END');
    const nested = await person.seesLineStyle(5);
    assert.deepEqual(nested.backgrounds, calm.backgrounds);
    await person.selectLines(3, 8);
    await person.page.keyboard.press('Delete');
    await person.seesLineStyle(3, (style) => isPlain(style) && !style.hasGutterIcon);
  });

  it('are covered in each folder of a window by its own policy, and not at all where there is none', async () => {
    const person = await personOpens('two-folders', { open: 'all.code-workspace' });
    // A browser that never saw this workspace shows it without folders at first.
    const folders = person.page.locator('.explorer-folders-view .monaco-list-row').first();
    for (let tries = 1; ; tries++) {
      await person.page.reload();
      await person.seesWorkbench();
      const seen = await folders.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      );
      if (seen) break;
      assert.ok(tries < 4, 'the window shows no folders, however often it is loaded');
    }
    assert.match(await person.statusBarText('Developer Terms.'), /one: .*Terms of One.*two: .*Terms of Two/);
    await person.openFile('src/shared.ts');
    assert.match(await person.hoverOver('greet', { line: 2, words: 'owned-by-one' }), /First Company/);
    await person.openFile('src/shared-two.ts');
    assert.match(await person.hoverOver('greet', { line: 2, words: 'owned-by-two' }), /Second Company/);
    // What one policy knows means nothing in the folder of the other.
    assert.match(await person.hoverOver('foreign', { line: 6, words: 'owned-by-one' }), /does not know this asset/);
    await person.openFile('src/free.ts');
    await person.seesLine(2, 'greet');
    await person.seesLineStyle(2, isPlain);
  });

  it('are covered in a folder below the repository’s root, by the policy above it', async () => {
    const person = await personOpens('perception', { open: 'perception/camera' });
    await person.asksForFile('net/backbone.py');
    await person.seesPage('backbone.py', /camera-net of Northlight Vision Inc\./);
    assert.equal((await person.explorerDecoration('net/backbone.py', '§')).badge, '§');
    assert.equal((await person.explorerDecoration('api/types.h')).badge, '');
    assert.equal((await person.explorerDecoration('api')).badge, '', 'nothing in this folder is covered');
  });

  it('are explained in Restricted Mode, to somebody whom nobody knows and who therefore sees none of them', async () => {
    const person = await personOpens('perception', { trusted: false });
    await person.asksForFile(ALIGN);
    const page = await person.seesPage('align.cpp', /Only people whom the parties have named/);
    assert.match(page, /You are unknown: nothing is run in Restricted Mode, git included\./);
    assert.match(
      await person.statusBarText('Developer Terms.'),
      /You are unknown: nothing is run in Restricted Mode, git included\./,
    );
  });

  it('show the policy’s words as they are, whatever is in them', async () => {
    const person = await personOpens('perception', { as: ANA });
    const evil =
      '**b** [x](command:workbench.action.quit) ![i](https://e.example/i.png) <img src=x> `c` $(flame) https://e.example';
    const policy = (await person.onDisk('developer-terms.yaml'))
      .replace('name: Kestrel Radar Ltd', `name: ${JSON.stringify(`Evil ${evil}`)}`)
      .replace(/^training:[\s\S]*?(?=^guardrails:)/m, '')
      .replace('what: Do not copy or move supplier source to another place.', `what: ${JSON.stringify(`WHAT ${evil}`)}`)
      .replace('why: "The supplier licensed inspection, not reproduction."', `why: ${JSON.stringify(`WHY ${evil}`)}`)
      .replace(
        'instead: Call the published interface or ask the supplier for a header.',
        `instead: ${JSON.stringify(`INSTEAD ${evil}`)}`,
      );
    await person.otherProgramWrites('developer-terms.yaml', policy);
    await person.openFile(ALIGN);
    const hover = await person.hoverOver('CAL', { line: 7, words: 'WHAT' });
    for (const lead of ['Evil', 'WHAT', 'WHY', 'INSTEAD'])
      assert.ok(hover.includes(`${lead} ${evil}`), `${lead} in ${hover}`);
    const content = person.page.locator(`${HOVER} .rendered-markdown`).filter({ hasText: 'WHAT' });
    assert.equal(await content.locator('img, code, .codicon-flame').count(), 0);
    for (const target of await content
      .locator('a')
      .evaluateAll((all) => all.map((it) => it.getAttribute('data-href') ?? '')))
      assert.match(target, /^command:developerTerms\./);
  });
});
