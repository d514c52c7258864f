import assert from 'node:assert/strict';
import { IgnoredPaths } from '../../src/changes/IgnoredPaths.js';

/** Of these paths, those that a `.gitignore` at the root leaves out. */
function leftOut(rules: string, ...paths: string[]): string[] {
  const ignored = new IgnoredPaths();
  ignored.add('', rules);
  return paths.filter((path) => ignored.covers(path));
}

describe('paths that .gitignore leaves out', () => {
  it('a name without a slash is left out at every depth, one with a slash where it stands', () => {
    assert.deepEqual(leftOut('*.log', 'a.log', 'deep/down/b.log', 'a.logs'), ['a.log', 'deep/down/b.log']);
    assert.deepEqual(leftOut('/out', 'out/a.js', 'lib/out/a.js'), ['out/a.js']);
    assert.deepEqual(leftOut('lib/gen', 'lib/gen/a.js', 'x/lib/gen/a.js'), ['lib/gen/a.js']);
  });

  it('a pattern that ends in a slash means folders alone', () => {
    assert.deepEqual(leftOut('build/', 'build/a.js', 'tools/build', 'tools/build/b.js'), [
      'build/a.js',
      'tools/build/b.js',
    ]);
  });

  it('the last rule that speaks of a path decides, and “!” brings it back', () => {
    assert.deepEqual(leftOut('*.log\n!keep.log', 'a.log', 'keep.log'), ['a.log']);
    assert.deepEqual(leftOut('!keep.log\n*.log', 'keep.log'), ['keep.log']);
  });

  it('what lies in a folder that is left out is not brought back', () => {
    assert.deepEqual(leftOut('gen/\n!gen/keep.ts', 'gen/keep.ts'), ['gen/keep.ts']);
  });

  it('comments, empty lines, trailing blanks and Windows line ends mean nothing', () => {
    assert.deepEqual(leftOut('# *.ts\r\n\r\n*.log  \r\n/\n', 'a.ts', 'a.log', '# *.ts'), ['a.log']);
  });

  it('braces and parentheses are names, not patterns', () => {
    assert.deepEqual(leftOut('{a,b}.ts', 'a.ts', '{a,b}.ts'), ['{a,b}.ts']);
  });

  it('the rules of a folder hold below it, and stand above those of the folders over it', () => {
    const ignored = new IgnoredPaths();
    ignored.add('', '*.gen.ts');
    ignored.add('lib', '!*.gen.ts\n/tmp');
    assert.equal(ignored.covers('a.gen.ts'), true);
    assert.equal(ignored.covers('lib/a.gen.ts'), false);
    assert.equal(ignored.covers('lib/tmp/a.ts'), true);
    assert.equal(ignored.covers('tmp/a.ts'), false);
  });

  it('a folder whose name looks like a pattern is a folder', () => {
    const ignored = new IgnoredPaths();
    ignored.add('app/[id]', '*.log');
    assert.equal(ignored.covers('app/[id]/a.log'), true);
    assert.equal(ignored.covers('app/i/a.log'), false);
  });

  it('.git and node_modules are left out without a rule, as folders', () => {
    assert.deepEqual(leftOut('', '.git/config', 'lib/node_modules/x/a.js', 'node_modules'), [
      '.git/config',
      'lib/node_modules/x/a.js',
    ]);
  });
});
