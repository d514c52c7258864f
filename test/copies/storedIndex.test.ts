import assert from 'node:assert/strict';
import { CopyIndex, createCopyIndex } from '../../src/copies/CopyIndex.js';
import { samples } from './samples.js';

const key = Uint8Array.from({ length: 16 }, (_, at) => 255 - at);
const files = Object.entries(samples).map(([path, text]) => ({ id: path, path, text }));

function built(order = files): CopyIndex {
  const index = createCopyIndex({ key, threshold: 1.1 });
  for (const file of order) index.add(file);
  index.allow(files[3]!);
  return index;
}
const answers = (index: CopyIndex): unknown => files.map((file) => index.query(file));

describe('A stored copy index', () => {
  it('comes back as it was: answers, numbers, overlaps and bytes', () => {
    const index = built();
    const bytes = index.serialize();
    const back = CopyIndex.from(bytes);
    assert.deepEqual(answers(back), answers(index));
    assert.deepEqual(back.stats, index.stats);
    assert.deepEqual(back.overlaps(), index.overlaps());
    assert.deepEqual(back.serialize(), bytes);
  });

  it('has the same bytes whatever the order in which it was filled', () => {
    assert.deepEqual(built([...files].reverse()).serialize(), built().serialize());
  });

  it('can be changed after it came back', () => {
    const back = CopyIndex.from(built().serialize());
    back.remove(files[0]!.id);
    assert.deepEqual(back.query(files[0]!), []);
    back.add(files[0]!);
    assert.deepEqual(answers(back), answers(built()));
    assert.deepEqual(back.stats, built().stats);
  });

  it('may be empty, and may be cut out of other bytes at any offset', () => {
    assert.equal(CopyIndex.from(createCopyIndex({ key }).serialize()).stats.regions, 0);
    const bytes = built().serialize();
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    assert.deepEqual(answers(CopyIndex.from(shifted.subarray(3))), answers(built()));
  });

  it('says so as data when any byte of it is changed, or any of it is missing', () => {
    const bytes = built().serialize();
    for (let at = 0; at < bytes.length; at += 997) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      const read = CopyIndex.read(damaged);
      assert.ok('code' in read && 'message' in read, `byte ${at}`);
    }
    for (const length of [0, 3, 20, 100, bytes.length - 1, bytes.length - 8]) {
      assert.ok('code' in CopyIndex.read(bytes.slice(0, length)), `${length} bytes`);
    }
    assert.throws(() => CopyIndex.from(bytes.slice(0, 1000)), /damaged or cut short.*Build it again/);
    assert.throws(() => CopyIndex.from(new TextEncoder().encode('something quite different from it')), /no copy index/);
  });

  it('names the version when it was written in another format', () => {
    const bytes = built().serialize();
    new DataView(bytes.buffer).setUint32(4, 99, true);
    const read = CopyIndex.read(bytes);
    assert.ok('code' in read && read.code === 'other-version' && read.message.includes('99'));
  });

  it('written without its key wants the right key back', () => {
    const bytes = built().serialize({ withoutKey: true });
    const code = (read: object): unknown => ('code' in read ? read.code : 'read');
    assert.equal(code(CopyIndex.read(bytes)), 'key-missing');
    assert.equal(code(CopyIndex.read(bytes, { key: new Uint8Array(16) })), 'key-wrong');
    assert.equal(code(CopyIndex.read(bytes, { key: new Uint8Array(4) })), 'key-wrong');
    assert.deepEqual(answers(CopyIndex.from(bytes, { key })), answers(built()));
    assert.ok(!contains(bytes, key), 'the key is not in the bytes');
  });
});

function contains(bytes: Uint8Array, part: Uint8Array): boolean {
  return Buffer.from(bytes).includes(Buffer.from(part));
}
