import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { snapshot, whatChanged } from './whatChanged.js';

describe('whatChanged', () => {
  it('names what was added, changed or removed, and nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'developer-terms-changed-'));
    try {
      await mkdir(join(folder, 'deep'));
      for (const name of ['same', 'deep/changed', 'removed']) await writeFile(join(folder, name), name);
      const before = await snapshot(folder);
      assert.deepEqual(whatChanged(before, await snapshot(folder)), []);
      await writeFile(join(folder, 'deep/changed'), 'otherwise');
      await writeFile(join(folder, 'added'), '');
      await rm(join(folder, 'removed'));
      assert.deepEqual(whatChanged(before, await snapshot(folder)), ['added', 'deep/changed', 'removed']);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
