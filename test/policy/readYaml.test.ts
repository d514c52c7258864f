import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { Report } from '../../src/policy/Report.js';
import { Source } from '../../src/policy/Source.js';
import { readYaml } from '../../src/policy/readYaml.js';
import { mutations } from './mutations.js';
import { ours, theirs } from './yamlOracle.js';

const example = readFileSync(new URL('../fixtures/policy/automotive-perception.yaml', import.meta.url), 'utf8');
const everyForm = readFileSync(new URL('../fixtures/policy/every-form.yaml', import.meta.url), 'utf8');

/** Problems as `code line:column-line:column message`. */
const problems = (text: string) => {
  const report = new Report(new Source('a.yaml', text));
  readYaml(report);
  return report
    .problems()
    .map(
      ({ code, range: { start, end }, message }) =>
        `${code} ${start.line}:${start.column}-${end.line}:${end.column} ${message}`,
    );
};

describe('the YAML reader', () => {
  it('reads every form of YAML that policies use as the yaml package does', () => {
    for (const text of [example, everyForm]) {
      assert.deepEqual(ours(text), { value: theirs(text)?.value, codes: [] });
      const windows = text.replace(/\n/g, '\r\n');
      assert.deepEqual(ours(windows), { value: theirs(windows)?.value, codes: [] });
    }
  });

  it('agrees with the yaml package on mutated texts: the same value, or both find fault', () => {
    // Where we are kinder or stricter, and why.
    const kinder = [
      /^\s*[\]}]/m, // a closing bracket below its key
      /^%YAML 1\.2\s*$/m, // the directive alone
      /\t|\r/, // tabs between words, carriage returns
    ];
    fc.assert(
      fc.property(
        mutations([example, everyForm, everyForm.slice(0, 300), 'a:\n  - b: 1\n    c: [1, 2]\n  - d\n']),
        (text) => {
          const reference = theirs(text);
          const { value, codes } = ours(text);
          if (reference === undefined) {
            fc.pre(codes.length > 0 || !kinder.some((form) => form.test(text)));
            assert.notDeepEqual(codes, []);
          } else {
            fc.pre(
              !codes.includes('bad-key') &&
                !codes.includes('tab') &&
                !codes.includes('yaml-syntax') &&
                !text.includes('\\'),
            );
            assert.deepEqual({ value, codes }, { value: reference.value, codes: [] });
          }
        },
      ),
      { numRuns: 400, seed: 2026 },
    );
  });

  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'a tab as indentation',
      'a:\n\tb: 1\n',
      ['tab 2:1-2:2 This line is indented with a tab. YAML allows spaces only.'],
    ],
    [
      'a duplicate key',
      'a: 1\nb: {c: 1, c: 2}\na: 2\n',
      [
        'duplicate-key 2:11-2:12 `c` stands twice in this entry, first on line 2. Keep one of them.',
        'duplicate-key 3:1-3:2 `a` stands twice in this entry, first on line 1. Keep one of them.',
      ],
    ],
    [
      'anchors, aliases and tags',
      'a: &x 1\nb: *x\nc: !!str 3\nd: !secret x\n',
      [
        'anchor 1:4-1:6 A policy has no anchors. Delete this name, and write the value out wherever it is meant.',
        'alias 2:4-2:6 A policy has no aliases. Write the value out where it is meant.',
        'tag 3:4-3:9 A policy has no YAML tags. Delete it, or quote the value if the exclamation mark belongs to it.',
        'tag 4:4-4:11 A policy has no YAML tags. Delete it, or quote the value if the exclamation mark belongs to it.',
      ],
    ],
    [
      'patterns and addresses without their quotes',
      'a: [!net/api/**, *@north.example]\nb: **/x.c\nc: @me\n',
      [
        'needs-quotes 1:5-1:16 Quote `!net/api/**`: YAML gives a ! at its start another meaning.',
        'needs-quotes 1:18-1:33 Quote `*@north.example`: YAML gives a * at its start another meaning.',
        'needs-quotes 2:4-2:10 Quote `**/x.c`: YAML gives a * at its start another meaning.',
        'needs-quotes 3:4-3:7 Quote `@me`: YAML gives a @ at its start another meaning.',
      ],
    ],
    [
      'a colon inside a sentence',
      'a: Remember: ask\nb: {c: Remember: ask, d: 1}\n',
      [
        'needs-quotes 1:4-1:17 Quote `Remember: ask`: a colon with a space behind it makes a key in YAML.',
        'needs-quotes 2:8-2:21 Quote `Remember: ask`: a colon with a space behind it makes a key in YAML.',
      ],
    ],
    [
      'a missing space behind a colon',
      'a: 1\neffect:deny\n',
      ['missing-space 2:1-2:8 Put a space behind the colon. Without it YAML sees no key.'],
    ],
    ['an open quote', 'a: "abc\nb: 1\n', ['unclosed 1:4-1:5 This " is not closed. Add " at the end of the text.']],
    ['an open brace', 'a: {b: 1\nc: 1\n', ['unclosed 1:4-1:5 This { is not closed. Add } after its last entry.']],
    [
      'an open list at the end',
      'a: [1, [2, 3\n',
      ['unclosed 1:8-1:9 This [ is not closed. Add ] after its last entry.'],
    ],
    [
      'a bracket closed by a brace',
      'a: {b: [1, 2}\nc: 1\n',
      ['unclosed 1:8-1:9 This [ is closed by a }. Write ] there, or close it before.'],
    ],
    [
      'wrong indentation',
      'a:\n  b: 1\n   c: 2\n',
      [
        'indentation 3:4-3:5 YAML takes `c` for a key inside the text above. If it is a key, begin it in the same column as the keys before it; if it belongs to the text, quote the whole text.',
      ],
    ],
    [
      'a second document',
      'a: 1\n---\nb: 2\n',
      [
        'several-documents 2:1-2:4 A second YAML document begins here. A policy is one document: delete the line, or move the rest into a file of its own.',
      ],
    ],
    ['a directive', '%TAG ! x\n---\na: 1\n', ['directive 1:1-1:9 A policy has no YAML directives. Delete this line.']],
    [
      'an explicit key',
      '? a\n: 1\n',
      ['bad-key 1:1-1:2 A key is a plain word here. Write `key: value`, without the question mark.'],
    ],
    [
      'an escape that does not exist',
      'a: "C:\\temp\\\\x\\q"\n',
      [
        'bad-escape 1:15-1:17 `\\q` means nothing between double quotes. Write the backslash twice, or use single quotes.',
      ],
    ],
    [
      'a text that is neither key nor value',
      'a: 1\nnonsense\nb: 2\n',
      [
        'yaml-syntax 2:1-2:9 `nonsense` is no key with a value. Write `key: value`; a text that goes on over several lines stands deeper than its key.',
      ],
    ],
    ['a control character', 'a: b\u0007c\n', ['yaml-syntax 1:5-1:6 There is a control character here. Delete it.']],
    [
      'a missing comma and one too many',
      'a: [{b: 1} {c: 2},, d]\n',
      [
        'yaml-syntax 1:12-1:13 A comma is missing before this entry.',
        'yaml-syntax 1:19-1:20 There is nothing before this comma. Delete it.',
      ],
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(`points at ${name}`, () => assert.deepEqual(problems(text), expected));
  }

  it('goes on after a mistake, and keeps the rest in its place', () => {
    const { value } = ours('a: "open\nb: [1, 2\nc: {d: e}\nf: g\n');
    assert.deepEqual(value, { a: 'open', b: [1, 2], c: { d: 'e' }, f: 'g' });
  });

  it('refuses bombs of brackets, dashes and quotes in no time and without an exception', () => {
    const bombs = [
      'a: ' + '['.repeat(3e5),
      'a: ' + '{'.repeat(3e5),
      '{a: '.repeat(1e5),
      '- '.repeat(3e5),
      '? '.repeat(3e5),
    ];
    bombs.push(
      `a: ${'x '.repeat(3e5)}`,
      `a: "${' '.repeat(5e5)}`,
      'a: '.repeat(2e5),
      `a: [${','.repeat(3e5)}]`,
      '"'.repeat(3e5),
    );
    bombs.push(
      Array.from({ length: 1400 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
      '&a '.repeat(2e5),
      "'".repeat(3e5),
    );
    bombs.push(
      `a: &x [${'*x,'.repeat(1e5)}]`,
      '\t'.repeat(3e5),
      ' \n'.repeat(3e5),
      `a: 1 ${'#'.repeat(3e5)}`,
      'a\n'.repeat(2e5),
    );
    for (const bomb of bombs) {
      const started = performance.now();
      ours(bomb);
      // Not a measurement: a reader whose time grows with the square of the text would take minutes here.
      assert.ok(performance.now() - started < 5000, bomb.slice(0, 20));
    }
  });
});
