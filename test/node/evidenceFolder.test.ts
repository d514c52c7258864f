import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceAtOnce, evidenceFolder } from '../../src/node/evidenceFolder.js';
import { UserError } from '../../src/ports.js';
import { inFolder } from '../support/commandLine.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const isPosix = process.platform !== 'win32';

describe('evidence on the disk', () => {
  it('is appended to, read in parts, listed and removed', () =>
    inFolder({}, async (root) => {
      const store = evidenceFolder(root);
      assert.deepEqual(await store.list('a'), []);
      assert.equal(await store.read('a', 'x.jsonl', 0), undefined);
      await store.append('a', 'x.jsonl', bytes('one\n'), { durable: true });
      await store.append('a', 'x.jsonl', bytes('two\n'), { durable: false });
      assert.deepEqual(await store.list('a'), [{ name: 'x.jsonl', size: 8 }]);
      assert.equal(new TextDecoder().decode(await store.read('a', 'x.jsonl', 4)), 'two\n');
      assert.equal(new TextDecoder().decode(await store.read('a', 'x.jsonl', 0, 3)), 'one');
      assert.equal(new TextDecoder().decode(await store.read('a', 'x.jsonl', 6, 999)), 'o\n');
      await store.remove('a', 'x.jsonl');
      await store.remove('a', 'x.jsonl');
      assert.deepEqual(await store.list('a'), []);
    }));

  it('is listed and read at once as it is otherwise, however much there is', () =>
    inFolder({}, async (root) => {
      const store = evidenceFolder(root);
      const atOnce = evidenceAtOnce(root);
      assert.deepEqual(await atOnce.list('a'), []);
      assert.equal(await atOnce.read('a', 'x.jsonl', 0), undefined);
      await store.append('a', 'small.jsonl', bytes('one\ntwo\n'), { durable: false });
      await store.append('a', 'large.jsonl', bytes('line\n'.repeat(20_000)), { durable: false });
      mkdirSync(join(root, 'a/folder'));
      const isAlike = async (): Promise<void> => {
        const files = await store.list('a');
        assert.deepEqual(await atOnce.list('a'), files);
        for (const { name } of files)
          for (const [start, end] of [[0], [4], [0, 3], [6, 999]] as const)
            assert.deepEqual(await atOnce.read('a', name, start, end), await store.read('a', name, start, end), name);
      };
      await isAlike();
      for (let n = 0; n < 120; n++) await store.append('a', `${n}.jsonl`, bytes(`${n}\n`), { durable: false });
      await isAlike();
    }));

  it('says why it cannot be listed or read at once', () =>
    inFolder({ file: 'A file stands where the folder would be.' }, async (root) => {
      await assert.rejects(evidenceAtOnce(root).list('file'), /file cannot be listed: a file is in its way\./);
      const gone = evidenceAtOnce(root);
      await evidenceFolder(root).append('a', 'x.jsonl', bytes('one\n'), { durable: false });
      await gone.list('a');
      await evidenceFolder(root).remove('a', 'x.jsonl');
      assert.equal(await gone.read('a', 'x.jsonl', 0), undefined);
    }));

  it('is for this person only to read', () =>
    inFolder({}, async (root) => {
      const store = evidenceFolder(join(root, 'evidence'));
      await store.append('a', 'x.jsonl', bytes('one\n'), { durable: true });
      await store.secret('a');
      if (!isPosix) return;
      const modeOf = (path: string) => statSync(join(root, 'evidence', path)).mode & 0o777;
      assert.deepEqual(
        [modeOf('a'), modeOf('a/x.jsonl'), modeOf('keys'), modeOf('keys/a.key')],
        [0o700, 0o600, 0o700, 0o600],
      );
    }));

  it('has one secret a folder, however many windows ask for it at once', () =>
    inFolder({}, async (root) => {
      const stores = Array.from({ length: 20 }, () => evidenceFolder(root));
      const secrets = await Promise.all(stores.map((store) => store.secret('a')));
      assert.equal(new Set(secrets).size, 1);
      assert.match(secrets[0] ?? '', /^[0-9a-f]{64}$/);
      assert.notEqual(await evidenceFolder(root).secret('b'), secrets[0]);
      assert.equal(readFileSync(join(root, 'keys', 'a.key'), 'utf8').trim(), secrets[0]);
      assert.deepEqual(readdirSync(join(root, 'keys')).sort(), ['a.key', 'b.key']);
    }));

  it('says in words why it cannot be written', () =>
    inFolder({ file: '' }, async (root) => {
      await assert.rejects(
        evidenceFolder(join(root, 'file')).append('a', 'x.jsonl', bytes('x'), { durable: true }),
        (error) => error instanceof UserError && /cannot be written: a file is in its way\.$/.test(error.message),
      );
      // Root may write everywhere.
      if (!isPosix || process.getuid?.() === 0) return;
      mkdirSync(join(root, 'a'));
      chmodSync(join(root, 'a'), 0o500);
      await assert.rejects(
        evidenceFolder(root).append('a', 'x.jsonl', bytes('x'), { durable: true }),
        (error) => error instanceof UserError && /cannot be written: there is no permission\.$/.test(error.message),
      );
    }));

  it('takes a damaged secret for damaged, and makes no second one beside it', () =>
    inFolder({ 'keys/a.key': 'half a secr' }, async (root) => {
      await assert.rejects(evidenceFolder(root).secret('a'), /a\.key is damaged\. Move it away/);
      assert.deepEqual(readdirSync(join(root, 'keys')), ['a.key']);
    }));

  it('does not list what a link leads to', () =>
    inFolder({ 'elsewhere.jsonl': 'x\n', 'a/real.jsonl': 'y\n' }, async (root) => {
      if (isPosix) symlinkSync(join(root, 'elsewhere.jsonl'), join(root, 'a', 'link.jsonl'));
      mkdirSync(join(root, 'a', 'folder.jsonl'));
      writeFileSync(join(root, 'a', 'other.txt'), '');
      const names = (await evidenceFolder(root).list('a')).map(({ name }) => name);
      assert.deepEqual(names, ['other.txt', 'real.jsonl']);
    }));
});
