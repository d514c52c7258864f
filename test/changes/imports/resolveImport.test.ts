import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createImportTree } from '../../../src/changes/imports/ImportTree.js';
import { importsOf } from '../../../src/changes/imports/importsOf.js';
import { resolveImport } from '../../../src/changes/imports/resolveImport.js';

/** Where each import of a text leads, in a repository of these files (a name, or a name and its text). */
function leads(from: string, text: string, files: readonly (string | readonly [string, string])[]): string[][] {
  const texts = new Map(files.map((file) => (typeof file === 'string' ? [file, ''] : file)));
  const tree = createImportTree(texts.keys(), (path) => texts.get(path));
  return importsOf(from, text).map((found) => [...resolveImport(from, found, tree)]);
}

function leadsTo(
  from: string,
  text: string,
  files: readonly (string | readonly [string, string])[],
  ...expected: readonly string[]
): void {
  assert.deepEqual(leads(from, text, files).flat(), expected);
}

describe('an import of JavaScript leads', () => {
  it('to the file beside, above and below', () => {
    leadsTo(
      'a/b/c.js',
      "import './d.js'; import '../e.js'; import './f/g.js'",
      ['a/b/d.js', 'a/e.js', 'a/b/f/g.js'],
      'a/b/d.js',
      'a/e.js',
      'a/b/f/g.js',
    );
  });
  it('to the TypeScript that a .js stands for', () => {
    leadsTo(
      'a.ts',
      "import './b.js'; import './c.mjs'; import './d.jsx'",
      ['b.ts', 'c.mts', 'd.tsx'],
      'b.ts',
      'c.mts',
      'd.tsx',
    );
  });
  it('to the file itself before any that it may stand for', () => {
    leadsTo('a.ts', "import './b.js'", ['b.ts', 'b.js'], 'b.js');
  });
  it('to a file without its extension, and to the index of a folder', () => {
    leadsTo(
      'a.ts',
      "import './b'; import './c'; import '.'",
      ['b.tsx', 'c/index.ts', 'index.js'],
      'b.tsx',
      'c/index.ts',
      'index.js',
    );
  });
  it('to a package of the same repository, and below it', () => {
    const files = [
      ['packages/core/package.json', '{"name": "@x/core"}'],
      'packages/core/src/index.ts',
      'packages/core/src/deep/a.ts',
    ] as const;
    leadsTo(
      'app/a.ts',
      "import '@x/core'; import '@x/core/deep/a.js'",
      files,
      'packages/core/src/index.ts',
      'packages/core/src/deep/a.ts',
    );
  });
  it('past loaders and queries', () => {
    leadsTo('a.ts', "import './b.svg?raw'; import 'loader!./b.svg'", ['b.svg'], 'b.svg', 'b.svg');
  });
  it('nowhere for what is not here, or lies outside the repository', () => {
    leadsTo('a.ts', "import 'react'; import './no.js'; import '../../out.js'; import ''", ['b.ts', 'out.js']);
  });
  it('nowhere because of a package.json that is broken', () => {
    leadsTo('a.ts', "import 'x'", [['package.json', '{']]);
  });
});

describe('an import of Python leads', () => {
  it('from the root, with or without a package file', () => {
    leadsTo(
      'planning/a.py',
      'import partners.api\nimport tools.b',
      ['partners/api/__init__.py', 'tools/b.py'],
      'partners/api/__init__.py',
      'tools/b.py',
    );
  });
  it('to the modules that are named behind `import`, else to the package', () => {
    const files = ['p/__init__.py', 'p/a.py', 'p/b.py'];
    leadsTo('x.py', 'from p import a, b', files, 'p/a.py', 'p/b.py');
    leadsTo('x.py', 'from p import name', files, 'p/__init__.py');
    leadsTo('x.py', 'from p import a, name', files, 'p/__init__.py', 'p/a.py');
    leadsTo('x.py', 'from p.a import name', files, 'p/a.py');
  });
  it('by dots to its own package and those above', () => {
    const files = ['p/__init__.py', 'p/a.py', 'p/q/__init__.py', 'p/q/b.py'];
    leadsTo(
      'p/q/x.py',
      'from . import b\nfrom .b import n\nfrom ..a import n\nfrom .. import a',
      files,
      'p/q/b.py',
      'p/q/b.py',
      'p/a.py',
      'p/a.py',
    );
    leadsTo('p/q/x.py', 'from .... import a', files);
  });
  it('below src, and below the root of another package', () => {
    leadsTo('tests/x.py', 'import p.a', ['src/p/a.py'], 'src/p/a.py');
    leadsTo('one/x.py', 'from q.c import n', ['two/lib/q/c.py'], 'two/lib/q/c.py');
  });
  it('nowhere for a single name of some other folder: that is the language’s own', () => {
    leadsTo('x.py', 'import json', ['deep/json.py']);
  });
});

describe('an include leads', () => {
  it('beside the file before anywhere else', () => {
    leadsTo('a/b.cpp', '#include "c.h"', ['c.h', 'a/c.h'], 'a/c.h');
  });
  it('from each folder above, and their include folders', () => {
    leadsTo(
      'edge/src/a.cpp',
      '#include "partners/api.h"\n#include <edge/x.h>',
      ['partners/api.h', 'edge/include/edge/x.h'],
      'partners/api.h',
      'edge/include/edge/x.h',
    );
  });
  it('up and down, on Windows too', () => {
    leadsTo(
      'edge/src/a.cpp',
      '#include "../../partners/m.h"\n#include "sub\\b.h"',
      ['partners/m.h', 'edge/src/sub/b.h'],
      'partners/m.h',
      'edge/src/sub/b.h',
    );
  });
  it('to every file of the name where the build’s folders are not known', () => {
    leadsTo('a.cpp', '#include "m/x.h"', ['one/m/x.h', 'two/m/x.h', 'mm/x.h'], 'one/m/x.h', 'two/m/x.h');
  });
  it('nowhere for the system’s headers', () => {
    leadsTo('a/b.cpp', '#include <vector>\n#include <math.h>', ['a/math.h', 'x/math.h', 'vector/a.h']);
  });
});

describe('an import of Java leads', () => {
  const files = [
    'core/src/main/java/com/x/Radar.java',
    'core/src/main/java/com/x/Beam.java',
    'other/com/x2/Radar.java',
  ];
  it('to the class, wherever its root is', () => {
    leadsTo('A.java', 'import com.x.Radar;', files, 'core/src/main/java/com/x/Radar.java');
  });
  it('to the class of an inner class or a member', () => {
    leadsTo(
      'A.java',
      'import com.x.Radar.Sweep;\nimport static com.x.Beam.WIDTH;\nimport static com.x.Beam.*;',
      files,
      'core/src/main/java/com/x/Radar.java',
      'core/src/main/java/com/x/Beam.java',
      'core/src/main/java/com/x/Beam.java',
    );
  });
  it('to all classes of a package', () => {
    leadsTo(
      'A.java',
      'import com.x.*;',
      files,
      'core/src/main/java/com/x/Radar.java',
      'core/src/main/java/com/x/Beam.java',
    );
  });
  it('nowhere for the library', () => {
    leadsTo('A.java', 'import java.util.*; import java.util.List;', [...files, 'List.java']);
  });
});

describe('an import of Go leads', () => {
  it('to the files of the package, tests left out', () => {
    const files = [['go.mod', 'module example.com/m // why\n'], 'p/a.go', 'p/a_test.go', 'p/b.go', 'p/q/c.go'] as const;
    leadsTo('main.go', 'import "example.com/m/p"', files, 'p/a.go', 'p/b.go');
  });
  it('by the innermost module', () => {
    const files = [
      ['go.mod', 'module example.com/m'],
      ['sub/go.mod', 'module example.com/m/p'],
      'p/a.go',
      'sub/b.go',
    ] as const;
    leadsTo('main.go', 'import "example.com/m/p"', files, 'sub/b.go');
  });
  it('into the vendor folder', () => {
    leadsTo('main.go', 'import "other.example/x"', ['vendor/other.example/x/a.go'], 'vendor/other.example/x/a.go');
  });
  it('nowhere for the library', () => {
    leadsTo('main.go', 'import ("fmt"; "net/http")', [['go.mod', 'module m'], 'http/a.go']);
  });
});

describe('an import of Rust leads', () => {
  const files = [
    'Cargo.toml',
    'src/lib.rs',
    'src/wire.rs',
    'src/wire/frame.rs',
    'src/motion/mod.rs',
    'src/motion/plan.rs',
  ];
  it('to the module of the longest part of the path', () => {
    leadsTo(
      'src/lib.rs',
      'use crate::wire::frame::Frame; use crate::wire::Link; use crate::Own;',
      files.filter((it) => it !== 'src/lib.rs').concat('src/main.rs'),
      'src/wire/frame.rs',
      'src/wire.rs',
      'src/main.rs',
    );
  });
  it('to modules that are declared', () => {
    leadsTo('src/lib.rs', 'mod wire; mod motion;', files, 'src/wire.rs', 'src/motion/mod.rs');
    leadsTo('src/wire.rs', 'mod frame;', files, 'src/wire/frame.rs');
    leadsTo('src/motion/mod.rs', 'mod plan;', files, 'src/motion/plan.rs');
    leadsTo('src/lib.rs', '#[path = "motion/plan.rs"] mod p;', files, 'src/motion/plan.rs');
  });
  it('upwards with super, out of inline modules first', () => {
    leadsTo('src/motion/plan.rs', 'use super::Speed;', files, 'src/motion/mod.rs');
    leadsTo('src/wire/frame.rs', 'use super::super::motion::plan::P;', files, 'src/motion/plan.rs');
    leadsTo('src/wire.rs', 'mod tests { use super::*; }', files, 'src/wire.rs');
    leadsTo('src/wire.rs', 'mod tests { use super::super::motion; }', files, 'src/motion/mod.rs');
  });
  it('to another crate of the repository, by its name or its library’s', () => {
    const crates = [
      ...files,
      ['radar/Cargo.toml', '[package]\nname = "radar-core"\n'],
      'radar/src/lib.rs',
      'radar/src/beam.rs',
      ['x/Cargo.toml', '[package]\nname = "x"\n[lib]\nname = "y"'],
      'x/src/lib.rs',
    ] as const;
    leadsTo(
      'src/lib.rs',
      'use radar_core::beam::B; extern crate radar_core; use y::Z;',
      crates,
      'radar/src/beam.rs',
      'radar/src/lib.rs',
      'x/src/lib.rs',
    );
  });
  it('to its own modules without a sign', () => {
    leadsTo('src/motion/mod.rs', 'use plan::P;', files, 'src/motion/plan.rs');
    leadsTo('src/wire/frame.rs', 'use motion::plan::P;', files, 'src/motion/plan.rs');
  });
  it('nowhere for the library and for what is not here', () => {
    leadsTo('src/lib.rs', 'use std::fmt; use serde::Serialize; extern crate rand;', [...files, 'src/std.rs']);
  });
});

describe('an import of C# leads', () => {
  const files = [
    ['core/Radar.cs', 'namespace Kestrel.Radar { class Radar {} }'],
    ['core/Beam.cs', 'namespace Kestrel.Radar;\nclass Beam {}'],
    ['core/Inner.cs', 'namespace Kestrel {\n  namespace Radar { namespace Deep { } }\n  namespace Other { }\n}'],
    ['no/Talk.cs', '// namespace Kestrel.Radar;\nvar s = "namespace Kestrel.Radar;";'],
  ] as const;
  it('to every file that declares the namespace', () => {
    leadsTo('a.cs', 'using Kestrel.Radar;', files, 'core/Radar.cs', 'core/Beam.cs', 'core/Inner.cs');
    leadsTo('a.cs', 'using Kestrel.Other; using Kestrel.Radar.Deep;', files, 'core/Inner.cs', 'core/Inner.cs');
  });
  it('to the file of a type, where one has its name', () => {
    leadsTo(
      'a.cs',
      'using static Kestrel.Radar.Beam; using B = Kestrel.Radar.Beam.Part;',
      files,
      'core/Beam.cs',
      'core/Beam.cs',
    );
  });
  it('nowhere for the library', () => {
    leadsTo('a.cs', 'using System.Text;', files);
  });
});

describe('any import', () => {
  it('need no text before they lead to a package or a namespace, where that was asked for', () => {
    const asked: string[] = [];
    const tree = createImportTree(
      ['a/b.ts', 'p/package.json', 'c.cs'],
      (path) => {
        asked.push(path);
        return path === 'c.cs' ? 'namespace n;' : '{ "name": "pack" }';
      },
      { isLazy: true },
    );
    assert.deepEqual([tree.has('a/b.ts'), tree.filesIn('a'), tree.endingWith('b.ts')], [true, ['a/b.ts'], ['a/b.ts']]);
    assert.deepEqual(asked, []);
    assert.equal(tree.packages.npm.get('pack'), 'p');
    assert.deepEqual(asked, ['p/package.json']);
    assert.deepEqual([tree.declaring('n'), tree.declaring('n')], [['c.cs'], ['c.cs']]);
    assert.deepEqual(asked, ['p/package.json', 'c.cs']);
  });

  it('leads to files of the tree alone, each once', () => {
    const part = fc.constantFrom('a', 'b', 'index', 'mod', 'lib', 'src', '..', '.', '', '__init__', 'crate', 'super');
    const paths = [
      'a.ts',
      'a/index.ts',
      'a/b.py',
      'b/__init__.py',
      'src/lib.rs',
      'src/a.rs',
      'src/b/mod.rs',
      'a/b.h',
      'a/b/A.java',
      'b/a.go',
    ];
    const files = [...paths, 'go.mod', 'Cargo.toml', 'package.json', 'a.cs'];
    const tree = createImportTree(files, (path) =>
      path.endsWith('.cs') ? 'namespace a.b;' : 'module a\n[package]\nname = "a"',
    );
    fc.assert(
      fc.property(
        fc.constantFrom('a/x.ts', 'a/x.py', 'a/x.c', 'a/x.java', 'a/x.go', 'src/a/x.rs', 'a/x.cs', 'x.txt'),
        fc.array(part, { maxLength: 6 }),
        fc.constantFrom('/', '.', '::'),
        fc.constantFrom('import', 'from', 'static', 'quoted', 'angled', 'use', 'mod', 'path', 'using'),
        (from, parts, separator, kind) => {
          const found = {
            line: 1,
            column: 1,
            endColumn: 2,
            specifier: parts.join(separator),
            kind,
            names: ['a', 'b'],
          } as const;
          const reached = resolveImport(from, found, tree);
          assert.equal(new Set(reached).size, reached.length);
          for (const path of reached) assert.ok(tree.has(path), path);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
