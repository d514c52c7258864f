import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from '../../support/install/npm.js';
import { run } from '../../support/install/run.js';
import { ANYBODY, startServer, type ServerEditor } from '../../support/launch/startServer.js';
import { awaitSeen } from '../awaitSeen.js';
import { crashExtensionHosts } from '../crashExtensionHosts.js';
import { inDepth } from '../inDepth.js';
import { ROOT } from '../openWindow.js';
import type { Person } from '../Person.js';
import { personOpens, theServer } from '../stage.js';

const IN_FORCE = /Developer Terms\. .*is in force/;
const textOf = async (person: Person): Promise<string[]> => (await person.lines()).map(({ text }) => text);

async function termsAreBack(person: Person): Promise<void> {
  const inForce = async (): Promise<boolean> => (await person.statusBarTexts()).some((words) => IN_FORCE.test(words));
  const instead = async (): Promise<string> => (await person.statusBarTexts()).join(' | ');
  await awaitSeen(person.page, {
    what: 'the status to go with the extension host',
    look: async () => ((await inForce()) ? undefined : true),
    instead,
  });
  await awaitSeen(person.page, {
    what: 'the terms to be in force again',
    within: 60_000,
    look: async () => ((await inForce()) ? true : undefined),
    instead,
  });
}

describe('the packaged extension', () => {
  let dataFolder: string;
  let server: ServerEditor | undefined;

  before(async function () {
    this.timeout(300_000);
    dataFolder = await mkdtemp(join(tmpdir(), 'developer-terms-vsix-'));
    const packed = await npm(['run', '--silent', 'package'], ROOT);
    assert.equal(packed.code, 0, packed.output);
    const { install } = await theServer();
    const installed = await run(install.node, [
      ...[install.main, '--install-extension', join(ROOT, 'developer-terms.vsix')],
      ...['--server-data-dir', dataFolder, '--accept-server-license-terms'],
    ]);
    assert.match(installed.output, /was successfully installed/);
    server = await startServer(install, { dataFolder, env: ANYBODY });
  });

  after(async () => {
    await server?.stop();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 3 });
  });

  const opens = (workspace: string): Promise<Person> => {
    assert.ok(server);
    return personOpens(workspace, { server, extension: null, as: 'ana@helio.example' });
  };

  it('works when it is installed, without development mode', async () => {
    const person = await opens('perception');
    await person.statusBarText(/terms/i);
    assert.doesNotMatch(await person.page.title(), /Extension Development Host/);
  });

  it('holds what the editor needs, and neither sources nor tests', async () => {
    const listed = await run(
      process.execPath,
      [join(ROOT, 'node_modules/@vscode/vsce/vsce'), 'ls', '--no-dependencies'],
      {
        cwd: ROOT,
      },
    );
    assert.equal(listed.code, 0, listed.output);
    const files = listed.output.split('\n').filter((line) => line !== '' && !line.includes(' '));
    for (const needed of ['package.json', 'README.md', 'LICENSE', 'dist/extension.js'])
      assert.ok(files.includes(needed), `${needed} is missing from:\n${files.join('\n')}`);
    const strangers = files.filter((file) => /^(src|test|examples|node_modules|\.)/.test(file) || file.endsWith('.ts'));
    assert.deepEqual(strangers, []);
  });

  /** The editor starts extensions anew after a crash where it does not develop one. */
  describe('after a crash of the extension host', () => {
    before(function () {
      if (process.platform !== 'linux') this.skip();
    });

    it('in the middle of an edit: what was done to covered lines is taken back after the restart, the rest stays', async () => {
      const person = await opens('guards');
      await person.statusBarText(IN_FORCE);
      await person.openFile('src/closed.ts');
      await person.seesLineStyle(3, (style) => style.hasGutterIcon);
      await person.typeAt(1, ' // outside');
      await person.goTo(4);
      crashExtensionHosts();
      await person.page.keyboard.type(' // inside');
      await person.seesLine(4, /inside$/);
      await termsAreBack(person);
      await person.seesLine(4, /^const secret = 42;$/);
      await person.seesLine(1, /^const above = 1; \/\/ outside$/);
      // Without its marker, nothing that stands there is covered.
      await person.goTo(3);
      crashExtensionHosts();
      await person.page.keyboard.press('Control+Shift+K');
      await person.seesLine(3, /^const secret = 42;$/);
      await termsAreBack(person);
      await person.seesLine(3, /TERMS-BEGIN asset=closed$/);
      await person.seesLine(4, /^const secret = 42;$/);
    });

    inDepth(
      'in the middle of a paste: nothing comes in; after the restart the same paste asks again, and is pasted then',
      async () => {
        const person = await opens('taking');
        await person.statusBarText(IN_FORCE);
        await person.openFile('partners/camera/exposure.ts');
        await person.selectLines(7, 22);
        const text = await person.copy();
        await person.openFile('dashboard/kpis.ts');
        const before = await textOf(person);
        await person.goTo(7, 1);
        await person.paste();
        const asked = person.page.locator('.quick-input-widget:has-text("Why do you paste")');
        await asked.waitFor();
        // The copy is being remembered, or has just been, and the paste waits for its reason.
        crashExtensionHosts();
        // The editor leaves the question standing, which nobody hears any more.
        await person.page.keyboard.press('Escape');
        await asked.waitFor({ state: 'hidden' });
        await termsAreBack(person);
        assert.deepEqual(await textOf(person), before);
        await person.openFile('dashboard/kpis.ts');
        await person.goTo(7, 1);
        await person.paste(text);
        await asked.waitFor();
        await person.answer('Asked a second time, after the crash.');
        await person.seesLine(7, 'chooseShutter');
      },
    );
  });
});
