import assert from 'node:assert/strict';
import { editorAddress } from './editorAddress.js';

describe('editorAddress', () => {
  const payloadOf = (address: string) => JSON.parse(new URL(address).searchParams.get('payload') ?? '') as unknown;

  it('opens a folder with the extension from its sources, and tests', () => {
    const address = editorAddress(
      { port: 8123 },
      { workspace: '/a b/demo', extension: '/a b/clone', tests: '/t/index.mjs' },
    );
    assert.equal(new URL(address).origin, 'http://127.0.0.1:8123');
    assert.equal(new URL(address).searchParams.get('folder'), '/a b/demo');
    assert.deepEqual(payloadOf(address), [
      ['skipWelcome', 'true'],
      ['extensionDevelopmentPath', 'vscode-remote://127.0.0.1:8123/a%20b/clone'],
      ['extensionTestsPath', 'vscode-remote://127.0.0.1:8123/t/index.mjs'],
    ]);
  });

  it('has a file open from the start', () => {
    const address = editorAddress({ port: 8123 }, { workspace: '/w', file: '/w/src/a.ts' });
    assert.deepEqual(payloadOf(address), [
      ['skipWelcome', 'true'],
      ['openFile', 'vscode-remote://127.0.0.1:8123/w/src/a.ts'],
    ]);
  });

  it('opens a workspace file as such', () => {
    const { searchParams } = new URL(editorAddress({ port: 1 }, { workspace: '/w/all.code-workspace' }));
    assert.deepEqual([searchParams.get('folder'), searchParams.get('workspace')], [null, '/w/all.code-workspace']);
  });
});
