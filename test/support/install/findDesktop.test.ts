import assert from 'node:assert/strict';
import { findDesktop, type DesktopSearch } from './findDesktop.js';
import { SetUpError } from './SetUpError.js';

describe('findDesktop', () => {
  let said: string[];
  beforeEach(() => (said = []));
  const search = (more: Partial<DesktopSearch> & { readonly programs?: string[] } = {}): DesktopSearch => ({
    env: { DISPLAY: ':0', PATH: '/usr/bin' },
    platform: 'linux',
    isProgram: (path) => more.programs?.includes(path) ?? false,
    realPath: (path) => (path === '/usr/bin/code' ? '/usr/share/code/bin/code' : path),
    download: (version) => Promise.resolve(`/cache/${version}/code`),
    say: (line) => said.push(line),
    ...more,
  });
  const offline = () => Promise.reject(new Error('getaddrinfo ENOTFOUND update.code.visualstudio.com'));

  it('finds the program behind the launcher on PATH', async () => {
    const programs = ['/usr/bin/code', '/usr/share/code/code'];
    assert.equal(await findDesktop({}, search({ programs })), '/usr/share/code/code');
  });

  it('uses the server where there is no display', async () => {
    assert.equal(await findDesktop({}, search({ env: { PATH: '' }, programs: ['/usr/share/code/code'] })), undefined);
    assert.deepEqual(said, []);
  });

  it('downloads one where there is a display and none is installed', async () => {
    assert.equal(await findDesktop({}, search()), '/cache/1.139.1/code');
  });

  it('downloads the version that the tests name, though another is installed', async () => {
    const programs = ['/usr/share/code/code'];
    assert.equal(await findDesktop({ exactly: true }, search({ programs })), '/cache/1.139.1/code');
    const env = { DISPLAY: ':0', DEVTERMS_VSCODE: 'oldest' };
    assert.equal(await findDesktop({ exactly: true }, search({ programs, env })), '/cache/1.100.3/code');
  });

  it('falls back to the server with one plain line when a download is impossible', async () => {
    assert.equal(await findDesktop({}, search({ download: offline })), undefined);
    assert.match(said.at(-1) ?? '', /cannot be downloaded here \(.*ENOTFOUND.*\); using the server editor instead\.$/);
  });

  it('is forced by DEVTERMS_EDITOR', async () => {
    const programs = ['/usr/share/code/code'];
    assert.equal(
      await findDesktop({}, search({ programs, env: { DISPLAY: ':0', DEVTERMS_EDITOR: 'server' } })),
      undefined,
    );
    assert.equal(await findDesktop({}, search({ programs, env: { DEVTERMS_EDITOR: 'desktop' } })), programs[0]);
    await assert.rejects(
      findDesktop({}, search({ download: offline, env: { DEVTERMS_EDITOR: 'desktop' } })),
      (error) => error instanceof SetUpError && /Install VS Code from/.test(error.message),
    );
    await assert.rejects(findDesktop({}, search({ env: { DEVTERMS_EDITOR: 'emacs' } })), /"desktop" or "server"/);
  });
});
