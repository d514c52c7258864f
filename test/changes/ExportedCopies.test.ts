import assert from 'node:assert/strict';
import { exportOf, ImportedCopies, type ExportedAsset } from '../../src/changes/ExportedCopies.js';
import { createCopyIndex } from '../../src/copies/CopyIndex.js';
import type { Region } from '../../src/regions/Region.js';
import { demoText, linesFrom, renamed } from './partnerCode.js';

const key = new Uint8Array(16).fill(7);
const energy = demoText('partners/palisade/energy/charge_curve.py');
const asset: ExportedAsset = { id: 'energy', owners: ['Palisade'], contact: 'legal@palisade.example' };

const fingerprints = (open?: string): Uint8Array => {
  const index = createCopyIndex({ key });
  index.add({ id: 'energy#1', path: 'secret/curve.py', text: energy });
  if (open !== undefined) index.allow({ path: 'open.py', text: open });
  return index.exportFingerprints();
};
const imported = (bytes = exportOf(fingerprints(), [asset])): ImportedCopies => {
  const read = ImportedCopies.read(bytes, key);
  assert.ok(read instanceof ImportedCopies);
  return read;
};
const covered = (...regions: Region[]) => ({ path: 'mine.py', regions, problems: [] });
const by = (name: string, start: number, end: number): Region => ({
  asset: name,
  known: true,
  by: 'marker',
  lines: { start, end },
});
const mine = { path: 'mine.py', text: linesFrom(energy, 23, 60) };

describe('An imported index', () => {
  it('finds a copy and tells whose it is', () => {
    const [copy, ...others] = imported().find(mine, covered());
    assert.deepEqual(others, []);

    assert.deepEqual(copy?.asset, asset);
    assert.equal(copy.region, 1);
    assert.match(copy.sentence, /^Lines \d+–\d+ repeat code of energy of Palisade, which another repository holds\.$/);
  });

  it('does not find what was renamed: it holds the exact tier alone', () => {
    assert.deepEqual(imported().find({ ...mine, text: renamed(mine.text) }, covered()), []);
  });

  it('leaves out lines that the same asset covers here, and tells the rest', () => {
    assert.deepEqual(imported().find(mine, covered(by('energy', 1, 40))), []);
    assert.equal(imported().find(mine, covered(by('other', 1, 40))).length, 1);
    const [part] = imported().find(mine, covered(by('energy', 1, 20)));
    assert.equal(part?.lines.start, 21);
  });

  it('is silent about what was open code where it was written', () => {
    const shared = exportOf(fingerprints(linesFrom(energy, 42, 71)), [asset]);
    const find = (start: number, end: number) =>
      imported(shared).find({ path: 'mine.py', text: linesFrom(energy, start, end) }, covered());
    assert.deepEqual(find(45, 70), []);
    assert.equal(find(5, 38).length, 1);
  });

  it('takes nothing from whoever forged it: no names with control characters, no facts of another shape', () => {
    for (const facts of [
      [{ ...asset, id: 'a\u001b[2J' }],
      [{ ...asset, owners: 'Palisade' }],
      [{ ...asset, contact: 'x'.repeat(2000) }],
      ['energy'],
    ]) {
      const bytes = exportOf(fingerprints(), facts as unknown as ExportedAsset[]);
      const read = ImportedCopies.read(bytes, key);
      assert.ok(!(read instanceof ImportedCopies));
      assert.equal(read.code, 'damaged');
    }
  });

  it('says what is wrong with bytes that are no index, for every way of cutting them', () => {
    const good = exportOf(fingerprints(), [asset]);
    for (let length = 0; length < good.length; length += 997)
      assert.ok(!(ImportedCopies.read(good.subarray(0, length), key) instanceof ImportedCopies));
    for (let at = 0; at < good.length; at += 131) {
      const flipped = good.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 0x10;
      assert.ok(!(ImportedCopies.read(flipped, key) instanceof ImportedCopies), `byte ${at}`);
    }
  });
});
