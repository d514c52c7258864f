import assert from 'node:assert/strict';
import { createImportTree } from '../../../src/changes/imports/ImportTree.js';
import { linksOf, usesOf } from '../../../src/changes/imports/usesOf.js';
import { regionsOf } from '../../../src/regions/regionsOf.js';
import { asset, regionPolicy } from '../../regions/regionPolicy.js';

const POLICY = regionPolicy([asset('radar', 'radar/**', '!radar/api/**'), asset('lidar', 'lidar/**'), asset('marked')]);

/** The uses in a file, told as `specifier > path assets lines`, with a `?` where it is not certain. */
function uses(path: string, text: string, files: Readonly<Record<string, string>>): string[] {
  const tree = createImportTree(Object.keys(files), (file) => files[file]);
  return usesOf(regionsOf(POLICY, path, text), linksOf(path, text, tree), (file) => {
    const there = files[file];
    return there === undefined ? undefined : { regions: regionsOf(POLICY, file, there), text: there };
  }).map(({ import: found, path: target, regions, lines, isCertain }) => {
    const assets = regions.regions.map(({ asset }) => asset).join('+');
    const where = lines === undefined ? '' : ` ${lines.start}-${lines.end}`;
    return `${found.specifier} > ${target} ${assets}${where}${isCertain ? '' : ' ?'}`;
  });
}

const LINK = [
  'export function open() {}', // 1
  '// TERMS-BEGIN asset=marked',
  'export function seal() {}',
  'export const KEY = 1;',
  '// TERMS-END', // 5
  'export default 1;',
].join('\n');

describe('a use of covered code', () => {
  it('is an import from outside of its asset', () => {
    assert.deepEqual(uses('app/a.ts', "import { x } from '../radar/beam.js';", { 'radar/beam.ts': '' }), [
      '../radar/beam.js > radar/beam.ts radar',
    ]);
  });
  it('is none inside the asset, nor of what the asset carves out, nor of open code', () => {
    const files = { 'radar/beam.ts': '', 'radar/api/beam.ts': '', 'app/b.ts': '' };
    assert.deepEqual(uses('radar/a.ts', "import './beam.js';", files), []);
    assert.deepEqual(uses('app/a.ts', "import '../radar/api/beam.js'; import './b.js';", files), []);
  });
  it('counts from one asset into another', () => {
    assert.deepEqual(uses('lidar/a.ts', "import '../radar/beam.js';", { 'radar/beam.ts': '' }), [
      '../radar/beam.js > radar/beam.ts radar',
    ]);
  });
  it('is none where a marker has put the importing lines into the same asset', () => {
    const text = "// TERMS-BEGIN asset=radar\nimport '../radar/beam.js';\n// TERMS-END\nimport '../radar/beam.js';";
    assert.equal(uses('app/a.ts', text, { 'radar/beam.ts': '' }).length, 1);
  });
  it('in a file with a marked region is of the names that the region declares', () => {
    const files = { 'app/link.ts': LINK };
    const of = (clause: string) => uses('app/a.ts', `import ${clause} from './link.js';`, files);
    assert.deepEqual(of('{ seal }'), ['./link.js > app/link.ts marked 2-5']);
    assert.deepEqual(of('{ open, KEY as k }'), ['./link.js > app/link.ts marked 2-5']);
    assert.deepEqual(of('{ open }'), []);
    assert.deepEqual(of('link'), [], 'the default stands outside');
    assert.deepEqual(of('{ elsewhere }'), ['./link.js > app/link.ts marked 2-5 ?']);
    assert.deepEqual(of('* as link'), ['./link.js > app/link.ts marked 2-5 ?']);
  });
  it('is certain for an include, which brings the lines themselves', () => {
    const files = { 'app/l.h': '// TERMS-BEGIN asset=marked\nint x;\n// TERMS-END' };
    assert.deepEqual(uses('app/a.cpp', '#include "l.h"', files), ['l.h > app/l.h marked 1-3']);
  });
  it('is told for each module that a line of Python names, and for no other', () => {
    const files = { 'app/p/__init__.py': '', 'app/p/a.py': '# TERMS-FILE asset=marked', 'app/p/b.py': '' };
    assert.deepEqual(uses('app/x.py', 'from .p import a, b', files), ['.p > app/p/a.py marked']);
    assert.deepEqual(uses('app/x.py', 'from .p import b', files), []);
  });
  it('is not certain where a namespace has files that nothing covers', () => {
    const files = { 'radar/A.cs': 'namespace N;', 'app/B.cs': 'namespace N;' };
    assert.deepEqual(uses('x/C.cs', 'using N;', files), ['N > radar/A.cs radar ?']);
    assert.deepEqual(uses('x/C.cs', 'using N;', { 'radar/A.cs': 'namespace N;' }), ['N > radar/A.cs radar']);
  });
  it('is none of a file that cannot be read', () => {
    const tree = createImportTree(['radar/a.ts'], () => undefined);
    const text = "import './radar/a.js'";
    assert.deepEqual(
      usesOf(regionsOf(POLICY, 'x.ts', text), linksOf('x.ts', text, tree), () => undefined),
      [],
    );
  });
});
