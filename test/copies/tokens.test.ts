import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Grams, ABSTRACT, EXACT } from '../../src/copies/fingerprint.js';
import { secretsOf } from '../../src/copies/key.js';
import { languageOf } from '../../src/copies/languages.js';
import { Lexer } from '../../src/copies/lexer.js';
import { renamed, samples } from './samples.js';

const secrets = secretsOf(new Uint8Array(16).fill(3));
const lexer = new Lexer(secrets);

/** The exact tier's tokens of a text, as numbers. */
function exactTokens(path: string, text: string): number[] {
  lexer.lex(text, languageOf(path));
  const grams = new Grams(EXACT, secrets.tiers[0]);
  grams.read(lexer);
  return [...grams.at.subarray(0, grams.tokens)].map((at) => lexer.value[at] as number);
}

/** The abstract tier's tokens of a text, as codes. */
function abstractTokens(path: string, text: string): number[] {
  lexer.lex(text, languageOf(path));
  return [...lexer.code.subarray(0, lexer.count)];
}

const same = (path: string, a: string, b: string): void => {
  assert.ok(exactTokens(path, a).length > 0 || a.trim() === '', 'there is something to compare');
  assert.deepEqual(exactTokens(path, a), exactTokens(path, b));
};

describe('What the tokens leave out', () => {
  it('spaces, tabs, line ends and byte order marks', () => {
    same('a.ts', 'let a = f(1)\nreturn a', '\uFEFF\tlet  a\u00A0=\r\n f( 1 )\r\n\r\n return a\r');
  });

  it('comments of every kind', () => {
    same('a.ts', 'let a = 1', '// one\nlet /* two\n lines */ a = 1 // three');
    same('a.py', 'a = b', '# one\na = b # two');
    same('a.rb', 'a = b', '=begin\nlong\n=end\na = b # two');
    same('a.sql', 'select a', 'select a -- all');
    same('a.html', '<p>text</p>', '<!-- no --><p>text</p>');
    same('a.php', '$a = 1;', '# one\n$a = 1; // two');
  });

  it('the rest of a comment in which the snippet began, or ended', () => {
    same('a.ts', 'let a = 1', ' * the end of a comment\n */\nlet a = 1');
    same('a.ts', 'let a = 1', 'let a = 1 /* and then');
  });

  it('documentation strings, but not strings', () => {
    same('a.py', 'def f(a):\n  return a', 'def f(a):\n  r"""Says a lot.\n\n  And more."""\n  return a');
    assert.notDeepEqual(exactTokens('a.py', 'a = """x"""'), exactTokens('a.py', 'a = """y"""'));
  });

  it('imports, whatever the language calls them', () => {
    same('a.ts', 'run(a)', "import { a,\n b } from './b.js';\nimport c from 'c'\nimport './d.css';\nrun(a)");
    same('a.js', 'run(a)', "const { a, b } = require('b');\nrun(a)");
    same('a.py', 'run(a)', 'from a import (b,\n c)\nimport d\nrun(a)');
    same('a.c', 'run(a)', '#include <stdio.h>\n#  include "b.h"\nrun(a)');
    same('a.java', 'run(a)', 'package a.b;\nimport static c.d.*;\nrun(a)');
    same('a.go', 'run(a)', 'package main\nimport (\n "fmt"\n "os"\n)\nrun(a)');
    same('a.rs', 'run(a)', 'use a::{b, c};\nrun(a)');
    same('a.cs', 'run(a)', 'using System.Text;\nrun(a)');
    same('a.php', 'run(a)', 'use A\\B;\nrun(a)');
    same('a.rb', 'run(a)', "require 'a'\nrun(a)");
    same('a.swift', 'run(a)', 'import UIKit\nrun(a)');
  });

  it('but not the call that looks like an import', () => {
    assert.ok(exactTokens('a.ts', "import('./a.js').then(run)").length > 3);
    assert.ok(exactTokens('a.cs', 'using (var a = b) { run(); }').length > 3);
    assert.ok(exactTokens('a.ts', 'import.meta.url').length > 3);
  });

  it('semicolons, trailing commas, the kind of quotes, parentheses around one parameter', () => {
    same('a.ts', "f({ a: 'x', b: [1, 2] })", 'f({ a: "x", b: [1, 2,], });');
    assert.deepEqual(abstractTokens('a.ts', '(x) => x + 1'), abstractTokens('a.ts', 'x => x + 1;'));
  });

  it('backticks, so that a snippet may begin inside a template', () => {
    same('a.ts', 'a ${b} c', '`a ${b} c`');
  });
});

describe('What the tokens keep apart', () => {
  it('words, numbers and strings in the exact tier', () => {
    const tokens = exactTokens('a.ts', 'a b 1 2 "a" "b" "1" a');
    assert.equal(new Set(tokens).size, 7);
    assert.equal(tokens[0], tokens[7]);
  });

  it('a division from a regular expression', () => {
    assert.equal(abstractTokens('a.ts', 'x = /[/]"/g').length, 3);
    assert.equal(abstractTokens('a.ts', 'x = a / b / c').length, 7);
  });

  it('a lifetime from a character in Rust', () => {
    assert.deepEqual(abstractTokens('a.rs', "&'a str"), abstractTokens('a.rs', '&a str'));
    assert.equal(abstractTokens('a.rs', "x == 'a'").length, 3);
  });
});

describe('Renaming', () => {
  it('consistently does not change the abstract tokens of any sample', () => {
    for (const [path, text] of Object.entries(samples)) {
      const other = renamed(text, new Set(languageOf(path).keywords));
      assert.deepEqual(abstractTokens(path, other), abstractTokens(path, text), path);
    }
  });

  it('consistently does not change the abstract tokens of any text made of names and signs', () => {
    const names = fc.constantFrom('alpha', 'beta', 'gamma', 'delta_4', '$x', 'Ünï');
    const signs = fc.constantFrom('+', '(', ')', '=', '===', '.', ',', '{', '}', ' return ', '\n', ' 12 ', " 'text' ");
    fc.assert(
      fc.property(fc.array(fc.oneof(names, signs), { maxLength: 60 }), (parts) => {
        const other = parts.map((part) => (/^[\p{L}$]/u.test(part) ? `z${part.length}${part.charCodeAt(0)}` : part));
        assert.deepEqual(abstractTokens('a.ts', other.join(' ')), abstractTokens('a.ts', parts.join(' ')));
      }),
    );
  });
});

describe('Winnowing', () => {
  for (const tier of [EXACT, ABSTRACT]) {
    it(`chooses a shared gram from any shared run of ${tier.w + tier.k - 1} tokens (${tier.name})`, () => {
      const chosenIn = (text: string): Map<number, number[]> => {
        lexer.lex(text, languageOf('a.ts'));
        const grams = new Grams(tier, secrets.tiers[tier.name === 'exact' ? 0 : 1]);
        grams.read(lexer);
        const chosen = new Int32Array(grams.count + 1);
        const count = grams.winnow(chosen);
        const places = new Map<number, number[]>();
        for (let i = 0; i < count; i++) {
          const gram = chosen[i] as number;
          const at = [...(places.get(grams.rolling[gram] as number) ?? []), grams.at[gram] as number];
          places.set(grams.rolling[gram] as number, at);
        }
        return places;
      };
      // Tokens that differ from their neighbours, so that no gram is too dull to be chosen.
      const token = fc.constantFrom('a', 'if', '7', '=', '+', '[', 'return', '.', '"s"', 'else', '*', '<', ':', 'new');
      const code = (length: number) => fc.array(token, { minLength: length, maxLength: length + 30 });
      fc.assert(
        fc.property(code(tier.w + tier.k - 1), code(0), code(0), code(0), code(0), (run, a, b, c, d) => {
          lexer.lex(run.join(' '), languageOf('a.ts'));
          const alone = new Grams(tier, secrets.tiers[tier.name === 'exact' ? 0 : 1]);
          alone.read(lexer);
          fc.pre([...alone.weight.subarray(0, alone.count)].every((weight) => weight > 0));
          const one = chosenIn([...a, ...run, ...b].join(' '));
          const two = chosenIn([...c, ...run, ...d].join(' '));
          assert.ok([...one.keys()].some((hash) => two.has(hash)));
        }),
        { numRuns: 200 },
      );
    });
  }

  it('leaves no gap wider than its window', () => {
    lexer.lex(Object.values(samples).join('\n'), languageOf('a.ts'));
    const grams = new Grams(EXACT, secrets.tiers[0]);
    grams.read(lexer);
    grams.weight.fill(1);
    const chosen = new Int32Array(grams.count);
    const count = grams.winnow(chosen);
    assert.ok(count > 100 && count < grams.count / 2);
    for (let i = 1; i < count; i++) assert.ok((chosen[i] as number) - (chosen[i - 1] as number) <= EXACT.w);
  });
});
