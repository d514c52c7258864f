import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { devterms } from '../../support/commandLine.js';
import { chosenFlavour } from '../../support/install/Flavour.js';
import { installServer } from '../../support/install/installServer.js';
import { ANYBODY, startServer, type ServerEditor } from '../../support/launch/startServer.js';
import { awaitSeen } from '../awaitSeen.js';
import type { Person } from '../Person.js';
import { inDepth } from '../inDepth.js';
import { personOpens } from '../stage.js';

const ANA = 'ana@harbor.example';

describe('evidence of what a person does', () => {
  let server: ServerEditor;
  let folder: string;

  // What is recorded outlives a window: a server of its own, so that no other test finds it.
  beforeEach(async () => {
    server = await startServer(await installServer(chosenFlavour()), { env: ANYBODY });
    folder = join(server.dataFolder, 'data/User/globalStorage/developer-terms.developer-terms/evidence');
  });
  afterEach(() => server.stop());

  const opens = async (): Promise<Person> => {
    const person = await personOpens('guarded', { as: ANA, server });
    await person.statusBarText('Developer Terms.');
    return person;
  };

  /** The entries on the disk, once there are so many acts. */
  async function acts(person: Person, count: number): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const read = async () => {
      const { out } = await devterms('/', 'evidence', 'export', folder, '--format', 'json');
      return (JSON.parse(out || '{"entries":[]}') as { entries: Readonly<Record<string, unknown>>[] }).entries;
    };
    return awaitSeen(person.page, {
      what: `${count} acts in the evidence`,
      look: async () => {
        const entries = (await read()).filter(({ entry }) => entry === 'act');
        return entries.length >= count ? entries : undefined;
      },
      instead: async () => JSON.stringify(await read()),
    });
  }

  it('is on the disk at once, verifies, holds no code, and says when the session ended', async () => {
    const person = await opens();
    await person.asksForFile('sealed/gauge.ts');
    await person.seesPage('gauge.ts', 'is not shown');
    await person.asksForFile('reason/gauge.ts');
    await person.answer('Calibrating the gauge for the harbour trial.');
    await person.seesLine(2, 'reasonSecret');
    const entries = await acts(person, 2);
    assert.deepEqual(
      entries.map(({ person: who, action, outcome, path, reason }) => [who, action, outcome, path, reason]),
      [
        [ANA, 'view', 'refused', 'sealed/gauge.ts', undefined],
        [ANA, 'view', 'justified', 'reason/gauge.ts', 'Calibrating the gauge for the harbour trial.'],
      ],
    );
    const { code, out } = await devterms('/', 'evidence', 'verify', folder);
    assert.equal(code, 0, out);
    for (const path of await readdir(folder, { recursive: true })) {
      const place = join(folder, path);
      if ((await stat(place)).isFile()) assert.doesNotMatch(await readFile(place, 'utf8'), /Secret/);
    }

    await person.page.reload();
    await person.seesWorkbench();
    await awaitSeen(person.page, {
      what: 'the end of the session in the evidence',
      look: async () => {
        const report = await devterms('/', 'evidence', 'verify', folder);
        assert.equal(report.code, 0, report.out);
        return report.out.includes('has not said that it ended') ? undefined : report.out;
      },
      instead: async () => (await devterms('/', 'evidence', 'verify', folder)).out,
    });
  });

  inDepth('closes the other side of a wall in a later session, too', async function () {
    const first = await opens();
    if (first.flavour === 'oldest') return this.skip();
    await first.asksForFile('north/gauge.ts');
    await first.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Open It' }).click();
    await first.seesLine(2, 'northSecret');
    await acts(first, 1);
    await first.page.close();

    const later = await opens();
    await later.asksForFile('south/gauge.ts');
    const page = await later.seesPage('gauge.ts', 'You may not view it');
    assert.match(page, /saw 'north-offer' of another side/);
    await later.screenshot('.build/evidence-wall.png');
  });

  inDepth(
    'waits in memory while it cannot be written, the status says so, and it is written as soon as it can',
    async () => {
      await mkdir(dirname(folder), { recursive: true });
      await writeFile(folder, 'A file stands where the folder would be.');
      const person = await opens();
      await person.asksForFile('sealed/gauge.ts');
      await person.seesPage('gauge.ts', 'is not shown');
      assert.match(
        await person.statusBarText('Evidence is not written'),
        /Evidence is not written and waits in memory\. .*a file is in its way\. It is tried again every few seconds\./,
      );
      await person.screenshot('.build/evidence-not-written.png');
      await rm(folder);
      const [act] = await acts(person, 1);
      assert.equal(act?.path, 'sealed/gauge.ts');
      await awaitSeen(person.page, {
        what: 'a status without trouble',
        look: async () =>
          (await person.statusBarTexts()).join().includes('Evidence is not written') ? undefined : true,
        instead: async () => (await person.statusBarTexts()).join(),
      });
    },
  );
});
