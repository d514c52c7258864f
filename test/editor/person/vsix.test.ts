import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from '../../support/install/npm.js';
import { run } from '../../support/install/run.js';
import { ANYBODY, startServer, type ServerEditor } from '../../support/launch/startServer.js';
import { ROOT } from '../openWindow.js';
import { personOpens, theServer } from '../stage.js';

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

  it('works when it is installed, without development mode', async () => {
    assert.ok(server);
    const person = await personOpens('perception', { server, extension: null, as: 'ana@helio.example' });
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
});
