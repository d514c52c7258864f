import assert from 'node:assert/strict';
import { assetsAt } from '../../src/regions/assetsAt.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { asset, brief, regionPolicy } from './regionPolicy.js';

const policy = regionPolicy([
  asset('camera-net', 'perception/camera/**', '!perception/camera/api/**'),
  asset('camera-weights', 'perception/camera/models/**'),
  asset('radar-cal'),
  asset('fusion', 'perception/fusion/**'),
  asset('v1.2_x'),
]);
const regions = (text: string, path = 'open/a.cpp', target?: string) =>
  regionsOf(policy, path, text, target).regions.map(brief);
const problems = (text: string, path = 'open/a.cpp') =>
  regionsOf(policy, path, text).problems.map(
    ({ code, range: { start, end } }) => `${code} ${start.line}:${start.column}-${end.line}:${end.column}`,
  );

describe('the regions of a file by its path', () => {
  it('are every asset whose paths cover it, from the first line to the last', () => {
    assert.deepEqual(regions('a\nb\nc', 'perception/camera/models/v3.onnx'), [
      'camera-net 1-3 path',
      'camera-weights 1-3 path',
    ]);
  });

  it('are none where a path is carved out or nobody lists it', () => {
    assert.deepEqual(regions('a', 'perception/camera/api/types.h'), []);
    assert.deepEqual(regions('a', 'README.md'), []);
  });

  it('span one line in an empty file, and count the empty line after a last line break', () => {
    assert.deepEqual(regions('', 'perception/fusion/a.cpp'), ['fusion 1-1 path']);
    assert.deepEqual(regions('a\n', 'perception/fusion/a.cpp'), ['fusion 1-2 path']);
  });

  it('are those of a symbolic link and of its target together', () => {
    assert.deepEqual(regions('a', 'open/link', 'perception/camera/net.py'), ['camera-net 1-1 path']);
    assert.deepEqual(regions('a', 'perception/fusion/link', 'perception/camera/net.py'), [
      'camera-net 1-1 path',
      'fusion 1-1 path',
    ]);
    assert.deepEqual(regions('a', 'perception/camera/api/link', 'perception/camera/net.py'), ['camera-net 1-1 path']);
    assert.deepEqual(regions('a', 'perception/fusion/link', 'perception/fusion/a.cpp'), ['fusion 1-1 path']);
  });
});

describe('the regions of a file by its markers', () => {
  it('begin and end with the marker lines', () => {
    assert.deepEqual(regions('a\n// TERMS-BEGIN asset=radar-cal\nb\n// TERMS-END\nc'), ['radar-cal 2-4 marker']);
  });

  it('add an asset to what the path gives and never remove one', () => {
    const text = 'a\n// TERMS-BEGIN asset=radar-cal\nb\n// TERMS-END\nc\n';
    assert.deepEqual(regions(text, 'perception/fusion/align.cpp'), ['fusion 1-6 path', 'radar-cal 2-4 marker']);
    assert.deepEqual(regions('TERMS-BEGIN asset=fusion\nTERMS-END', 'perception/fusion/a.cpp'), [
      'fusion 1-2 path',
      'fusion 1-2 marker',
    ]);
  });

  it('nest: an end closes the innermost region that is open', () => {
    const text = [
      'TERMS-BEGIN asset=fusion',
      'TERMS-BEGIN asset=radar-cal',
      'TERMS-END',
      'x',
      'TERMS-END',
      'TERMS-BEGIN asset=radar-cal',
      'TERMS-END',
    ].join('\n');
    assert.deepEqual(regions(text), ['fusion 1-5 marker', 'radar-cal 2-3 marker', 'radar-cal 6-7 marker']);
  });

  it('stand in any comment syntax, or none', () => {
    for (const [begin, end] of [
      ['// TERMS-BEGIN asset=radar-cal', '// TERMS-END'],
      ['//TERMS-BEGIN asset=radar-cal', '//TERMS-END'],
      ['# TERMS-BEGIN asset=radar-cal', '# TERMS-END'],
      ['/* TERMS-BEGIN asset=radar-cal*/', '/*TERMS-END*/'],
      ['<!-- TERMS-BEGIN asset=radar-cal -->', '<!-- TERMS-END -->'],
      ['<!--TERMS-BEGIN asset=radar-cal-->', '<!--TERMS-END-->'],
      ['--TERMS-BEGIN asset=radar-cal', '--TERMS-END'],
      ['{- TERMS-BEGIN asset=radar-cal -}', '{- TERMS-END -}'],
      ['REM TERMS-BEGIN asset=radar-cal', 'REM TERMS-END'],
      ['%TERMS-BEGIN asset=radar-cal', '%TERMS-END'],
      ['(* TERMS-BEGIN asset=radar-cal *)', '(* TERMS-END *)'],
      ['"""TERMS-BEGIN asset=radar-cal"""', '"""TERMS-END"""'],
      ['<terms TERMS-BEGIN asset="radar-cal">', '</terms TERMS-END>'],
      ['\tTERMS-BEGIN\tasset = radar-cal', '  TERMS-END  '],
      ['float x; // TERMS-BEGIN: asset=radar-cal.', 'float y; // TERMS-END.'],
      ['TERMS-BEGIN asset=radar-cal', 'TERMS-END'],
      ['__TERMS-BEGIN asset=radar-cal__', '__TERMS-END__'],
    ]) {
      assert.deepEqual(regions(`${begin}\nx\n${end}\ny`), ['radar-cal 1-3 marker'], begin);
      assert.deepEqual(problems(`${begin}\nx\n${end}\ny`), [], begin);
    }
  });

  it('do not take a longer word, or another case, for a marker', () => {
    for (const text of [
      'TERMS-BEGINNING asset=fusion',
      'TERMS-BEGIN_X asset=fusion',
      'XTERMS-BEGIN asset=fusion',
      'MY-TERMS-BEGIN asset=fusion',
      'my--TERMS-BEGIN asset=fusion',
      'TERMS-BEGIN-2 asset=fusion',
      'TERMS-ENDE',
      'éTERMS-END',
      'TERMS-ENDé',
      '𝒳TERMS-END',
      'terms-begin asset=fusion',
      'TERMS-FILES asset=fusion',
      'TERMS- BEGIN asset=fusion',
    ]) {
      assert.deepEqual(regionsOf(policy, 'open/a', text), { path: 'open/a', regions: [], problems: [] }, text);
    }
  });

  it('may open and close in one line, several times over', () => {
    assert.deepEqual(regions('/*TERMS-BEGIN asset=fusion*/ x /*TERMS-END*/'), ['fusion 1-1 marker']);
    assert.deepEqual(regions('TERMS-BEGIN asset=fusion TERMS-END TERMS-BEGIN asset=radar-cal\nTERMS-END'), [
      'radar-cal 1-2 marker',
      'fusion 1-1 marker',
    ]);
    assert.deepEqual(regions('TERMS-BEGIN asset=fusion TERMS-BEGIN asset=radar-cal\nTERMS-END TERMS-END'), [
      'fusion 1-2 marker',
      'radar-cal 1-2 marker',
    ]);
  });

  it('know ids with dots, dashes and underscores, and the full stop after a sentence', () => {
    assert.deepEqual(regions('TERMS-BEGIN asset=v1.2_x.\nTERMS-END'), ['v1.2_x 1-2 marker']);
    assert.deepEqual(regions('TERMS-BEGIN asset=fusioné\nTERMS-END'), ['fusioné? 1-2 marker']);
    assert.deepEqual(regions('TERMS-BEGIN asset=Fusion\nTERMS-END'), ['Fusion? 1-2 marker']);
  });

  it('count lines that end in LF, CR LF or CR', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['a', 'TERMS-BEGIN asset=fusion', 'b', '', 'TERMS-END', ''].join(end);
      assert.deepEqual(regions(text), ['fusion 2-5 marker'], JSON.stringify(end));
      assert.deepEqual(problems(['', '', '  TERMS-END'].join(end)), ['end-without-begin 3:3-3:12']);
    }
    assert.deepEqual(regions('a\r\rTERMS-BEGIN asset=fusion\n\r\n\rTERMS-END'), ['fusion 3-6 marker']);
  });

  it('are found behind a byte order mark and between NUL bytes', () => {
    assert.deepEqual(regions('\uFEFFTERMS-BEGIN asset=fusion\nTERMS-END'), ['fusion 1-2 marker']);
    assert.deepEqual(regions('\0\0TERMS-BEGIN asset=fusion\0\nTERMS-END\0'), ['fusion 1-2 marker']);
  });

  it('take the words that the policy names, whatever their characters', () => {
    const words = { begin: '[[secret', end: ']]' };
    const own = regionPolicy([asset('fusion')], words);
    assert.deepEqual(
      regionsOf(own, 'a', 'x[[secret asset=fusion\ny\nz]]\nTERMS-BEGIN asset=fusion').regions.map(brief),
      ['fusion 1-3 marker'],
    );
    const prefix = regionPolicy([asset('fusion')], { begin: '@', end: '@@' });
    assert.deepEqual(regionsOf(prefix, 'a', '@ asset=fusion\n@@\n').regions.map(brief), ['fusion 1-2 marker']);
    const same = regionPolicy([asset('fusion')], { begin: 'MARK', end: 'MARK' });
    assert.deepEqual(regionsOf(same, 'a', 'MARK asset=fusion\nx\nMARK\n').regions.map(brief), [
      'fusion 1-4… marker',
      '? 3-4… marker',
    ]);
  });
});

describe('a marker that is wrong', () => {
  it('without an end covers the rest of the file, and says so', () => {
    assert.deepEqual(regions('a\nTERMS-BEGIN asset=fusion\nb\nc'), ['fusion 2-4… marker']);
    assert.deepEqual(problems('a\n# TERMS-BEGIN asset=fusion\nb'), ['unclosed-marker 2:3-2:27']);
  });

  it('with an asset that the policy does not know covers its lines as unknown', () => {
    assert.deepEqual(regions('TERMS-BEGIN asset=radar-call\nTERMS-END'), ['radar-call? 1-2 marker']);
    assert.deepEqual(problems('TERMS-BEGIN asset=radar-call\nTERMS-END'), ['unknown-asset 1:1-1:29']);
  });

  it('without an asset covers its lines as unknown', () => {
    for (const begin of [
      'TERMS-BEGIN',
      'TERMS-BEGIN asset=',
      'TERMS-BEGIN asset=*',
      'TERMS-BEGIN radar-cal',
      'TERMS-BEGIN assets=fusion',
      'TERMS-BEGIN tier=sealed asset=fusion',
      'TERMS-BEGIN dataset=fusion',
    ]) {
      assert.deepEqual(regions(`${begin}\nx\nTERMS-END`), ['? 1-3 marker'], begin);
      assert.equal(problems(`${begin}\nx\nTERMS-END`)[0]?.startsWith('marker-without-asset 1:1-'), true, begin);
    }
  });

  it('that names several assets covers its lines as unknown, and asks for a marker for each', () => {
    for (const ids of ['fusion,radar-cal', 'fusion asset=radar-cal', 'fusion/radar-cal', 'fusion+radar-cal;v1.2_x']) {
      const [problem] = regionsOf(policy, 'a', `TERMS-BEGIN asset=${ids}\nTERMS-END`).problems;
      assert.deepEqual(regions(`TERMS-BEGIN asset=${ids}\nTERMS-END`), [`${ids}? 1-2 marker`]);
      assert.equal(
        problem?.message.endsWith('A marker names one asset: use a marker for each.'),
        true,
        problem?.message,
      );
    }
    assert.deepEqual(regions('/* TERMS-BEGIN asset=fusion, as agreed */\nTERMS-END'), ['fusion 1-2 marker']);
  });

  it('does not take its asset from the next line or the next marker', () => {
    assert.deepEqual(regions('TERMS-BEGIN\nasset=fusion\nTERMS-END'), ['? 1-3 marker']);
    assert.deepEqual(regions('TERMS-BEGIN asset= TERMS-END\n'), ['? 1-1 marker']);
    assert.deepEqual(regions('TERMS-BEGIN TERMS-BEGIN asset=fusion\nTERMS-END\nTERMS-END'), [
      '? 1-3 marker',
      'fusion 1-2 marker',
    ]);
  });

  it('that closes nothing changes nothing, and says so', () => {
    assert.deepEqual(regions('TERMS-END\nTERMS-BEGIN asset=fusion\nTERMS-END\nTERMS-END'), ['fusion 2-3 marker']);
    assert.deepEqual(problems('TERMS-END\nTERMS-BEGIN asset=fusion\nTERMS-END\nTERMS-END'), [
      'end-without-begin 1:1-1:10',
      'end-without-begin 4:1-4:10',
    ]);
  });

  it('is explained with what to write instead, and never with the code around it', () => {
    const messages = (text: string) => regionsOf(policy, 'a', text).problems.map(({ message }) => message);
    assert.deepEqual(messages('key = 7; // TERMS-BEGIN secret\nTERMS-BEGIN asset=nobody\nTERMS-END\n'), [
      'This marker names no asset, so these lines are treated as the most protected code there is. Write TERMS-BEGIN asset=ID with the id of an asset of the terms.',
      'Nothing closes this region, so it runs to the end of the file. Add TERMS-END after its last line.',
      'The developer terms know no asset “nobody”, so these lines are treated as the most protected code there is. Correct the id, or add the asset to the terms.',
    ]);
    assert.deepEqual(messages('TERMS-END'), [
      'No region is open here for TERMS-END to close. Remove it, or add the missing TERMS-BEGIN asset=ID above.',
    ]);
    assert.equal(
      messages(`TERMS-BEGIN asset=${'x'.repeat(1_000_000)}\nTERMS-END`)[0]?.includes(`“${'x'.repeat(64)}…”`),
      true,
    );
  });
});

describe('TERMS-FILE', () => {
  const filler = (bytes: number) => `${'x'.repeat(bytes - 1)}\n`;

  it('covers the whole file from wherever it stands in the first 4 KiB', () => {
    assert.deepEqual(regions('a\n// TERMS-FILE asset=radar-cal\nb'), ['radar-cal 1-3 file-marker']);
    assert.deepEqual(regions(`${filler(4_095)}TERMS-FILE asset=fusion\n`), ['fusion 1-3 file-marker']);
    assert.deepEqual(regions(`${filler(4_096)}TERMS-FILE asset=fusion\n`), []);
    assert.deepEqual(regions(`${'é'.repeat(2_047)}\nTERMS-FILE asset=fusion`), ['fusion 1-2 file-marker']);
    assert.deepEqual(regions(`${'é'.repeat(2_048)}\nTERMS-FILE asset=fusion`), []);
    assert.deepEqual(regions(`${'\n'.repeat(4_095)}TERMS-FILE asset=fusion`), ['fusion 1-4096 file-marker']);
    assert.deepEqual(regions(`${'\n'.repeat(4_096)}TERMS-FILE asset=fusion`), []);
  });

  it('reaches equally far in a checkout with LF and with CR LF', () => {
    for (const end of ['\n', '\r\n']) {
      assert.deepEqual(regions(`${`x${end}`.repeat(2_047)}TERMS-FILE asset=fusion`), ['fusion 1-2048 file-marker']);
      assert.deepEqual(regions(`${`x${end}`.repeat(2_048)}TERMS-FILE asset=fusion`), []);
    }
  });

  it('is only spoken of in prose and in backticks, and then covers nothing', () => {
    assert.deepEqual(regions('Write TERMS-FILE at the top to cover a whole file.\nb'), []);
    assert.deepEqual(regions('| `TERMS-FILE` | covers a whole file |\n| `TERMS-BEGIN` | opens a region |'), []);
    assert.deepEqual(regions('Write `TERMS-FILE asset=fusion` at the top.'), ['fusion 1-1 file-marker']);
    assert.deepEqual(regions('code // TERMS-BEGIN fusion\nb'), ['? 1-2… marker']);
  });

  it('says that it came too late, unless the word is only mentioned', () => {
    assert.deepEqual(problems(`${filler(5_000)}# TERMS-FILE asset=fusion`), ['file-marker-too-late 2:3-2:26']);
    assert.deepEqual(problems(`${filler(5_000)}the word TERMS-FILE`), []);
  });

  it('with an unknown asset, or none, covers the file as unknown', () => {
    assert.deepEqual(regions('TERMS-FILE asset=nobody\nb'), ['nobody? 1-2 file-marker']);
    assert.deepEqual(regions('TERMS-FILE\nb'), ['? 1-2 file-marker']);
    assert.deepEqual(problems('TERMS-FILE asset=nobody\nb'), ['unknown-asset 1:1-1:24']);
  });

  it('may stand beside others and beside pairs, and is given after the path', () => {
    assert.deepEqual(
      regions(
        'TERMS-FILE asset=radar-cal TERMS-FILE asset=fusion\nTERMS-BEGIN asset=fusion\nTERMS-END',
        'perception/fusion/a',
      ),
      ['fusion 1-3 path', 'radar-cal 1-3 file-marker', 'fusion 1-3 file-marker', 'fusion 2-3 marker'],
    );
  });
});

describe('the policy’s own files', () => {
  const text = 'markers: {begin: TERMS-BEGIN, end: TERMS-END}\n# TERMS-BEGIN asset=fusion\n';

  it('are covered by path alone, because they have to spell the words', () => {
    assert.deepEqual(regions(text, 'developer-terms.yaml'), []);
    const terms = regionPolicy([asset('terms', 'developer-terms.yaml')]);
    assert.deepEqual(regionsOf(terms, 'developer-terms.yaml', text).regions.map(brief), ['terms 1-3 path']);
  });

  it('are also those that the policy was put together from', () => {
    const child = regionPolicy([asset('terms', 'terms/**')], undefined, 'terms/parent.yaml');
    assert.deepEqual(regionsOf(child, 'terms/parent.yaml', text).regions.map(brief), ['terms 1-3 path']);
    assert.equal(regionsOf(child, 'terms/other.yaml', text).regions.length, 3);
  });

  it('are not other files of the same name', () => {
    assert.equal(regions(text, 'sub/developer-terms.yaml').length, 2);
  });
});

describe('the regions at some lines', () => {
  const file = regionsOf(
    policy,
    'perception/fusion/a.cpp',
    'a\nTERMS-BEGIN asset=radar-cal\nb\nTERMS-END\nc\nTERMS-BEGIN asset=radar-cal',
  );
  const at = (start: number, end: number) => assetsAt(file, { start, end }).map(brief);

  it('are those that touch them, marker lines included', () => {
    assert.deepEqual(at(1, 1), ['fusion 1-6 path']);
    assert.deepEqual(at(1, 2), ['fusion 1-6 path', 'radar-cal 2-4 marker']);
    assert.deepEqual(at(3, 3), ['fusion 1-6 path', 'radar-cal 2-4 marker']);
    assert.deepEqual(at(4, 5), ['fusion 1-6 path', 'radar-cal 2-4 marker']);
    assert.deepEqual(at(5, 5), ['fusion 1-6 path']);
  });

  it('are all of the file when no lines are given, or a span that is none', () => {
    assert.deepEqual(assetsAt(file), file.regions);
    assert.deepEqual(assetsAt(file, { start: 3, end: 1 }), file.regions);
    assert.deepEqual(assetsAt(file, { start: Number.NaN, end: 1 }), file.regions);
  });

  it('are not lost behind the end of the file', () => {
    assert.deepEqual(at(900, 999), ['fusion 1-6 path', 'radar-cal 6-6… marker']);
  });
});

describe('hostile texts', () => {
  it('with 100,000 nested begins give as many regions', () => {
    const { regions: all, problems: said } = regionsOf(policy, 'a', 'TERMS-BEGIN asset=fusion\n'.repeat(100_000));
    assert.equal(all.length, 100_000);
    assert.equal(said.length, 1_000);
    assert.deepEqual(all.at(-1), {
      asset: 'fusion',
      known: true,
      by: 'marker',
      lines: { start: 100_000, end: 100_001 },
      unclosed: true,
    });
  });

  it('with very many markers in one line give what the line is covered by, once', () => {
    assert.deepEqual(regions('TERMS-BEGIN asset=fusion '.repeat(200_000)), ['fusion 1-1… marker']);
    assert.deepEqual(regions('TERMS-BEGIN '.repeat(200_000)), ['? 1-1… marker']);
    assert.deepEqual(regions('TERMS-END '.repeat(1_000_000)), []);
  });

  it('with runs that a careless search would walk again and again are read once', () => {
    assert.deepEqual(regions(`${'-'.repeat(1_000_000)}TERMS-BEGIN${' '.repeat(1_000_000)}x`), ['? 1-1… marker']);
    assert.deepEqual(regions(`TERMS-BEGIN asset=fusion${'-'.repeat(1_000_000)}`), ['fusion 1-1… marker']);
    assert.deepEqual(regions('TERMS-BEGI'.repeat(1_000_000)), []);
    assert.deepEqual(regions(`TERMS-BEGIN${' asset'.repeat(300_000)}`), ['? 1-1… marker']);
    for (const run of ['x', ' ', 'x,', ' asset=x', 'é', '_']) {
      assert.equal(regions(`TERMS-BEGIN asset=fusion${run.repeat(1_000_000)}`).length, 1, run);
      assert.equal(
        regions(`TERMS-BEGIN${run.repeat(1_000_000)}`).length,
        run === 'x' || run === 'x,' || run === 'é' ? 0 : 1,
        run,
      );
    }
    assert.equal(regions(`${'\r\n'.repeat(1_000_000)}TERMS-BEGIN asset=fusion`)[0], 'fusion 1000001-1000001… marker');
  });
});
