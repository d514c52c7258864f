import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { CO_BUILD } from '../support/asking.js';
import { devterms, inFolder } from '../support/commandLine.js';

describe('devterms lint', () => {
  it('counts what each asset covers, and warns of a pattern that matches nothing', () =>
    inFolder({ 'developer-terms.yaml': CO_BUILD, 'net/a.py': '', 'net/.b': '' }, async (folder) => {
      const { code, out } = await devterms(folder, 'lint');
      assert.equal(code, 1);
      assert.match(out, /^developer-terms\.yaml:13:55: warning: .*weights\/\*\*/m);
      assert.match(out, /^net: 2 files$/m);
      assert.match(out, /^weights: no file by its paths$/m);
    }));

  it('asks git which files there are, so that ignored ones do not count', () =>
    inFolder(
      { 'developer-terms.yaml': CO_BUILD, '.gitignore': 'net/gen*\n', 'net/a.py': '', 'net/gen.py': '' },
      async (folder) => {
        execFileSync('git', ['init', '-q', folder]);
        assert.match((await devterms(folder, 'lint')).out, /^net: 1 file$/m);
      },
    ));

  it('exits 2 for a policy with errors, each at its place', () =>
    inFolder({ 'p.yaml': CO_BUILD.replace('owner: north,', 'owner: nord,') }, async (folder) => {
      const { code, out } = await devterms(folder, 'lint', 'p.yaml');
      assert.equal(code, 2);
      assert.match(out, /^p\.yaml:12:\d+: error: .*nord/m);
      const github = await devterms(folder, 'lint', 'p.yaml', '--format', 'github');
      assert.match(github.out, /^::error file=p\.yaml,line=12,col=\d+,title=unknown-party::/m);
      const json = JSON.parse((await devterms(folder, 'lint', 'p.yaml', '--format', 'json')).out) as {
        problems: { code: string }[];
      };
      assert.ok(json.problems.some(({ code }) => code === 'unknown-party'));
    }));
});
