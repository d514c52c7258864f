import assert from 'node:assert/strict';
import { awaitSeen } from '../awaitSeen.js';
import type { Person } from '../Person.js';
import { inDepth } from '../inDepth.js';
import { personOpens } from '../stage.js';

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

  inDepth('is settled by a reason, and left as it is without one', async () => {
    const person = await opens();
    await person.openFile('app/uses.ts');
    await imports(person, /reason\/gauge\.ts/);
    const asks = async (): Promise<void> => {
      await person.openFile('app/uses.ts');
      await person.goTo(3, 35);
      await person.quickFix('Give a Reason for This Import');
      await person.page.locator('.quick-input-widget', { hasText: 'Your reason is kept' }).waitFor();
    };
    await asks();
    await person.page.keyboard.press('Escape');
    assert.match((await imports(person, /reason\/gauge\.ts/)).join('\n'), /reason\/gauge\.ts/);
    await asks();
    await person.answer('The trial needs the corrected depth.');
    await person.page.locator('.quick-input-widget', { hasText: 'Your reason is kept' }).waitFor({ state: 'hidden' });
    await awaitSeen(person.page, {
      what: 'the problem to go',
      look: async () => ((await person.problems()).some((it) => it.includes('reason/gauge.ts')) ? undefined : true),
      instead: async () => (await person.problems()).join(' | '),
    });
  });

  inDepth('is noticed as it is typed, and gone when it is taken out', async () => {
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
