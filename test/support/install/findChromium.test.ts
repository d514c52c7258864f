import assert from 'node:assert/strict';
import { findChromium, type Machine } from './findChromium.js';
import { SetUpError } from './SetUpError.js';

describe('findChromium', () => {
  /** A machine that has these programs; a command that is run and has an entry in `installs` puts more in place. */
  const machine = (programs: string[], more: Partial<Machine> & { readonly installs?: string } = {}) => {
    const present = new Set(programs);
    const ran: string[] = [];
    const it: Machine = {
      env: { PATH: '/usr/local/bin:/usr/bin' },
      platform: 'linux',
      isRoot: true,
      isProgram: (path) => present.has(path),
      run: (command) => {
        ran.push(command.join(' '));
        if (command.includes('install') && more.installs) present.add(more.installs);
        return Promise.resolve(0);
      },
      say: () => undefined,
      ...more,
    };
    return { it, ran };
  };

  it('takes the one that DEVTERMS_CHROMIUM names', async () => {
    const env = { PATH: '/usr/bin', DEVTERMS_CHROMIUM: '/opt/my/chrome' };
    assert.equal(await findChromium(machine(['/opt/my/chrome', '/usr/bin/chromium'], { env }).it), '/opt/my/chrome');
  });

  it('says so when DEVTERMS_CHROMIUM names nothing, instead of taking another', async () => {
    const env = { PATH: '/usr/bin', DEVTERMS_CHROMIUM: '/opt/gone' };
    await assert.rejects(
      findChromium(machine(['/usr/bin/chromium'], { env }).it),
      /\/opt\/gone, which is not a program/,
    );
  });

  it('finds it on PATH and in usual places', async () => {
    assert.equal(await findChromium(machine(['/usr/bin/google-chrome']).it), '/usr/bin/google-chrome');
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    assert.equal(await findChromium(machine([chrome], { platform: 'darwin' }).it), chrome);
  });

  it('installs it with the package manager as root', async () => {
    const { it, ran } = machine(['/usr/bin/apt-get'], { installs: '/usr/bin/chromium' });
    assert.equal(await findChromium(it), '/usr/bin/chromium');
    assert.equal(ran[0], 'apt-get update -qq');
    assert.match(ran[1] ?? '', /^apt-get install -y .*chromium/);
  });

  it('installs it through sudo when that asks for no password', async () => {
    const { it, ran } = machine(['/usr/bin/dnf'], { isRoot: false, installs: '/usr/bin/chromium' });
    assert.equal(await findChromium(it), '/usr/bin/chromium');
    assert.deepEqual(ran, ['sudo -n true', 'sudo -n dnf install -y -q chromium']);
  });

  it('says exactly what to install when it may not', async () => {
    const { it } = machine(['/usr/bin/apt-get'], { isRoot: false, run: () => Promise.resolve(1) });
    await assert.rejects(findChromium(it), (error) => {
      assert.ok(error instanceof SetUpError);
      assert.match(error.message, /Install it with: sudo apt-get update -qq && sudo apt-get install .*chromium/);
      assert.match(error.message, /DEVTERMS_CHROMIUM=/);
      return true;
    });
  });

  it('says what to install where there is no package manager that it knows', async () => {
    await assert.rejects(findChromium(machine([]).it), /the package 'chromium'/);
    await assert.rejects(findChromium(machine([], { platform: 'win32' }).it), /google\.com\/chrome/);
  });
});
