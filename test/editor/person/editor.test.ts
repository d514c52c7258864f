import assert from 'node:assert/strict';
import { awaitSeen } from '../awaitSeen.js';
import { personOpens } from '../stage.js';

describe('a person in the editor', () => {
  it('sees that developer terms are at work, by the status bar', async () => {
    const person = await personOpens('perception');
    assert.match(await person.statusBarText(/terms/i), /terms/i);
  });

  it('sees it in Restricted Mode, too', async () => {
    const person = await personOpens('perception', { trusted: false });
    await person.statusBarText('Restricted Mode');
    await person.statusBarText(/terms/i);
  });

  it('opens files, types, copies, pastes, undoes and saves', async () => {
    const person = await personOpens('plain');
    await person.openFile('src/greeting.ts');
    await person.seesLine(2, 'export function greeting');

    await person.typeAt(1, ' // typed');
    await person.seesLine(1, '// typed');

    await person.selectLines(2, 4);
    const copied = await person.copy();
    assert.equal(copied, 'export function greeting(name: string): string {\n  return `Good morning, ${name}.`;\n}');
    await person.goTo(6);
    await person.paste();
    await person.seesLine(8, '}');
    await person.undo();
    await person.seesLine(7, /^$/);

    await person.paste('/* from elsewhere */');
    await person.seesLine(6, '/* from elsewhere */');
    await person.save();
    await person.seesSaved();
    assert.match(await person.onDisk('src/greeting.ts'), /typed\n[\s\S]*from elsewhere/);
  });

  it('rests the mouse on a word and reads the hover', async () => {
    const person = await personOpens('perception', { as: 'ben@helio.example' });
    await person.openFile('perception/fusion/align.cpp');
    assert.match(await person.hoverOver('CAL', { line: 7, words: 'Kestrel Radar' }), /radar-cal/);
  });

  it('sees which lines are marked', async () => {
    const person = await personOpens('perception', { as: 'ana@helio.example' });
    await person.openFile('perception/fusion/align.cpp');
    assert.equal((await person.seesLineStyle(6, (style) => style.hasGutterIcon)).hasGutterIcon, true);
    assert.notDeepEqual((await person.seesLineStyle(7)).backgrounds, []);
    assert.equal((await person.seesLineStyle(8, () => true)).hasGutterIcon, false);
  });

  it('changes the theme', async () => {
    const person = await personOpens('plain', { theme: 'light' });
    await person.setTheme('hc-dark');
  });

  it('finds a problem in the Problems view', async () => {
    const person = await personOpens('perception');
    await person.openFile('developer-terms.yaml');
    await person.typeAt(1, '\nversoin: 1');
    const problems = await person.problems('versoin');
    assert.equal(problems.filter((text) => text.includes('versoin')).length, 1, problems.join('\n'));
  });

  it('sees what another program changed', async () => {
    const person = await personOpens('plain');
    await person.openFile('README.md');
    let written = 0;
    const textOf = async (): Promise<string> => (await person.lines()).map(({ text }) => text).join('\n');
    await awaitSeen(person.page, {
      what: 'what another program wrote',
      look: async () => {
        // Until the editor watches the folder, which is some moment after it was opened, it misses what happens there.
        if (Date.now() - written > 2_000) {
          await person.otherProgramWrites('README.md', '# Changed outside\n');
          written = Date.now();
        }
        return (await textOf()).includes('Changed outside') ? true : undefined;
      },
      instead: textOf,
    });
  });

  it('reads how the explorer marks a file', async () => {
    const person = await personOpens('plain');
    const decoration = await person.explorerDecoration('src/greeting.ts');
    assert.equal(decoration.badge, '');
    assert.match(decoration.tooltip, /greeting\.ts/);
  });
});
