import assert from 'node:assert/strict';
import { RepositoryCopies, REPOSITORY_FORMAT } from '../../src/changes/RepositoryCopies.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { asset, regionPolicy } from '../regions/regionPolicy.js';
import { demoText, linesFrom, renamed } from './partnerCode.js';

const CURVE = demoText('partners/palisade/energy/charge_curve.py');
const CELL = demoText('partners/palisade/energy/cell_model.py');
const SEQUENCER = demoText('partners/palisade/shuttle/lift_sequencer.cpp');
const OPEN = demoText('planning/waves.py');
const policy = regionPolicy([asset('energy', 'energy/**'), asset('shuttle', 'shuttle/**'), asset('marked')]);

const PLACES: Readonly<Record<string, string>> = {
  'energy/curve.py': CURVE,
  'energy/cell.py': CELL,
  'shuttle/lift.cpp': SEQUENCER,
  'planning/waves.py': OPEN,
};

function indexOf(files: Readonly<Record<string, string>>, rules = policy): RepositoryCopies {
  const copies = RepositoryCopies.create('policy-1');
  for (const [path, text] of Object.entries(files)) copies.update(rules, { path, text, stamp: `of ${path}` });
  return copies;
}

const marked = (asset: string, text: string): string => `# TERMS-BEGIN asset=${asset}\n${text}\n# TERMS-END`;
const found = (copies: RepositoryCopies, path: string, text: string) =>
  copies.explainAll({ path, text }, copies.find({ path, text }), regionsOf(policy, path, text));

describe('the copies of a repository', () => {
  it('names a copied passage by asset, file and lines, and by the lines that it stands on', () => {
    const text = `import os\n\n${linesFrom(CURVE, 23, 40)}\n\nprint(os.name)\n`;
    const [copy, ...others] = found(indexOf(PLACES), 'mine.py', text);
    assert.deepEqual(others, []);
    assert.equal(copy?.origin.asset, 'energy');
    assert.equal(copy.origin.path, 'energy/curve.py');
    assert.deepEqual(copy.assets, ['energy']);
    assert.equal(copy.kind, 'verbatim');
    // The key decides how many lines at its edges a copy is told without.
    assert.ok(copy.lines.start >= 3 && copy.lines.start <= 5 && copy.lines.end >= 16 && copy.lines.end <= 21);
    assert.ok(copy.from.start >= 23 && copy.from.end <= 40, JSON.stringify(copy.from));
    assert.ok(
      copy.pairs.every(({ here, there }) => there - here === 20),
      JSON.stringify(copy.pairs),
    );
    assert.match(copy.sentence, /^Lines \d+–\d+ repeat lines \d+–\d+ of energy\/curve\.py, word for word\.$/);
  });

  it('finds a renamed passage and says that names were changed', () => {
    const [copy] = found(indexOf(PLACES), 'mine.py', renamed(linesFrom(CURVE, 23, 55)));
    assert.equal(copy?.origin.path, 'energy/curve.py');
    assert.notEqual(copy.kind, 'verbatim');
  });

  it('counts lines of a marked region from the top of its file', () => {
    const body = linesFrom(CELL, 20, 60);
    const copies = indexOf({ 'adapter.py': `# ours\n# ours\n${marked('marked', body)}\n` });
    const [copy] = found(copies, 'mine.py', linesFrom(CELL, 30, 50));
    assert.deepEqual(copy?.origin, { asset: 'marked', path: 'adapter.py', lines: { start: 3, end: 45 } });
    // Line 30 of the model is line 30 − 20 + 4 of the adapter.
    assert.ok(
      copy.pairs.every(({ here, there }) => there - here === 13),
      JSON.stringify(copy.pairs),
    );
  });

  it('tells every asset that covers the copied lines, and only of those lines', () => {
    const body = `${linesFrom(CELL, 1, 40)}\n${marked('marked', linesFrom(CURVE, 23, 55))}\n${linesFrom(CELL, 41, 89)}`;
    const copies = indexOf({ 'energy/mixed.py': body });
    assert.deepEqual(
      [...new Set(found(copies, 'mine.py', linesFrom(CURVE, 23, 55)).flatMap(({ assets }) => assets))].sort(),
      ['energy', 'marked'],
    );
    assert.deepEqual(
      [...new Set(found(copies, 'mine.py', linesFrom(CELL, 45, 80)).flatMap(({ assets }) => assets))],
      ['energy'],
    );
  });

  it('takes a region inside a larger one of the same asset in once', () => {
    const nested = `# TERMS-BEGIN asset=marked\n${marked('marked', linesFrom(CELL, 20, 60))}\n# TERMS-END\n`;
    assert.equal(indexOf({ 'a.py': nested }).stats.regions, 1);
    assert.equal(indexOf({ 'energy/a.py': marked('energy', linesFrom(CELL, 20, 60)) }).stats.regions, 1);
  });

  it('does not take code for a copy of itself, nor what stays inside its asset', () => {
    const copies = indexOf(PLACES);
    assert.deepEqual(found(copies, 'energy/curve.py', CURVE), []);
    assert.deepEqual(found(copies, 'energy/new.py', linesFrom(CURVE, 23, 55)), []);
    assert.equal(found(copies, 'shuttle/new.py', linesFrom(CURVE, 23, 55)).length, 1, 'another asset is no home');
  });

  it('tells a copy of a marked region that stands beside it in the same file', () => {
    const body = linesFrom(CELL, 20, 60);
    const text = `${marked('marked', body)}\n\ndef between():\n    return 1\n\n${body}\n`;
    const copies = indexOf({ 'adapter.py': `${marked('marked', body)}\n` });
    const [copy, ...others] = found(copies, 'adapter.py', text);
    assert.deepEqual(others, []);
    assert.ok(copy !== undefined && copy.lines.start >= 44, JSON.stringify(copy?.lines));
  });

  it('says nothing of code that stands in the open, too', () => {
    const shared = linesFrom(CURVE, 23, 55);
    const copies = indexOf({ ...PLACES, 'open/shared.py': shared });
    assert.deepEqual(found(copies, 'mine.py', shared), []);
    assert.deepEqual(
      copies.overlaps().map(({ origin }) => origin.path),
      ['energy/curve.py'],
    );
  });

  it('takes the unmarked part of a file as open, and never its marked region', () => {
    const copies = indexOf({
      'adapter.py': `${linesFrom(CURVE, 23, 55)}\n${marked('marked', linesFrom(CELL, 20, 60))}\n`,
    });
    copies.update(policy, { path: 'energy/curve.py', text: CURVE, stamp: '1' });
    assert.deepEqual(found(copies, 'mine.py', linesFrom(CURVE, 23, 55)), []);
    assert.equal(found(copies, 'mine.py', linesFrom(CELL, 25, 55)).length, 1);
  });

  it('does not let the save of a copied passage make it open', () => {
    const copies = indexOf(PLACES);
    copies.complete();
    const text = `${OPEN}\n${linesFrom(CURVE, 23, 55)}\n`;
    copies.update(policy, { path: 'planning/waves.py', text, stamp: 'later' });
    assert.equal(found(copies, 'planning/waves.py', text).length, 1);
    assert.deepEqual(copies.doubtedPaths, ['planning/waves.py']);
  });

  it('does not take the origin for a copy of its copy, even where that went into another asset', () => {
    const copies = indexOf(PLACES);
    copies.complete();
    const text = `${SEQUENCER}\n${linesFrom(CURVE, 23, 55)}\n`;
    copies.update(policy, { path: 'shuttle/lift.cpp', text, stamp: 'later' });
    assert.deepEqual(found(copies, 'energy/curve.py', CURVE), []);
    assert.equal(found(copies, 'shuttle/lift.cpp', text).length, 1);
    assert.equal(found(copies, 'mine.cpp', SEQUENCER)[0]?.origin.path, 'shuttle/lift.cpp');
  });

  it('does not let an index that is made anew forget which files held copies', () => {
    const text = `${OPEN}\n${linesFrom(CURVE, 23, 55)}\n`;
    const copies = RepositoryCopies.create('policy-2', { doubted: ['planning/waves.py'] });
    copies.update(policy, { path: 'energy/curve.py', text: CURVE, stamp: '1' });
    copies.update(policy, { path: 'planning/waves.py', text, stamp: '1' });
    assert.equal(found(copies, 'planning/waves.py', text).length, 1);
  });

  it('knows after an update only what the file holds now', () => {
    const copies = indexOf(PLACES);
    copies.update(policy, { path: 'energy/curve.py', text: linesFrom(CELL, 1, 10), stamp: 'new' });
    assert.deepEqual(found(copies, 'mine.py', linesFrom(CURVE, 23, 55)), []);
    assert.equal(copies.stampOf('energy/curve.py'), 'new');
    copies.update(policy, { path: 'energy/curve.py', text: CURVE, stamp: 'newer' });
    assert.equal(found(copies, 'mine.py', linesFrom(CURVE, 23, 55)).length, 1);
  });

  it('forgets the regions of a file that is gone', () => {
    const copies = indexOf(PLACES);
    copies.remove('energy/curve.py');
    assert.deepEqual(found(copies, 'mine.py', linesFrom(CURVE, 23, 55)), []);
    assert.equal(copies.stampOf('energy/curve.py'), undefined);
    copies.remove('energy/curve.py');
    copies.remove('never/there.py');
  });

  it('follows a document: a pasted passage is found, and gone once it is deleted', () => {
    const copies = indexOf(PLACES);
    const pasted = `${linesFrom(CURVE, 23, 40)}\n`;
    const followed = copies.follow({ path: 'mine.py', text: 'import os\nprint(os.name)\n' });
    assert.deepEqual(followed.copies(), []);
    followed.change({ start: { line: 2, column: 1 }, end: { line: 2, column: 1 } }, pasted);
    assert.deepEqual(
      followed.copies().map(({ origin }) => origin.path),
      ['energy/curve.py'],
    );
    assert.equal(followed.text(), `import os\n${pasted}print(os.name)\n`);
    followed.change({ start: { line: 2, column: 1 }, end: { line: 20, column: 1 } }, '');
    assert.deepEqual(followed.copies(), []);
  });
});

describe('a copy index that keeps no names of open files', () => {
  it('finds what the other finds, stored too, and knows only the files that hold something', () => {
    const key = new Uint8Array(16).fill(7);
    const unlisted = RepositoryCopies.create('policy-1', { key });
    const listed = RepositoryCopies.create('policy-1', { key });
    // A passage that stands in open code, too, is no copy for either.
    const files = { ...PLACES, 'planning/shared.py': linesFrom(CELL, 20, 60) };
    for (const [path, text] of Object.entries(files)) {
      unlisted.update(policy, { path, text, stamp: '1' }, { unlisted: true });
      listed.update(policy, { path, text, stamp: '1' });
    }
    for (const copies of [unlisted, listed]) copies.complete();
    assert.deepEqual([...unlisted.paths].sort(), ['energy/cell.py', 'energy/curve.py', 'shuttle/lift.cpp']);
    const read = RepositoryCopies.read(unlisted.serialize());
    assert.ok(read instanceof RepositoryCopies);
    for (const text of [linesFrom(CURVE, 23, 55), linesFrom(CELL, 25, 50), SEQUENCER])
      for (const copies of [unlisted, read])
        assert.deepEqual(found(copies, 'mine.py', text), found(listed, 'mine.py', text));
    assert.equal(found(read, 'mine.py', linesFrom(CURVE, 23, 55)).length, 1);
    assert.deepEqual(found(read, 'mine.py', linesFrom(CELL, 25, 50)), []);
  });

  it('keeps the name of an open file that lines were copied to, so that these do not become open', () => {
    const copies = indexOf(PLACES);
    copies.complete();
    copies.update(policy, { path: 'new.py', text: linesFrom(CURVE, 23, 55), stamp: '2' }, { unlisted: true });
    assert.deepEqual(copies.doubtedPaths, ['new.py']);
    assert.equal(found(copies, 'mine.py', linesFrom(CURVE, 23, 55)).length, 1);
  });
});

describe('a stored copy index', () => {
  const stored = (): Uint8Array => {
    const copies = indexOf(PLACES);
    copies.complete();
    return copies.serialize();
  };

  it('is read back as it was', () => {
    const bytes = stored();
    const read = RepositoryCopies.read(bytes);
    assert.ok(read instanceof RepositoryCopies);
    assert.equal(read.policy, 'policy-1');
    assert.deepEqual(read.paths, Object.keys(PLACES).sort());
    assert.equal(read.stampOf('energy/cell.py'), 'of energy/cell.py');
    assert.deepEqual(Buffer.from(read.serialize()), Buffer.from(bytes));
    const [copy] = found(read, 'mine.py', linesFrom(CURVE, 23, 55));
    assert.equal(copy?.origin.path, 'energy/curve.py');
  });

  it('is read from wherever its bytes lie in memory, as files are read', () => {
    const bytes = stored();
    const around = Buffer.alloc(bytes.length + 3);
    around.set(bytes, 3);
    assert.ok(RepositoryCopies.read(around.subarray(3)) instanceof RepositoryCopies);
  });

  it('can be brought up to date after it was read', () => {
    const read = RepositoryCopies.read(stored());
    assert.ok(read instanceof RepositoryCopies);
    const body = demoText('partners/corvid/motion/planner.cpp');
    read.update(policy, { path: 'shuttle/planner.cpp', text: body, stamp: '1' });
    assert.equal(found(read, 'mine.cpp', body)[0]?.origin.path, 'shuttle/planner.cpp');
    assert.equal(found(read, 'mine.py', linesFrom(CURVE, 23, 55))[0]?.origin.path, 'energy/curve.py');
  });

  it('is refused with a reason wherever a byte of it is damaged, or its end is missing', () => {
    const bytes = stored();
    for (let at = 0; at < bytes.length; at += Math.max(1, Math.floor(bytes.length / 97))) {
      const broken = bytes.slice();
      broken[at] = (broken[at] ?? 0) ^ 0x5a;
      const read = RepositoryCopies.read(broken);
      // Bytes 12 to 15 are the checksum, 4 to 7 the format; all others are covered by one.
      assert.ok(!(read instanceof RepositoryCopies), `byte ${at}`);
      assert.match(read.message, /built anew/, `byte ${at}`);
    }
    for (const length of [0, 3, 15, 16, 100, bytes.length - 1])
      assert.ok(!(RepositoryCopies.read(bytes.slice(0, length)) instanceof RepositoryCopies), `${length} bytes`);
  });

  it('of another version is refused as such', () => {
    const bytes = stored();
    new DataView(bytes.buffer).setUint32(4, REPOSITORY_FORMAT + 1, true);
    const read = RepositoryCopies.read(bytes);
    assert.ok(!(read instanceof RepositoryCopies));
    assert.equal(read.code, 'other-version');
  });

  it('holds no line of the code, and an exported one no path and no key', () => {
    const copies = indexOf(PLACES);
    const stored = Buffer.from(copies.serialize()).toString('latin1');
    for (const word of ['permitted_current', 'lithium', 'terminal_voltage', 'CurveStep'])
      assert.ok(!stored.includes(word), word);
    const exported = Buffer.from(copies.exportFingerprints());
    assert.ok(!exported.toString('latin1').includes('curve.py'));
    assert.ok(!exported.includes(Buffer.from(copies.key)));
    assert.ok(!exported.toString('latin1').includes(Buffer.from(copies.key).toString('hex')));
  });
});
