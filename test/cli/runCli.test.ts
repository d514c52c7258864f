import assert from 'node:assert/strict';
import { COMMANDS } from '../../src/cli/commands.js';
import { devterms } from '../support/commandLine.js';

describe('devterms', () => {
  it('lists its commands on --help, on the channel for results', async () => {
    const { code, out, err } = await devterms('.', '--help');
    assert.equal(code, 0);
    assert.equal(err, '');
    for (const { name, summary } of COMMANDS) assert.ok(out.includes(`${name}`) && out.includes(summary), name);
  });

  it('without a command is a failure that explains itself', async () => {
    const { code, out, err } = await devterms('.');
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, /Usage: devterms COMMAND/);
  });

  it('explains each command, before and after its name', async () => {
    for (const { name } of COMMANDS) {
      const { code, out } = await devterms('.', name, '--help');
      assert.equal(code, 0);
      assert.ok(out.startsWith(`devterms ${name}`), out);
      assert.equal((await devterms('.', 'help', name)).out, out);
    }
  });

  it('guesses what an unknown command was meant to be', async () => {
    assert.deepEqual(await devterms('.', 'tset'), {
      code: 2,
      out: '',
      err: "devterms: there is no command 'tset'. Did you mean 'test'?\n",
    });
    assert.match((await devterms('.', 'frobnicate')).err, /Run 'devterms --help'/);
  });

  it('tells its version', async () => {
    assert.match((await devterms('.', '--version')).out, /^devterms \d+\.\d+\.\d+\n$/);
  });
});
