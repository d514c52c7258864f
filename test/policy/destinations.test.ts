import assert from 'node:assert/strict';
import { destinationTest, parseDestination } from '../../src/policy/destinations.js';

const reach = (patterns: string[], into: string | undefined) =>
  destinationTest(patterns)(into === undefined ? undefined : parseDestination(into));

describe('destinations', () => {
  it('are paths by glob, with or without their prefix', () => {
    assert.equal(reach(['src/tmp/**'], 'src/tmp/a/.hidden'), 'inside');
    assert.equal(reach(['path:src/tmp/**'], 'src/tmp/a.c'), 'inside');
    assert.equal(reach(['src/tmp/**'], 'path:src/tmp/a.c'), 'inside');
    assert.equal(reach(['src/tmp/*'], 'src/tmp/a/b.c'), 'outside');
    assert.equal(reach(['src/tmp/**'], 'src/TMP/a.c'), 'outside');
  });

  it('keep paths, remotes and tools apart', () => {
    assert.equal(reach(['**'], 'tool:copilot'), 'outside');
    assert.equal(reach(['tool:*'], 'copilot'), 'outside');
    assert.equal(reach(['tool:*'], 'remote:x.example/a'), 'outside');
  });

  it('let one star cross slashes in remotes and tools', () => {
    assert.equal(reach(['remote:github.com/*'], 'remote:github.com/helio/open'), 'inside');
    assert.equal(reach(['remote:*'], 'remote:github.com/helio/open'), 'inside');
    assert.equal(reach(['tool:vendor*'], 'tool:vendor/model/4'), 'inside');
    assert.equal(reach(['remote:github.com/*'], 'remote:github.com.evil.example/helio'), 'outside');
    assert.equal(reach(['remote:github.com/helio'], 'remote:githubxcom/helio'), 'outside');
  });

  it('compare remotes and tools without case', () => {
    assert.equal(reach(['remote:GitHub.com/Helio/*'], 'remote:github.com/helio/open'), 'inside');
    assert.equal(reach(['tool:Copilot'], 'tool:copilot'), 'inside');
  });

  it('let an exclusion win wherever it stands', () => {
    for (const patterns of [
      ['tool:*', '!tool:onprem'],
      ['!tool:onprem', 'tool:*'],
    ]) {
      assert.equal(reach(patterns, 'tool:onprem'), 'outside');
      assert.equal(reach(patterns, 'tool:copilot'), 'inside');
    }
  });

  it('mean every other place when there are exclusions alone', () => {
    assert.equal(reach(['!tool:onprem'], 'tool:copilot'), 'inside');
    assert.equal(reach(['!tool:onprem'], 'src/a.c'), 'inside');
    assert.equal(reach(['!tool:onprem'], 'tool:onprem'), 'outside');
  });

  it('cannot be dodged or reached by another spelling of a path', () => {
    assert.equal(reach(['src/tmp/**'], 'src/tmp/../secret.c'), 'outside');
    assert.equal(reach(['src/tmp/**'], './src//tmp/./a.c'), 'inside');
    assert.equal(reach(['src/tmp/**'], '../src/tmp/a.c'), 'outside');
    assert.equal(reach(['!public/**'], 'private/../public/a.c'), 'outside');
  });

  it('are unknown when nobody said where, or the pattern is none', () => {
    assert.equal(reach(['src/**'], undefined), 'unknown');
    assert.equal(reach([], undefined), 'unknown');
    assert.equal(reach(['a'.repeat(70_000)], 'src/a.c'), 'unknown');
  });
});
