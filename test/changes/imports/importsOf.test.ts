import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Import } from '../../../src/changes/imports/Import.js';
import { importsOf } from '../../../src/changes/imports/importsOf.js';

/** An import in a few words: `kind specifier` and, behind a colon, its names. */
const told = ({ kind, specifier, names, inside }: Import): string =>
  `${kind} ${specifier}${names === undefined ? '' : `: ${names.join(' ')}`}${inside === undefined ? '' : ` in ${inside.join('::')}`}`;

function reads(path: string, text: string, expected: readonly string[]): void {
  assert.deepEqual(importsOf(path, text).map(told), expected, text);
}

describe('imports of JavaScript and TypeScript', () => {
  for (const [text, ...expected] of [
    ["import './side.js';", 'import ./side.js'],
    ["import a from './a.js';", 'import ./a.js: default'],
    ["import { a, b as c } from './a.js';", 'import ./a.js: a b'],
    ["import d, { a } from './a.js';", 'import ./a.js: default a'],
    ["import * as all from './a.js';", 'import ./a.js'],
    ["import d, * as all from './a.js';", 'import ./a.js'],
    ["import type { A } from './a.js';", 'import ./a.js: A'],
    ["import { type A, b } from './a.js';", 'import ./a.js: A b'],
    ["import { type } from './a.js';", 'import ./a.js: type'],
    ["import type from './a.js';", 'import ./a.js: default'],
    ["import type A from './a.js';", 'import ./a.js: default'],
    ["import {\n  a,\n  b,\n} from './a.js';", 'import ./a.js: a b'],
    ['import{a}from"./a.js"', 'import ./a.js: a'],
    ["import data from './a.json' with { type: 'json' };", 'import ./a.json: default'],
    ["import fs = require('./a');", 'require ./a'],
    ["const a = require('./a');", 'require ./a'],
    ["const a = require.resolve('./a');", 'require ./a'],
    ["const a = await import('./a.js');", 'dynamic ./a.js'],
    ['const a = import(`./a.js`);', 'dynamic ./a.js'],
    ["let a: typeof import('./a.js');", 'dynamic ./a.js'],
    ["export { a } from './a.js';", 'import ./a.js: a'],
    ["export * from './a.js';", 'import ./a.js'],
    ["export * as a from './a.js';", 'import ./a.js'],
    ["export type { A } from './a.js';", 'import ./a.js: A'],
    ["new Worker(new URL('./w.js', import.meta.url));", 'dynamic ./w.js'],
    ["const all = [...require('./a')];", 'require ./a'],
    [
      "`text ${require('./a')} more ${`${require('./b')}`}` + require('./c')",
      'require ./a',
      'require ./b',
      'require ./c',
    ],
    ["const r = /'/; import('./a.js');", 'dynamic ./a.js'],
    ["const r = a / b; const t = '/'; import('./a.js');", 'dynamic ./a.js'],
    ["const r = /[/']/g.test(x); import('./a.js');", 'dynamic ./a.js'],
    ["<p>Don't</p>;\nimport './b.js';", 'import ./b.js'],
    ["if (x) { require('./a') } else require('./b')", 'require ./a', 'require ./b'],
  ] as const) {
    it(`${JSON.stringify(text)} brings in ${expected.join(', ')}`, () => {
      reads('x/y.tsx', text, expected);
    });
  }

  for (const text of [
    "// import a from './a.js';",
    "/* import a from './a.js'; */",
    '"import a from \'./a.js\'"',
    "`import a from './a.js'; require('./b')`",
    "this.require('./a'); x.import('./b');",
    "const o = { import: './a', require: './b' };",
    'const a = require(name); import(name); import(`./${name}.js`);',
    "export const from = './a.js';",
    "export { a }; const b = './a.js';",
    'import { a, b',
    'import',
    'import * as',
    "import { a } './a.js'",
    "const r = /require('a')/;",
    "'open\nimport",
  ])
    it(`${JSON.stringify(text)} brings in nothing`, () => {
      reads('x/y.ts', text, []);
    });

  it('stand where their specifier stands, without its quotes', () => {
    const [found] = importsOf('a.ts', "\r\n  import { x } from './floor.js';\r\n");
    assert.deepEqual(found, {
      ...{ line: 2, column: 22, endColumn: 32 },
      ...{ specifier: './floor.js', kind: 'import', names: ['x'] },
    });
  });

  it('are found behind one that was never finished', () => {
    reads('a.js', "import { a,\nexport const b = 1;\nimport c from './c.js';", ['import ./c.js: default']);
  });
});

describe('imports of Python', () => {
  for (const [text, ...expected] of [
    ['import a', 'import a'],
    ['import a.b as c, d', 'import a.b', 'import d'],
    ['from a.b import c', 'from a.b: c'],
    ['from a import b as c, d', 'from a: b d'],
    ['from a import *', 'from a'],
    ['from . import a', 'from .: a'],
    ['from .a import b', 'from .a: b'],
    ['from ...a.b import c', 'from ...a.b: c'],
    ['from .. import (\n    a,  # why\n    b as c,\n)', 'from ..: a b'],
    ['from a import b, \\\n    c', 'from a: b c'],
    ['from a \\\n    import b', 'from a: b'],
    ['import a; import b', 'import a', 'import b'],
    ['if x: import a', 'import a'],
    ['try:\n    import a\nexcept ImportError:\n    import b', 'import a', 'import b'],
    ['importlib.import_module("a.b")', 'dynamic a.b'],
    ['x = __import__("a")', 'dynamic a'],
    ['"""Doc."""\nimport a', 'import a'],
    ["x = 'it''s'\nimport a", 'import a'],
  ] as const)
    it(`${JSON.stringify(text)} brings in ${expected.join(', ')}`, () => {
      reads('x.py', text, expected);
    });

  for (const text of [
    '# import a',
    '"""\nimport a\nfrom b import c\n"""',
    "x = 'import a'",
    'yield from a',
    'x = (yield\n  from a)',
    'from a',
    'from import b',
    'raise X from error',
    'import_module(name)',
    'important = 1',
  ])
    it(`${JSON.stringify(text)} brings in nothing`, () => {
      reads('x.py', text, []);
    });

  it('stand where the module is named, dots included', () => {
    const [found] = importsOf('a.py', 'x = 1\nfrom ..b.c import (\n    d,\n)\n');
    assert.deepEqual([found?.line, found?.column, found?.endColumn], [2, 6, 11]);
  });
});

describe('imports of C and C++', () => {
  for (const [text, ...expected] of [
    ['#include "a.h"', 'quoted a.h'],
    ['#include <sys/types.h>', 'angled sys/types.h'],
    ['  #  include   "a/b.hpp" // why', 'quoted a/b.hpp'],
    ['#import "a.h"', 'quoted a.h'],
    ['#if X\n#include "a.h"\n#endif\n#include <b>', 'quoted a.h', 'angled b'],
    ['int x = 1\'000;\n#include "a.h"\nchar c = \'"\';\n#include "b.h"', 'quoted a.h', 'quoted b.h'],
    ['auto r = R"x(\n#include "no.h"\n)x";\n#include "a.h"', 'quoted a.h'],
  ] as const)
    it(`${JSON.stringify(text)} brings in ${expected.join(', ')}`, () => {
      reads('x.cpp', text, expected);
    });

  for (const text of [
    '// #include "a.h"',
    '/*\n#include "a.h"\n*/',
    '"\\\n#include \\"a.h\\""',
    '#include MACRO',
    '#include',
    '#include <never closed\n>',
    '#define X "#include"',
    'x = y # include "a.h"',
  ])
    it(`${JSON.stringify(text)} brings in nothing`, () => {
      reads('x.h', text, []);
    });
});

describe('imports of Java', () => {
  for (const [text, ...expected] of [
    ['package a;\nimport a.b.C;', 'import a.b.C'],
    ['import a.b.*;', 'import a.b.*'],
    ['import static a.b.C.m;', 'static a.b.C.m'],
    ['import static a.b.C.*;', 'static a.b.C.*'],
    ['import a.B; import c.D;', 'import a.B', 'import c.D'],
    ['import a\n  .b.C;', 'import a.b.C'],
  ] as const)
    it(`${JSON.stringify(text)} brings in ${expected.join(', ')}`, () => {
      reads('X.java', text, expected);
    });

  for (const text of [
    '// import a.B;',
    '/* import a.B; */',
    'String s = """\nimport a.B;\n""";',
    'import ;',
    'x.import a',
  ])
    it(`${JSON.stringify(text)} brings in nothing`, () => {
      reads('X.java', text, []);
    });
});

describe('imports of Go', () => {
  for (const [text, ...expected] of [
    ['import "fmt"', 'import fmt'],
    ['import f "example.com/m/f"', 'import example.com/m/f'],
    ['import . "a"; import _ "b"', 'import a', 'import b'],
    ['import (\n\t"a"\n\tb "c"\n\t_ "d" // why\n\n\t. `e`\n)', 'import a', 'import c', 'import d', 'import e'],
    ['import ("a"; "b")', 'import a', 'import b'],
  ] as const)
    it(`${JSON.stringify(text)} brings in ${expected.join(', ')}`, () => {
      reads('x.go', text, expected);
    });

  for (const text of [
    '// import "a"',
    '/* import "a" */',
    's := `\nimport "a"\n`',
    'import ()',
    'import (',
    'importer "a"',
  ])
    it(`${JSON.stringify(text)} brings in nothing`, () => {
      reads('x.go', text, []);
    });
});

describe('imports of Rust', () => {
  for (const [text, ...expected] of [
    ['use a::b::C;', 'use a::b::C: C'],
    ['pub use crate::a as b;', 'use crate::a: a'],
    ['use a::*;', 'use a::*'],
    ['use a::{b, c::{self, d as e}, f::*};', 'use a::b: b', 'use a::c: c', 'use a::c::d: d', 'use a::f::*'],
    ['use {a::b, c::d};', 'use a::b: b', 'use c::d: d'],
    ['use super::super::a;', 'use super::super::a: a'],
    ['mod a;', 'mod a'],
    [
      'pub(crate) mod a;\nmod b { mod c; use super::d; }\nmod e;',
      'mod a',
      'mod c in b',
      'use super::d: d in b',
      'mod e',
    ],
    ['#[path = "other.rs"]\nmod a;', 'mod ./other.rs'],
    ['extern crate a as b;', 'crate a'],
    ["fn f<'a>(x: &'a str) -> char { crate::a::b(x); 'x' }", 'path crate::a::b'],
    ['let s = r#"use a::b;"#; let t = "mod c;"; use d::e;', 'use d::e: e'],
    ['/* use a; /* use b; */ use c; */ use d::e;', 'use d::e: e'],
  ] as const)
    it(`${JSON.stringify(text)} brings in ${expected.join(', ')}`, () => {
      reads('x.rs', text, expected);
    });

  for (const text of [
    '// use a::b;',
    'use',
    'use ;',
    'mod a { }',
    'mod',
    'use }',
    'let crate_name = 1;',
    '"\nuse a::b;\n"',
  ])
    it(`${JSON.stringify(text)} brings in nothing`, () => {
      reads('x.rs', text, []);
    });
});

describe('imports of C#', () => {
  for (const [text, ...expected] of [
    ['using A.B;', 'using A.B'],
    ['global using A;', 'using A'],
    ['using static A.B.C;', 'static A.B.C'],
    ['using X = A.B.C;', 'static A.B.C'],
    ['using X = A.B<int>;', 'static A.B'],
    ['using global::A.B;', 'using A.B'],
    ['namespace N { using A; }', 'using A'],
    ["#region Don't\nusing A;\n#endregion", 'using A'],
    ['var s = @"a\\"; var t = $@"""using B;"; \nusing A;', 'using A'],
  ] as const)
    it(`${JSON.stringify(text)} brings in ${expected.join(', ')}`, () => {
      reads('X.cs', text, expected);
    });

  for (const text of [
    '// using A;',
    'using (var f = Open()) { }',
    'using var f = Open();',
    'using Stream f = Open();',
    'var s = """\nusing A;\n""";',
    'using',
    'using A',
  ])
    it(`${JSON.stringify(text)} brings in nothing`, () => {
      reads('X.cs', text, []);
    });
});

describe('imports of any text', () => {
  const pieces = [
    ...[
      'import ',
      'from ',
      'export ',
      'require',
      '(',
      ')',
      '{',
      '}',
      '"',
      "'",
      '`',
      '${',
      '/',
      '*',
      '/*',
      '*/',
      '//',
      '#',
    ],
    ...[
      '#include ',
      '<',
      '>',
      'use ',
      'mod ',
      '::',
      'using ',
      'static ',
      'a',
      '.',
      ',',
      ';',
      '\n',
      '\r\n',
      '\\',
      ' ',
      '"""',
    ],
    ...['R"(', 'r#"', '@"', 'namespace ', 'crate', '=', 'as ', '😀', 'é', '\u2028', '\0'],
  ];
  const anyText = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((all) => all.join('')),
  );
  const anyPath = fc.constantFrom('a.ts', 'a.jsx', 'a.py', 'a.cpp', 'A.java', 'a.go', 'a.rs', 'A.cs');

  it('are found in order, each on a line of the text where its specifier stands', () => {
    fc.assert(
      fc.property(anyPath, anyText, (path, text) => {
        const lines = text.split(/\r\n|\r|\n/);
        let last = 0;
        for (const { line, column, endColumn, specifier, kind } of importsOf(path, text)) {
          assert.ok(line >= last);
          last = line;
          const there = lines[line - 1]?.slice(column - 1, endColumn - 1) ?? '';
          assert.ok(there !== '' || specifier === '', `${kind} ${specifier}`);
          // A tree's leaf shows a part of its path; a path attribute gets the `./` that it means.
          if (
            ['import', 'require', 'dynamic', 'quoted', 'angled'].includes(kind) &&
            !path.endsWith('.java') &&
            !path.endsWith('.py')
          )
            if (!specifier.includes('\n') && !specifier.includes('\r')) assert.equal(there, specifier);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('are none for a language that is not read', () => {
    assert.deepEqual(importsOf('a.sql', 'import a'), []);
    assert.deepEqual(importsOf('Makefile', 'include a'), []);
    assert.deepEqual(importsOf('.py', 'import a').length, 1);
  });

  it('are read in proportion, however the text is made', function () {
    // A quadratic reader would not end within the time that any test has.
    this.timeout(110_000);
    for (const path of ['a.ts', 'a.py', 'a.cpp', 'A.java', 'a.go', 'a.rs', 'A.cs'])
      for (const piece of [
        'import {',
        'import a,',
        'from a import (b,',
        'use a::{',
        '#include <',
        '`${',
        'R"',
        'r#"',
        '/',
        "'",
        'using a.',
        'namespace a {',
        'a::',
        '(',
        'mod a {',
        'mod a { use b;',
        '@"',
        '"""',
      ])
        importsOf(path, piece.repeat(30_000));
  });
});

describe('the end of the imports of a file', () => {
  const FILLER = Array.from({ length: 60 }, (_, at) => `const c${at} = { a: [${at}], b: 'text' }; call(c${at});`).join(
    '\n',
  );
  const LAST = {
    'a.ts': [
      "import 'x'",
      "import * as a from 'x';",
      "import type { A,\n B } from /* why */ 'x';",
      "export { a } from // why\n  'x';",
      "export { a } from\u00a0'x';",
      "export { a } from\u2028'x';",
      "import a = require('x');",
      "const a = require.resolve('x');",
      "const a = await import('x');",
      "new Worker(new URL('./x.js', import.meta.url));",
      'from',
      "from 'x'",
      'const b = `${require("x")}`;',
      'import { unfinished, ',
      '/import/.test("x"); require("y")',
    ],
    'a.cpp': [
      '#include "x.h"',
      '#  include <sys/x.h>',
      '#import "x.h"',
      '#include_next <x.h>',
      '#include',
      '#include "un',
    ],
  };

  it('changes nothing of what is read, whatever stands before or behind it', () => {
    for (const [path, texts] of Object.entries(LAST)) {
      for (const last of texts) {
        for (const text of [last, `${FILLER}\n${last}`, `${last}\n${FILLER}`, `${FILLER}\n${last}\n${FILLER}`]) {
          // Behind this comment nothing can be left out.
          const read = importsOf(path, `${text}\n// import`);
          assert.deepEqual(importsOf(path, text), read, text);
          assert.ok(read.length > 0 || /^(from|import \{|#include$)/.test(last), last);
        }
      }
    }
  });
});
