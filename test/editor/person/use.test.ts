import assert from 'node:assert/strict';
import type { Person } from '../Person.js';
import { inDepth, personOpens } from '../stage.js';

const ANA = 'ana@harbor.example';

const opens = async (options: Parameters<typeof personOpens>[1] = {}): Promise<Person> => {
  const person = await personOpens('guarded', { as: ANA, ...options });
  await person.statusBarText('Developer Terms.');
  return person;
};

/** The problems about imports, once one has these words. */
async function imports(person: Person, words: RegExp): Promise<string[]> {
  return (await person.problems(words)).filter((it) => it.includes('This import'));
}

describe('an import of covered code', () => {
  for (const theme of ['dark', 'light'] as const)
    (theme === 'light' ? inDepth : it)(
      `is pointed out where it is denied, wants a reason or is to be minded, and nowhere else (${theme})`,
      async () => {
        const person = await opens({ theme });
        await person.openFile('app/uses.ts');
        const found = await imports(person, /This import uses sealed\/gauge\.ts/);
        const about = (path: string): string => found.find((it) => it.includes(path)) ?? '';
        assert.match(about('sealed/gauge.ts'), /sealed-radar of Kestrel Radar Ltd.*Ask legal@kestrel\.example/);
        assert.match(about('reason/gauge.ts'), /clause 4\.2.*Say what you need this source for/);
        assert.match(about('warned/gauge.ts'), /clause 3\.1.*measured by the supplier/);
        assert.match(about('app/mixed.ts'), /lines? 2–7 of app\/mixed\.ts.*marked-radar/);
        assert.equal(about('open/gauge.ts'), '');
        assert.equal(found.length, 4, found.join('\n'));
        for (const code of ['Secret', 'depth']) assert.ok(!found.join('\n').includes(code), code);
      },
    );

  it('is explained by a quick fix, and settled by a reason', async () => {
    const person = await opens();
    await person.openFile('app/uses.ts');
    await imports(person, /reason\/gauge\.ts/);
    await person.openFile('app/uses.ts');
    await person.goTo(3, 35);
    await person.page.keyboard.press('Control+.');
    const fixes = person.page.locator('.action-widget .monaco-list-row');
    await fixes.filter({ hasText: 'Give a Reason for This Import' }).waitFor();
    assert.match((await fixes.allInnerTexts()).join('\n'), /Explain This Import[\s\S]*Ask for a Waiver/);
    await fixes.filter({ hasText: 'Give a Reason for This Import' }).click();
    await person.page.locator('.quick-input-widget', { hasText: 'Your reason is kept' }).waitFor();
    await person.page.keyboard.press('Escape');
    assert.match((await imports(person, /reason\/gauge\.ts/)).join('\n'), /reason\/gauge\.ts/, 'left as it was');
    await person.openFile('app/uses.ts');
    await person.goTo(3, 35);
    await person.page.keyboard.press('Control+.');
    await fixes.filter({ hasText: 'Give a Reason for This Import' }).click();
    await person.answer('The trial needs the corrected depth.');
    const end = Date.now() + 20_000;
    for (;;) {
      const left = await imports(person, /sealed\/gauge\.ts/);
      if (!left.some((it) => it.includes('reason/gauge.ts'))) break;
      assert.ok(Date.now() < end, left.join('\n'));
    }
  });

  it('is noticed as it is typed, and gone when it is taken out', async () => {
    const person = await opens();
    await person.openFile('app/tide.ts');
    await person.typeAt(1, "import { sealedGauge } from '../sealed/gauge';\n", 1);
    await imports(person, /This import uses sealed\/gauge\.ts/);
    await person.openFile('app/tide.ts');
    await person.undo();
    await person.undo();
    const end = Date.now() + 20_000;
    while ((await person.problems()).some((it) => it.includes('This import'))) assert.ok(Date.now() < end);
  });
});
