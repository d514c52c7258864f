import assert from 'node:assert/strict';
import { OpenFiles } from '../../src/changes/OpenFiles.js';

describe('the files of an index that hold open code alone', () => {
  const stored = (): OpenFiles => {
    const files = new OpenFiles();
    files.set('src/b.ts', '2');
    files.set('src/a name\nin two lines.ts', '1');
    files.set('src/ü.ts', '3');
    return new OpenFiles(files.pack());
  };

  it('are read back with their stamps, whatever their names', () => {
    const files = stored();
    assert.equal(files.size, 3);
    assert.equal(files.stampOf('src/a name\nin two lines.ts'), '1');
    assert.equal(files.stampOf('src/ü.ts'), '3');
    assert.equal(files.stampOf('src/none.ts'), undefined);
  });

  it('that came, changed or went since are told as they are now, asked before or after', () => {
    const files = stored();
    files.set('src/c.ts', '4');
    files.set('src/b.ts', 'new');
    files.delete('src/ü.ts');
    files.delete('src/never.ts');
    assert.deepEqual([...files.paths].sort(), ['src/a name\nin two lines.ts', 'src/b.ts', 'src/c.ts']);
    assert.equal(files.stampOf('src/b.ts'), 'new');
    files.delete('src/b.ts');
    files.set('src/ü.ts', 'back');
    assert.equal(files.stampOf('src/b.ts'), undefined);
    assert.equal(files.stampOf('src/ü.ts'), 'back');
    assert.equal(files.size, 3);
  });

  it('that went and came back before anybody asked are there', () => {
    const files = stored();
    files.delete('src/b.ts');
    files.set('src/b.ts', 'again');
    assert.equal(files.stampOf('src/b.ts'), 'again');
  });

  it('are stored alike, in whatever order they came', () => {
    const files = new OpenFiles();
    files.set('src/ü.ts', '3');
    files.set('src/a name\nin two lines.ts', '1');
    files.set('src/b.ts', '2');
    assert.deepEqual(files.pack(), stored().pack());
    assert.equal(new OpenFiles(new OpenFiles().pack()).size, 0);
  });
});
